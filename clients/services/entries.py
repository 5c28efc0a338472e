"""Check-ins, and the two tables that every pillar's services write: the timeline and practice."""

from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from audit.services import record_event
from clients.content import is_heavy
from clients.models import CheckIn, Client, EntryModel, Practice, TimelineEntry, Visibility
from clients.selectors import check_in_of_today
from core.actor import Actor
from core.once import create_once

CARE_NOTE = "care_note"


class OnTheAxis(Protocol):
    """A clinical row that no client reports and that goes on her axis all the same, such as a session or an agreement."""

    @property
    def pk(self) -> UUID: ...
    @property
    def client_id(self) -> UUID: ...
    @property
    def clinic_id(self) -> UUID: ...
    @property
    def occurred_at(self) -> datetime: ...
    @property
    def visibility(self) -> str: ...
    @property
    def for_session(self) -> bool: ...
    @property
    def _meta(self) -> Any: ...


def add_timeline_entry(
    *,
    source: EntryModel | OnTheAxis,
    kind: str,
    by: Actor,
    pillar: str = "",
    item_key: str = "",
    value: float | None = None,
    occurred_at: datetime | None = None,
) -> None:
    """Put a row on the client's axis, with the row's own visibility; once per source and kind.

    Called by the service that wrote `source`, in its transaction.
    """
    TimelineEntry.objects.bulk_create(
        [
            TimelineEntry(
                clinic_id=source.clinic_id,
                client_id=source.client_id,
                created_by_id=by.user_id,
                occurred_at=occurred_at or source.occurred_at,
                visibility=source.visibility,
                for_session=source.for_session,
                pillar=pillar,
                kind=kind,
                item_key=item_key,
                value=value,
                source_kind=source._meta.label_lower,
                source_id=source.pk,
            )
        ],
        ignore_conflicts=True,
    )


def add_practice(
    *,
    source: EntryModel,
    pillar: str,
    item_key: str,
    name: str,
    ratings_shared: bool,
    by: Actor,
    rows: list[dict[str, Any]],
    helped: int | None,
    minutes: int | None,
) -> None:
    """One use of an exercise or strategy: a row per measure in `rows` ({measure, before, after}), or one row without ratings.

    Its visibility is that of the rating answers it holds.
    """
    visibility = Visibility.MY_THERAPIST if ratings_shared and source.visibility == Visibility.MY_THERAPIST else Visibility.ONLY_ME
    for row in rows or [{"measure": "", "before": None, "after": None}]:
        key = {"source_kind": source._meta.label_lower, "source_id": source.pk, "measure": row["measure"]}
        said = {"before": row["before"], "after": row["after"], "helped": helped, "minutes": minutes, "visibility": visibility}
        if Practice.objects.filter(**key).update(**said, updated_at=timezone.now()):
            continue
        use = Practice(**key, **said, clinic_id=source.clinic_id, client_id=source.client_id, created_by_id=by.user_id, occurred_at=source.occurred_at)
        use.pillar, use.item_key, use.name = pillar, item_key, name
        Practice.objects.bulk_create([use], ignore_conflicts=True)


@transaction.atomic
def change_visibility(*, source: EntryModel, visibility: str, by: Actor) -> None:
    """The client decides anew who reads an entry: the row and its copies on the timeline and in practice change together."""
    now = timezone.now()
    type(source)._default_manager.filter(pk=source.pk).update(visibility=visibility, updated_at=now)
    mine = {"source_kind": source._meta.label_lower, "source_id": source.pk}
    TimelineEntry.objects.filter(**mine).update(visibility=visibility, updated_at=now)
    Practice.objects.filter(**mine).update(visibility=visibility, updated_at=now)
    source.visibility = visibility
    record_event(verb="visibility_changed", by=by, row=source, client_id=source.client_id, detail={"visibility": visibility})


