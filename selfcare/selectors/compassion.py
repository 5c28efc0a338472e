"""Reads of self-talk and its kinder answers, gathered by what is said."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients.models import Client, Visibility
from clients.pillars import PillarLine
from clients.selectors import PillarRows
from selfcare.matching import alike
from selfcare.models import CompassionNote, NoteKind

MOST = 400  # rows that a page looks at
OFFERED = 3


@dataclass(frozen=True)
class Line:
    """One piece of self-talk with each time it was caught, newest first. `moved`: belief from the first time it was said to the last, None without both."""

    notes: tuple[CompassionNote, ...]

    @property
    def newest(self) -> CompassionNote:
        return self.notes[0]

    @property
    def line(self) -> UUID:
        return self.newest.line

    @property
    def said(self) -> str:
        return next((note.self_talk for note in self.notes if note.self_talk), "")

    @property
    def caught(self) -> int:
        return len(self.notes)

    @property
    def answered(self) -> int:
        return sum(bool(note.kinder_answer) for note in self.notes)

    @property
    def answer(self) -> str:
        """What was answered last."""
        return next((note.kinder_answer for note in self.notes if note.kinder_answer), "")

    @property
    def moved(self) -> tuple[int, int] | None:
        oldest = list(reversed(self.notes))
        first = next(((at, note.belief_before) for at, note in enumerate(oldest) if note.belief_before is not None), None)
        if first is None:
            return None
        last = next((note.belief_after for note in self.notes[: len(oldest) - first[0]] if note.belief_after is not None), None)
        return (first[1], last) if last is not None else None

    @property
    def private(self) -> bool:
        return all(note.visibility == Visibility.ONLY_ME for note in self.notes)

    @property
    def counted(self) -> str:
        """`Caught 6 times, answered 5 times.`"""
        caught = ngettext("Caught once", "Caught %(n)s times", self.caught) % {"n": self.caught}
        if not self.answered:
            return f"{caught}."
        return caught + ngettext(", answered once.", ", answered %(n)s times.", self.answered) % {"n": self.answered}

    @property
    def moved_words(self) -> str:
        return _("from %(before)s to %(after)s") % {"before": self.moved[0], "after": self.moved[1]} if self.moved else ""


@dataclass(frozen=True)
class Kind:
    """All of it: `lines` of self-talk, the one caught last first; `warm`: kind words without self-talk; `good_enough`: what was let go."""

    lines: tuple[Line, ...]
    warm: tuple[CompassionNote, ...]
    good_enough: tuple[CompassionNote, ...]

    @property
    def caught(self) -> int:
        return sum(line.caught for line in self.lines)

    @property
    def answered(self) -> int:
        return sum(line.answered for line in self.lines)

    @property
    def empty(self) -> bool:
        return not (self.lines or self.warm or self.good_enough)

    @property
    def sentence(self) -> str:
        """`Caught 6 times, answered 5 times.`: counts only go up."""
        return Line(tuple(note for line in self.lines for note in line.notes)).counted if self.lines else ""


def notes_of(client: Client, *, staff: bool = False) -> QuerySet[CompassionNote]:
    """What stands, newest first; for `staff` what is shared."""
    shared = {"visibility": Visibility.MY_THERAPIST} if staff else {}
    return CompassionNote.objects.filter(client=client, withdrawn_at=None, **shared).order_by("-occurred_at", "-created_at")[:MOST]


def note_of(client: Client, pk: UUID, *, staff: bool = False, taken_back: bool = False) -> CompassionNote | None:
    """One of them; `taken_back`: also when its author took it back."""
    shared = {"visibility": Visibility.MY_THERAPIST} if staff else {}
    found = CompassionNote.objects.filter(pk=pk, client=client, **shared).first()
    return found if found is not None and (taken_back or found.withdrawn_at is None) else None


def kindness_of(client: Client, *, staff: bool = False) -> Kind:
    """One statement."""
    return gathered(notes_of(client, staff=staff))


def gathered(notes: Iterable[CompassionNote]) -> Kind:
    """Rows, newest first, by what they are."""
    lines: dict[UUID, list[CompassionNote]] = {}
    warm, good_enough = [], []
    for note in notes:
        if note.kind == NoteKind.GOOD_ENOUGH:
            good_enough.append(note)
        elif note.self_talk:
            lines.setdefault(note.line, []).append(note)
        else:
            warm.append(note)
    return Kind(tuple(Line(tuple(rows)) for rows in lines.values()), tuple(warm), tuple(good_enough))


def answered_before(note: CompassionNote, kind: Kind) -> list[CompassionNote]:
    """What was once answered to the same self-talk or one much like it: the same line first, each answer once, newest first."""
    near = [line for line in kind.lines if line.line == note.line or alike(line.said, note.self_talk)]
    mine = sorted(near, key=lambda line: line.line != note.line)
    found: dict[str, CompassionNote] = {}
    for line in mine:
        for other in line.notes:
            if other.pk != note.pk and other.kinder_answer:
                found.setdefault(other.kinder_answer, other)
    return list(found.values())[:OFFERED]


def kind_line(rows: PillarRows) -> PillarLine | None:
    """A line for the pillar's card from the rows it has already: how often something kind was written in the period. No statement."""
    n = sum(entry.kind == "kind_note" for entry in rows.entries)
    if not n:
        return None
    return PillarLine(bold=_("Kinder self-talk"), text=ngettext("once", "%(n)s times", n) % {"n": n})
