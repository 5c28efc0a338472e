"""The page of plans: what there is, with its dates, and no word of it; and what the demo loads of safety plans."""

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.utils import timezone

from access.acting import acting_as
from core.ids import uuid7
from dashboard.clinic_file.safety import line_of
from safety.models import Line
from safety.services import save_safety_plan

pytestmark = pytest.mark.django_db


def page_of(person, client):
    browser = Browser()
    browser.force_login(person.user)
    return browser.get(f"/clients/{client.pk}/plans/")


def test_plans_with_their_dates(tara, sam, ben):
    assert page_of(tara, ben).content.decode().count("None so far.") == 3
    day = timezone.now() - timedelta(days=80)
    with acting_as(tara.actor):
        save_safety_plan(client=ben, new_id=uuid7(), number=0, steps={"alone": [Line("Shower")]}, occurred_at=day, by=tara.actor)
    page = page_of(tara, ben).content.decode()
    assert "Next by" in page and "Shower" not in page and f"/clients/{ben.pk}/safety-plan/" in page
    assert page_of(sam, ben).status_code == 404


def test_a_review_whose_day_has_come_is_said_in_words(ada, tara, ben):
    with acting_as(tara.actor):
        day = timezone.now() - timedelta(days=100)
        save_safety_plan(client=ben, new_id=uuid7(), number=0, steps={"alone": [Line("Shower")]}, occurred_at=day, by=tara.actor)
    assert "To look at again since" in page_of(tara, ben).content.decode()
    browser = Browser()
    browser.force_login(ada.user)
    clinic = browser.get("/clinic/").content.decode()
    assert "1 plan is to be looked at again by today." in clinic and "Shower" not in clinic


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Samaritans 116 123", Line("Samaritans", "116 123")),
        ("999", Line("999", "999")),
        ("Text SHOUT to 85258", Line("Text SHOUT to 85258")),
        ("NHS 111 option 2", Line("NHS 111 option 2")),
        ("Grandma Hua", Line("Grandma Hua")),
    ],
    ids=["named", "bare", "text", "inside", "none"],
)
def test_a_number_at_the_end_of_a_line_can_be_called(text, line):
    assert line_of("professionals", text) == line and line_of("alone", text) == Line(text)
