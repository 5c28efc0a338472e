"""A hard sentence caught on the phone, caught again, answered with what was said before, and read at the desk; and a text given there and read here."""

import re
import uuid

from tests.browser import DESK, PHONE, Browser, expect, visitor
from tests.journeys.walk import PORTAL_TOUCH, STAFF_TOUCH, Walk, walking


def test_caught_answered_and_read_at_the_desk(chrome: Browser) -> None:
    mark = uuid.uuid4().hex[:6]
    talk, answer = f"I forget everything {mark}", f"I remembered Rosa's shoes {mark}"
    with walking(chrome, PHONE, PORTAL_TOUCH, "ben@example.org", colours=("light",)) as walk:
        page = walk.go("/portal/me/", "kind-me")
        page.get_by_role("link", name=re.compile("^A kinder voice")).click()
        walk.stand("kind-mine")
        page.get_by_role("link", name="I caught one").click()
        walk.press("kinder answer")
        walk.stand("kind-catch-wrong")
        expect(page.locator(".summary")).to_be_visible()
        catch(walk, talk, 8)
        walk.stand("kind-answer")
        page.locator("[name=kinder_answer]").fill(answer)
        page.locator("input[name=belief_after][value='5']").check(force=True)
        walk.press("^Save$")
        walk.stand("kind-mine-answered")
        page.get_by_role("link", name=re.compile(f"The same again.*{mark}")).click()
        walk.press("kinder answer")
        walk.stand("kind-answer-again")
        expect(page.locator("main")).to_contain_text("You once answered this:")
        page.get_by_role("button", name=re.compile("Use it again")).first.click()
        page.wait_for_load_state("networkidle")
        page.locator("input[name=belief_after][value='3']").check(force=True)
        walk.press("^Save$")
        expect(page.locator("main")).to_contain_text("Caught 2 times, answered 2 times. Belief from 8 to 3.")
        page.get_by_role("link", name=re.compile(f"All 2 times.*{mark}")).click()
        walk.stand("kind-line")
    with walking(chrome, DESK, STAFF_TOUCH, "tara@example.org", colours=("light",)) as walk:
        page = walk.page
        page.get_by_role("link", name="Ben").first.click()
        page.wait_for_load_state("networkidle")
        page.goto(f"{page.url}selfcare/kind/")
        walk.stand("kind-desk")
        expect(page.locator("main")).to_contain_text(talk)
        expect(page.locator("main")).to_contain_text("from 8 to 3")
        expect(page.locator("main")).not_to_contain_text("I let everybody down")
        page.get_by_role("link", name="Read it back together").click()
        walk.stand("kind-desk-together")
        expect(page.locator("main")).to_contain_text(answer)


def catch(walk: Walk, talk: str, belief: int) -> None:
    page = walk.page
    page.locator("[name=self_talk]").fill(talk)
    page.locator(f"input[name=belief_before][value='{belief}']").check(force=True)
    walk.press("kinder answer")
    page.wait_for_load_state("networkidle")


def test_a_text_given_at_the_desk_is_read_on_the_phone(chrome: Browser) -> None:
    reason = f"You asked about it {uuid.uuid4().hex[:6]}"
    with walking(chrome, DESK, STAFF_TOUCH, "tara@example.org", colours=("light",)) as walk:
        page = walk.page
        page.get_by_role("link", name="Ben").first.click()
        page.get_by_role("link", name="Homework", exact=True).click()
        walk.stand("reading-desk-homework")
        page.get_by_role("link", name="What was given, what was read").click()
        walk.stand("reading-desk-choose")
        page.get_by_role("link", name="A kind no").click()
        page.get_by_label("Why this one").fill(reason)
        walk.stand("reading-desk-give")
        page.get_by_role("button", name="Give to read").click()
        expect(page.locator("main")).to_contain_text(reason)
    with walking(chrome, PHONE, PORTAL_TOUCH, "ben@example.org", colours=("light",)) as walk:
        page = walk.go("/portal/practise/", "reading-practise")
        page.get_by_role("link", name="Something to read").click()
        walk.stand("reading-mine")
        page.get_by_role("link", name=re.compile(reason)).click()
        walk.stand("reading-text")
        expect(page).to_have_url(re.compile(r"/portal/reading/\d+/$"))
        expect(page).to_have_title("Practise")
        walk.press("I have read it")
        walk.stand("reading-mine-read")
        expect(page.locator("#stayed + ul")).to_contain_text("A kind no")


def test_caught_by_keyboard_alone(chrome: Browser) -> None:
    with visitor(chrome, PHONE) as ben:
        ben.sign_in("ben@example.org")
        page = ben.go("/portal/selfcare/kind/catch/")
        page.locator("[name=self_talk]").focus()
        page.keyboard.type("I am slow at this")
        page.keyboard.press("Tab")
        page.locator("button.big").focus()
        page.keyboard.press("Enter")
        page.wait_for_load_state("networkidle")
        page.locator("[name=kinder_answer]").focus()
        page.keyboard.type("I am new at this.")
        page.locator("input[name=belief_after]").first.focus()
        for _press in range(3):
            page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        page.wait_for_load_state("networkidle")
        expect(page.locator("main")).to_contain_text("I am new at this.")
        ben.check()
