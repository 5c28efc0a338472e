"""The jar: a win or a good thing put in, put right, shown or kept, taken back."""

from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record_event
from clients.models import Client, EntryModel, TimelineEntry, Visibility
from clients.pillars import Pillar
from clients.services import add_timeline_entry, change_visibility, withdraw_copies
from core.actor import Actor
from core.errors import Refused
from core.ids import uuid7
from core.once import create_once
from core.versions import save_version
from mindset.models import Accomplishment, GoodKind, GratitudeEntry
from mindset.models.good import JarModel

Row = TypeVar("Row", bound=JarModel)
WIN, GOOD = "win", "good_thing"  # what they are called on the axis and on the trail


def kind_of(model: type[JarModel]) -> str:
    return WIN if model is Accomplishment else GOOD


@transaction.atomic
def add_win(*, client: Client, new_id: UUID, text: str, by: Actor, **said: Any) -> Accomplishment:
    """Something that took effort and was done; what else may be said is that of `_add`. Sent twice, it is one. Raises Refused."""
    return _add(Accomplishment(id=new_id, client=client, text=text), by, **said)


@transaction.atomic
def add_good_thing(*, client: Client, new_id: UUID, text: str, by: Actor, kind: str = GoodKind.GOOD_THING, **said: Any) -> GratitudeEntry:
    """Something good, of one of the kinds; `guess` and `real` where it was planned. Sent twice, it is one. Raises Refused."""
    numbers = {name: said.pop(name, None) for name in ("guess", "real")}
    return _add(GratitudeEntry(id=new_id, client=client, text=text, kind=kind, **numbers), by, **said)


def _add(
    row: Row,
    by: Actor,
    *,
    why: str = "",
    strength: Any = None,
    supporter: Any = None,
    occurred_at: datetime | None = None,
    visibility: str = Visibility.MY_THERAPIST,
    for_session: bool = False,
    source: EntryModel | None = None,
    step: str = "",
) -> Row:
    """What came from a run has its line on the axis already: the run's."""
    row.text, row.why = row.text.strip(), why.strip()
    _check(row.client_id, {"text": row.text, "strength": strength, "supporter": supporter, "occurred_at": occurred_at})

    def make() -> Row:
        row.clinic_id, row.created_by_id = row.client.clinic_id, by.user_id
        row.strength, row.supporter, row.visibility, row.for_session = strength, supporter, visibility, for_session
        row.occurred_at = occurred_at or row.occurred_at
        if source is not None:
            row.source_kind, row.source_id, row.source_step = source._meta.label_lower, source.pk, step
        row.save(force_insert=True)
        if source is None:
            add_timeline_entry(source=row, kind=kind_of(type(row)), pillar=Pillar.MINDSET, by=by)
        record_event(verb=f"{kind_of(type(row))}_added", by=by, row=row, client_id=row.client_id)
        return row

    return create_once(type(row), row.pk, make, by=by, client_id=row.client_id)[0]


@transaction.atomic
def change_entry(*, entry: Row, version: int, by: Actor, visibility: str = "", **changes: Any) -> Row:
    """Put right what was said, its ties, its day. The same again changes nothing.

    Raises Stale with the newer row, Refused for one taken back, an empty one and a day to come.
    """
    if entry.withdrawn_at is not None:
        raise Refused(_("This was taken back."))
    _check(entry.client_id, changes)
    if visibility in ("", entry.visibility) and all(getattr(entry, name) == value for name, value in changes.items()):
        return entry
    changed = save_version(entry, version=version, changes=changes)
    mine = TimelineEntry.objects.filter(source_kind=changed._meta.label_lower, source_id=changed.pk)
    mine.update(occurred_at=changed.occurred_at, for_session=changed.for_session, updated_at=timezone.now())
    record_event(verb=f"{kind_of(type(entry))}_changed", by=by, row=changed, client_id=changed.client_id)
    if visibility:
        show_entry(entry=changed, visibility=visibility, by=by)
    return changed


@transaction.atomic
def show_entry(*, entry: EntryModel, visibility: str, by: Actor) -> None:
    """Who reads it from now on. What it is tied to keeps its own readers."""
    if entry.visibility != visibility:
        change_visibility(source=entry, visibility=visibility, by=by)


@transaction.atomic
def take_back_entry(*, entry: Row, by: Actor) -> None:
    """It is not there any more: on no page, in no count. Done twice it changes nothing."""
    now = timezone.now()
    if type(entry)._default_manager.filter(pk=entry.pk, withdrawn_at=None).update(withdrawn_at=now, updated_at=now):
        withdraw_copies(source=entry)
        record_event(verb=f"{kind_of(type(entry))}_taken_back", by=by, row=entry, client_id=entry.client_id)


@transaction.atomic
def keep_from_run(
    *, model: type[Accomplishment] | type[GratitudeEntry], run: Any, step: str, visibility: str, show: bool, by: Actor, text: str, **said: Any
) -> None:
    """What an exercise leaves: once for a run and step, however often it is called; later calls change only who reads it.

    Without `show` they hide alone: what was hidden by itself stays hidden. Where nothing was told, nothing is left.
    """
    there = model.objects.filter(source_kind=run._meta.label_lower, source_id=run.pk, source_step=step).first()
    if there is not None:
        if there.withdrawn_at is None and (show or visibility == Visibility.ONLY_ME):
            show_entry(entry=there, visibility=visibility, by=by)
    elif text:
        add = add_win if model is Accomplishment else add_good_thing
        add(client=run.client, new_id=uuid7(), text=text, source=run, step=step, visibility=visibility, by=by, **said)


def _check(client_id: UUID, said: dict[str, Any]) -> None:
    if not said.get("text", "x").strip():
        raise Refused(_("A few words are enough."), "text")
    when = said.get("occurred_at")
    if when is not None and when > timezone.now():
        raise Refused(_("That day has not come yet."), "day")
    for name in ("strength", "supporter"):
        tie = said.get(name)
        if tie is not None and tie.client_id != client_id:
            raise Refused(_("Please choose one of these."), name)
