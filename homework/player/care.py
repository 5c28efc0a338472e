"""Answers that open the help page and leave a note for the therapist. Taps only: typed text is never searched for risk words."""

from typing import Any

from homework.player.exercise import Exercise, Step, StepType
from homework.player.options import Lists, list_name

HEAVY = 7  # of 10


def is_heavy(exercise: Exercise, step: Step, value: Any, lists: Lists) -> bool:
    """A heavy word at 7 or more, a sign marked `care`, or an answer that shows a step with the help button.

    What follows is a note, not an alarm, and the client is never told that somebody was alerted.
    """
    marked = {option.value for option in lists.get(list_name(step), ()) if option.care}
    if step.type == StepType.EMOTION:
        entries = (entry for entry in value or () if isinstance(entry, dict))
        return any(entry.get("word") in marked and (entry.get("intensity") or 0) >= HEAVY for entry in entries)
    opening = {other.show_if.equals for other in exercise.steps if other.opens_help and other.show_if and other.show_if.step == step.id}
    chosen = value if isinstance(value, list) else [value]
    return any(one in chosen for one in marked | opening)
