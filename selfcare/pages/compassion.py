"""What the pages of self-compassion show."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from clients.models import Client, Visibility
from selfcare.models import CompassionNote, NoteKind
from selfcare.selectors.compassion import Kind, Line, answered_before, kindness_of

SHOWN = 3  # lines of a section on the pillar's page


@dataclass(frozen=True)
class Told:
    """One note. `mine`: the reader wrote it and may change it."""

    row: CompassionNote
    mine: bool

    @property
    def private(self) -> bool:
        return self.row.visibility == Visibility.ONLY_ME

    @property
    def good_enough(self) -> bool:
        return self.row.kind == NoteKind.GOOD_ENOUGH

    @property
    def rated(self) -> bool:
        return self.row.belief_before is not None and self.row.belief_after is not None


def told(rows: tuple[CompassionNote, ...], me: UUID | None) -> list[Told]:
    return [Told(row, row.created_by_id == me) for row in rows]


def kind_page(client: Client, me: UUID | None, *, staff: bool = False) -> dict[str, Any]:
    """Everything of one client. One statement."""
    kind = kindness_of(client, staff=staff)
    return {"kind": kind, "warm": told(kind.warm, me), "good_enough": told(kind.good_enough, me)}


def kind_section(client: Client, *, staff: bool = False) -> dict[str, Kind | tuple[Line, ...]]:
    """Context of selfcare/kind_section.html and kind_desk_section.html. One statement."""
    kind = kindness_of(client, staff=staff)
    return {"kind": kind, "kind_lines": kind.lines[:SHOWN]}


def line_page(client: Client, line: UUID, me: UUID | None) -> dict[str, Any] | None:
    """One piece of self-talk with each time it was caught. One statement."""
    found = next((one for one in kindness_of(client).lines if one.line == line), None)
    return {"line": found, "times": told(found.notes, me)} if found is not None else None


def earlier_answers(client: Client, note: CompassionNote) -> list[CompassionNote]:
    """What was answered before to the same, offered while there is no answer yet. One statement."""
    return answered_before(note, kindness_of(client)) if note.self_talk and not note.kinder_answer and note.kind != NoteKind.GOOD_ENOUGH else []
