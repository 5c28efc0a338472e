"""A clinic's own exercise from the form to the client's phone and back; one adapted, one retired; a page of paper printed and typed back without a mouse."""

import re
import uuid

from tests.browser import DESK, PHONE, Browser, base_url, expect, visitor
from tests.journeys.walk import PORTAL_TOUCH, STAFF_TOUCH, Walk, walking


def test_written_previewed_assigned_done_and_read(chrome: Browser) -> None:
    title = f"Window {uuid.uuid4().hex[:6]}"
    with walking(chrome, DESK, STAFF_TOUCH, "tara@example.org", colours=("light",)) as walk:
        write(walk, title)
        assign(walk, title)
    with walking(chrome, PHONE, PORTAL_TOUCH, "ben@example.org", colours=("light",)) as walk:
        page = walk.go("/portal/practise/?pillar=coping", "own-practise")
        page.get_by_role("link", name=re.compile(title)).click()
        expect(page.locator("main")).to_contain_text("Written by")
        walk.stand("own-begin")
        walk.press("^Start$")
        page.locator("input[name=answer][value='8']").check(force=True)
        walk.press("^Next$")
        page.locator("[name=answer]").fill("Two crows on a crane")
        walk.press("^Next$")
        page.get_by_text("That is all.").first.wait_for()
        walk.stand("own-end")
        if page.locator("input[name=words]").count():
            page.locator("input[name=words][value=therapist]").check(force=True)
        walk.press("^(Save|Done|Finish).*")
    with visitor(chrome) as tara:
        page = tara.sign_in("tara@example.org")
        page.get_by_role("link", name="Ben").first.click()
        page.get_by_role("link", name="Homework", exact=True).click()
        expect(page.locator("main")).to_contain_text(title)
        expect(page.locator(".runs")).to_contain_text("Now 8")


def write(walk: Walk, title: str) -> None:
    """Two steps; once with a mistake; the client's screens are drawn while it is typed."""
    page = walk.go("/library/own/write/", "own-write")
    page.get_by_label("Title").fill(title)
    page.get_by_label("What it is for").fill("To look up for a moment.")
    page.get_by_label("First words").fill("Walk to a window.")
    page.locator("[name=s0-type]").select_option("rating")
    page.locator("[name=s0-text]").fill("How tense are you?")
    expect(page.locator("#preview")).to_contain_text("How tense are you?")
    page.locator("#add_type").select_option("short_text")
    page.get_by_role("button", name="Add", exact=True).click()
    page.locator("[name=s1-text]").fill("What did you see?")
    page.get_by_label("Last words").fill("That is all.")
    page.get_by_label("Your one line").fill("Now {step_1}.")
    page.get_by_label("How often, in words").fill("Every day")
    page.get_by_label("Where it comes from").fill("Our clinic")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".summary")).to_contain_text("Step 1: Low and high words are needed.")
    walk.stand("own-write-wrong")
    expect(page.locator("[name=s1-text]")).to_have_value("What did you see?")
    page.locator("[name=s0-low]").fill("calm")
    page.locator("[name=s0-high]").fill("very tense")
    page.locator("[name=s0-measure]").select_option("tension")
    page.locator("[name=s0-when]").select_option("now")
    page.locator("main").get_by_role("button", name="Preview").last.click()
    walk.stand("own-previewed")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("h1")).to_contain_text(title)
    walk.stand("own-saved")


def assign(walk: Walk, title: str) -> None:
    page = walk.page
    key = page.url.rstrip("/").rsplit("/", 1)[1]
    page.goto(base_url() + "/caseload/?q=Ben")
    page.get_by_role("link", name="Ben").first.click()
    page.goto(f"{page.url}homework/assign/?exercise={key}#open")
    expect(page.locator("main")).to_contain_text(title)
    walk.stand("own-assign")
    page.locator(".ofoot button").last.click()
    page.wait_for_load_state("networkidle")


