"""Clocks: which time zone a page shows, and today's date in one."""

from datetime import date
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils import timezone


@cache
def zone(name: str) -> ZoneInfo:
    """The zone of this name; UTC when the name is not known (an old record must still open)."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def today_in(name: str) -> date:
    """The local date there, now."""
    return timezone.now().astimezone(zone(name)).date()