@transaction.atomic
def talk_about(*, source: EntryModel, on: bool, by: Actor) -> None:
    """The client's wish to talk about one of her entries: the row and its lines on the timeline change together. Done twice it changes nothing."""
    now = timezone.now()
    if type(source)._default_manager.filter(pk=source.pk, for_session=not on).update(for_session=on, updated_at=now):
        mine = {"source_kind": source._meta.label_lower, "source_id": source.pk}
        TimelineEntry.objects.filter(**mine).exclude(kind=CARE_NOTE).update(for_session=on, updated_at=now)
        record_event(verb="entry_marked", by=by, row=source, client_id=source.client_id, detail={"for_session": on})
    source.for_session = on


def withdraw_copies(*, source: EntryModel | OnTheAxis) -> None:
    """An entry is taken back: neither the axis nor practice shows it any more. Called in the transaction of the service that does so."""
    mine, gone = {"source_kind": source._meta.label_lower, "source_id": source.pk}, {"withdrawn_at": timezone.now(), "updated_at": timezone.now()}
    TimelineEntry.objects.filter(**mine).update(**gone)
    Practice.objects.filter(**mine).update(**gone)


@transaction.atomic
def record_check_in(
    *, client: Client, new_id: UUID, mood: int, by: Actor, visibility: str = Visibility.MY_THERAPIST, occurred_at: datetime | None = None
) -> CheckIn:
    """The first tap: how she is, 1 to 5, or was at `occurred_at`. A second send of the same form changes the tap, not the number of check-ins."""

    def make() -> CheckIn:
        when = occurred_at or timezone.now()
        row = CheckIn(id=new_id, client=client, clinic_id=client.clinic_id, mood=mood, occurred_at=when, visibility=visibility, created_by_id=by.user_id)
        row.save(force_insert=True)
        add_timeline_entry(source=row, kind="check_in", value=float(mood), by=by)
        record_event(verb="check_in_recorded", by=by, row=row, client_id=client.pk)
        return row

    row, made = create_once(CheckIn, new_id, make, by=by, client_id=client.pk)
    if not made and row.mood != mood:
        CheckIn.objects.filter(pk=row.pk).update(mood=mood, updated_at=timezone.now())
        TimelineEntry.objects.filter(source_kind=row._meta.label_lower, source_id=row.pk).update(value=float(mood))
        row.mood = mood
    return row


@transaction.atomic
def check_in_today(*, client: Client, new_id: UUID, mood: int, by: Actor) -> CheckIn:
    """How she is, 1 to 5, once a day of her own clock: the first tap makes the check-in, each later one, from any device, changes it."""
    Client.objects.select_for_update(of=("self",)).only("id").get(pk=client.pk)  # two devices tap one after the other
    there = check_in_of_today(client)
    return record_check_in(client=client, new_id=there.pk if there else new_id, mood=mood, by=by)


@transaction.atomic
def say_more(
    *,
    check_in: CheckIn,
    by: Actor,
    need: str | None = None,
    note: str | None = None,
    feelings: list[dict[str, Any]] | None = None,
    visibility: str | None = None,
) -> CheckIn:
    """The second tap: what would help, and a few words and feelings if she likes. What is None stays as it is."""
    check_in.need = check_in.need if need is None else need
    check_in.note = check_in.note if note is None else note
    check_in.feelings = check_in.feelings if feelings is None else feelings
    CheckIn.objects.filter(pk=check_in.pk).update(need=check_in.need, note=check_in.note, feelings=check_in.feelings, updated_at=timezone.now())
    if visibility and visibility != check_in.visibility:
        change_visibility(source=check_in, visibility=visibility, by=by)
    detail = {"need": check_in.need, "words": bool(check_in.note), "feelings": len(check_in.feelings)}
    record_event(verb="check_in_added_to", by=by, row=check_in, client_id=check_in.client_id, detail=detail)
    if is_heavy(check_in.feelings):
        note_care(source=check_in, by=by)
    return check_in


def note_care(*, source: EntryModel, by: Actor, item_key: str = "") -> None:
    """A heavy answer leaves one note for the therapist on the axis, read by whom the answer is read by; it says nothing about what was answered.

    It is a note and no alarm, and the client is never told that somebody was alerted.
    """
    add_timeline_entry(source=source, kind=CARE_NOTE, item_key=item_key, occurred_at=timezone.now(), by=by)
