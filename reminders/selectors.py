"""Reads of what is chosen, and of what became of each reminder."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.selectors import names_of
from clients.models import Client
from core.zones import today_in, zone
from reminders.calendar import occurrences
from reminders.models import Reason, Reminder, ReminderPreference, SetHow, State
from reminders.words import MARKS, SET_HOW, STATES, clock, reason_words, times_words

BY_STAFF = (SetHow.DESK, SetHow.IN_SESSION)
WEEK = timedelta(days=8)


@dataclass(frozen=True)
class Settings:
    """What is chosen. `row` is None where nothing ever was; `times`: weekday to local time, also of reminders that are off."""

    client: Client
    row: ReminderPreference | None
    times: dict[int, time]
    set_by: str

    @property
    def is_on(self) -> bool:
        return self.row is not None and self.row.is_on

    @property
    def version(self) -> int:
        return self.row.version if self.row is not None else 0

    @property
    def when(self) -> str:
        return times_words(self.times)

    @property
    def paused_until(self) -> date | None:
        """The last day of a pause that is not over."""
        until = self.row.paused_until if self.row is not None else None
        return until if until is not None and until >= today_in(self.client.timezone) else None

    @property
    def last_change(self) -> str:
        """`3 November, 10:04, by the link in a message`."""
        assert self.row is not None
        at = date_format(self.row.set_at.astimezone(zone(self.client.timezone)), "j F, H:i")
        how = SET_HOW[SetHow(self.row.set_how)]
        if self.set_by and self.row.set_how in BY_STAFF:
            return _("%(at)s, %(how)s (%(who)s)") % {"at": at, "how": how, "who": self.set_by}
        return _("%(at)s, %(how)s") % {"at": at, "how": how}

    @property
    def next(self) -> str:
        """Day and time of the next one, by her clock; nothing while they are off or paused for longer than a week."""
        if not self.is_on:
            return ""
        now = timezone.now()
        for each in occurrences(self.times, self.client.timezone, now, now + WEEK):
            if self.paused_until is None or each.local_date > self.paused_until:
                return _("%(day)s, %(time)s") % {"day": date_format(each.local_date, "l j F"), "time": clock(each.local_time)}
        return ""


def settings_of(client: Client, kind: str) -> Settings:
    """Three statements; one where nothing was ever chosen."""
    row = ReminderPreference.objects.filter(client=client, kind=kind).first()
    if row is None:
        return Settings(client, None, {}, "")
    times = {one.weekday: one.at for one in row.times.all() if one.at is not None}
    name = names_of([row.set_by_id]).get(row.set_by_id, "") if row.set_how in BY_STAFF else ""
    return Settings(client, row, times, name)


def gone_silent(client: Client) -> ReminderPreference | None:
    """One statement."""
    return silent_ones(client).first()


def silent_ones(client: Client) -> QuerySet[ReminderPreference]:
    """What stopped because several were not opened; a choice of hers, a pause or a message sent since ends that."""
    happened = Q(state__in=(State.SENT, State.OPENED)) | Q(state=State.HELD, reason=Reason.STOPPED)
    since = Reminder.objects.filter(happened, preference=OuterRef("pk"), due_at__gt=OuterRef("set_at"))
    found = ReminderPreference.objects.select_related("client").filter(client=client, is_on=True)
    found = found.exclude(paused_until__gte=today_in(client.timezone))
    return found.annotate(last=Subquery(since.order_by("-due_at").values("reason")[:1])).filter(last=Reason.STOPPED)


@dataclass(frozen=True)
class Line:
    """One reminder as both sides read it: the state's words and mark, when it was for by her clock, and why."""

    state: str
    mark: str
    day: date
    time: str
    zone: str
    reason: str
    sent: str
    opened: str


def reminder_lines(client: Client, limit: int) -> tuple[list[Line], bool]:
    """The latest day first, and whether there are earlier ones. One statement."""
    found = list(Reminder.objects.filter(client=client).order_by("-due_at")[: limit + 1])
    return [_line(row) for row in found[:limit]], len(found) > limit


def _line(row: Reminder) -> Line:
    state = State(row.state)
    sent, opened = _at(row, row.sent_at), _at(row, row.opened_at)
    return Line(str(STATES[state]), MARKS.get(state, ""), row.local_date, clock(row.local_time), row.zone, reason_words(row), sent, opened)


def _at(row: Reminder, moment: datetime | None) -> str:
    """`18:31`, with its day where that is another one."""
    if moment is None:
        return ""
    local = moment.astimezone(zone(row.zone))
    return date_format(local, "H:i") if local.date() == row.local_date else date_format(local, "j F, H:i")
