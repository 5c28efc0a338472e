"""Answers that open the help page and leave a note for the therapist. Taps only: typed text is never searched for risk words."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from homework.player.exercise import Exercise, Step, StepType
from homework.player.options import Lists, list_name

HEAVY = 7


@dataclass(frozen=True, slots=True)
class Care:
    """`picked`: the words or options that were tapped, for the therapist's note. `say`: one soft line with a link to the help page, for the client.

    It is a note, not an alarm, and the client is never told that somebody was alerted.
    """

    step_id: str
    picked: tuple[str, ...]
    say: str


def care_flag(exercise: Exercise, step: Step, value: Any, lists: Lists) -> Care | None:
    """A heavy word at 7 or more, a sign marked `care`, or an answer that shows a step with the help button; None for every other answer."""
    feeling = step.type == StepType.EMOTION
    picked = _heavy_words(step, value, lists) if feeling else _marked_options(step, value, lists) + _opens_help(exercise, step, value)
    if not picked:
        return None
    return Care(step.id, picked, _("That sounds heavy. Would you like to see your help page?"))


def _heavy_words(step: Step, value: Any, lists: Lists) -> tuple[str, ...]:
    strengths = {entry.get("word"): entry.get("intensity") for entry in value or () if isinstance(entry, dict)}
    marked = (option for option in lists.get(list_name(step), ()) if option.care)
    return tuple(option.label for option in marked if (strengths.get(option.value) or 0) >= HEAVY)


def _marked_options(step: Step, value: Any, lists: Lists) -> tuple[str, ...]:
    chosen = value if isinstance(value, list) else [value]
    return tuple(option.label for option in lists.get(list_name(step), ()) if option.care and option.value in chosen)


def _opens_help(exercise: Exercise, step: Step, value: Any) -> tuple[str, ...]:
    chosen = value if isinstance(value, list) else [value]
    opening = {other.show_if.equals for other in exercise.steps if other.opens_help and other.show_if and other.show_if.step == step.id}
    return tuple(option.label for option in step.options if option.value in opening and option.value in chosen)