def test_adapted_and_retired(chrome: Browser) -> None:
    title = f"Ours {uuid.uuid4().hex[:6]}"
    with walking(chrome, DESK, STAFF_TOUCH, "tara@example.org", colours=("light",)) as walk:
        page = walk.go("/library/slow_breathing/", "own-of-ours")
        page.get_by_role("link", name="Adapt").click()
        walk.stand("own-adapt")
        page.get_by_label("Title").fill(title)
        page.get_by_role("button", name="Save").click()
        expect(page.locator("main")).to_contain_text("Adapted from Slow breathing")
        page.get_by_role("link", name="Word it anew").click()
        page.get_by_label("What it is for").fill("To breathe as we do here.")
        page.get_by_role("button", name="Save").click()
        expect(page.locator("main")).to_contain_text("Version 2")
        walk.stand("own-second-version")
        page.get_by_role("button", name="Retire").click()
        expect(page.locator("main")).to_contain_text("Retired")
        walk.stand("own-retired")
        page = walk.go("/library/", "own-library")
        expect(page.locator("main .libt").first).not_to_contain_text(title)
        page.get_by_role("link", name=title).click()
        page.get_by_role("button", name="Bring back").click()
        expect(page.get_by_role("button", name="Retire")).to_be_visible()


def test_a_page_is_printed_and_typed_back_with_the_keyboard(chrome: Browser) -> None:
    with visitor(chrome, DESK) as tara:
        page = tara.sign_in("tara@example.org")
        code = printed(page)
        tara.go("/homework/paper/")
        page.keyboard.type(code)
        page.keyboard.press("Enter")
        page.wait_for_url("**/homework/paper/*/")
        tara.check()
        first = page.locator(".backsteps input:not([type=hidden]), .backsteps textarea").first
        first.focus()
        for _field in range(30):
            kind = page.evaluate("document.activeElement.matches('.num') ? 'n' : document.activeElement.matches('button.primary') ? 'go' : ''")
            if kind == "go":
                break
            if kind == "n":
                page.keyboard.type("6")
            page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.matches('button.primary')"), "Tab did not reach the button"
        page.keyboard.press("Enter")
        page.wait_for_url("**/homework/")
        expect(page.locator("main")).to_contain_text(re.compile("Entered for.*by.*from paper"))
        tara.check()
    with walking(chrome, PHONE, PORTAL_TOUCH, "ben@example.org", colours=("light",)) as walk:
        page = walk.go("/portal/me/", "paper-me")
        expect(page.locator("main")).to_contain_text("Typed in for you by")
    with walking(chrome, PHONE, STAFF_TOUCH, "tara@example.org", colours=("light",)) as walk:
        page = walk.go("/homework/paper/", "paper-back")
        page.get_by_label("Code at the top of the page").fill("ZZZ-ZZZ")
        page.get_by_role("button", name="Open").click()
        walk.stand("paper-back-unknown")
        page.get_by_label("Code at the top of the page").fill(code)
        page.get_by_role("button", name="Open").click()
        walk.stand("paper-sheet")
        page.locator(".backsteps input.num").first.fill("7,5")
        page.get_by_role("button", name="Enter it", exact=True).click()
        walk.stand("paper-sheet-wrong")
        expect(page.locator(".backsteps input.num").first).to_have_value("7,5")


def printed(page) -> str:  # type: ignore[no-untyped-def]
    """The code on the first page of Ben's that can be printed; where nothing is agreed, something is."""
    page.goto(base_url() + "/caseload/?q=Ben")
    page.get_by_role("link", name="Ben").first.click()
    record = page.url
    page.goto(f"{record}homework/")
    if not page.get_by_role("link", name="Print").count():
        page.goto(f"{record}homework/assign/?exercise=slow_breathing#open")
        page.locator(".ofoot button").last.click()
        page.goto(f"{record}homework/")
    page.get_by_role("link", name="Print").first.click()
    code = page.locator(".code").inner_text().split()[-1]
    assert re.fullmatch(r"[0-9A-Z]{3}-[0-9A-Z]{3}", code), code
    return code
