"""Each log, with its copy on the axis. One log of an activity a day: the same tap again is the same log, another size puts it right."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record_event
from clients.models import Client, EntryModel, TimelineEntry, Visibility
from clients.pillars import Pillar
from clients.services import add_timeline_entry, change_visibility, withdraw_copies
from core.actor import Actor
from core.errors import Refused
from core.ids import uuid7
from core.once import constraint_of, create_once
from core.versions import save_version
from core.zones import today_in, zone
from selfcare.content import PART
from selfcare.models import EntryKind, SelfCareActivity, SelfCareEntry, Size

YEARS_BACK = 10


@transaction.atomic
def log_today(*, activity: SelfCareActivity, size: str, by: Actor) -> SelfCareEntry:
    """One tap. The same size again changes nothing, another one of the same day puts it right. Raises Refused."""
    if size not in Size.values:
        raise Refused(_("Please choose one of these."), "size")
    today = today_in(activity.client.timezone)
    there = log_of_day(activity, today)
    if there is None:
        try:
            return add_log(activity=activity, new_id=uuid7(), size=size, day=today, visibility=activity.visibility, by=by)
        except Refused:
            there = log_of_day(activity, today)  # two taps at the same moment
            if there is None:
                raise
    if there.size != size:
        SelfCareEntry.objects.filter(pk=there.pk).update(size=size, activity_id=activity.pk, updated_at=timezone.now())
        record_event(verb="selfcare_log_changed", by=by, row=there, client_id=there.client_id)
        there.size = size
    return there


def log_of_day(activity: SelfCareActivity, day: date) -> SelfCareEntry | None:
    return SelfCareEntry.objects.filter(line=activity.line, day=day, withdrawn_at=None, source_id=None).select_related("activity").first()


@transaction.atomic
def add_log(
    *,
    activity: SelfCareActivity,
    new_id: UUID,
    by: Actor,
    day: date,
    size: str = "",
    minutes: int | None = None,
    note: str = "",
    visibility: str = Visibility.MY_THERAPIST,
    for_session: bool = False,
    occurred_at: datetime | None = None,
) -> SelfCareEntry:
    """She did it on `day`. A log of a private activity is private. Sent twice, it is one. Raises Refused for a day to come and one that has a log."""
    if activity.visibility == Visibility.ONLY_ME:
        visibility = Visibility.ONLY_ME
    check_day(activity.client, day)

    def make() -> SelfCareEntry:
        row = SelfCareEntry(id=new_id, client_id=activity.client_id, clinic_id=activity.clinic_id, created_by_id=by.user_id)
        row.activity, row.line, row.domain = activity, activity.line, activity.domain
        row.day, row.occurred_at = day, occurred_at or moment_of(activity.client, day)
        row.size, row.minutes, row.note, row.visibility, row.for_session = size, minutes, note, visibility, for_session
        write_new(row, by)
        return row

    return once(new_id, make, by, activity.client_id, _("There is a log of that day already. Change that one, or choose another day."))


@transaction.atomic
def change_log(*, entry: SelfCareEntry, version: int, by: Actor, visibility: str, **changes: Any) -> SelfCareEntry:
    """Put right what was said; its copy follows. The same again changes nothing.

    Raises Stale with the newer row, Refused for a day to come, one that has a log, and one taken back.
    """
    if entry.withdrawn_at is not None:
        raise Refused(_("This was taken back."))
    if says_the_same(entry, visibility, changes):
        return entry
    if changes.get("day", entry.day) != entry.day:
        check_day(entry.client, changes["day"])
        changes["occurred_at"] = moment_of(entry.client, changes["day"])
    changed = save_once(entry, version, changes, _("There is a log of that day already. Change that one, or choose another day."))
    changed.activity = entry.activity
    wish = Visibility.ONLY_ME if entry.activity is not None and entry.activity.visibility == Visibility.ONLY_ME else visibility
    if changed.visibility != wish:
        change_visibility(source=changed, visibility=wish, by=by)
    write_copy(changed, by)
    record_event(verb="selfcare_log_changed", by=by, row=changed, client_id=changed.client_id)
    return changed


@transaction.atomic
def show_entry(*, entry: SelfCareEntry, visibility: str, by: Actor) -> None:
    """Who reads it from now on. Raises Refused while its activity is private."""
    if visibility != Visibility.ONLY_ME and entry.activity is not None and entry.activity.visibility == Visibility.ONLY_ME:
        raise Refused(_("What you did is only yours. Share that first."), "visibility")
    if entry.visibility != visibility:
        change_visibility(source=entry, visibility=visibility, by=by)
        write_copy(entry, by)


@transaction.atomic
def take_back(*, entry: SelfCareEntry, by: Actor) -> None:
    """It is not there any more: on no page, in no count. Done twice it changes nothing."""
    now = timezone.now()
    if SelfCareEntry.objects.filter(pk=entry.pk, withdrawn_at=None).update(withdrawn_at=now, updated_at=now):
        withdraw_copies(source=entry)
        record_event(verb="selfcare_log_withdrawn", by=by, row=entry, client_id=entry.client_id)


@transaction.atomic
def record_left(*, client: Client, source: EntryModel, step: str, visibility: str, show: bool, by: Actor, **said: Any) -> None:
    """What a run leaves: once for a run and step, however often it is called; later calls change only who reads it, and not what was taken back.

    Without `show` they hide alone: what she hid by itself stays hidden.
    """
    there = SelfCareEntry.objects.filter(source_kind=source._meta.label_lower, source_id=source.pk, source_step=step).select_related("activity").first()
    if there is None:
        row = SelfCareEntry(client=client, clinic_id=client.clinic_id, created_by_id=by.user_id, visibility=visibility, **said)
        row.source_kind, row.source_id, row.source_step = source._meta.label_lower, source.pk, step
        write_new(row, by)
        return
    parent_hidden = there.activity is not None and there.activity.visibility == Visibility.ONLY_ME
    if there.withdrawn_at is None and (visibility == Visibility.ONLY_ME or (show and not parent_hidden)):
        show_entry(entry=there, visibility=visibility, by=by)


def check_day(client: Client, day: date) -> None:
    today = today_in(client.timezone)
    if day > today:
        raise Refused(_("That day has not come yet."), "day")
    if day.year < today.year - YEARS_BACK:
        raise Refused(_("That is long ago. Please look at the year again."), "day")


def moment_of(client: Client, day: date) -> datetime:
    """Now, if it is today; noon of an earlier day by the client's clock: no change of the clocks leaves noon out."""
    return timezone.now() if day == today_in(client.timezone) else datetime.combine(day, time(12), zone(client.timezone))


