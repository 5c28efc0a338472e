"""What a client reported: the timeline and practice, by pillar and by week."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet

from clients.content import measure_directions
from clients.ledger import Ledger, Use, ledger
from clients.models import CheckIn, Client, Practice, TimelineEntry, Visibility
from clients.pillars import Pillar
from core.paging import PAGE, Place
from core.zones import today_in, zone


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


def pillar_rows(entries: Iterable[TimelineEntry], practice: Iterable[Practice], period: Period) -> dict[str, PillarRows]:
    """Rows of the axis and of practice, newest first, sorted into the four pillars of a period."""
    found = [entry for entry in entries if entry.pillar and entry.occurred_at >= period.starts_at]
    uses = [use for use in practice if use.occurred_at >= period.starts_at]
    return {
        pillar: PillarRows(tuple(entry for entry in found if entry.pillar == pillar), tuple(use for use in uses if use.pillar == pillar))
        for pillar in Pillar.values
    }


def timeline(client: Client, *, after: Place | None = None, limit: int = PAGE) -> QuerySet[TimelineEntry]:
    """One page of the axis, newest first, as the record shows it: what is shared. The next page begins `after` the last row of this one."""
    found = TimelineEntry.objects.filter(client=client, visibility=Visibility.MY_THERAPIST).order_by("-occurred_at", "-pk")
    if after is not None:
        found = found.filter(after.later_rows("occurred_at"))
    return found[:limit]


def check_in_of_today(client: Client) -> CheckIn | None:
    """The latest one of the client's own day, by her own clock."""
    found = CheckIn.objects.filter(client=client).order_by("-occurred_at").first()
    return found if found is not None and found.occurred_at.astimezone(zone(client.timezone)).date() == today_in(client.timezone) else None


def shared_practice(client: Client) -> QuerySet[Practice]:
    """What the ledger of her therapist is made from, newest first."""
    return Practice.objects.filter(client=client, visibility=Visibility.MY_THERAPIST).order_by("-occurred_at")


def what_works(client: Client, practice: Iterable[Practice] | None = None) -> Ledger:
    """The client's own ledger, over all of hers; "from what she shares" for staff, who pass `shared_practice(client)`."""
    rows = Practice.objects.filter(client=client) if practice is None else practice
    uses = [Use(row.item_key, row.name, row.pillar, row.measure, row.before, row.after, row.helped) for row in rows]
    return ledger(uses, measure_directions())
