"""/clinic/: the review of the office. Dates, states and owners; no word of what was said."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from access.acting import acting_as
from audit.models import AuditEvent
from clients.models import CareAssignment, Client
from clients.services import record_check_in, say_more
from core.ids import uuid7
from dashboard.pages.clinic import gone_quiet
from homework.models import NotToday
from homework.services.not_today import not_today
from tests.cast import Person
from tests.homework.agreed import agree
from tests.therapy.logs import logged, planned, signed
from therapy.log import SessionLog
from therapy.selectors.clinic import Appointment

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


def office(ada: Person) -> Browser:
    browser = Browser()
    browser.force_login(ada.user)
    return browser


def ago(days: float) -> datetime:
    return timezone.now() - timedelta(days=days)


def seen(person: Person) -> dict[str, Any]:
    page = office(person).get(reverse("dashboard:clinic"))
    assert page.status_code == 200
    return page.context  # type: ignore[no-any-return]


def test_the_load_of_each_therapist_and_of_the_clinic(ada: Person, tara: Person, sam: Person, ben: Client, cleo: Client) -> None:
    signed(tara, ben, starts_at=ago(20))
    logged(tara, ben, starts_at=ago(9))
    planned(tara, cleo, ago(2))
    planned(tara, ben, timezone.now() + timedelta(days=3))
    planned(tara, cleo, timezone.now() + timedelta(days=30))
    rows = {row.name: (row.active, row.sessions, row.to_log, row.to_sign, row.quiet) for row in seen(ada)["loads"]}
    assert rows == {tara.user.name: (2, 1, 1, 1, 0), sam.user.name: (0, 0, 0, 0, 0), "Clinic": (2, 1, 1, 1, 0)}


def test_who_has_gone_quiet_is_to_be_talked_about(ada: Person, tara: Person, ben: Client, cleo: Client) -> None:
    signed(tara, ben, starts_at=ago(33))
    for days in (22, 15):
        logged(tara, ben, SessionLog(attendance="no_show"), starts_at=ago(days))
    logged(tara, cleo, SessionLog(attendance="no_show"), starts_at=ago(15))
    context = seen(ada)
    assert [(row.client.pk, row.owner) for row in context["talk"]] == [(ben.pk, tara.user.name)]
    assert "1 client has gone quiet." in context["lead"]


@pytest.mark.parametrize(
    ("status", "not_met", "contact", "quiet"),
    [
        ("lost_contact", [], 1, True),
        ("active", [3, 10], 14, True),
        ("active", [3, 10], 13.9, False),
        ("active", [3, 10], None, True),
        ("active", [3], None, False),
        ("active", [3, 28.1], None, False),
        ("discharged", [3, 10], None, False),
        ("waiting", [3, 10], None, False),
    ],
)
def test_the_rule_of_gone_quiet_at_its_borders(status: str, not_met: list[float], contact: float | None, quiet: bool) -> None:
    def at(days: float) -> datetime:
        return NOW - timedelta(days=days)

    appointments = [Appointment(uuid4(), uuid4(), at(days), at(days), "no_show") for days in not_met]
    appointments += [Appointment(uuid4(), uuid4(), at(5), at(5), "cancelled_by_clinic"), Appointment(uuid4(), uuid4(), at(-5), at(-5), "no_show")]
    assert gone_quiet(Client(status=status), appointments, None if contact is None else at(contact), NOW) is quiet


@pytest.mark.usefixtures("library")
def test_what_gets_in_the_way_counts_clients_and_only_what_they_share(ada: Person, tara: Person, ben: Client, ben_portal: Person) -> None:
    task = agree(tara, ben, "slow_breathing")
    with acting_as(ben_portal.actor):
        for barrier, visibility in (("too_tired", "my_therapist"), ("too_tired", "my_therapist"), ("low_mood", "only_me")):
            not_today(client=ben, assignment=task, new_id=uuid7(), choice="skip", barrier=barrier, visibility=visibility, by=ben_portal.actor)
    assert [(row["name"], row["n"]) for row in seen(ada)["in_the_way"]] == [("Too tired", 1)]


@pytest.mark.usefixtures("library")
def test_barriers_of_an_exercise_are_counted_from_five_on(ada: Person, tara: Person, ben: Client, ben_portal: Person, as_owner: Callable[[], Any]) -> None:
    """What is only the client's own and what is older than twelve weeks do not count; a cell of four is not shown."""
    breath, senses = agree(tara, ben, "slow_breathing"), agree(tara, ben, "five_senses")
    counts = [(breath, "too_tired", 5, "my_therapist"), (senses, "too_tired", 4, "my_therapist"), (senses, "low_mood", 6, "my_therapist")]
    with acting_as(ben_portal.actor):
        for task, barrier, times, visibility in [*counts, (senses, "too_tired", 1, "only_me"), (breath, "no_time", 5, "my_therapist")]:
            for _time in range(times):
                not_today(client=ben, assignment=task, new_id=uuid7(), choice="skip", barrier=barrier, visibility=visibility, by=ben_portal.actor)
    with as_owner():
        NotToday.objects.filter(pk__in=NotToday.objects.filter(barrier="no_time").values("pk")[:1]).update(occurred_at=ago(85))
    rows = [(row["exercise"], row["barrier"], row["n"]) for row in seen(ada)["by_exercise"]]
    assert rows == [("Five senses", "Felt too low", 6), ("Slow breathing", "Too tired", 5)]
    text = office(ada).get(reverse("dashboard:clinic")).content.decode()
    assert "named most for one exercise: Five senses, 6 times." in text and "Ben" not in text


def test_a_client_without_a_therapist_is_named(ada: Person, ben: Client, as_owner: Callable[[], Any]) -> None:
    with as_owner():
        CareAssignment.objects.filter(client=ben).update(ends_at=timezone.now())
    context = seen(ada)
    assert [client.pk for client in context["unassigned"]] == [ben.pk] and "1 client has no therapist." in context["lead"]


def test_no_word_of_therapy_and_each_look_on_the_trail(ada: Person, tara: Person, ben: Client, ben_portal: Person, as_owner: Callable[[], Any]) -> None:
    with acting_as(ben_portal.actor):
        row = record_check_in(client=ben, new_id=uuid7(), mood=1, by=ben_portal.actor)
        say_more(check_in=row, note="marmalade", by=ben_portal.actor)
    logged(tara, ben, SessionLog(risk="no_concern", one_line="quince"), starts_at=ago(3))
    text = office(ada).get(reverse("dashboard:clinic")).content.decode()
    assert "marmalade" not in text and "quince" not in text and "Ben" not in text, "nothing about Ben is to be said today"
    with as_owner():
        assert AuditEvent.objects.filter(verb="clinic_review_opened", actor_id=ada.user.pk).count() == 1


def test_it_is_the_offices_alone_and_its_first_page(ada: Person, tara: Person, ben_portal: Person) -> None:
    for person in (tara, ben_portal):
        assert office(person).get(reverse("dashboard:clinic")).status_code in (403, 404)
    assert office(ada).get("/").headers["Location"] == reverse("dashboard:clinic")
