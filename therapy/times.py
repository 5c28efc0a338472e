"""From the clock on the clinic's wall to a moment, and back into words."""

from datetime import UTC, date, datetime, time, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.errors import Refused
from core.zones import zone


def moment(day: date, clock: time, zone_name: str) -> datetime:
    """This time of this day there. In autumn, of two equal times the first. Raises Refused for a time that the clocks leave out in spring."""
    wall = datetime.combine(day, clock.replace(fold=0, tzinfo=None))
    found = wall.replace(tzinfo=zone(zone_name))
    if found.astimezone(UTC).astimezone(found.tzinfo).replace(tzinfo=None) != wall:
        raise Refused(_("The clocks go forward that day: %(time)s does not exist.") % {"time": date_format(wall, "H:i")}, "time")
    return found


def after(start: datetime, minutes: int) -> datetime:
    """So many minutes of real time later, also across a change of the clocks."""
    return start.astimezone(UTC) + timedelta(minutes=minutes)


def span_words(start: datetime, end: datetime, zone_name: str) -> str:
    """`10:00 to 10:50`, with days when it runs past midnight."""
    here, there = start.astimezone(zone(zone_name)), end.astimezone(zone(zone_name))
    shape = "H:i" if here.date() == there.date() else "D j M, H:i"
    return _("%(start)s to %(end)s") % {"start": date_format(here, shape), "end": date_format(there, shape)}


def day_and_time(when: datetime, zone_name: str) -> str:
    """`Tue 1 Dec, 10:00`."""
    return date_format(when.astimezone(zone(zone_name)), "D j M, H:i")
