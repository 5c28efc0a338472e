"""The coping plan used for a while: made on a phone, tried, rated and read on the desk; and once without touching the screen."""

import re
import uuid

from tests.browser import DESK, PHONE, Browser, expect, visitor
from tests.journeys.walk import PORTAL_TOUCH, STAFF_TOUCH, Walk, walking


def test_a_strategy_from_the_phone_to_the_desk(chrome: Browser) -> None:
    name = f"Tea by the window {uuid.uuid4().hex[:6]}"
    with walking(chrome, PHONE, PORTAL_TOUCH, "ben@example.org", colours=("light",)) as walk:
        page = walk.go("/portal/me/", "coping-me")
        page.get_by_role("link", name=re.compile("^My plan")).click()
        walk.stand("coping-mine")
        page.get_by_role("link", name="Add something that helps").click()
        add(walk, name)
        page.get_by_role("link", name=re.compile(re.escape(name))).first.click()
        walk.stand("coping-strategy")
        for before, after, said in ((8, 5, "Before the call"), (7, 4, "At night"), (8, 6, "")):
            use(walk, before, after, said)
        expect(page.locator("main")).to_contain_text("3 times")
        walk.stand("coping-strategy-used")
    with walking(chrome, DESK, STAFF_TOUCH, "tara@example.org", colours=("light",)) as walk:
        page = walk.page
        page.get_by_role("link", name="Ben").first.click()
        page.get_by_role("link", name="Coping", exact=True).click()
        walk.stand("coping-desk")
        row = page.locator("main").get_by_text(name).first
        expect(row).to_be_visible()
        expect(page.locator("main")).to_contain_text("Before the call")
        expect(page.locator("main")).not_to_contain_text("At night")


def add(walk: Walk, name: str) -> None:
    """After one try without a name."""
    page = walk.page
    page.locator("form#step").evaluate("(form) => { form.noValidate = true }")
    page.get_by_label("When to use it").or_(page.locator("[name=when_to]")).first.fill("When the letters come")
    walk.press("^Save$")
    walk.stand("coping-add-wrong")
    expect(page.locator("[name=when_to]")).to_have_value("When the letters come")
    page.locator("[name=name]").fill(name)
    page.locator("[name=kind]").select_option("body_calming")
    walk.press("^Save$")
    walk.stand("coping-added")


def use(walk: Walk, before: int, after: int, said: str) -> None:
    """Rated before and after; what was felt is rated again; the second one is for nobody else."""
    page = walk.page
    page.get_by_role("link", name="Say how it went").click()
    page.locator(f"input[name=before][value='{before}']").check(force=True)
    page.locator(f"input[name=after][value='{after}']").check(force=True)
    page.locator("[name=situation]").fill(said)
    if said == "At night":
        page.locator("input[name=visibility][value=only_me]").check(force=True)
    if not said:
        page.locator("#feel").click()
        page.locator("input[name=family]").first.check(force=True)
        page.locator("input[name=answer]").first.check(force=True)
        walk.stand("coping-use-feeling")
    walk.press("^Save$")
    page.wait_for_load_state("networkidle")


def test_a_use_is_logged_by_keyboard_alone(chrome: Browser) -> None:
    with visitor(chrome, PHONE) as ben:
        ben.sign_in("ben@example.org")
        page = ben.go("/portal/coping/add/")
        page.locator("[name=name]").focus()
        page.keyboard.type("Walk to the corner")
        page.locator("[name=kind]").focus()
        page.keyboard.press("ArrowDown")
        page.locator("[name=name]").focus()
        page.keyboard.press("Enter")
        page.get_by_role("link", name="Walk to the corner").first.focus()
        page.keyboard.press("Enter")
        page.get_by_role("link", name="Say how it went").focus()
        page.keyboard.press("Enter")
        page.locator("input[name=before]").first.focus()
        for _press in range(6):
            page.keyboard.press("ArrowRight")
        page.locator("input[name=after]").first.focus()
        for _press in range(2):
            page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        page.wait_for_load_state("networkidle")
        expect(page.locator("main")).to_contain_text(re.compile("from 6 to 2|6 to 2"))
        ben.check()
