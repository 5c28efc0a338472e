"""The outbox of the next 48 hours: filled once, by the client's clock, and emptied when nothing is to be sent any more."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError

from access.acting import acting_as
from clients.models import Client
from clients.services import update_contact
from core.actor import NOBODY, Actor
from reminders.models import Reminder, ReminderPreference
from reminders.services import choose_reminders
from reminders.services.planning import plan_ahead, plan_clinic
from tests import cast
from tests.cast import Person
from tests.reminders.chosen import EVENING, MONDAY, QUIET, at, chosen, rows, states

pytestmark = pytest.mark.django_db
DAILY = dict.fromkeys(range(4), EVENING)


def plan(ben: Client) -> None:
    """As the worker does it, which sees the outbox and nothing else."""
    plan_clinic(ben.clinic_id, Actor("worker", NOBODY, ben.clinic_id))


def days(found: list[Reminder]) -> list[int]:
    return [(row.local_date - MONDAY).days for row in found]


def test_a_window_of_48_hours_rolls_on(clock, ben: Client, ben_portal: Person, as_owner) -> None:
    chosen(ben_portal, ben, DAILY)
    assert days(rows(as_owner)) == [0, 1]
    clock.move_to(at(1, 10))
    plan(ben)
    assert days(rows(as_owner)) == [0, 1, 2]
    clock.move_to(at(6, 10))
    plan(ben)
    assert days(rows(as_owner)) == [0, 1, 2, 3, 7]


def test_planning_again_changes_nothing(clock, ben: Client, ben_portal: Person, as_owner) -> None:
    preference = chosen(ben_portal, ben, DAILY)
    before = rows(as_owner)
    for _again in range(3):
        with acting_as(ben_portal.actor):
            ReminderPreference.objects.filter(pk=preference.pk).update(planned_until=None)  # as if nothing had been planned
        plan(ben)
    assert [row.pk for row in rows(as_owner)] == [row.pk for row in before]


def test_the_key_is_what_makes_it_so(clock, ben: Client, ben_portal: Person, as_owner) -> None:
    """The control: the same day and time once more is refused by the database, in another zone it is another reminder."""
    chosen(ben_portal, ben, DAILY)
    row = rows(as_owner)[0]
    row.pk = row.id = Reminder().pk
    with pytest.raises(IntegrityError, match="reminder_key"), as_owner():
        row.save(force_insert=True)
    row.zone = "Europe/Berlin"
    with as_owner():
        row.save(force_insert=True)


def test_the_worker_reads_no_preference(clock, ben: Client, ben_portal: Person) -> None:
    chosen(ben_portal, ben)
    with pytest.raises(ProgrammingError, match="permission denied"), acting_as(Actor("worker", NOBODY, ben.clinic_id)):
        ReminderPreference.objects.count()


def test_another_clinics_worker_plans_nothing(clock, ben: Client, ben_portal: Person, olu: Person, as_owner) -> None:
    chosen(ben_portal, ben, DAILY)
    clock.move_to(at(1, 10))
    plan_clinic(olu.actor.clinic_id, Actor("worker", NOBODY, olu.actor.clinic_id))
    assert days(rows(as_owner)) == [0, 1]


def test_a_change_of_zone_replans_what_is_to_come(clock, ben: Client, tara: Person, ben_portal: Person, as_owner) -> None:
    chosen(ben_portal, ben, DAILY)
    with acting_as(tara.actor):
        update_contact(client=ben, version=ben.version, changes={"timezone": "Asia/Kathmandu"}, by=tara.actor)
    plan(ben)
    found = rows(as_owner)
    assert [(row.zone, row.state, row.reason) for row in found] == [("Asia/Kathmandu", "planned", ""), ("Europe/London", "cancelled", "changed")] * 2
    assert [row.due_at for row in found[::2]] == [at(day, 18, 30, zone_name="Asia/Kathmandu") for day in (0, 1)]


def test_nothing_of_the_past_is_planned_when_it_is_chosen_late(clock, ben: Client, ben_portal: Person, as_owner) -> None:
    clock.move_to(at(0, 19))
    chosen(ben_portal, ben, DAILY)
    assert days(rows(as_owner)) == [1, 2]


def test_after_an_outage_every_day_has_a_row(clock, ben: Client, ben_portal: Person, as_owner) -> None:
    chosen(ben_portal, ben, DAILY)
    clock.move_to(at(8, 10))
    plan(ben)
    assert days(rows(as_owner)) == [0, 1, 2, 3, 7, 8, 9]


@pytest.mark.parametrize("change", [{"status": "discharged"}, {"status": "lost_contact"}])
def test_the_end_of_care_calls_them_off(change: dict[str, str], clock, ben: Client, ben_portal: Person, as_owner) -> None:
    chosen(ben_portal, ben, DAILY)
    with as_owner():
        Client.objects.filter(pk=ben.pk).update(**change)
    plan(ben)
    assert states(as_owner) == [("cancelled", "care_ended")] * 2
    with as_owner():
        Client.objects.filter(pk=ben.pk).update(status="active")
    clock.shift(timedelta(hours=30))
    plan(ben)
    assert states(as_owner)[-1] == ("planned", "")  # a new episode: what she chose still stands


def test_set_together_before_she_signs_in_waits_for_that(clock, ben: Client, tara: Person, as_owner) -> None:
    with acting_as(tara.actor):
        choose_reminders(client=ben, kind="homework", version=0, times=DAILY, by=tara.actor, together=True, **QUIET)
    plan(ben)
    assert not rows(as_owner)
    cast.portal_sign_in(tara, ben, "Ben")
    plan(ben)
    assert days(rows(as_owner)) == [0, 1]


def test_a_preference_is_planned_by_its_own_client_alone(clock, ben: Client, cleo: Client, tara: Person, ben_portal: Person, as_owner) -> None:
    """Another client who knew its id adds nothing: the wall finds no such row, and its composite key no such client."""
    preference = chosen(ben_portal, ben)
    other = cast.portal_sign_in(tara, cleo, "Cleo")
    before = len(rows(as_owner))
    with pytest.raises(ProgrammingError, match="row-level security"), acting_as(other.actor):
        plan_ahead(preference=preference, client=ben, by=other.actor)
        Reminder.objects.bulk_create([Reminder(preference=preference, client=ben, clinic_id=ben.clinic_id, created_by_id=other.user.pk,
            recipient_id=other.user.pk, local_date=MONDAY, local_time=EVENING, zone="UTC", due_at=at(0, 1), ready_at=at(0, 1))])  # fmt: skip
    assert len(rows(as_owner)) == before
