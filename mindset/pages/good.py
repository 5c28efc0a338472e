"""The jar in words: one thing at a time, in an order that is the same for one visit."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.models import Client, Visibility
from core.ids import uuid7
from mindset.models import Accomplishment, GoodKind
from mindset.selectors.good import JarEntry, JarSection, good_things_of, jar_ids, jar_section, ties, wins_of

VISIT = re.compile(r"[0-9a-f]{8}")
LISTED, ALL = 30, 300
NAMES = {
    GoodKind.GOOD_THING: gettext_lazy("A good thing"),
    GoodKind.SAVOURED: gettext_lazy("A moment you savoured"),
    GoodKind.PLANNED: gettext_lazy("Something you looked forward to"),
    GoodKind.LETTER: gettext_lazy("A thank-you letter"),
    GoodKind.FUTURE: gettext_lazy("A good day, one year on"),
    GoodKind.BOTH: gettext_lazy("Hard, and okay"),
}
STAFF_NAMES = {
    GoodKind.SAVOURED: gettext_lazy("A savoured moment"),
    GoodKind.PLANNED: gettext_lazy("Something to look forward to"),
}
WHY = {
    GoodKind.SAVOURED: gettext_lazy("Called:"),
    GoodKind.PLANNED: gettext_lazy("The best bit:"),
    GoodKind.FUTURE: gettext_lazy("A small step:"),
    GoodKind.BOTH: gettext_lazy("What was hard:"),
}


@dataclass(frozen=True)
class Row:
    """One thing of the jar. `ties` are the names it is tied to, as far as the reader may know them; `numbers` guess against how it was.

    `hard`: what goes with it is the hard part of a day, which does not come out of the jar.
    """

    pk: UUID
    name: str
    text: str
    why_name: str
    why: str
    ties: tuple[str, ...]
    numbers: str
    at: datetime
    private: bool
    for_session: bool
    hard: bool

    @property
    def when(self) -> str:
        """This month, or the month and year: no count of days that went by."""
        local, today = timezone.localtime(self.at), timezone.localdate()
        return _("This month") if (local.year, local.month) == (today.year, today.month) else date_format(local, "F Y")


def row_of(entry: JarEntry, *, staff: bool = False) -> Row:
    win = isinstance(entry, Accomplishment)
    kind = "" if isinstance(entry, Accomplishment) else entry.kind
    name = _("A win") if win else (STAFF_NAMES.get(GoodKind(kind)) if staff else None) or NAMES[GoodKind(kind)]
    why_name = "" if win or kind not in WHY else WHY[GoodKind(kind)]
    names = tuple(each for each in ties(entry, staff=staff) if each)
    private = entry.visibility == Visibility.ONLY_ME
    return Row(
        pk=entry.pk,
        name=str(name),
        text=entry.text,
        why_name=str(why_name),
        why=entry.why,
        ties=names,
        numbers=_numbers(entry),
        at=entry.occurred_at,
        private=private,
        for_session=entry.for_session,
        hard=kind == GoodKind.BOTH,
    )


def _numbers(entry: JarEntry) -> str:
    """`Guessed 3, it was 8.`"""
    guess, real = getattr(entry, "guess", None), getattr(entry, "real", None)
    if guess is None and real is None:
        return ""
    if real is None:
        return _("How nice it would be, a guess: %(n)s of 10.") % {"n": guess}
    return _("Guessed %(guess)s of 10, it was %(real)s.") % {"guess": guess, "real": real} if guess is not None else _("It was %(n)s of 10.") % {"n": real}


@dataclass(frozen=True)
class Drawn:
    """What came out of the jar: `number` of `total`, and where "Another one" leads; `over` when all of them were out."""

    row: Row | None
    visit: str
    number: int
    total: int

    @property
    def over(self) -> bool:
        return self.total > 0 and self.row is None

    @property
    def more(self) -> bool:
        return self.number < self.total

    @property
    def following(self) -> str:
        return f"?visit={self.visit}&n={self.number + 1}"


def draw(client: Client, visit: str, n: str) -> Drawn:
    """The n-th of this visit. Without a visit a new one begins; one that is none of ours too. Three statements."""
    visit = visit if VISIT.fullmatch(visit) else uuid7().hex[-8:]
    number = int(n) if n.isascii() and n.isdecimal() and len(n) < 6 else 1
    kinds = jar_ids(client)
    order = shuffled(kinds, visit)
    number = max(number, 1)
    entry = drawn_entry(kinds[order[number - 1]], order[number - 1]) if number <= len(order) else None
    return Drawn(row_of(entry) if entry is not None else None, visit, number, len(order))


def drawn_entry(model: type[JarEntry], pk: UUID) -> JarEntry | None:
    return model.objects.select_related("strength", "supporter").filter(pk=pk).first()


def shuffled(ids: Iterable[UUID], visit: str) -> list[UUID]:
    """Each once, in an order that hangs on the visit alone: what is put in meanwhile changes the place of nothing else."""
    return sorted(ids, key=lambda pk: hashlib.sha256(f"{visit}:{pk}".encode()).digest())


def jar_rows(client: Client, *, staff: bool = False, limit: int = LISTED) -> list[Row]:
    """Everything in it, newest first. Two statements."""
    found: list[JarEntry] = [*wins_of(client, staff=staff)[:limit], *good_things_of(client, staff=staff)[:limit]]
    return [row_of(entry, staff=staff) for entry in sorted(found, key=lambda entry: entry.occurred_at, reverse=True)[:limit]]


@dataclass(frozen=True)
class Section:
    """The jar as a part of a pillar's page: templates/mindset/jar_section.html and jar_desk_section.html."""

    jar: JarSection
    rows: tuple[Row, ...]


def section(client: Client, *, staff: bool = False) -> Section:
    """The context of both sections. Two statements."""
    jar = jar_section(client, staff=staff)
    latest: list[JarEntry] = [*jar.latest_wins, *jar.latest_good]
    rows = [row_of(entry, staff=staff) for entry in sorted(latest, key=lambda entry: entry.occurred_at, reverse=True)[:3]]
    return Section(jar, tuple(rows))
