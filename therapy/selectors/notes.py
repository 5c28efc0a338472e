"""Notes as the pages show them, and what still waits for their author."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.fields.json import KeyTextTransform

from accounts.selectors import names_of
from clients.models import Client
from core.actor import Actor
from core.paging import PAGE, Place
from core.zones import zone
from homework.models import Assignment
from homework.models.agreement import AssignmentState
from therapy.log import SessionLog
from therapy.models import Amendment, LogDraft, PrivateNote, SessionNote, TherapySession
from therapy.models.notes import NoteState
from therapy.models.sessions import HELD, SessionState
from therapy.note_text import Facts, NotePart, note_parts, written_parts
from therapy.times import day_and_time

ENDED_EARLY = (AssignmentState.STOPPED, AssignmentState.REPLACED)


@dataclass(frozen=True)
class NoteView:
    """A note with what stands in it: as signed, or as it would be signed now. `mine`: the reader is its author."""

    note: SessionNote
    author: str
    parts: tuple[NotePart, ...]
    amendments: tuple[tuple[Amendment, str], ...]
    mine: bool

    @property
    def session(self) -> TherapySession:
        return self.note.session

    @property
    def signed(self) -> bool:
        return self.note.state == NoteState.SIGNED


class _Course:
    """A client's agreements and sessions in order of time, from which the facts of any of her notes are read. Two statements."""

    def __init__(self, client: Client) -> None:
        self.zone_name = client.clinic.timezone
        agreed = Assignment.objects.filter(client=client).exclude(state__in=ENDED_EARLY).annotate(title=KeyTextTransform("title", "exercise_version__content"))
        self.agreed = sorted(agreed.values_list("created_at", "title"))
        states = (SessionState.PLANNED, *HELD)
        self.starts = sorted(TherapySession.objects.filter(client=client, state__in=states).values_list("starts_at", flat=True))

    def facts_at(self, starts_at: datetime) -> Facts:
        """Agreed from the session's day on until the next session's; the session that follows."""
        place = bisect_right(self.starts, starts_at)
        following = self.starts[place] if place < len(self.starts) else None
        begin, end = self._midnight(starts_at), self._midnight(following) if following else None
        assigned = tuple(title for at, title in self.agreed if at >= begin and (end is None or at < end or end <= begin))
        return Facts(assigned, day_and_time(following, self.zone_name) if following else "")

    def _midnight(self, when: datetime) -> datetime:
        here = zone(self.zone_name)
        return datetime.combine(when.astimezone(here).date(), time.min, here)


def facts_at(client: Client, starts_at: datetime) -> Facts:
    """What the note of a session at this time takes from elsewhere."""
    return _Course(client).facts_at(starts_at)


def log_of(note: SessionNote) -> SessionLog:
    """The saved log that a note is made from."""
    session = note.session
    return SessionLog(
        attendance=session.state,
        format=session.format,
        risk=session.risk,
        risk_note=session.risk_note,
        focus=tuple(session.focus),
        did=tuple(session.did),
        homework_review=session.homework_review,
        felt=session.felt,
        one_line=session.one_line,
        note_format=note.format,
        own={key: note.body.get(key, "") for key in note.edited},
    )


def draft_parts(note: SessionNote) -> tuple[NotePart, ...]:
    """An unsigned note as it would be signed now."""
    return note_parts(log_of(note), facts_at(note.client, note.session.starts_at))


def _views(notes: Sequence[SessionNote], client: Client, actor: Actor) -> list[NoteView]:
    amendments: dict[UUID, list[Amendment]] = defaultdict(list)
    for row in Amendment.objects.filter(note__in=[note.pk for note in notes]).order_by("created_at"):
        amendments[row.note_id].append(row)
    names = names_of({note.created_by_id for note in notes} | {row.created_by_id for rows in amendments.values() for row in rows})
    course = _Course(client)
    return [
        NoteView(
            note=note,
            author=names.get(note.created_by_id, ""),
            parts=_parts(note, course),
            amendments=tuple((row, names.get(row.created_by_id, "")) for row in amendments[note.pk]),
            mine=note.created_by_id == actor.user_id,
        )
        for note in notes
    ]


def _parts(note: SessionNote, course: _Course) -> tuple[NotePart, ...]:
    if note.state == NoteState.SIGNED:
        return written_parts(note.format, note.body)
    return note_parts(log_of(note), course.facts_at(note.session.starts_at))


def notes_of(client: Client, actor: Actor, *, after: Place | None = None, limit: int = PAGE) -> list[NoteView]:
    """One page of the client's notes, newest session first. The next page begins `after` the last one of this page."""
    notes = SessionNote.objects.filter(client=client).select_related("session").order_by("-session__starts_at", "-pk")
    if after is not None:
        notes = notes.filter(after.later_rows("session__starts_at"))
    return _views(list(notes[:limit]), client, actor)


def note_view(client: Client, session_id: UUID, actor: Actor) -> NoteView | None:
    """The note of one session of this client, if there is one."""
    note = SessionNote.objects.filter(client=client, session_id=session_id).select_related("session").first()
    if note is None:
        return None
    note.client = client
    return _views([note], client, actor)[0]


def notes_to_sign(actor: Actor) -> QuerySet[SessionNote]:
    """The therapist's own drafts, oldest session first."""
    found = SessionNote.objects.filter(created_by_id=actor.user_id, clinic_id=actor.clinic_id, state=NoteState.DRAFT)
    return found.select_related("session", "client").order_by("session__starts_at")


def private_notes(client: Client, actor: Actor) -> QuerySet[PrivateNote]:
    """The reader's own process notes about this client, latest first."""
    return PrivateNote.objects.filter(client=client, created_by_id=actor.user_id).order_by("-created_at")


def unsaved_logs(client: Client, actor: Actor) -> list[LogDraft]:
    """Logs that the reader began and has not saved, latest first."""
    return list(LogDraft.objects.filter(client=client, created_by_id=actor.user_id).order_by("-updated_at"))
