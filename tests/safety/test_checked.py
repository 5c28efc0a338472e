"""When a line counts as checked: by a plain table of looks, and by a clock that moves on."""

from datetime import UTC, datetime, timedelta

import pytest

from safety.checked import Look, State, standing

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def look(who: str, days_ago: float, right: bool = True) -> Look:
    return Look(who, NOON - timedelta(days=days_ago), right)


@pytest.mark.parametrize(
    ("looks", "state"),
    [
        ([], "draft"),
        ([look("ada", 1)], "draft"),
        ([look("ada", 0.2), look("ada", 0.1)], "draft"),
        ([look("ada", 0.2), look("hana", 0.1)], "verified"),
        ([look("ada", 1), look("ada", 0)], "verified"),
        ([look("ada", 89), look("hana", 0)], "verified"),
        ([look("ada", 90), look("hana", 1)], "stale"),
        ([look("ada", 91), look("hana", 0)], "draft"),
        ([look("ada", 120), look("hana", 100)], "stale"),
        ([look("ada", 120), look("hana", 100), look("ada", 3)], "stale"),
        ([look("ada", 120), look("hana", 100), look("ada", 3), look("hana", 2)], "verified"),
        ([look("ada", 9), look("hana", 8), look("ada", 7, right=False)], "draft"),
        ([look("ada", 9), look("hana", 8), look("ada", 7, right=False), look("hana", 6)], "draft"),
        ([look("ada", 9, right=False), look("hana", 8), look("ada", 7)], "verified"),
        ([look("ada", 9, right=False), look("hana", 8, right=False)], "draft"),
    ],
    ids="none one same_day two_people two_days nearly ran_out too_far_apart old old_and_one again wrong wrong_and_one after_wrong both_wrong".split(),
)
def test_states(looks: list[Look], state: str) -> None:
    assert standing(looks, NOON, "Europe/London").state == state
    assert standing(reversed(looks), NOON, "Europe/London").state == state, "the order in which they come is nobody's business"


def test_the_day_is_the_clinics_own() -> None:
    looks = [Look("ada", datetime(2026, 6, 1, 23, 30, tzinfo=UTC), True), Look("ada", datetime(2026, 6, 2, 0, 30, tzinfo=UTC), True)]
    now = datetime(2026, 6, 2, 9, tzinfo=UTC)
    assert standing(looks, now, "UTC").verified and not standing(looks, now, "Europe/London").verified


def test_it_runs_out_ninety_days_after_the_older_of_the_two() -> None:
    found = standing([look("ada", 10), look("hana", 4)], NOON, "UTC")
    assert found.until == NOON + timedelta(days=80)
    assert standing([look("ada", 10), look("hana", 4)], NOON + timedelta(days=80), "UTC").state == State.STALE
    assert standing([look("ada", 10), look("hana", 4)], NOON + timedelta(days=80, seconds=-1), "UTC").verified
