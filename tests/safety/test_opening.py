"""Whether the clinic is open: by its own clock, through holidays and a change of clocks; and what Help now says of it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client as Browser

from accounts.models import Clinic
from safety.selectors import opening_at
from tests.cast import Person

pytestmark = pytest.mark.django_db
WEEK = [[["09:00", "12:00"], ["13:00", "17:00"]], [], [], [], [], [], [["09:00", "12:00"]]]


@pytest.fixture
def clinic(ada: Person, as_owner: Callable[[], Any]) -> Clinic:
    """Open on Monday morning and afternoon, and on Sunday morning; closed on Easter Monday."""
    clinic = ada.membership.clinic
    clinic.phone, clinic.opening_hours, clinic.holidays = "020 7946 0958", WEEK, [["2026-04-06", "Easter Monday"]]
    with as_owner():
        clinic.save()
    return clinic


@pytest.mark.parametrize(
    ("now", "until", "opens"),
    [
        (datetime(2026, 3, 23, 9, 0, tzinfo=UTC), datetime(2026, 3, 23, 12, tzinfo=UTC), None),
        (datetime(2026, 3, 23, 12, 0, tzinfo=UTC), None, datetime(2026, 3, 23, 13, tzinfo=UTC)),
        (datetime(2026, 3, 23, 17, 0, tzinfo=UTC), None, datetime(2026, 3, 29, 8, tzinfo=UTC)),  # clocks go forward that Sunday
        (datetime(2026, 3, 29, 8, 0, tzinfo=UTC), datetime(2026, 3, 29, 11, tzinfo=UTC), None),
        (datetime(2026, 4, 5, 12, 0, tzinfo=UTC), None, datetime(2026, 4, 12, 8, tzinfo=UTC)),  # over the holiday
        (datetime(2026, 3, 22, 23, 30, tzinfo=UTC), None, datetime(2026, 3, 23, 9, tzinfo=UTC)),
    ],
    ids=["open", "noon", "spring", "summer", "holiday", "night"],
)
def test_open_or_when_next(clinic: Clinic, now: datetime, until: datetime | None, opens: datetime | None) -> None:
    found = opening_at(clinic, now)
    assert found is not None and (found.until, found.opens) == (until, opens)


def test_where_no_hours_are_set_nothing_is_said(ada: Person) -> None:
    assert opening_at(ada.membership.clinic, datetime(2026, 3, 23, 9, tzinfo=UTC)) is None


def test_help_now_says_it_beside_the_phone_number_to_who_is_signed_in(clinic: Clinic, ben_portal: Person) -> None:
    browser = Browser()
    browser.force_login(ben_portal.user)
    page = browser.get("/help-now/").content.decode()
    assert "020 7946 0958" in page and ("Open until" in page or "Closed now, open again" in page)
    assert "open again" not in (stranger := Browser().get("/help-now/").content.decode()) and "Open until" not in stranger
