"""/clients/<uuid>/team/: who works with a client, letting a colleague in and ending it, and who opened the record."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from access.acting import acting_as
from clients.models import CareAssignment, Client
from core.ids import uuid7
from tests.cast import Person

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")


def signed_in(person: Person) -> Browser:
    browser = Browser()
    browser.force_login(person.user)
    return browser


def address(client: Client) -> str:
    return reverse("clients:team", args=[client.pk])


def form_for(person: Person, client: Client, colleague: Person, **given: Any) -> dict[str, Any]:
    plain = {"scope": f"{person.membership.pk}:{client.pk}", "new_id": str(uuid7()), "therapist": str(colleague.user.pk), "kind": "co"}
    return {**plain, **given}


def care_of(person: Person, client: Client) -> list[CareAssignment]:
    with acting_as(person.actor):
        return list(CareAssignment.objects.filter(client=client).order_by("starts_at"))


def may_open(person: Person, client: Client) -> bool:
    with acting_as(person.actor):
        return Client.objects.filter(pk=client.pk).exists()


def test_a_colleague_is_let_in_and_reads_at_once(tara: Person, sam: Person, ben: Client) -> None:
    assert not may_open(sam, ben)
    browser = signed_in(tara)
    page = browser.get(address(ben))
    assert "Sam" in page.content.decode() and page.context["offered"] == [(sam.user.pk, "Sam")]
    assert browser.post(address(ben), form_for(tara, ben, sam, why="Family work")).headers["Location"] == address(ben)
    assert may_open(sam, ben) and not browser.get(address(ben)).context["offered"]
    assert signed_in(sam).get(address(ben)).status_code == 200


def test_the_same_form_sent_twice_is_one_assignment(tara: Person, sam: Person, ben: Client) -> None:
    browser, given = signed_in(tara), form_for(tara, ben, sam)
    assert browser.post(address(ben), given).status_code == browser.post(address(ben), given).status_code == 302
    assert len(care_of(tara, ben)) == 2


def test_cover_lasts_to_the_end_of_its_last_day_on_the_clinics_clock(tara: Person, sam: Person, ben: Client) -> None:
    last = (timezone.now() + timedelta(days=20)).astimezone(LONDON).date()
    signed_in(tara).post(address(ben), form_for(tara, ben, sam, kind="cover", ends_on=str(last)))
    ends = care_of(tara, ben)[-1].ends_at
    assert ends is not None and ends.astimezone(LONDON) == datetime.combine(last + timedelta(days=1), datetime.min.time(), LONDON)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"kind": "cover"}, "ends_on"),
        ({"kind": "cover", "ends_on": "2020-01-01"}, "ends_on"),
        ({"kind": "primary"}, "kind"),
        ({"kind": "break_glass"}, "kind"),
        ({"therapist": ""}, "therapist"),
        ({"therapist": "nonsense"}, "therapist"),
        ({"why": "a\0b"}, "why"),
        ({"ends_on": "soon"}, "ends_on"),
    ],
)
def test_refusals_stand_beside_the_field(tara: Person, sam: Person, ben: Client, given: dict[str, str], field: str) -> None:
    page = signed_in(tara).post(address(ben), form_for(tara, ben, sam, **given))
    assert page.status_code == 200 and page.context["form"].errors.keys() == {field}
    assert len(care_of(tara, ben)) == 1 and not may_open(sam, ben)


def test_whoever_works_with_her_already_is_refused(tara: Person, sam: Person, ben: Client) -> None:
    browser = signed_in(tara)
    browser.post(address(ben), form_for(tara, ben, sam))
    for kind, ends in (("co", ""), ("cover", "2990-01-01")):
        page = browser.post(address(ben), form_for(tara, ben, sam, kind=kind, ends_on=ends))
        assert page.context["form"].errors.keys() == {"therapist"} and "already works" in page.content.decode()
    assert len(care_of(tara, ben)) == 2


@pytest.mark.parametrize("who", ["ada", "olu", "ben_portal"])
def test_only_therapists_of_the_clinic_can_be_chosen(who: str, tara: Person, ben: Client, request: pytest.FixtureRequest) -> None:
    person = request.getfixturevalue(who)
    page = signed_in(tara).post(address(ben), form_for(tara, ben, person))
    assert page.context["form"].errors.keys() == {"therapist"} and len(care_of(tara, ben)) == (1 if who != "ben_portal" else 1)


def test_ending_closes_the_record_at_once(tara: Person, sam: Person, ben: Client) -> None:
    browser = signed_in(tara)
    browser.post(address(ben), form_for(tara, ben, sam))
    care = care_of(tara, ben)[-1]
    end = reverse("clients:end_care", args=[ben.pk, care.pk])
    scope = {"scope": f"{tara.membership.pk}:{ben.pk}"}
    assert browser.get(end).status_code == 405 and may_open(sam, ben)
    assert browser.post(end, scope).headers["Location"] == address(ben)
    assert not may_open(sam, ben) and signed_in(sam).get(address(ben)).status_code == 404
    assert browser.post(end, scope).status_code == 404, "it has ended already"


def test_ending_ones_own_leads_to_the_caseload(tara: Person, sam: Person, ben: Client) -> None:
    signed_in(tara).post(address(ben), form_for(tara, ben, sam))
    care = care_of(tara, ben)[-1]
    answer = signed_in(sam).post(reverse("clients:end_care", args=[ben.pk, care.pk]), {"scope": f"{sam.membership.pk}:{ben.pk}"})
    assert answer.headers["Location"] == reverse("dashboard:caseload") and not may_open(sam, ben)


def test_the_primary_therapist_cannot_be_ended_here(tara: Person, ben: Client) -> None:
    care = care_of(tara, ben)[0]
    answer = signed_in(tara).post(reverse("clients:end_care", args=[ben.pk, care.pk]), {"scope": f"{tara.membership.pk}:{ben.pk}"})
    assert answer.status_code == 404 and may_open(tara, ben)


def test_a_supervisor_reads_and_assigns_nobody(vera: Person, sam: Person, ben: Client, tara: Person) -> None:
    page = signed_in(vera).get(address(ben))
    assert page.status_code == 200 and "Let a colleague in" not in page.content.decode()
    assert signed_in(vera).post(address(ben), form_for(vera, ben, sam)).status_code == 404
    care = care_of(tara, ben)[0]
    assert signed_in(vera).post(reverse("clients:end_care", args=[ben.pk, care.pk]), {"scope": f"{vera.membership.pk}:{ben.pk}"}).status_code == 404
    assert len(care_of(tara, ben)) == 1


def test_who_opened_the_record_stands_there(tara: Person, vera: Person, ben: Client) -> None:
    for _time in range(2):
        signed_in(vera).get(address(ben))
    looks = {look.name: look.times for look in signed_in(tara).get(address(ben)).context["looks"]}
    assert looks == {"Vera": 2, "Tara": 1}


@pytest.mark.parametrize("who", ["sam", "fay", "olu", "ada", "ben_portal"])
def test_nobody_else_finds_the_page(who: str, ben: Client, request: pytest.FixtureRequest) -> None:
    assert signed_in(request.getfixturevalue(who)).get(address(ben)).status_code == 404
