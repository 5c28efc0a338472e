"""My week used for a while: chosen on a phone, logged in one tap and a day later, a night, and read on the desk; and once without touching the screen."""

import re
import uuid
from datetime import timedelta

from core.zones import today_in
from tests.browser import DESK, PHONE, Browser, expect, visitor
from tests.journeys.walk import PORTAL_TOUCH, STAFF_TOUCH, Walk, walking

ZONE = "Europe/London"


def test_a_week_from_the_phone_to_the_desk(chrome: Browser) -> None:
    name, note = f"Water the fern {uuid.uuid4().hex[:6]}", f"It has a new leaf {uuid.uuid4().hex[:6]}"
    with walking(chrome, PHONE, PORTAL_TOUCH, "ben@example.org", colours=("light",)) as walk:
        page = walk.go("/portal/me/", "week-me")
        page.get_by_role("link", name=re.compile("^My week")).click()
        walk.stand("week-mine")
        page.get_by_role("link", name="Change my week").click()
        walk.stand("week-plan")
        choose(walk, name)
        mine = page.locator("section.act", has_text=name)
        mine.get_by_role("button", name=re.compile("^Tiny")).click()
        expect(mine.locator('[aria-pressed="true"]')).to_contain_text("one can")
        expect(mine).to_contain_text("On 1 of the last 7 days.")
        walk.stand("week-tapped")
        mine.get_by_role("button", name=re.compile("^Take back")).click()
        expect(mine.locator('[aria-pressed="true"]')).to_have_count(0)
        mine.get_by_role("link", name=re.compile("^Too big today")).click()
        walk.stand("week-smaller")
        page.get_by_role("button", name=re.compile("tiny one")).click()
        a_day_later(walk, name, note)
        a_night(walk)
    with walking(chrome, DESK, STAFF_TOUCH, "tara@example.org", colours=("light",)) as walk:
        page = walk.page
        page.get_by_role("link", name="Ben").first.click()
        page.get_by_role("link", name="Self-care", exact=True).click()
        walk.stand("week-desk")
        row = page.locator("ul.week > li", has_text=name)
        expect(row).to_contain_text("On 2 of the last 7 days.")
        expect(page.locator("main")).to_contain_text(note)
        page.get_by_role("link", name="Add together").click()
        walk.stand("week-desk-plan")
        page.get_by_role("link", name="Sit in silence").click()
        walk.press("^Save$")
        expect(page.locator("ul.week > li", has_text="Sit in silence").first).to_contain_text("Made together.")


def choose(walk: Walk, name: str) -> None:
    """After one try without a name."""
    page = walk.page
    page.get_by_role("link", name="Add my own").click()
    page.locator("form#step").evaluate("(form) => { form.noValidate = true }")
    page.locator("[name=tiny]").fill("one can")
    walk.press("^Save$")
    walk.stand("week-add-wrong")
    expect(page.locator("[name=tiny]")).to_have_value("one can")
    page.locator("[name=name]").fill(name)
    page.locator("[name=domain]").select_option("leisure")
    walk.press("^Save$")
    walk.stand("week-added")


def a_day_later(walk: Walk, name: str, note: str) -> None:
    page = walk.page
    page.locator("section.act", has_text=name).get_by_role("link", name=re.compile("^Add a day")).click()
    page.locator("[name=day]").fill((today_in(ZONE) - timedelta(days=2)).isoformat())
    page.locator("input[name=size][value=stretch]").check(force=True)
    page.locator("[name=note]").fill(note)
    walk.press("^Save$")
    expect(page.locator("main")).to_contain_text(note)
    walk.stand("week-day-added")


def a_night(walk: Walk) -> None:
    """One that is there already is said so, and the first free morning takes it."""
    page = walk.page
    walk.go("/portal/selfcare/night/", "week-night")
    for days in range(40, 60):
        page.locator("[name=day]").fill((today_in(ZONE) - timedelta(days=days)).isoformat())
        page.locator("[name=bed]").fill("23:20")
        page.locator("[name=wake]").fill("06:00")
        page.locator("input[name=quality][value='6']").check(force=True)
        walk.press("^Save$")
        page.wait_for_load_state("networkidle")
        if "/night/" not in page.url:
            break
    expect(page.locator("#sleep")).to_be_visible()
    walk.stand("week-night-saved")


def test_a_log_by_keyboard_alone(chrome: Browser) -> None:
    with visitor(chrome, PHONE) as ben:
        ben.sign_in("ben@example.org")
        page = ben.go("/portal/selfcare/add/?part=leisure&idea=2")
        page.locator("[name=name]").focus()
        page.keyboard.press("Enter")
        page.wait_for_load_state("networkidle")
        mine = page.locator("section.act", has_text="Read a few pages")
        mine.get_by_role("button", name="Standard").focus()
        page.keyboard.press("Enter")
        page.wait_for_load_state("networkidle")
        expect(mine.locator('[aria-pressed="true"]')).to_contain_text("Standard")
        page.locator("summary", has_text="Show as table").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("table")).to_be_visible()
        ben.check()
