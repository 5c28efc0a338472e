"""The five ways, each with her own strategies and the exercises of its kinds."""

from dataclasses import dataclass
from uuid import UUID

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


def way_page(found: Way, plan: Plan, clinic_id: UUID) -> WayPage:
    """One statement beside the plan's."""
    mine = tuple(item for item in plan.active if item.strategy.kind in found.kinds)
    return WayPage(found, mine, tuple(offers(found, plan, clinic_id)))


def offers(found: Way, plan: Plan, clinic_id: UUID) -> list[Offer]:
    """Those of the product, and those that the clinic made from one of them."""
    there = {item.strategy.item_key for item in plan.active}
    kinds = kind_of_exercise()
    wanted = [one for one in current_versions(clinic_id) if kinds.get(one.exercise.adapted_from or one.exercise.key) in found.kinds]
    return [offer for version in wanted if (offer := offer_of(version, there)) is not None]


def offer_of(version: ExerciseVersion, there: set[str]) -> Offer | None:
    exercise = exercise_of(version)
    if not exercise.self_start or exercise.key in there:
        return None
    return Offer(exercise.key, exercise.title, exercise.minutes, exercise.pillar)


def every_way() -> tuple[Way, ...]:
    return WAYS
