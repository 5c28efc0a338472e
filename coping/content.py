"""The 17 kinds of strategy, the five ways into them, and what may be rated."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class CopingKind:
    """Every exercise belongs to one kind. `plain` says it in a few words."""

    key: str
    name: str
    plain: str
    exercises: tuple[str, ...]


@dataclass(frozen=True)
class Way:
    """One of the five that are always a tap away: the kinds it gathers."""

    key: str
    name: str | Promise
    line: str | Promise
    kinds: tuple[str, ...]


WAYS = (
    Way("mindfulness", _("Mindfulness"), _("Come back to here and now."), ("mindfulness", "grounding")),
    Way("stress", _("Stress"), _("Loosen body and mind."), ("breathing", "relaxation", "body_calming", "worry_skills", "rest_and_fuel")),
    Way("problems", _("Problem solving"), _("One next step."), ("problem_solving", "direction")),
    Way("thoughts", _("Reframing"), _("Find a fairer view."), ("thinking", "self_kindness")),
    Way("feelings", _("Feelings"), _("Name it, ride it, change it."), ("emotion_skills", "impulse")),
)

# What a use can rate, of measure_directions.yaml; the first is what is offered.
MEASURES = ("distress", "tension", "worry", "urge", "stress", "connected", "energy", "confidence", "clarity")


@lru_cache(maxsize=1)
def kinds() -> dict[str, CopingKind]:
    """By key, in the order of the file."""
    content = yaml.safe_load((DATA / "kinds.yaml").read_text("utf-8"))["coping_kinds"]
    return {kind["key"]: CopingKind(kind["key"], kind["name"], kind["plain"], tuple(kind["exercises"])) for kind in content}


@lru_cache(maxsize=1)
def kind_of_exercise() -> dict[str, str]:
    """Exercise to kind."""
    return {exercise: kind.key for kind in kinds().values() for exercise in kind.exercises}


def way(key: str) -> Way | None:
    return next((each for each in WAYS if each.key == key), None)
