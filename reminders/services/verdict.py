"""Is a reminder that is due still wanted? Asked as its recipient's own portal actor, who sees what she herself would see, and nothing else."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max

from access.acting import acting_as
from accounts.models import Membership, Role
from clients.models import Client, TimelineEntry
from clients.models.client import Status
from core.actor import Actor
from core.zones import zone
from reminders.calendar import in_quiet_hours, quiet_ends
from reminders.kinds import kinds
from reminders.models import Reason, Reminder, ReminderPreference, State
from reminders.services.planning import USEFUL_FOR

SLOWS_AFTER, STOPS_AFTER = 2, 4  # that were sent and not opened
ONCE_IN = timedelta(days=7)
OPEN = (Status.WAITING, Status.ACTIVE)


@dataclass(frozen=True)
class Verdict:
    """The next state of a reminder, and why; `ready_at`: when to look at it again."""

    state: str
    reason: str = ""
    ready_at: datetime | None = None


NOTHING_ELSE = Verdict("")  # nothing speaks against sending it


def still_wanted(row: Reminder, now: datetime) -> Verdict:
    """NOTHING_ELSE, or what becomes of it instead of being sent."""
    if now > row.due_at + USEFUL_FOR:
        return Verdict(State.EXPIRED, Reason.LATE)
    with acting_as(_recipient(row)):
        client = Client.objects.filter(pk=row.client_id, portal_user_id=row.recipient_id).first()
        if client is None or client.status not in OPEN:
            return Verdict(State.CANCELLED, Reason.CARE_ENDED)
        signs_in = Membership.objects.filter(user_id=row.recipient_id, clinic_id=row.clinic_id, role=Role.CLIENT, active=True).exists()
        if not signs_in or not row.recipient.is_active:
            return Verdict(State.CANCELLED, Reason.NO_SIGN_IN)
        preference = ReminderPreference.objects.get(pk=row.preference_id)
        against = _by_preference(row, preference, client, now)
        if against is not NOTHING_ELSE:
            return against
        kind = kinds().get(preference.kind)
        if kind is None or not kind.still_due(client, now):
            return Verdict(State.HELD, Reason.NOTHING_DUE)
        return _by_silence(row, preference, client)


def _by_preference(row: Reminder, preference: ReminderPreference, client: Client, now: datetime) -> Verdict:
    """What she chose, asked again: it may have changed since this was planned."""
    if not preference.is_on:
        return Verdict(State.CANCELLED, Reason.OFF)
    if row.zone != client.timezone or not preference.times.filter(weekday=row.local_date.weekday(), at=row.local_time).exists():
        return Verdict(State.CANCELLED, Reason.CHANGED)
    local = now.astimezone(zone(client.timezone))
    if preference.paused_until is not None and min(row.local_date, local.date()) <= preference.paused_until:
        return Verdict(State.HELD, Reason.PAUSED)
    if client.email_ok is False:
        return Verdict(State.HELD, Reason.UNSAFE)
    if preference.refused_address and preference.refused_address == row.recipient.email:
        return Verdict(State.FAILED, Reason.ADDRESS)
    if in_quiet_hours(local.time(), preference.quiet_from, preference.quiet_until):
        ends = quiet_ends(now, preference.quiet_until, client.timezone)
        return Verdict(State.HELD, Reason.QUIET, ends if ends <= row.due_at + USEFUL_FOR else None)
    return NOTHING_ELSE


def _by_silence(row: Reminder, preference: ReminderPreference, client: Client) -> Verdict:
    """Reminders that nobody opens slow down, then stop. A choice of hers, one that is opened, or anything she enters begins anew."""
    entered = TimelineEntry.objects.filter(client=client, created_by_id=row.recipient_id).aggregate(at=Max("recorded_at"))["at"]
    opened = Reminder.objects.filter(client=client, state=State.OPENED).aggregate(at=Max("opened_at"))["at"]
    since = max(moment for moment in (preference.set_at, entered, opened) if moment is not None)
    silent = Reminder.objects.filter(client=client, state=State.SENT, sent_at__gt=since).order_by("-sent_at")
    days = list(silent.values_list("local_date", flat=True)[:STOPS_AFTER])
    if len(days) >= STOPS_AFTER:
        return Verdict(State.HELD, Reason.STOPPED)
    if len(days) >= SLOWS_AFTER and row.local_date - days[0] < ONCE_IN:
        return Verdict(State.HELD, Reason.SLOWED)
    return NOTHING_ELSE


def note_refused_address(row: Reminder) -> None:
    """Nothing goes there again; another address of hers is tried at once."""
    with acting_as(_recipient(row)):
        ReminderPreference.objects.filter(pk=row.preference_id).update(refused_address=row.recipient.email)


def _recipient(row: Reminder) -> Actor:
    return Actor("portal", row.recipient_id, row.clinic_id)