def once(new_id: UUID, make: Callable[[], SelfCareEntry], by: Actor, client_id: UUID, taken: str) -> SelfCareEntry:
    """`create_once`, with words for a day that has one already. What a sent form made and she took back meanwhile stays taken back."""
    try:
        return create_once(SelfCareEntry, new_id, make, by=by, client_id=client_id)[0]
    except IntegrityError as error:
        if constraint_of(error) in ("selfcare_log_once", "selfcare_night_once"):
            raise Refused(taken, "day") from error
        raise


def says_the_same(entry: SelfCareEntry, visibility: str, changes: dict[str, Any]) -> bool:
    """Whether a form brings nothing new, such as one that is sent a second time."""
    return entry.visibility == visibility and all(getattr(entry, name) == value for name, value in changes.items())


def save_once(entry: SelfCareEntry, version: int, changes: dict[str, Any], taken: str) -> SelfCareEntry:
    try:
        with transaction.atomic():
            return save_version(entry, version=version, changes=changes)
    except IntegrityError as error:
        if constraint_of(error) in ("selfcare_log_once", "selfcare_night_once"):
            raise Refused(taken, "day") from error
        raise


def write_new(row: SelfCareEntry, by: Actor) -> None:
    row.save(force_insert=True)
    write_copy(row, by)
    record_event(verb="selfcare_night_noted" if row.kind == EntryKind.NIGHT else "selfcare_logged", by=by, row=row, client_id=row.client_id)


def write_copy(row: SelfCareEntry, by: Actor) -> None:
    """The line on the axis, as visible as the row; the same however often. It says which part of life it is, and of a shared night the minutes."""
    kind = "night" if row.kind == EntryKind.NIGHT else "selfcare_log"
    value = float(row.slept) if row.slept is not None and row.visibility == Visibility.MY_THERAPIST else None
    add_timeline_entry(source=row, kind=kind, pillar=Pillar.SELFCARE, item_key=f"{PART}{row.domain}", value=value, by=by)
    line = TimelineEntry.objects.filter(source_kind=row._meta.label_lower, source_id=row.pk)
    line.update(value=value, occurred_at=row.occurred_at, for_session=row.for_session, updated_at=timezone.now())
