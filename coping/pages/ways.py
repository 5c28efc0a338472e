"""The five ways, each with her own strategies and the exercises of its kinds."""

from dataclasses import dataclass

from coping.content import WAYS, Way, kind_of_exercise
from coping.pages.plan import Item, Plan
from homework.models import ExerciseVersion
from homework.selectors.library import current_versions, exercise_of


@dataclass(frozen=True)
class Offer:
    """An exercise that may be begun alone and is not in the plan."""

    key: str
    title: str
    minutes: int
    pillar: str


@dataclass(frozen=True)
class WayPage:
    way: Way
    mine: tuple[Item, ...]
    offers: tuple[Offer, ...]


def way_page(found: Way, plan: Plan) -> WayPage:
    """One statement beside the plan's."""
    mine = tuple(item for item in plan.active if item.strategy.kind in found.kinds)
    return WayPage(found, mine, tuple(offers(found, plan)))


def offers(found: Way, plan: Plan) -> list[Offer]:
    there = {item.strategy.item_key for item in plan.active}
    kinds = kind_of_exercise()
    wanted = [version for version in current_versions() if kinds.get(version.exercise.key) in found.kinds]
    return [offer for version in wanted if (offer := offer_of(version, there)) is not None]


def offer_of(version: ExerciseVersion, there: set[str]) -> Offer | None:
    exercise = exercise_of(version)
    if not exercise.self_start or exercise.key in there:
        return None
    return Offer(exercise.key, exercise.title, exercise.minutes, exercise.pillar)


def every_way() -> tuple[Way, ...]:
    return WAYS
