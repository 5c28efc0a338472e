"""The outbox filled for the next 48 hours. Planning again changes nothing: a reminder's key is its preference, local date, local time and zone."""

from datetime import datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from access.acting import acting_as
from access.selectors import PlanWanted, reminders_to_plan
from clients.models import Client
from core.actor import Actor
from reminders.calendar import Occurrence, occurrences
from reminders.models import Reason, Reminder, ReminderPreference, State

HORIZON = timedelta(hours=48)
FILLED_TO = timedelta(hours=24)  # an outbox filled less far than this is filled again
LOOKED_BACK = timedelta(days=14)  # after an outage: what would have been due gets a row, too, to say what became of it
USEFUL_FOR = timedelta(hours=20)  # later than that it is not sent
Key = tuple[object, ...]


def plan_clinic(clinic_id: UUID, worker: Actor) -> None:
    """Whatever in one clinic no longer fits: planned by each client's own portal actor, or called off by the worker."""
    with acting_as(worker):
        wanted = reminders_to_plan(timezone.now() + FILLED_TO)
        over = [each.preference_id for each in wanted if each.over]
        _pending().filter(preference_id__in=over).update(state=State.CANCELLED, reason=Reason.CARE_ENDED, ready_at=None)
    for each in wanted:
        if not each.over:
            _plan_for(each, clinic_id)


def _plan_for(wanted: PlanWanted, clinic_id: UUID) -> None:
    by = Actor("portal", wanted.recipient_id, clinic_id)
    with acting_as(by):
        preference = ReminderPreference.objects.select_related("client").filter(pk=wanted.preference_id).first()
        if preference is not None:
            plan_ahead(preference=preference, client=preference.client, by=by)


@transaction.atomic
def plan_ahead(*, preference: ReminderPreference, client: Client, by: Actor) -> None:
    """Fill the outbox from where it was filled to, by the client's clock of now; `by` is the client."""
    now = timezone.now()
    fit_outbox(preference=preference, client=client)
    filled = preference.planned_until if preference.planned_zone == client.timezone else None
    start, until = max(filled or now, now - LOOKED_BACK), now + HORIZON
    missing = [_row(preference, each, by) for each in occurrences(_times(preference), client.timezone, start, until)] if preference.is_on else []
    Reminder.objects.bulk_create(missing, ignore_conflicts=True)
    ReminderPreference.objects.filter(pk=preference.pk).update(planned_until=until, planned_zone=client.timezone)


def fit_outbox(*, preference: ReminderPreference, client: Client) -> None:
    """What is still to come, called off, held or planned again as the preference now says. Nothing that is over is touched, and nothing new is made."""
    now = timezone.now()
    fitting = set()
    if preference.is_on:
        fitting = {_key(each) for each in occurrences(_times(preference), client.timezone, now - USEFUL_FOR, now + HORIZON)}
    to_come = Q(due_at__gt=now, state__in=(State.PLANNED, State.HELD, State.CANCELLED))
    for row in Reminder.objects.filter(to_come | Q(ready_at__isnull=False), preference=preference).exclude(state=State.SENDING):
        state, reason = _becomes(row, preference, fits=_key(row) in fitting, now=now)
        if (state, reason) != (row.state, row.reason):
            ready_at = row.due_at if state == State.PLANNED else None
            Reminder.objects.filter(pk=row.pk).exclude(state=State.SENDING).update(state=state, reason=reason, ready_at=ready_at)


def call_off(*, preference: ReminderPreference, reason: str = Reason.OFF) -> None:
    """Nothing of it is to be sent any more."""
    _pending().filter(preference=preference).update(state=State.CANCELLED, reason=reason, ready_at=None)


def _pending() -> QuerySet[Reminder]:
    """Rows that a worker would take, and has not."""
    return Reminder.objects.filter(ready_at__isnull=False).exclude(state=State.SENDING)


def _becomes(row: Reminder, preference: ReminderPreference, *, fits: bool, now: datetime) -> tuple[str, str]:
    if preference.is_on and row.due_at < now - USEFUL_FOR:
        return row.state, row.reason  # it expires
    if not fits:
        return State.CANCELLED, row.reason if row.state == State.CANCELLED else Reason.CHANGED
    if preference.paused_until is not None and row.local_date <= preference.paused_until:
        return State.HELD, Reason.PAUSED
    if row.due_at > now and row.state in (State.HELD, State.CANCELLED):
        return State.PLANNED, ""
    return row.state, row.reason


def _times(preference: ReminderPreference) -> dict[int, time]:
    return {row.weekday: row.at for row in preference.times.all() if row.at is not None}


def _key(one: Occurrence | Reminder) -> Key:
    return one.local_date, one.local_time, one.zone


def _row(preference: ReminderPreference, one: Occurrence, by: Actor) -> Reminder:
    paused = preference.paused_until is not None and one.local_date <= preference.paused_until
    return Reminder(
        preference=preference,
        client_id=preference.client_id,
        clinic_id=preference.clinic_id,
        created_by_id=by.user_id,
        recipient_id=by.user_id,
        local_date=one.local_date,
        local_time=one.local_time,
        zone=one.zone,
        due_at=one.due_at,
        state=State.HELD if paused else State.PLANNED,
        reason=Reason.PAUSED if paused else "",
        ready_at=None if paused else one.due_at,
    )
