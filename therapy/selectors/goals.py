"""Goals with their scale as the pages draw it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import gettext as _

from clients.models import Client
from therapy.content import goal_scale
from therapy.gas import gas_t
from therapy.models import Goal, GoalRating
from therapy.models.goals import GoalState


def level_sign(level: int) -> str:
    """`+1`, `0`, `−1`, with the sign that is as wide as a plus."""
    return f"{level:+d}".replace("-", "\u2212") if level else "0"


@dataclass(frozen=True)
class Rating:
    """Where she was on one day, -2 to 2."""

    level: int
    rated_on: date


@dataclass(frozen=True)
class GoalView:
    """`steps` and `said` are the arguments of components/gas.html; `level` is the latest rating, None before the first."""

    goal: Goal
    ratings: tuple[Rating, ...]

    @property
    def pk(self) -> UUID:
        return self.goal.pk

    @property
    def text(self) -> str:
        return self.goal.text

    @property
    def level(self) -> int | None:
        return self.ratings[0].level if self.ratings else None

    @property
    def rated(self) -> list[tuple[Any, str]]:
        """The last six ratings with their days, latest first."""
        return [(rating.rated_on, level_sign(rating.level)) for rating in self.ratings[:6]]

    @property
    def rated_today(self) -> int | None:
        """Today's rating by the page's clock."""
        return self.level if self.ratings and self.ratings[0].rated_on == timezone.localdate() else None

    @property
    def now(self) -> int:
        return self.goal.baseline if self.level is None else self.level

    @property
    def closed(self) -> bool:
        return self.goal.state == GoalState.CLOSED

    @property
    def steps(self) -> list[dict[str, Any]]:
        """The five steps, least first, with her words for each where there are some."""
        return [
            {
                "value": each.value,
                "sign": level_sign(each.value),
                "label": self.goal.levels.get(str(each.value)) or each.name,
                "now": each.value == self.now,
                "start": each.value == self.goal.baseline and each.value != self.now,
            }
            for each in goal_scale().levels
        ]

    @property
    def said(self) -> str:
        """Where she is, in words."""
        here = next(step["label"] for step in self.steps if step["now"])
        step = {"n": self.now + 3, "label": here}
        return _("Step %(n)s of 5, where it began: %(label)s") % step if self.level is None else _("Step %(n)s of 5: %(label)s") % step


def goals_with_scale(client: Client, *, closed: bool = False) -> list[GoalView]:
    """The client's open goals (or the closed ones), the most important first, with their ratings, latest first. One statement."""
    return _with_scale(Goal.objects.filter(client=client, state=GoalState.CLOSED if closed else GoalState.ACTIVE))


def goals_and_closed(client: Client) -> list[GoalView]:
    """The client's open goals and the closed ones, the most important first, as `goals_with_scale` has them. One statement."""
    return _with_scale(Goal.objects.filter(client=client))


def _with_scale(goals: QuerySet[Goal]) -> list[GoalView]:
    ratings = GoalRating.objects.filter(goal=OuterRef("pk")).order_by("-rated_on").values(said=JSONObject(level="level", rated_on="rated_on"))
    found: Iterable[Any] = goals.annotate(rated=ArraySubquery(ratings)).order_by("-importance", "created_at")
    return [GoalView(goal, tuple(Rating(each["level"], date.fromisoformat(each["rated_on"])) for each in goal.rated)) for goal in found]


def t_scores(goals: Iterable[GoalView]) -> tuple[float, float, int] | None:
    """T at the start and now over the goals that have been rated, and how many they are; None before the first rating. For staff only."""
    rated = [goal for goal in goals if goal.level is not None]
    if not rated:
        return None
    weights = [float(goal.goal.importance) for goal in rated]
    return gas_t([goal.goal.baseline for goal in rated], weights), gas_t([goal.now for goal in rated], weights), len(rated)
