"""Care that waits, begins, ends and begins again; and what ends with it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from access.acting import acting_as
from audit.models import AuditEvent
from clients.models import Client, Consent, Episode, TimelineEntry
from clients.models.client import Status
from clients.services import add_client, begin_care
from core.errors import Refused, Stale
from core.ids import uuid7
from homework.models import Assignment
from reminders.models import ReminderPreference
from reminders.services import send_reminders
from tests.cast import Person
from tests.homework.agreed import agree
from tests.reminders.chosen import EVENING, chosen, states
from therapy.services import end_care

pytestmark = pytest.mark.django_db
TODAY = date.today()


def end(client: Client, by: Person, **changes: Any) -> Client:
    said = {"version": client.version, "status": Status.DISCHARGED, "ended_on": TODAY, "reason": "completed", **changes}
    with acting_as(by.actor):
        return end_care(client=client, by=by.actor, **said)


def begin(client: Client, by: Person, **changes: Any) -> Client:
    said = {"version": client.version, "new_id": uuid7(), "started_on": TODAY, **changes}
    with acting_as(by.actor):
        return begin_care(client=client, by=by.actor, **said)


def episodes(client: Client, by: Person) -> list[tuple[date, date | None, str]]:
    with acting_as(by.actor):
        return list(Episode.objects.filter(client=client).order_by("started_on").values_list("started_on", "ended_on", "reason"))


@pytest.mark.usefixtures("library")
def test_discharge_ends_the_episode_and_the_open_homework(tara: Person, ben: Client, as_owner: Callable[[], Any]) -> None:
    task = agree(tara, ben, "slow_breathing")
    ended = end(ben, tara)
    with acting_as(tara.actor):
        assert Assignment.objects.get(pk=task.pk).state == "stopped"
        assert TimelineEntry.objects.filter(client=ben, kind="care_ended").count() == 1
        with pytest.raises(Refused):
            agree(tara, ended, "worry_time")
    assert (ended.status, [row[1:] for row in episodes(ben, tara)]) == ("discharged", [(TODAY, "completed")])
    with as_owner():
        assert AuditEvent.objects.get(verb="care_ended").detail == {"status": "discharged", "reason": "completed"}


@pytest.mark.usefixtures("library")
def test_lost_contact_keeps_the_homework_for_whoever_comes_back(tara: Person, ben: Client) -> None:
    task = agree(tara, ben, "slow_breathing")
    assert end(ben, tara, status=Status.LOST_CONTACT, reason="no_reply").status == "lost_contact"
    with acting_as(tara.actor):
        assert Assignment.objects.get(pk=task.pk).state == "active"


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(("status", "reason"), [("discharged", "completed"), ("lost_contact", "no_reply")])
def test_reminders_stop_and_do_not_begin_again_with_care(
    status: str, reason: str, tara: Person, ben: Client, ben_portal: Person, as_owner: Callable[[], Any]
) -> None:
    agree(tara, ben, "slow_breathing", per_week=70)
    chosen(ben_portal, ben, {(TODAY + timedelta(days=1)).weekday(): EVENING})
    assert states(as_owner) == [("planned", "")]
    ended = end(ben, tara, status=status, reason=reason)
    assert states(as_owner) == [("cancelled", "care_ended")]
    begin(ended, tara)
    send_reminders()
    with acting_as(ben_portal.actor):
        row = ReminderPreference.objects.get(client=ben)
        assert (row.is_on, row.set_how) == (False, "care_ended") and not Consent.objects.filter(client=ben, kind="reminders", withdrawn_at=None).exists()
    assert states(as_owner) == [("cancelled", "care_ended")], "the worker's round plans nothing anew"


def test_the_second_press_changes_nothing_and_an_older_page_is_refused(tara: Person, ben: Client) -> None:
    ended = end(ben, tara)
    again = end(ended, tara, version=ben.version, status=Status.LOST_CONTACT, reason="other")
    assert again.status == "discharged" and len(episodes(ben, tara)) == 1
    with pytest.raises(Stale):
        begin(ended, tara, version=ended.version - 1)


def test_care_begins_again_as_a_new_episode(tara: Person, ben: Client) -> None:
    ended = end(ben, tara, ended_on=TODAY - timedelta(days=5))
    with pytest.raises(Refused, match="before the care ended"):
        begin(ended, tara, started_on=TODAY - timedelta(days=6))
    form = uuid7()
    back = begin(ended, tara, new_id=form)
    assert begin(ended, tara, new_id=form).version == back.version  # the button pressed twice
    assert back.status == "active" and [row[1] for row in episodes(ben, tara)] == [TODAY - timedelta(days=5), None]
    with pytest.raises(Refused, match="going on"):
        begin(back, tara)


def test_who_waits_has_no_episode_until_care_begins(tara: Person) -> None:
    with acting_as(tara.actor):
        lin = add_client(new_id=uuid7(), started_on=TODAY - timedelta(days=9), waiting=True, called="Lin", timezone="Europe/London", by=tara.actor)
    assert lin.status == "waiting" and episodes(lin, tara) == []
    with pytest.raises(Refused):
        end(lin, tara)
    assert begin(lin, tara).status == "active" and len(episodes(lin, tara)) == 1


@pytest.mark.parametrize(("day", "field"), [(TODAY + timedelta(days=2), "lies ahead"), (TODAY - timedelta(days=900), "before the care began")])
def test_a_day_that_cannot_be(tara: Person, ben: Client, day: date, field: str) -> None:
    with pytest.raises(Refused, match=field) as refused:
        end(ben, tara, ended_on=day)
    assert refused.value.field == "ended_on" and episodes(ben, tara)[0][1] is None


def test_a_stranger_ends_nothing(sam: Person, tara: Person, ben: Client) -> None:
    with pytest.raises(Refused):
        end(ben, sam)
    assert episodes(ben, tara)[0][1] is None
