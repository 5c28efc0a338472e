"""The option lists as the portal hands them to the player, from the content alone: a client who has named nothing of her own but three people."""

from homework.content import library
from homework.lists import content_lists
from homework.player.exercise import Exercise, Option
from homework.player.parsing import parse_exercise
from mindset.content import thinking_patterns
from selfcare.content import domains
from strengths.content import resource_kinds, strengths

PEOPLE = (Option("p1", "Mum", group="1"), Option("p2", "Ünal", group="2"), Option("p3", "The choir", group="3"))


def all_exercises() -> list[Exercise]:
    return [parse_exercise(content) for content in library().exercises]


def exercise(key: str) -> Exercise:
    return next(parse_exercise(content) for content in library().exercises if content["key"] == key)


def all_lists() -> dict[str, tuple[Option, ...]]:
    fixed = content_lists(strengths=strengths(), resource_kinds=resource_kinds(), patterns=thinking_patterns(), domains=domains())
    return {**fixed, "people": PEOPLE}
