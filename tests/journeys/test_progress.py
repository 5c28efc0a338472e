"""How it's going, and the jar on a hard day: put in on a good day, offered after a hard tap, opened one at a time; and moods hidden for good."""

import re
import uuid

from tests.browser import DESK, PHONE, Browser, expect
from tests.journeys.walk import PORTAL_TOUCH, STAFF_TOUCH, Walk, walking


def test_a_win_from_a_good_day_to_a_hard_one(chrome: Browser) -> None:
    win = f"Rang the bank {uuid.uuid4().hex[:6]}."
    with walking(chrome, PHONE, PORTAL_TOUCH, "ben@example.org", colours=("light",)) as walk:
        page = walk.go("/portal/me/", "progress-me")
        page.get_by_role("link", name=re.compile("^How it’s going")).click()
        walk.stand("progress")
        page.get_by_role("link", name="Open the jar").click()
        walk.stand("progress-jar")
        put_in(walk, win)
        hard_day(walk, win)
    with walking(chrome, DESK, STAFF_TOUCH, "tara@example.org", colours=("light",)) as walk:
        page = walk.page
        page.get_by_role("link", name="Ben").first.click()
        page.goto(f"{page.url}mindset/jar/")
        walk.stand("progress-jar-desk")
        expect(page.locator("main")).to_contain_text(win)
        expect(page.locator("main")).not_to_contain_text("Said sorry to Rosa first.")


def put_in(walk: Walk, win: str) -> None:
    """One field and one button; then, if one likes, who was in it."""
    page = walk.page
    page.locator("textarea[name=text]").fill(win)
    page.get_by_role("button", name="A win", exact=True).click()
    walk.stand("progress-jar-put")
    page.get_by_role("link", name="Say who or which strength was in it").click()
    walk.stand("progress-jar-entry")
    page.get_by_label("Who or what was part of it?").select_option(index=1)
    page.locator("input[name=day]").fill("2999-01-01")
    walk.press("^Save$")
    walk.stand("progress-jar-entry-wrong")
    expect(page.locator("main")).to_contain_text("That day has not come yet.")
    page.locator("input[name=day]").fill("2026-01-02")
    walk.press("^Save$")
    walk.stand("progress-jar-all")
    expect(page.locator("main")).to_contain_text("2 January 2026")


def hard_day(walk: Walk, win: str) -> None:
    """Very hard: the jar is offered; every thing comes out once, the win among them."""
    page = walk.go("/portal/check-in/?change=1", "progress-check-in")
    page.locator("button[name=mood][value='1']").click()
    walk.stand("progress-hard-day")
    page.get_by_role("link", name=re.compile("open your jar")).click()
    seen: list[str] = []
    while page.locator("article.drawn").count():
        seen.append(page.locator("article.drawn > .voice").inner_text())
        page.locator("main a[href^='?visit=']").click()
        page.wait_for_load_state()
        assert len(seen) < 200, "it has no end"
    walk.stand("progress-jar-over")
    assert len(set(seen)) == len(seen) and win in seen
    expect(page.locator("main")).to_contain_text("still true tomorrow")


def test_moods_are_hidden_for_good_and_shown_again(chrome: Browser) -> None:
    with walking(chrome, PHONE, PORTAL_TOUCH, "ben@example.org") as walk:
        page = walk.go("/portal/progress/", "progress-before")
        page.get_by_text("Show as table").click()
        page.get_by_text("Mark what happened").click()
        walk.stand("progress-opened")
        expect(page.locator("svg.moods")).to_be_visible()
        walk.press("^Hide")
        walk.stand("progress-hidden")
        page.goto(page.url)
        expect(page.locator("svg.moods")).to_have_count(0)
        walk.press("^Show how")
        expect(page.locator("svg.moods")).to_be_visible()


def test_the_jar_without_touching_the_screen(chrome: Browser) -> None:
    with walking(chrome, PHONE, PORTAL_TOUCH, "ben@example.org", colours=("light",)) as walk:
        page = walk.go("/portal/mindset/jar/", "progress-keys")
        field = page.locator("textarea[name=text]")
        for _tab in range(40):
            page.keyboard.press("Tab")
            if field.evaluate("(one) => one === document.activeElement"):
                break
        page.keyboard.type("Sat in the sun.")
        for _tab in range(2):
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator(".put")).to_contain_text("Sat in the sun.")
