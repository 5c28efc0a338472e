"""A use that is told afterwards lands on the day it was told for, by the client's own clock, also where that clock jumps."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from clients.models import Client
from coping.forms import UseForm
from core.ids import uuid7

# zone, a day on which its clock changes: forward, back, forward at midnight itself
JUMPS = [("Europe/London", "2026-03-29"), ("Europe/London", "2026-10-25"), ("Africa/Cairo", "2026-04-24"), ("Pacific/Auckland", "2026-04-05")]


@pytest.mark.parametrize(("zone_name", "day"), JUMPS)
@pytest.mark.parametrize("at", ["", "00:00", "00:30", "01:30", "02:30", "23:59"])
def test_it_is_that_day_there(zone_name: str, day: str, at: str) -> None:
    form = UseForm({"new_id": str(uuid7()), "day": day, "at": at, "visibility": "only_me"}, client=Client(timezone=zone_name))
    assert form.is_valid(), form.errors
    moment = form.moment()
    assert moment.astimezone(ZoneInfo(zone_name)).date() == date.fromisoformat(day)


def test_by_another_clock_it_would_be_another_day() -> None:
    form = UseForm({"new_id": str(uuid7()), "day": "2026-04-05", "at": "00:30", "visibility": "only_me"}, client=Client(timezone="Pacific/Auckland"))
    assert form.is_valid() and {form.moment().astimezone(ZoneInfo(name)).day for name in ("Pacific/Auckland", "Pacific/Niue")} == {4, 5}
