"""The portal on a phone: a timer that keeps to the clock, a player without a mouse, and leaving so that nothing stays behind."""

import re

from tests.browser import PHONE, Browser, Page, Visitor, expect, visitor


def begin(ben: Visitor, key: str) -> Page:
    """A fresh run of an exercise, whatever was done with it before."""
    page = ben.go(f"/portal/practise/{key}/")
    fresh = page.get_by_role("button", name="Start fresh")
    (fresh if fresh.count() else page.get_by_role("button", name="Start")).click()
    expect(page.locator(".stepno")).to_contain_text("1 of")
    return page


def test_a_timer_ends_by_the_clock_while_the_phone_sleeps(chrome: Browser) -> None:
    with visitor(chrome, PHONE) as ben:
        ben.sign_in("ben@example.org")
        page = begin(ben, "stop_pause")
        page.locator("#answer-6").check(force=True)
        page.get_by_role("button", name="Next").last.click()
        page.clock.install()
        page.get_by_role("button", name="Next").last.click()
        left = page.locator("[data-timer-left]")
        expect(left).to_have_text("30 s to go")
        page.get_by_role("button", name="Pause").click()
        page.clock.fast_forward(20_000)
        expect(left).to_contain_text("Paused.")
        page.get_by_role("button", name="Go on").click()
        page.get_by_role("button", name="+30 s").click()
        page.clock.fast_forward(61_000)
        page.clock.run_for(1_000)
        expect(left).to_have_text("That is the end.")
        expect(page.locator("[data-timer-done]")).to_have_value("60")
        ben.check()


def test_the_player_needs_no_mouse_and_typing_capitals_never_leaves(chrome: Browser) -> None:
    with visitor(chrome, PHONE) as ben:
        ben.sign_in("ben@example.org")
        page = begin(ben, "clouds")
        page.locator("#answer").focus()
        for letter in "ABC":
            page.keyboard.press(f"Shift+{letter}")
        page.keyboard.press("Enter")
        expect(page.locator(".stepno")).to_contain_text("2 of")
        page.locator("#answer-0").focus()
        page.keyboard.press("ArrowRight")
        expect(page.locator("#answer-1")).to_be_checked()
        page.keyboard.press("Enter")
        expect(page.locator(".stepno")).to_contain_text("3 of")
        page.go_back()
        expect(page.locator("#answer-1")).to_be_checked()
        page.go_back()
        expect(page.locator("#answer")).to_have_value("ABC")


def test_after_signing_out_back_shows_nothing(chrome: Browser) -> None:
    with visitor(chrome, PHONE) as ben:
        ben.sign_in("ben@example.org")
        page = ben.go("/portal/privacy/")
        expect(page.get_by_role("heading", name="Who sees what")).to_be_visible()
        ben.go("/portal/me/").get_by_role("button", name="Sign out").click()
        expect(page).to_have_url(re.compile("/accounts/login/"))
        for _step in range(2):
            page.go_back()
            expect(page.get_by_label("E-mail")).to_be_visible()
            expect(page.get_by_text("Who sees what")).to_have_count(0)
