"""When a reminder is due: local days and times of one zone, and the moments they are. Pure functions.

A local time that does not exist (the clocks go forward) is the moment as long after midnight by the old clock: an hour later by the new one.
One that is there twice (they go back) is the first. So every local day has its reminder, once.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from core.zones import zone

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Occurrence:
    """One reminder to come: its local day and time in the zone of this name, which are its key, and the moment (UTC) that they are."""

    local_date: date
    local_time: time
    zone: str

    @property
    def due_at(self) -> datetime:
        return moment(self.local_date, self.local_time, self.zone)


def moment(day: date, at: time, zone_name: str) -> datetime:
    """The moment of a local time, in UTC."""
    return datetime.combine(day, at, zone(zone_name)).astimezone(UTC)


def occurrences(times: Mapping[int, time], zone_name: str, after: datetime, until: datetime) -> Iterator[Occurrence]:
    """Those due after `after` and at or before `until`, in order. `times`: weekday (0 is Monday) to local time."""
    day, last = after.astimezone(zone(zone_name)).date() - DAY, until.astimezone(zone(zone_name)).date()
    while day <= last:
        at = times.get(day.weekday())
        if at is not None:
            found = Occurrence(day, at, zone_name)
            if after < found.due_at <= until:
                yield found
        day += DAY


def in_quiet_hours(at: time, quiet_from: time, quiet_until: time) -> bool:
    """From the first up to the second, over midnight when that comes earlier. The same time twice: no quiet hours."""
    if quiet_from <= quiet_until:
        return quiet_from <= at < quiet_until
    return at >= quiet_from or at < quiet_until


def quiet_ends(now: datetime, quiet_until: time, zone_name: str) -> datetime:
    """The next moment after `now` at which the quiet hours are over."""
    day = now.astimezone(zone(zone_name)).date()
    ends = (moment(each, quiet_until, zone_name) for each in (day, day + DAY, day + 2 * DAY))
    return next(end for end in ends if end > now)
