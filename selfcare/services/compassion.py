"""Self-talk: caught, answered, the same one caught again; and what was let go as good enough."""

from datetime import datetime
from typing import Any
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
from selfcare.matching import same_talk
from selfcare.models import CompassionNote, NoteKind
from selfcare.selectors.compassion import notes_of

KIND = "kind_note"


@transaction.atomic
def catch_talk(
    *,
    client: Client,
    new_id: UUID,
    by: Actor,
    self_talk: str = "",
    kinder_answer: str = "",
    belief_before: int | None = None,
    belief_after: int | None = None,
    kind: str = NoteKind.CAUGHT,
    same_as: CompassionNote | None = None,
    visibility: str = Visibility.MY_THERAPIST,
    for_session: bool = False,
    occurred_at: datetime | None = None,
    source: EntryModel | None = None,
) -> CompassionNote:
    """She caught it. `same_as` is the one that it is again: its words are taken, and what was private stays so. The same sentence joins its line by itself.

    Sent twice, it is one. Raises Refused.
    """
    if same_as is not None:
        self_talk = self_talk.strip() or same_as.self_talk
        visibility = Visibility.ONLY_ME if same_as.visibility == Visibility.ONLY_ME else visibility
    said: dict[str, Any] = {"self_talk": self_talk.strip(), "kinder_answer": kinder_answer.strip()}
    _check(kind, belief_before, belief_after, **said)
    if occurred_at is not None and occurred_at > timezone.now():
        raise Refused(_("That day has not come yet."), "day")

    def make() -> CompassionNote:
        row = CompassionNote(id=new_id, client=client, clinic_id=client.clinic_id, created_by_id=by.user_id, kind=kind, **said)
        row.line = same_as.line if same_as is not None else _line_of(client, said["self_talk"]) or new_id
        row.belief_before, row.belief_after, row.visibility, row.for_session = belief_before, belief_after, visibility, for_session
        row.occurred_at = occurred_at or row.occurred_at
        if source is not None:
            row.source_kind, row.source_id = source._meta.label_lower, source.pk
        row.save(force_insert=True)
        add_timeline_entry(source=row, kind=KIND, pillar=Pillar.SELFCARE, by=by)
        record_event(verb="kind_note_added", by=by, row=row, client_id=client.pk, detail={"kind": kind, "answered": bool(row.kinder_answer)})
        return row

    return create_once(CompassionNote, new_id, make, by=by, client_id=client.pk)[0]


def add_good_enough(*, client: Client, new_id: UUID, sentence: str, by: Actor, rule: str = "", **said: Any) -> CompassionNote:
    """An own sentence that is good enough, and the rule it lets go, if there was one. Raises Refused."""
    if not sentence.strip():
        raise Refused(_("A few words are needed."), "sentence")
    return catch_talk(client=client, new_id=new_id, self_talk=rule, kinder_answer=sentence, kind=NoteKind.GOOD_ENOUGH, by=by, **said)


@transaction.atomic
def answer_talk(*, note: CompassionNote, version: int, by: Actor, visibility: str, **changes: Any) -> CompassionNote:
    """The kinder answer, how true the self-talk feels afterwards, or other words for what was caught.

    Its author does that. The same again changes nothing. Raises Stale with the newer row, and Refused.
    """
    _of(note, by)
    if note.visibility == visibility and all(getattr(note, name) == value for name, value in changes.items()):
        return note
    said = {name: getattr(note, name) for name in ("self_talk", "kinder_answer", "belief_before", "belief_after")} | changes
    _check(note.kind, said["belief_before"], said["belief_after"], said["self_talk"], said["kinder_answer"])
    changed = save_version(note, version=version, changes=changes)
    if changed.visibility != visibility:
        change_visibility(source=changed, visibility=visibility, by=by)
    _same_wish(changed)
    record_event(verb="kind_note_changed", by=by, row=changed, client_id=changed.client_id, detail={"answered": bool(changed.kinder_answer)})
    return changed


