"""Strengths and people used for a while: on a phone, with a thumb; read on the desk; and once by keyboard alone."""

import re
import uuid

from tests.browser import DESK, PHONE, Browser, expect, visitor
from tests.journeys.walk import PORTAL_TOUCH, STAFF_TOUCH, Walk, walking


def test_a_moment_and_a_person_from_the_phone_to_the_desk(chrome: Browser) -> None:
    mark = uuid.uuid4().hex[:6]
    moment, secret, name = f"Stayed with Jo until she slept {mark}", f"Cried first {mark}", f"Auntie Ife {mark}"
    with walking(chrome, PHONE, PORTAL_TOUCH, "ben@example.org", colours=("light",)) as walk:
        spot(walk)
        tell(walk, moment)
        tell(walk, secret, alone=True)
        put_on_the_map(walk, name)
        page = walk.page
        expect(page.locator("main")).to_contain_text(name)
    with walking(chrome, DESK, STAFF_TOUCH, "tara@example.org", colours=("light",)) as walk:
        page = walk.page
        page.get_by_role("link", name="Ben").first.click()
        page.get_by_role("link", name="Strengths", exact=True).click()
        walk.stand("strengths-desk")
        expect(page.locator("main")).to_contain_text(moment)
        expect(page.locator("main")).not_to_contain_text(secret)
        page.get_by_role("link", name="People", exact=True).click()
        walk.stand("people-desk")
        expect(page.locator("main tr", has_text=name)).to_contain_text("In my heart")
        expect(page.locator("main")).to_contain_text("night call")


def spot(walk: Walk) -> None:
    """Three taps from Me, unless it is there already."""
    page = walk.go("/portal/me/", "strengths-me")
    page.get_by_role("link", name=re.compile("^My strengths")).click()
    page.get_by_role("link", name="Choose from all 24 strengths").click()
    love = page.locator("button[name=key][value=love]")
    if love.count():
        love.click()
    walk.go("/portal/strengths/", "strengths-mine")
    expect(page.get_by_role("heading", name=re.compile("^Love")).first).to_be_visible()


def tell(walk: Walk, words: str, *, alone: bool = False) -> None:
    page = walk.page
    page.get_by_role("link", name=re.compile("^Add a moment.*Love")).first.click()
    walk.stand("strengths-moment")
    page.locator("[name=happened]").fill(words)
    if alone:
        page.locator("input[name=visibility][value=only_me]").check(force=True)
    walk.press("^Save$")
    page.wait_for_load_state("networkidle")
    walk.go("/portal/strengths/", "strengths-told")
    expect(page.locator("main")).to_contain_text(words)


def put_on_the_map(walk: Walk, name: str) -> None:
    """Added close, moved without dragging, reached, and then kept in the heart."""
    page = walk.go("/portal/people/", "people-mine")
    page.get_by_role("link", name="Add a person or place").click()
    page.locator("[name=name]").fill(name)
    page.locator("input[name=place][value='1']").check(force=True)
    page.locator("input[name=helps][value=night_call]").check(force=True)
    walk.press("^Save$")
    walk.stand("people-added")
    page.locator("li.person", has_text=name).get_by_role("link", name=re.compile("I reached out")).click()
    page.locator("input[name=how]").first.check(force=True)
    walk.press("^Save$")
    walk.go("/portal/people/", "people-reached")
    row = page.locator("li.person", has_text=name)
    expect(row).to_contain_text("Last reached out")
    row.locator("summary").click()
    row.get_by_role("button", name="In my heart").click()
    page.wait_for_load_state("networkidle")
    expect(page.locator("li.person", has_text=name).get_by_role("link", name=re.compile("I reached out"))).to_have_count(0)


def test_a_move_by_keyboard_alone(chrome: Browser) -> None:
    name = f"Kiosk {uuid.uuid4().hex[:6]}"
    with visitor(chrome, PHONE) as ben:
        ben.sign_in("ben@example.org")
        page = ben.go("/portal/people/add/")
        page.locator("[name=name]").focus()
        page.keyboard.type(name)
        page.keyboard.press("Enter")
        page.wait_for_load_state("networkidle")
        row = page.locator("li.person", has_text=name)
        row.locator("summary").focus()
        page.keyboard.press("Enter")
        row.get_by_role("button", name="Outer").focus()
        page.keyboard.press("Enter")
        page.wait_for_load_state("networkidle")
        outer = page.locator("h2", has_text="Outer").locator("xpath=following-sibling::ul[1]")
        expect(outer).to_contain_text(name)
        ben.check()
