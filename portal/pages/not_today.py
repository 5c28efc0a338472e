"""Not today: what may have got in the way, in an order that puts the frequent ones first, and something gentler instead."""

from datetime import timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.utils import timezone

from homework.content import Barrier, barriers, library
from homework.models import Assignment, ExerciseVersion
from homework.player.exercise import Exercise
from homework.player.parsing import parse_exercise
from homework.selectors.library import exercise_of
from portal.pages.today import day_words

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
    """What works on a very bad day and can be begun alone: first what asks how it is before and after (a log is no smaller task), then the shortest."""
    found = [parse_exercise(content) for content in library().exercises if content["effort"] == 1 and content["self_start"]]
    return tuple(sorted(found, key=gentlest))


def own_gentle_ones(clinic_id: UUID, pillar: str) -> list[Exercise]:
    """Likewise, of what the clinic wrote itself."""
    found = ExerciseVersion.objects.filter(clinic_id=clinic_id, current=True, exercise__retired=False, exercise__pillar=pillar)
    return [exercise_of(version) for version in found.filter(content__effort=1, content__self_start=True)]


def gentlest(exercise: Exercise) -> tuple[bool, int]:
    """Its place: the product's own stands first among equals, as the sort keeps their order."""
    return not any(exercise.pairs()), exercise.minutes


def gentle_one(instead_of: Exercise, clinic_id: UUID) -> Exercise | None:
    """A shorter one of the same pillar; None when the task is the gentlest itself. One statement."""
    found = sorted([*gentle_ones(), *own_gentle_ones(clinic_id, instead_of.pillar)], key=gentlest)
    fitting = (one for one in found if one.pillar == instead_of.pillar and one.key != instead_of.key and one.minutes <= instead_of.minutes)
    return next(fitting, None)


def ways_on(task: Assignment, barrier: str) -> dict[str, Any]:
    """What the page of a task offers: the barriers, the reply to the one tapped, something gentler, days, and when to talk about it."""
    exercise, today = exercise_of(task.exercise_version), timezone.localdate()
    return {
        "exercise": exercise,
        "barrier": barrier_of(barrier),
        "first": sorted_barriers()[:SOME_FIRST],
        "more": sorted_barriers()[SOME_FIRST:],
        "gentle": gentle_one(exercise, task.clinic_id),
        "days": [today + timedelta(days=n) for n in (1, 2, 3, 7)],
        "talk_day": day_words(task.look_at_on) if task.look_at_on else "",
    }
