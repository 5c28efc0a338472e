"""Local days and times become moments: every local day has its reminder once, also where the clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from reminders.calendar import in_quiet_hours, moment, occurrences, quiet_ends

ZONES = (
    "Europe/London", "Europe/Berlin", "America/New_York", "America/Los_Angeles", "America/Santiago", "America/Havana", "America/St_Johns",
    "Australia/Sydney", "Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Chatham", "Asia/Kathmandu", "Asia/Beirut", "Africa/Cairo", "UTC",
)  # fmt: skip
TIMES = (time(0), time(2, 30), time(3), time(18, 30))
YEAR = 2027
DAYS = [date(YEAR, 1, 1) + timedelta(days=number) for number in range(365)]
EVERY_DAY = range(7)


def planned(zone_name: str, at: time, *, window: timedelta) -> list[tuple[date, datetime]]:
    """A year planned window by window, as the planner does."""
    first, last = moment(DAYS[0], time(0), zone_name) - timedelta(seconds=1), moment(date(YEAR + 1, 1, 1), time(0), zone_name) - timedelta(seconds=1)
    found, start = [], first
    while start < last:
        end = min(start + window, last)
        found += [(each.local_date, each.due_at) for each in occurrences(dict.fromkeys(EVERY_DAY, at), zone_name, start, end)]
        start = end
    return found


@pytest.mark.parametrize("zone_name", ZONES)
def test_every_local_day_of_a_year_has_one(zone_name: str) -> None:
    """15 zones x 4 local times x 365 days: 0 missing, 0 double; and none where the clock there shows another time, but for what does not exist."""
    shifted = 0
    for at in TIMES:
        found = planned(zone_name, at, window=timedelta(hours=11, minutes=7))
        assert [day for day, _due in found] == DAYS, (zone_name, at)
        for day, due in found:
            local = due.astimezone(ZoneInfo(zone_name))
            shifted += (local.date(), local.time()) != (day, at)
    assert shifted <= 3


def test_adding_a_day_is_wrong_where_clocks_change() -> None:
    """The control: a chain of 24 hours drifts off its local time."""
    zone, due = ZoneInfo("Europe/Berlin"), moment(DAYS[0], time(18, 30), "Europe/Berlin")
    shown = {(due + timedelta(days=number)).astimezone(zone).time() for number in range(365)}
    assert len(shown) == 2


def test_a_time_that_does_not_exist_comes_an_hour_later_and_one_that_is_twice_comes_first() -> None:
    assert moment(date(2027, 3, 28), time(1, 30), "Europe/London") == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)  # 02:30 by the new clock
    assert moment(date(2027, 10, 31), time(1, 30), "Europe/London") == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)  # the first of the two


def test_the_window_is_open_at_its_begin_and_closed_at_its_end() -> None:
    due = moment(date(2027, 1, 4), time(9), "UTC")
    times = {0: time(9)}
    assert not list(occurrences(times, "UTC", due, due + timedelta(days=1)))
    assert [each.due_at for each in occurrences(times, "UTC", due - timedelta(days=1), due)] == [due]


@pytest.mark.parametrize(
    ("at", "quiet"), [(time(20, 59), False), (time(21), True), (time(23, 59), True), (time(0), True), (time(7, 59), True), (time(8), False)]
)
def test_quiet_hours_go_over_midnight(at: time, quiet: bool) -> None:
    assert in_quiet_hours(at, time(21), time(8)) is quiet


def test_quiet_hours_within_a_day_and_none() -> None:
    assert in_quiet_hours(time(13), time(12), time(14)) and not in_quiet_hours(time(14), time(12), time(14))
    assert not in_quiet_hours(time(8), time(8), time(8))


def test_quiet_hours_end_by_the_local_clock() -> None:
    assert quiet_ends(datetime(2027, 3, 27, 23, tzinfo=UTC), time(8), "Europe/London") == datetime(2027, 3, 28, 7, tzinfo=UTC)
    assert quiet_ends(datetime(2027, 1, 4, 3, tzinfo=UTC), time(8), "UTC") == datetime(2027, 1, 4, 8, tzinfo=UTC)
