"""The file counts in weeks; these are the moments they mean. Nothing lands in the future, whatever day the file is loaded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction

from core.zones import zone

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class Weeks:
    """`last` is the number of the week that ends now; `now` an aware moment; `zone_name` the clinic's."""

    last: int
    now: datetime
    zone_name: str

    @property
    def today(self) -> date:
        return self.now.astimezone(zone(self.zone_name)).date()

    def at(self, week: int, weekday: int, hour: int) -> datetime:
        """The latest such weekday and hour before now, counted back to this week; 0 is Monday. Exactly 7 local days from week to week."""
        day = self.today - timedelta(days=(self.today.weekday() - weekday) % 7)
        if self._local(day, hour) > self.now:
            day -= timedelta(days=7)
        return self._local(day - timedelta(days=7 * (self.last - week)), hour)

    def next(self, weekday: int, hour: int) -> datetime:
        """The first such weekday and hour after now."""
        return self._local(self.at(self.last, weekday, hour).astimezone(zone(self.zone_name)).date() + timedelta(days=7), hour)

    def spread(self, week: int, n: int, hour: int) -> list[datetime]:
        """n moments of this week, on days as even as can be, never two at once; a day with several has them at different hours."""
        days = [number * 7 // n for number in range(n)] if n else []
        return sorted(self.at(week, day, max(hour - 2 * days[:number].count(day), 0)) for number, day in enumerate(days))

    def _local(self, day: date, hour: int) -> datetime:
        return datetime.combine(day, time(hour), zone(self.zone_name))


def whole_numbers(n: int, mean: float, low: int, high: int, given: Iterable[int] = ()) -> list[int]:
    """n whole numbers from low to high whose sum is round(n x mean), as equal as can be; `given` are some of them, the rest is returned."""
    there = list(given)
    count = n - len(there)
    if count <= 0:
        return []
    total = round(Fraction(str(mean)) * n) - sum(there)
    total = min(max(total, low * count), high * count)
    each, more = divmod(total, count)
    return [each + (number < more) for number in range(count)]
