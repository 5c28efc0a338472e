"""What a step offers. Lists of the floors above (strengths, people, thinking patterns) reach the player as an argument, `Lists`."""

from collections.abc import Mapping, Sequence
from typing import Any

from homework.player.exercise import ACTIVITIES_OF_CHOICE, DISTORTIONS, EMOTIONS, PEOPLE, Option, Step, StepType
from homework.player.flow import Answers, picked_patterns, rated_words

Lists = Mapping[str, Sequence[Option]]
"""List name to options. Names: every `options_ref`, and `emotions`, `distortions`, `people`, `in_help_now`.

`selfcare_activities_of_choice` holds the activities of all domains, each with its domain as `group`.
"""

FALLBACKS = {"my_strengths": "strengths", "my_helpful_exercises": "in_help_now"}
NAMED = {StepType.EMOTION: EMOTIONS, StepType.DISTORTION: DISTORTIONS, StepType.PEOPLE: PEOPLE}


def list_name(step: Step) -> str:
    """The name in `Lists` this step's options come from; empty when the step brings its own or takes none."""
    return NAMED.get(step.type, step.options_ref)


def options_for(step: Step, lists: Lists, answers: Answers) -> tuple[Option, ...]:
    """Everything that can be picked in this step, given the answers before it."""
    if step.options:
        return step.options
    name = list_name(step)
    options = tuple(lists.get(name) or lists.get(FALLBACKS.get(name, ""), ()))
    if step.rerates:
        words = rated_words(answers.get(step.source))
        return tuple(option for option in options if option.value in words)
    if name == ACTIVITIES_OF_CHOICE:
        return tuple(option for option in options if option.group == answers.get(step.source))
    return options


def questions_for(step: Step, lists: Lists, answers: Answers) -> tuple[Option, ...]:
    """The thinking patterns picked before, whose `question` this step asks. Empty for every other step."""
    if not step.asks_pattern_question:
        return ()
    picked = picked_patterns(answers.get(step.source))
    return tuple(option for option in lists.get(DISTORTIONS, ()) if option.value in picked)


def label_of(step: Step, value: Any, lists: Lists) -> str | None:
    """The words for a stored value, also when it left the client's own list since; None when nobody knows it."""
    name = list_name(step)
    for options in (step.options, lists.get(name, ()), lists.get(FALLBACKS.get(name, ""), ())):
        for option in options:
            if option.value == value:
                return option.label
    return None
