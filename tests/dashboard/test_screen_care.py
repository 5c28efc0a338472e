"""/clients/<uuid>/care/: ending care and beginning it again; and the summary to keep."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from access.acting import acting_as
from clients.models import Client, Episode
from clients.services import update_contact
from core.ids import uuid7
from tests.cast import Person
from tests.homework.agreed import agree, rated, run_of
from therapy.services import add_goal, rate_goal

pytestmark = pytest.mark.django_db
TODAY = date.today()


def form(person: Person, client: Client, **given: Any) -> dict[str, Any]:
    plain = {"version": client.version, "status": "discharged", "ended_on": TODAY.isoformat(), "reason": "completed"}
    return {"scope": f"{person.membership.pk}:{client.pk}", **plain, **given}


def where(client: Client, name: str = "care") -> str:
    return reverse(f"dashboard:{name}", args=[client.pk])


def now(person: Person, client: Client) -> Client:
    with acting_as(person.actor):
        return Client.objects.get(pk=client.pk)


def test_ending_leads_to_the_summary_and_the_record_says_so(desk: Browser, tara: Person, ben: Client) -> None:
    answer = desk.post(where(ben), form(tara, ben))
    assert answer.headers["Location"] == where(ben, "care_summary")
    assert now(tara, ben).status == "discharged"
    record = desk.get(reverse("dashboard:record", args=[ben.pk])).content.decode()
    assert "Care has ended: discharged." in record and where(ben) in record
    assert desk.post(where(ben), form(tara, ben)).status_code in (200, 302), "the same form again, by the Back button"
    assert now(tara, ben).status == "discharged"


def test_it_begins_again_with_one_press_or_two(desk: Browser, tara: Person, ben: Client) -> None:
    desk.post(where(ben), form(tara, ben, status="lost_contact", reason="no_reply"))
    page = desk.get(where(ben))
    shown = page.context["form"]
    again = {"scope": f"{tara.membership.pk}:{ben.pk}", "version": shown["version"].value(), "new_id": shown["new_id"].value(), "started_on": TODAY.isoformat()}
    for _press in range(2):
        desk.post(where(ben), again)
    with acting_as(tara.actor):
        assert Episode.objects.filter(client=ben).count() == 2
    assert now(tara, ben).status == "active"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"status": ""}, "status"),
        ({"reason": ""}, "reason"),
        ({"reason": "dead"}, "reason"),
        ({"ended_on": "a\0"}, "ended_on"),
        ({"ended_on": (TODAY + timedelta(days=3)).isoformat()}, "ended_on"),
        ({"ended_on": "2001-01-01"}, "ended_on"),
    ],
)
def test_bad_input_is_answered_beside_the_field(desk: Browser, tara: Person, ben: Client, given: dict[str, str], field: str) -> None:
    page = desk.post(where(ben), form(tara, ben, **given))
    assert page.status_code == 200 and page.context["form"].errors[field] and now(tara, ben).status == "active"


def test_an_older_page_keeps_what_was_chosen_and_saves_on_the_second_press(desk: Browser, tara: Person, ben: Client) -> None:
    with acting_as(tara.actor):
        update_contact(client=ben, version=ben.version, changes={"phone": "020 7946 0199"}, by=tara.actor)
    page = desk.post(where(ben), form(tara, ben, reason="moved"))
    assert page.status_code == 409 and page.context["form"]["reason"].value() == "moved" and now(tara, ben).status == "active"
    assert desk.post(where(ben), form(tara, ben, reason="moved", version=page.context["form"]["version"].value())).status_code == 302
    assert now(tara, ben).status == "discharged"


def test_a_supervisor_reads_and_ends_nothing(vera: Person, tara: Person, ben: Client) -> None:
    browser = Browser()
    browser.force_login(vera.user)
    page = browser.get(where(ben)).content.decode()
    assert "Stretches of care" in page and "End care" not in page
    assert browser.post(where(ben), form(vera, ben)).status_code == 404 and now(tara, ben).status == "active"


@pytest.mark.usefixtures("library")
def test_the_summary_says_what_is_shared_and_nothing_else(desk: Browser, tara: Person, ben: Client, ben_portal: Person) -> None:
    with acting_as(tara.actor):
        goal = add_goal(client=ben, new_id=uuid7(), text="I want <b>calm</b>", levels={0: "calm evenings"}, by=tara.actor)
        rate_goal(goal=goal, level=0, by=tara.actor)
    task = agree(tara, ben, "slow_breathing")
    rated(ben_portal, run_of(ben_portal, ben, task), 7, 4)
    text = desk.get(where(ben, "care_summary")).content.decode()
    assert "I want &lt;b&gt;calm&lt;/b&gt;" in text and "calm evenings" in text and "Slow breathing" in text
    assert "No session was held yet." in text and "None shared." in text
