"""A safety plan from its first step to paper: written at the desk, read and changed on the phone, every page looked at in light and in dark."""

import uuid
from typing import Any

import pytest

from tests.browser import DESK, PHONE, Browser
from tests.journeys.test_every_page import add
from tests.journeys.test_every_portal_page import accept
from tests.journeys.walk import PORTAL_TOUCH, STAFF_TOUCH, Walk, walking

STEPS = ("warning_signs", "alone", "distract", "ask", "professionals", "safer", "reasons")


@pytest.mark.full
@pytest.mark.parametrize("device", [PHONE, DESK], ids=["phone", "desk"])
def test_a_plan_written_together(chrome: Browser, device: dict[str, Any]) -> None:
    address = f"eve-{uuid.uuid4().hex[:8]}@example.org"
    with walking(chrome, device, STAFF_TOUCH, "tara@example.org") as tara:
        record = add(tara, "Eve")
        write(tara, record)
        tara.page.goto(f"{tara.page.url.split('/clients/')[0]}{record}portal/")
        tara.page.get_by_label("E-mail").fill(address)
        tara.page.get_by_role("button", name="Send the invitation").click()
    with walking(chrome, device, PORTAL_TOUCH) as eve:
        accept(eve, address)
        read(eve)


def write(tara: Walk, record: str) -> None:
    """Every step, one of them with a slip; then a review and the paper."""
    tara.go(f"{record}plans/", "desk-plans-none")
    page = tara.go(f"{record}safety-plan/", "desk-safety-none")
    page.get_by_role("link", name="Begin it together").click()
    for key in STEPS:
        assert page.url.endswith(f"/safety-plan/steps/{key}/"), page.url
        tara.stand(f"desk-safety-{key}")
        if key in ("distract", "ask", "professionals"):
            page.get_by_label("Name or place").first.fill(f"Somebody for {key}")
            page.get_by_label("Phone").first.fill("call me" if key == "ask" else "020 7946 0000")
        else:
            page.get_by_label("In my own words, one a line").fill(f"Something for {key}\nand more")
        if key == "ask":
            tara.press("next step")
            tara.stand("desk-safety-ask-wrong")
            page.get_by_label("Phone").first.fill("020 7946 0011")
        tara.press("Save" if key == STEPS[-1] else "next step")
    tara.stand("desk-safety-full")
    tara.go(f"{record}safety-plan/review/", "desk-safety-review")
    tara.press("Note it")
    tara.go(f"{record}safety-plan/history/", "desk-safety-history")
    page = tara.go(f"{record}safety-plan/print/", "desk-safety-paper")
    assert "Something for safer" not in page.content()
    page.get_by_label("With step 6").check()
    tara.press("Show")
    assert "Something for safer" in tara.stand("desk-safety-paper-whole").content()
    tara.go(f"{record}plans/", "desk-plans")


def read(eve: Walk) -> None:
    """Calls first, the whole plan a tap below, one step changed; nothing of step 6 on paper, however it is printed."""
    page = eve.go("/portal/safety-plan/", "portal-safety")
    assert page.locator(".calls a").first.get_attribute("href") == "tel:999"
    page.get_by_text("The whole plan, step by step").click()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert not page.get_by_text("Something for safer").is_visible() and page.get_by_text("Something for reasons").is_visible()
    page.emulate_media(media="screen")
    page.get_by_text("Show what we agreed").click()
    eve.stand("portal-safety-whole")
    assert page.get_by_text("Something for safer").is_visible()
    for key in STEPS:
        eve.go(f"/portal/safety-plan/steps/{key}/", f"portal-safety-{key}")
    page.get_by_label("In my own words, one a line").fill("The mural")
    eve.press("Save")
    assert page.get_by_text("The mural").count() == 1
    eve.go("/portal/safety-plan/history/", "portal-safety-history")
    page = eve.go("/portal/safety-plan/print/", "portal-safety-paper")
    assert "Something for safer" not in page.content()
