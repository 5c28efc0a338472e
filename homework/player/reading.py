"""How answers read: for the client looking back, and for the therapist's one line."""

import re
from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from homework.player.exercise import Exercise, Step, StepType
from homework.player.flow import Answers, live_answers
from homework.player.options import Lists, label_of

HEADLINE_PART = re.compile(r"(')?\{(\w+)(\|count)?\}(?(1)')(/10)?")  # quotes belong to words alone


def display_answer(step: Step, value: Any, lists: Lists) -> str:
    """A stored value in words. Old values nobody can name any more are shown as they are, never dropped."""
    if value is None:
        return _("not answered")
    if step.type == StepType.TIMER:
        return _duration(value)
    if isinstance(value, list):
        return ", ".join(_one(step, entry, lists) for entry in value) or _("none")
    return _one(step, value, lists)


def _one(step: Step, value: Any, lists: Lists) -> str:
    if isinstance(value, dict):
        word = _one(step, value.get("word", ""), lists)
        strength = value.get("intensity")
        return word if strength is None else f"{word} {strength}"
    if step.is_answered_with_words and step.type != StepType.PEOPLE or step.type == StepType.RATING:
        return str(value)
    unknown = _("someone who is not on the map any more") if step.type == StepType.PEOPLE else str(value)
    return label_of(step, value, lists) or unknown


def _duration(value: Any) -> str:
    done = value.get("seconds_done") if isinstance(value, dict) else None
    if not isinstance(done, int):
        return _("not answered")
    if done < 60:
        return ngettext("%(n)d second", "%(n)d seconds", done) % {"n": done}
    minutes = round(done / 60)
    return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}


def headline(exercise: Exercise, answers: Answers, lists: Lists, seen: Collection[str] | None = None) -> str:
    """The therapist's one line about a run.

    `seen`: the steps the reader may see (`sharing.shared_steps`), None for all; what is not among them reads "kept private",
    so that it is never mistaken for a skipped step.
    """
    live = live_answers(exercise, answers)
    came_back = any(step.later and step.id in answers for step in exercise.steps)

    def words(found: re.Match[str]) -> str:
        quote, step, count, out_of_ten = found[1] or "", exercise.step(found[2]), found[3], found[4] or ""
        value = live.get(step.id)
        if seen is not None and step.id not in seen:
            return _("kept private")
        if value is None:
            return _("not yet") if step.later and not came_back else _("not answered")
        if count:
            return str(len(value)) if isinstance(value, list) else "1"
        return quote + display_answer(step, value, lists) + quote + out_of_ten

    return HEADLINE_PART.sub(words, exercise.headline)
