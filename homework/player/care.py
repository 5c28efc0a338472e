"""Answers that open the help page and leave a note for the therapist. Taps only: typed text is never searched for risk words."""

from typing import Any

from clients.content import is_heavy as is_heavy_feeling
from homework.player.exercise import Exercise, Step, StepType
from homework.player.options import Lists, list_name


def is_heavy(exercise: Exercise, step: Step, value: Any, lists: Lists) -> bool:
    """A heavy word at 7 or more, a sign marked `care`, or an answer that shows a step with the help button.

    What follows is a note, not an alarm, and the client is never told that somebody was alerted.
    """
    if step.type == StepType.EMOTION:
        return is_heavy_feeling([entry for entry in value or () if isinstance(entry, dict)])
    marked = {option.value for option in lists.get(list_name(step), ()) if option.care}
    opening = {other.show_if.equals for other in exercise.steps if other.opens_help and other.show_if and other.show_if.step == step.id}
    chosen = value if isinstance(value, list) else [value]
    return any(one in chosen for one in marked | opening)
