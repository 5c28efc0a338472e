"""One exercise as a therapist reads it in the library: what each step asks, who sees what, how good the evidence is. No database."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from homework.player.exercise import Exercise, Step, StepType
from homework.player.reading import HEADLINE_PART

ASKS = {
    StepType.TEXT: gettext_lazy("to read"),
    StepType.TIMER: gettext_lazy("a timer"),
    StepType.RATING: gettext_lazy("a number, 0 to 10"),
    StepType.SHORT_TEXT: gettext_lazy("a line of text"),
    StepType.LONG_TEXT: gettext_lazy("a few lines of text"),
    StepType.CHOICE: gettext_lazy("one choice"),
    StepType.MULTI_CHOICE: gettext_lazy("several choices"),
    StepType.CHECKLIST: gettext_lazy("a list to tick"),
    StepType.EMOTION: gettext_lazy("feelings, each with a strength"),
    StepType.DISTORTION: gettext_lazy("thinking patterns"),
    StepType.PEOPLE: gettext_lazy("people from the client's own map"),
}
SETTINGS = {
    "anywhere": gettext_lazy("anywhere"),
    "quiet": gettext_lazy("a quiet place"),
    "with_people": gettext_lazy("with other people"),
    "outdoors": gettext_lazy("outdoors"),
}
STRENGTHS = {
    "strong": gettext_lazy("strong evidence: several meta-analyses"),
    "moderate": gettext_lazy("moderate evidence: one meta-analysis or several trials"),
    "limited": gettext_lazy("limited evidence: few or small trials"),
    "practice": gettext_lazy("clinical custom"),
}


@dataclass(frozen=True, slots=True)
class StepLine:
    """`about`: what kind of step it is, its choices, and when it is shown."""

    text: str
    about: str


def step_line(exercise: Exercise, step: Step) -> StepLine:
    parts = [str(ASKS[step.type])]
    if step.options:
        parts.append(", ".join(option.label for option in step.options))
    if step.type == StepType.RATING and (step.low or step.high):
        parts.append(_("0 %(low)s, 10 %(high)s") % {"low": step.low, "high": step.high})
    if step.show_if is not None:
        parts.append(_("only after “%(answer)s”") % {"answer": _answer_words(exercise, step)})
    if step.later:
        parts.append(_("on a later day"))
    if step.optional:
        parts.append(_("if they like"))
    return StepLine(step.text, ". ".join(f"{part[:1].upper()}{part[1:]}" for part in parts))


def _answer_words(exercise: Exercise, step: Step) -> str:
    assert step.show_if is not None
    asked = exercise.step(step.show_if.step)
    return next((option.label for option in asked.options if option.value == step.show_if.equals), step.show_if.equals)


def read_exercise(exercise: Exercise) -> dict[str, Any]:
    """What the page shows beside the exercise itself."""
    return {
        "steps": [step_line(exercise, step) for step in exercise.steps],
        "sees": HEADLINE_PART.sub("…", exercise.headline),
        "sharing": _sharing_words(exercise),
        "setting": SETTINGS.get(exercise.setting, exercise.setting),
        "evidence_words": STRENGTHS[exercise.evidence.strength],
    }


def _sharing_words(exercise: Exercise) -> str:
    if exercise.sharing_default == "shared":
        n = len(exercise.fields)
        return ngettext("You see %(n)d answer, unless the client keeps it.", "You see %(n)d answers, unless the client keeps them.", n) % {"n": n}
    return _("You see ratings and taps. Words only after the client shares them.")