@transaction.atomic
def use_again(*, note: CompassionNote, earlier: CompassionNote, by: Actor) -> CompassionNote:
    """What was answered before answers this one too, and both are of one line. A private answer makes it private.

    Done twice it changes nothing. Raises Refused.
    """
    _of(note, by)
    if earlier.client_id != note.client_id or earlier.withdrawn_at is not None or not earlier.kinder_answer:
        raise Refused(_("Please open this page again."))
    if note.kinder_answer == earlier.kinder_answer:
        return note
    if note.kinder_answer:
        raise Refused(_("There is an answer already. You can change it below."))
    changed = save_version(note, version=note.version, changes={"kinder_answer": earlier.kinder_answer, "line": earlier.line})
    if earlier.visibility == Visibility.ONLY_ME != changed.visibility:
        change_visibility(source=changed, visibility=Visibility.ONLY_ME, by=by)
    record_event(verb="kind_note_changed", by=by, row=changed, client_id=changed.client_id, detail={"answered": True, "again": True})
    return changed


@transaction.atomic
def show_note(*, note: CompassionNote, visibility: str, by: Actor) -> None:
    """Who reads it from now on."""
    if note.visibility != visibility:
        change_visibility(source=note, visibility=visibility, by=by)


@transaction.atomic
def take_back_note(*, note: CompassionNote, by: Actor) -> None:
    """It is not there any more: on no page, in no count. Its author does that, and done twice it changes nothing. Raises Refused."""
    _of(note, by, gone=True)
    now = timezone.now()
    if CompassionNote.objects.filter(pk=note.pk, withdrawn_at=None).update(withdrawn_at=now, updated_at=now):
        withdraw_copies(source=note)
        record_event(verb="kind_note_withdrawn", by=by, row=note, client_id=note.client_id)


@transaction.atomic
def record_note(*, client: Client, source: EntryModel, visibility: str, show: bool, by: Actor, **said: Any) -> None:
    """What an exercise leaves behind: once for a run, however often it is called; later calls change only who reads it.

    Without `show` they hide alone: what she hid by itself stays hidden, what she took back stays away. Where nothing was said, nothing is written.
    """
    there = CompassionNote.objects.filter(source_kind=source._meta.label_lower, source_id=source.pk).first()
    if there is None:
        if said.get("self_talk") or said.get("kinder_answer"):
            catch_talk(client=client, new_id=uuid7(), source=source, visibility=visibility, by=by, **said)
    elif there.withdrawn_at is None and (show or visibility == Visibility.ONLY_ME):
        show_note(note=there, visibility=visibility, by=by)


@transaction.atomic
def put_letter_away(*, note: CompassionNote, by: Actor) -> None:
    """A letter that came back leaves Today and stays where it is. Done twice it changes nothing; no trail of what she reads. Raises Refused."""
    _of(note, by)
    CompassionNote.objects.filter(pk=note.pk, put_away_at=None).update(put_away_at=timezone.now())


def _line_of(client: Client, self_talk: str) -> UUID | None:
    """The line of the same sentence, among what the actor reads."""
    return next((row.line for row in notes_of(client) if same_talk(row.self_talk, self_talk)), None)


def _check(kind: str, before: int | None, after: int | None, self_talk: str, kinder_answer: str) -> None:
    if kind == NoteKind.CAUGHT and not self_talk.strip():
        raise Refused(_("What did you hear yourself say? A few words are enough."), "self_talk")
    if not self_talk.strip() and not kinder_answer.strip():
        raise Refused(_("A few words are needed."), "kinder_answer")
    for name, value in (("belief_before", before), ("belief_after", after)):
        if value is not None and value not in range(11):
            raise Refused(_("A number from 0 to 10."), name)


def _of(note: CompassionNote, by: Actor, *, gone: bool = False) -> None:
    if note.created_by_id != by.user_id:
        raise Refused(_("Only who wrote it can change it."))
    if note.withdrawn_at is not None and not gone:
        raise Refused(_("This was taken back."))


def _same_wish(note: CompassionNote) -> None:
    mine = {"source_kind": note._meta.label_lower, "source_id": note.pk}
    TimelineEntry.objects.filter(**mine).update(for_session=note.for_session, updated_at=timezone.now())
