"""Whether a line counts as checked: two looks within 90 days, by two people or by one on two days, since its values last changed."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import combinations

from core.zones import zone
from safety.content import max_age_days


class State(StrEnum):
    DRAFT = "draft"
    VERIFIED = "verified"
    STALE = "stale"


@dataclass(frozen=True)
class Look:
    """Who looked (anything that tells people apart), when, and whether it was right."""

    who: Hashable
    at: datetime
    is_right: bool


@dataclass(frozen=True)
class Standing:
    """`until`: when the checks run out, or ran out; None for a draft. `last`: the last look at these values. `wrong`: it said that they are wrong."""

    state: State
    until: datetime | None = None
    last: Look | None = None

    @property
    def verified(self) -> bool:
        return self.state == State.VERIFIED

    @property
    def wrong(self) -> bool:
        return self.last is not None and not self.last.is_right


def standing(looks: Iterable[Look], now: datetime, timezone_name: str) -> Standing:
    """From the looks at the values as they are now; days by the clinic's clock. What was right before somebody found it wrong counts no more."""
    known = sorted(looks, key=lambda look: look.at)
    last = known[-1] if known else None
    wrong = max((number for number, look in enumerate(known) if not look.is_right), default=-1)
    here, age = zone(timezone_name), timedelta(days=max_age_days())
    ends = [
        first.at + age
        for first, second in combinations(known[wrong + 1 :], 2)
        if second.at - first.at < age and (first.who != second.who or first.at.astimezone(here).date() != second.at.astimezone(here).date())
    ]
    if not ends:
        return Standing(State.DRAFT, last=last)
    until = max(ends)
    return Standing(State.VERIFIED if now < until else State.STALE, until, last)
