"""What was given to read, what waits, and what stayed."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from clients.models import Client, Visibility
from core.zones import today_in, zone
from homework.models import ReadingGiven, ReadingNote
from homework.models.reading import ReadingState
from homework.reading import Text, by_key


@dataclass(frozen=True)
class ToRead:
    """One text that was given; `notes` are what stayed, newest first, as far as the reader may see them."""

    given: ReadingGiven
    text: Text
    notes: tuple[ReadingNote, ...] = ()

    @property
    def is_read(self) -> bool:
        return self.given.state == ReadingState.READ

    def read_on(self, zone_name: str) -> date | None:
        at = self.given.state_changed_at
        return at.astimezone(zone(zone_name)).date() if at is not None and self.is_read else None


@dataclass(frozen=True)
class Noted:
    """A text read by an own choice, and what stayed."""

    note: ReadingNote
    text: Text


@dataclass(frozen=True)
class Reading:
    """`waiting`: given and not read yet, oldest first; `done`: read, newest first; `own`: read by an own choice, newest first."""

    waiting: tuple[ToRead, ...]
    done: tuple[ToRead, ...]
    own: tuple[Noted, ...]

    @property
    def empty(self) -> bool:
        return not (self.waiting or self.done or self.own)

    @property
    def read_keys(self) -> set[str]:
        return {row.text.key for row in self.done} | {one.text.key for one in self.own}


def given_to(client: Client) -> QuerySet[ReadingGiven]:
    """What was given and not taken back, newest first."""
    return ReadingGiven.objects.filter(client=client).exclude(state=ReadingState.TAKEN_BACK).order_by("-created_at")


def reading_notes(client: Client, *, staff: bool = False) -> QuerySet[ReadingNote]:
    """What stayed, newest first; for `staff` what is shared."""
    shared = {"visibility": Visibility.MY_THERAPIST} if staff else {}
    return ReadingNote.objects.filter(client=client, withdrawn_at=None, **shared).order_by("-occurred_at", "-created_at")


def reading_of(client: Client, *, staff: bool = False) -> Reading:
    """Two statements. A text that the product no longer has is left out."""
    notes = list(reading_notes(client, staff=staff))
    rows = [
        ToRead(given, text, tuple(note for note in notes if note.given_id == given.pk))
        for given in given_to(client)
        if (text := by_key(given.item_key)) is not None
    ]
    own = tuple(Noted(note, text) for note in notes if note.given_id is None and (text := by_key(note.item_key)) is not None)
    waiting = tuple(reversed([row for row in rows if not row.is_read]))
    return Reading(waiting, tuple(row for row in rows if row.is_read), own)


def reading_for_today(client: Client) -> ToRead | None:
    """One text for the client's Today, in the client's zone: the one whose day comes first, else the one given first. One statement."""
    today = today_in(client.timezone)
    found = [row for row in given_to(client).filter(state=ReadingState.GIVEN) if by_key(row.item_key) is not None]
    ahead = [row for row in found if row.look_at_on is not None and row.look_at_on >= today]
    chosen = min(ahead, key=lambda row: (row.look_at_on, row.created_at)) if ahead else min(found, key=lambda row: row.created_at, default=None)
    text = by_key(chosen.item_key) if chosen is not None else None
    return ToRead(chosen, text) if chosen is not None and text is not None else None
