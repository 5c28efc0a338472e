"""Reads about clients that other apps use."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from clients.content import measure_directions
from clients.models import CareAssignment, Client, Practice, TimelineEntry
from clients.pillars import Pillar
from clients.works import Ledger, Use, ledger
from core.zones import today_in, zone


def active_assignments(client: Client | None = None) -> QuerySet[CareAssignment]:
    """Assignments that hold now, of one client or of all the actor may see."""
    now = timezone.now()
    found = CareAssignment.objects.filter(Q(ends_at=None) | Q(ends_at__gt=now), starts_at__lte=now)
    return found.filter(client=client) if client is not None else found


@dataclass(frozen=True)
class Period:
    """Whole weeks back from today in one zone: `since` is the first day of the oldest, week 0 is the oldest."""

    since: date
    until: date
    zone_name: str

    @property
    def weeks(self) -> int:
        return ((self.until - self.since).days + 6) // 7

    @property
    def starts_at(self) -> datetime:
        return datetime.combine(self.since, time.min, zone(self.zone_name))

    def week_of(self, moment: datetime) -> int:
        """Which week a moment lies in, by the zone's own dates."""
        return (moment.astimezone(zone(self.zone_name)).date() - self.since).days // 7


def last_weeks(weeks: int, zone_name: str) -> Period:
    """The last `weeks` weeks, today included."""
    until = today_in(zone_name) + timedelta(days=1)
    return Period(until - timedelta(days=7 * weeks), until, zone_name)


@dataclass(frozen=True)
class PillarRows:
    """What the timeline and practice hold for one pillar in a period, newest first."""

    entries: tuple[TimelineEntry, ...]
    practice: tuple[Practice, ...]


def pillar_rows(client: Client, period: Period) -> dict[str, PillarRows]:
    """For all four pillars at once, in two statements. Staff see shared rows only, the client all of hers."""
    entries: dict[str, list[TimelineEntry]] = {pillar: [] for pillar in Pillar.values}
    practice: dict[str, list[Practice]] = {pillar: [] for pillar in Pillar.values}
    for entry in TimelineEntry.objects.filter(client=client, occurred_at__gte=period.starts_at).exclude(pillar="").order_by("-occurred_at"):
        entries[entry.pillar].append(entry)
    for use in Practice.objects.filter(client=client, occurred_at__gte=period.starts_at).order_by("-occurred_at"):
        practice[use.pillar].append(use)
    return {pillar: PillarRows(tuple(entries[pillar]), tuple(practice[pillar])) for pillar in Pillar.values}


def timeline(client: Client, *, before: datetime | None = None, limit: int = 50) -> QuerySet[TimelineEntry]:
    """One page of the client's axis, newest first; the next page begins `before` the last one's `occurred_at`."""
    found = TimelineEntry.objects.filter(client=client).order_by("-occurred_at", "-recorded_at")
    if before is not None:
        found = found.filter(occurred_at__lt=before)
    return found[:limit]


def what_works(client: Client, practice: Iterable[Practice] | None = None) -> Ledger:
    """The ledger over everything the reader may see: the client's own, or "from what she shares" for her therapist."""
    rows = Practice.objects.filter(client=client) if practice is None else practice
    uses = [Use(row.item_key, row.name, row.pillar, row.measure, row.before, row.after, row.helped) for row in rows]
    return ledger(uses, measure_directions())
