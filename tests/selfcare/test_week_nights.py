"""A night's two times by the client's own clock, and how long it really was."""

from datetime import UTC, date, datetime, time

import pytest

from core.errors import Refused
from selfcare.nights import hours, left_out, night_times, shown_twice
from selfcare.recorders import clock_time

LONDON = "Europe/London"
FORWARD, BACK = date(2026, 3, 29), date(2026, 10, 25)


def slept(day, bed, wake, **again):
    times = night_times(LONDON, day, time.fromisoformat(bed), time.fromisoformat(wake), **again)
    return int((times.wake - times.bed).total_seconds() // 60)


@pytest.mark.parametrize(
    ("day", "bed", "wake", "minutes"),
    [
        pytest.param(date(2026, 6, 10), "23:15", "06:05", 410, id="over midnight"),
        pytest.param(date(2026, 6, 10), "00:30", "07:00", 390, id="after midnight"),
        pytest.param(date(2026, 6, 10), "10:00", "17:30", 450, id="by day"),
        pytest.param(FORWARD, "23:00", "07:00", 420, id="clocks forward, over midnight"),
        pytest.param(FORWARD, "00:30", "07:00", 330, id="clocks forward, after midnight"),
        pytest.param(FORWARD, "03:00", "09:00", 360, id="clocks forward before"),
        pytest.param(BACK, "23:00", "07:00", 540, id="clocks back, over midnight"),
        pytest.param(BACK, "00:30", "07:00", 450, id="clocks back, after midnight"),
        pytest.param(BACK, "03:00", "09:00", 360, id="clocks back before"),
    ],
)
def test_minutes_as_they_went_by(day, bed, wake, minutes):
    assert slept(day, bed, wake) == minutes


def test_a_time_that_the_clock_showed_twice():
    assert shown_twice(LONDON, BACK, time(1, 30)) and not shown_twice(LONDON, BACK, time(2, 30)) and not shown_twice(LONDON, FORWARD, time(1, 30))
    assert slept(BACK, "01:30", "07:00") == 390 and slept(BACK, "01:30", "07:00", bed_again=True) == 330
    assert slept(BACK, "23:00", "01:30") == 150 and slept(BACK, "23:00", "01:30", wake_again=True) == 210


def test_a_time_that_the_clock_left_out_is_read_by_the_old_clock():
    assert left_out(LONDON, FORWARD, time(1, 30)) and not left_out(LONDON, BACK, time(1, 30)) and not left_out(LONDON, FORWARD, time(2, 30))
    assert night_times(LONDON, FORWARD, time(1, 30), None).bed == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert slept(FORWARD, "01:30", "07:00") == slept(FORWARD, "02:30", "07:00") == 270


def test_one_time_alone_and_two_that_cannot_be():
    assert night_times(LONDON, date(2026, 6, 10), time(23), None).bed == datetime(2026, 6, 9, 22, tzinfo=UTC)
    assert night_times(LONDON, date(2026, 6, 10), time(1), None).bed == datetime(2026, 6, 10, 0, tzinfo=UTC)
    assert night_times(LONDON, date(2026, 6, 10), None, time(7)).bed is None
    for wake in ("20:30", "23:00"):
        with pytest.raises(Refused) as no:
            slept(date(2026, 6, 10), "23:00", wake)
        assert no.value.field == "wake"


def test_hours_in_words():
    assert [hours(each).replace("\u00a0", " ") for each in (400, 310, 425)] == ["6 h 40", "5 h 10", "7 h 05"]


@pytest.mark.parametrize(
    ("said", "evening", "expected"),
    [
        ("23:15", True, time(23, 15)),
        ("11.15 pm", True, time(23, 15)),
        ("about 11", True, time(23)),
        ("12:30", True, time(0, 30)),
        ("1am", True, time(1)),
        ("07:10", False, time(7, 10)),
        ("7", False, time(7)),
        ("8h30", False, time(8, 30)),
        ("late", True, None),
        ("25:00", False, None),
        ("7:75", False, None),
        ("13 pm", False, None),
    ],
    ids=str,
)
def test_times_as_people_write_them(said, evening, expected):
    assert clock_time(said, evening=evening) == expected
