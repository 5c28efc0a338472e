"""Not today: what may have got in the way, in an order that puts the frequent ones first, and something gentler instead."""

from functools import lru_cache

from homework.content import Barrier, barriers, library
from homework.player.exercise import Exercise
from homework.player.parsing import parse_exercise

FREQUENT = ("too_tired", "care_duties", "no_time", "forgot", "low_mood", "too_big", "did_not_understand", "made_worse")
SOME_FIRST = len(FREQUENT)


@lru_cache(maxsize=1)
def sorted_barriers() -> tuple[Barrier, ...]:
    """All 18: the frequent ones, then the others in the order of the list."""
    places = {key: place for place, key in enumerate(FREQUENT)}
    return tuple(sorted(barriers(), key=lambda barrier: places.get(barrier.key, SOME_FIRST)))


def barrier_of(key: str) -> Barrier | None:
    return next((barrier for barrier in barriers() if barrier.key == key), None)


@lru_cache(maxsize=1)
def gentle_ones() -> tuple[Exercise, ...]:
    """What works on a very bad day and can be begun alone, the shortest first."""
    found = [parse_exercise(content) for content in library().exercises if content["effort"] == 1 and content["self_start"]]
    return tuple(sorted(found, key=lambda exercise: exercise.minutes))


def gentle_one(instead_of: Exercise) -> Exercise | None:
    """A shorter one of the same pillar; None when the task is the gentlest itself."""
    fitting = (one for one in gentle_ones() if one.pillar == instead_of.pillar and one.key != instead_of.key and one.minutes <= instead_of.minutes)
    return next(fitting, None)
