"""What stands in the jar."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Window
from django.utils.translation import ngettext

from clients.models import Client, Visibility
from clients.selectors import PillarRows
from mindset.models import Accomplishment, GoodKind, GratitudeEntry
from strengths.content import strengths

JarEntry = Accomplishment | GratitudeEntry
LATEST = 3
NICE = 5  # a planned thing comes out of the jar when it was at least that nice
DRAWN = (GoodKind.GOOD_THING, GoodKind.SAVOURED, GoodKind.LETTER, GoodKind.BOTH)


def wins_of(client: Client, *, staff: bool = False) -> QuerySet[Accomplishment]:
    """The wins, newest first, each with what it is tied to; for `staff` what is shared."""
    found = Accomplishment.objects.filter(client=client, withdrawn_at=None, **_seen_by(staff))
    return found.select_related("strength", "supporter").order_by("-occurred_at", "-pk")


def good_things_of(client: Client, *, staff: bool = False) -> QuerySet[GratitudeEntry]:
    """Every other good thing, newest first, each with what it is tied to; for `staff` what is shared."""
    found = GratitudeEntry.objects.filter(client=client, withdrawn_at=None, **_seen_by(staff))
    return found.select_related("strength", "supporter").order_by("-occurred_at", "-pk")


def entry_of(client: Client, pk: UUID, *, taken_back: bool = False) -> JarEntry | None:
    """One of the client's own; `taken_back`: also when it was."""
    for model in (Accomplishment, GratitudeEntry):
        found = model.objects.select_related("strength", "supporter").filter(pk=pk, client=client).first()
        if found is not None:
            return found if taken_back or found.withdrawn_at is None else None
    return None


def comforting(client: Client) -> QuerySet[GratitudeEntry]:
    """The good things that may come out of the jar on a hard day: neither a hope nor a plan that was not nice."""
    return good_things_of(client).filter(Q(kind__in=DRAWN) | Q(kind=GoodKind.PLANNED, real__gte=NICE))


def jar_ids(client: Client) -> dict[UUID, type[JarEntry]]:
    """What the jar is opened on. Nothing that is tied to somebody who was taken off the map. Two statements."""
    gone = Q(supporter__withdrawn_at__isnull=False)
    wins: dict[UUID, type[JarEntry]] = dict.fromkeys(wins_of(client).exclude(gone).order_by().values_list("pk", flat=True), Accomplishment)
    return wins | dict.fromkeys(comforting(client).exclude(gone).order_by().values_list("pk", flat=True), GratitudeEntry)


def has_jar(client: Client) -> bool:
    """Whether there is anything to open the jar on."""
    return bool(jar_ids(client))


def ties(entry: JarEntry, *, staff: bool = False) -> tuple[str, str]:
    """The names of the strength and of the person; empty for what is gone, and for staff for what is not shared."""
    strength = "" if entry.strength is None or not _stands(entry.strength, staff) else entry.strength.own_words or _names()[entry.strength.key]
    return strength, "" if entry.supporter is None or not _stands(entry.supporter, staff) else entry.supporter.name


def _stands(row: object, staff: bool) -> bool:
    return row.withdrawn_at is None and (not staff or row.visibility == Visibility.MY_THERAPIST)  # type: ignore[attr-defined]  # Strength or Supporter


def _names() -> dict[str, str]:
    return {one.key: one.name for one in strengths()}


@dataclass(frozen=True)
class JarSection:
    """The jar on a pillar's page: how much there is, and the latest."""

    wins: int
    good: int
    latest_wins: tuple[Accomplishment, ...]
    latest_good: tuple[GratitudeEntry, ...]

    @property
    def total(self) -> int:
        return self.wins + self.good


def jar_section(client: Client, *, staff: bool = False) -> JarSection:
    """Two statements."""
    total = Window(Count("pk"))
    wins = list(wins_of(client, staff=staff).annotate(total=total)[:LATEST])
    good = list(good_things_of(client, staff=staff).annotate(total=total)[:LATEST])
    return JarSection(wins[0].total if wins else 0, good[0].total if good else 0, tuple(wins), tuple(good))


def latest_wins(client: Client, limit: int) -> tuple[list[Accomplishment], int]:
    """The latest of the client's own, and how many there are. One statement."""
    found: list[Any] = list(wins_of(client).annotate(total=Window(Count("pk")))[:limit])
    return found, found[0].total if found else 0


def jar_line(rows: PillarRows) -> str:
    """`12 wins in the jar`, from the rows of a period that are there already; empty without any."""
    n = sum(entry.kind == "win" or (entry.kind == "exercise" and entry.item_key == "wins_log") for entry in rows.entries)
    return ngettext("%(n)s win in the jar", "%(n)s wins in the jar", n) % {"n": n} if n else ""


def _seen_by(staff: bool) -> dict[str, str]:
    return {"visibility": Visibility.MY_THERAPIST} if staff else {}
