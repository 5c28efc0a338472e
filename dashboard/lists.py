"""The words for what was tapped in an exercise, for staff: the content's lists, and the client's own strengths and people as far as she shares them."""

from functools import lru_cache
from typing import cast

from django.utils.functional import SimpleLazyObject

from clients.models import Client
from homework.content import library
from homework.lists import content_lists
from homework.player.exercise import OWN_PREFIX, PEOPLE, Option
from homework.player.options import Lists
from homework.selectors import titles
from mindset.content import thinking_patterns
from selfcare.content import domains
from strengths.content import resource_kinds, strengths
from strengths.selectors import words_of_picks


@lru_cache(maxsize=1)
def fixed_labels() -> dict[str, tuple[Option, ...]]:
    """What reads the same for everybody. Any exercise may have been named as one that helps."""
    exercises = tuple(Option(one["key"], one["title"]) for one in library().exercises)
    return {
        **content_lists(strengths=strengths(), resource_kinds=resource_kinds(), patterns=thinking_patterns(), domains=domains()),
        "in_help_now": exercises,
    }


def labels_for(client: Client) -> Lists:
    """For `display_answer` and `headline`. One statement."""
    own, people = words_of_picks(client, staff=True)
    return {
        **fixed_labels(),
        "my_strengths": tuple(Option(key, words) for key, words in own.items()),
        "in_help_now": cast(tuple[Option, ...], SimpleLazyObject(lambda: (*fixed_labels()["in_help_now"], *_own_exercises()))),  # asked for by few
        PEOPLE: tuple(Option(key, name) for key, name in people.items()),
    }


def _own_exercises() -> tuple[Option, ...]:
    """Those of the clinic. One statement."""
    return tuple(Option(key, title) for key, title in titles().items() if key.startswith(OWN_PREFIX))


def typing_lists(client: Client) -> Lists:
    """For typing a page of paper back: what the page may have been filled in from. One statement."""
    known = labels_for(client)
    return {**known, "my_strengths": (*known["strengths"], *known["my_strengths"])}
