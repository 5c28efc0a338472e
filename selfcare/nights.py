"""A night's two times by the client's own clock: over midnight, and over the change of the clocks."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from core.errors import Refused
from core.zones import zone

LONGEST = timedelta(hours=20)


@dataclass(frozen=True)
class Times:
    bed: datetime | None
    wake: datetime | None


def night_times(zone_name: str, day: date, bed: time | None, wake: time | None, *, bed_again: bool = False, wake_again: bool = False) -> Times:
    """When it was, for a night that ended on `day`. A bed time later than the wake time was the evening before; so was one without a wake time after noon.

    `bed_again`, `wake_again`: the second time of an hour that the clock showed twice. Raises Refused for two times that cannot be one night.
    """
    where = zone(zone_name)
    evening = day - timedelta(days=1)
    got_up = moment(where, day, wake, again=wake_again) if wake is not None else None
    if bed is None:
        return Times(None, got_up)
    if wake is None:
        return Times(moment(where, evening if bed >= time(12) else day, bed, again=bed_again), None)
    lay_down = moment(where, day, bed, again=bed_again)
    if got_up is not None and lay_down >= got_up:
        lay_down = moment(where, evening, bed, again=bed_again)
    if got_up is not None and got_up - lay_down > LONGEST:
        raise Refused(_("That is more than 20 hours. Please look at the two times again."), "wake")
    return Times(lay_down, got_up)


def moment(where: ZoneInfo, day: date, at: time, *, again: bool = False) -> datetime:
    """This time of that day. One that the clocks left out is read by the old clock: 1:30 was 2:30."""
    return datetime.combine(day, at.replace(fold=1 if again else 0), where).astimezone(UTC)


def shown_twice(zone_name: str, day: date, at: time) -> bool:
    """Whether the clock showed this time twice on that day: the hour that comes again when the clocks go back."""
    where = zone(zone_name)
    first, second = moment(where, day, at), moment(where, day, at, again=True)
    return second > first


def left_out(zone_name: str, day: date, at: time) -> bool:
    """Whether the clock never showed this time on that day: it went forward over it."""
    where = zone(zone_name)
    return moment(where, day, at).astimezone(where).time() != at


def which_bed_day(day: date, bed: time, wake: time | None) -> date:
    """The local day on which she went to bed, as `night_times` reads it."""
    if wake is None:
        return day - timedelta(days=1) if bed >= time(12) else day
    return day if bed < wake else day - timedelta(days=1)


def second_of_two(zone_name: str, at: datetime) -> bool:
    """Whether a stored moment is the second time of an hour shown twice."""
    return at.astimezone(zone(zone_name)).fold == 1


def hours(minutes: int) -> str:
    """`6 h 40`, which no line breaks apart."""
    return (_("%(hours)s h %(minutes)02d") % {"hours": minutes // 60, "minutes": minutes % 60}).replace(" ", "\u00a0")


def about(minutes: float) -> int:
    """To five minutes: nobody knows it better."""
    return round(minutes / 5) * 5
