"""Today on a phone: a reply read and put away, an entry marked and a line written for the session, talked about at the desk; once by keyboard alone."""

import re
import uuid

from tests.browser import DESK, PHONE, Browser, expect, visitor
from tests.journeys.walk import PORTAL_TOUCH, STAFF_TOUCH, walking

TALK = re.compile("^To talk about")


def test_from_a_reply_to_the_session(chrome: Browser) -> None:
    said, line = (f"{words} {uuid.uuid4().hex[:6]}" for words in ("That made me smile.", "The call with my sister"))
    with walking(chrome, PHONE, PORTAL_TOUCH, "ben@example.org", colours=("light",)) as walk:
        page = walk.go("/portal/check-in/?change=1", "today-faces")
        page.locator("button[name=mood][value='4']").click()
        page.get_by_role("button", name="Just save it").click()
        expect(page.locator("main")).to_contain_text("You said “Okay”")
        source, what = marked(walk)
    with walking(chrome, DESK, STAFF_TOUCH, "tara@example.org", colours=("light",)) as walk:
        page = walk.page
        page.get_by_role("link", name="Ben").first.click()
        record = page.url
        page.goto(f"{record}reply/{source}/")
        page.get_by_label("Your answer").fill(said)
        page.get_by_role("button", name="Send").click()
    with walking(chrome, PHONE, PORTAL_TOUCH, "ben@example.org", colours=("light",)) as walk:
        page = walk.go("/portal/", "today-reply")
        expect(page.locator("main")).to_contain_text(said)
        page.get_by_role("button", name="I have read it").first.click()
        expect(page.locator("main")).not_to_contain_text(said)
        page.get_by_role("link", name="Me", exact=True).click()
        page.get_by_role("link", name=re.compile("^Replies")).click()
        walk.stand("today-replies")
        expect(page.locator("main")).to_contain_text(said)
        page.get_by_role("link", name="Me", exact=True).last.click()
        page.get_by_role("link", name=TALK).click()
        page.locator("[name=text]").fill(line)
        walk.press("^Put it on the list$")
        walk.stand("today-talk")
        expect(page.locator("main")).to_contain_text(line)
        expect(page.locator("main")).to_contain_text(what)
    with walking(chrome, DESK, STAFF_TOUCH, "tara@example.org", colours=("light",)) as walk:
        page = walk.page
        page.goto(f"{record}sessions/new/")
        walk.stand("today-log")
        page.locator(".talk li", has_text=line).get_by_role("button").click()
        expect(page.locator("main")).not_to_contain_text(line)
        page.goto(f"{record}talk/")
        walk.stand("today-desk-talk")
        page.get_by_role("button", name="Talked about").first.click()


def marked(walk) -> tuple[str, str]:
    """The latest entry on Me that both read goes on the list: its id, and what the page calls it. Other journeys leave entries there too."""
    page = walk.go("/portal/me/", "today-me")
    row = page.locator(".entries li", has=page.locator("input[name=act][value=mark]")).filter(has_not_text="only you").first
    source, what = row.locator("input[name=entry]").input_value(), row.locator("b").inner_text().strip()
    button = row.get_by_role("button", name=re.compile("^Talk about"))
    if button.count():
        button.click()
    expect(page.locator("main")).to_contain_text("On your list to talk about")
    return source, what


def test_a_line_by_keyboard_alone(chrome: Browser) -> None:
    line = f"By keys {uuid.uuid4().hex[:6]}"
    with visitor(chrome, PHONE) as ben:
        ben.sign_in("ben@example.org")
        page = ben.go("/portal/talk/")
        page.locator("[name=text]").focus()
        page.keyboard.type(line)
        for _tab in range(12):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.textContent").strip() == "Put it on the list":
                break
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_contain_text(line)
        expect(page.locator("main")).to_contain_text("To talk about")
