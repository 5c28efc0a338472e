"""One screen of the player: what a step shows and offers, with what was answered before, or what was typed and could not be kept."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clients.models import Client
from core.ids import uuid7
from homework.content import library
from homework.feelings import Choice, Family, families_of
from homework.models import ExerciseAnswer, ExerciseRun
from homework.player.care import is_heavy
from homework.player.exercise import Exercise, Option, Step, StepType
from homework.player.flow import FIRST_PART, TimerPlan, last_step, position, previous_step, resume_step, timer_plan
from homework.player.options import options_for, questions_for
from homework.player.outcome import before_value
from homework.selectors.library import exercise_of
from homework.selectors.runs import values_of
from homework.services.answers import shared_now
from homework.services.runs import AT_END
from mindset.models import ThoughtRecord
from mindset.pages.moments import MomentChoice, moment_choices
from portal.lists import fixed_lists, lists_for
from portal.pages.thoughts import ON_PAGE, PINNED, added_moments, fairer_for, offers_moments

NUMBERS = range(11)
RINGS = {"1": gettext_lazy("Close"), "2": gettext_lazy("Middle"), "3": gettext_lazy("Outer")}


@dataclass(frozen=True)
class Pin:
    """The person's thought, above the questions about it; `belief` is 0 to 10 or None."""

    thought: str
    belief: int | None


@dataclass(frozen=True)
class StepPage:
    """Everything the template of a step needs. `error` stands beside the field; `stale` is the newer answer of another window, in words."""

    run: ExerciseRun
    exercise: Exercise
    step: Step
    number: int
    n: int
    of: int
    version: int
    text: str
    choices: tuple[Choice, ...]
    families: tuple[Family, ...]
    questions: tuple[Option, ...]
    timer: TimerPlan
    before: int | None
    pin: Pin | None
    care: bool
    shared: bool
    error: str = ""
    stale: str = ""
    added_name: str = ""
    offers_moments: bool = False
    moments: tuple[MomentChoice, ...] = ()
    fairer_before: tuple[ThoughtRecord, ...] = ()
    new_id: UUID = field(default_factory=uuid7)
    notice: str = field(default_factory=lambda: library().long_text_notice)

    @property
    def top_moments(self) -> tuple[MomentChoice, ...]:
        return self.moments[:ON_PAGE]

    @property
    def more_moments(self) -> tuple[MomentChoice, ...]:
        return self.moments[ON_PAGE:]

    @property
    def template(self) -> str:
        return f"portal/steps/{self.step.type}.html"

    @property
    def is_first(self) -> bool:
        return self.n == 1

    @property
    def segments(self) -> list[bool]:
        """A bar for each step shown, filled up to this one."""
        return [place <= self.n for place in range(1, self.of + 1)]

    @property
    def cues(self) -> str:
        """For static/js/timer.js."""
        return json.dumps([{"at": cue.at, "say": cue.say} for cue in self.step.cues]) if self.step.cues else ""

    @property
    def up_to(self) -> str:
        """How many may be picked; empty without a limit."""
        limit = self.step.max
        return ngettext("Pick one.", "Pick up to %(n)d.", limit) % {"n": limit} if limit else ""

    @property
    def rings(self) -> list[tuple[str, list[Choice]]]:
        """The people of the map, ring by ring."""
        groups = [(str(name), [choice for choice in self.choices if choice.option.group == ring]) for ring, name in RINGS.items()]
        return [(name, found) for name, found in groups if found]

    @property
    def picked(self) -> list[Choice]:
        return [choice for choice in self.choices if choice.checked]

    @property
    def extras(self) -> list[Choice]:
        """ "Not sure" and the like: answers that go with nothing else."""
        return [choice for choice in self.choices if choice.option.exclusive]


def current_step(run: ExerciseRun, exercise: Exercise, answers: Mapping[str, Any], asked: str = "") -> Step | None:
    """The step to show: the one asked for by its place when it is shown in this part, else where the run stands; None at the end of a part."""
    if asked.isascii() and asked.isdigit() and 0 < int(asked[:4]) <= len(exercise.steps):
        step = exercise.steps[int(asked[:4]) - 1]
        if resume_step(exercise, answers, run.part, step.id) == step:
            return step
    if run.step == AT_END:
        return None
    return resume_step(exercise, answers, run.part, run.step or None)


def place_of(exercise: Exercise, step_id: str) -> int:
    """A neutral number for the address: the place of the step among all."""
    return exercise.steps.index(exercise.step(step_id)) + 1


def step_page(
    client: Client,
    run: ExerciseRun,
    step: Step,
    rows: Mapping[str, ExerciseAnswer],
    raw: Mapping[str, Any] | None = None,
    error: str = "",
    stale: str = "",
) -> StepPage:
    """The page of one step; `raw` is what was posted and comes back, `error` what stands beside it, `stale` the newer answer of another window."""
    exercise = exercise_of(run.exercise_version)
    answers = values_of(rows)
    lists = lists_for(client, step)
    there = rows.get(step.id)
    value = there.value if there is not None else None
    at = position(exercise, answers, run.part, step.id)
    choices = _choices(step, options_for(step, lists, answers), value, answered=there is not None, raw=raw)
    return StepPage(
        run=run,
        exercise=exercise,
        step=step,
        number=place_of(exercise, step.id),
        n=at.n,
        of=at.of,
        version=there.version if there is not None else 0,
        text=_typed(step, value, raw),
        choices=choices,
        families=families_of(choices) if step.type == StepType.EMOTION else (),
        questions=questions_for(step, lists, answers),
        timer=timer_plan(exercise, step, answers),
        before=before_value(exercise, step, answers),
        pin=_pin(exercise, step, answers),
        care=heavy_before(exercise, run, step, answers),
        shared=step.id in shared_now(run, exercise),
        added_name=next(iter((raw or {}).get("new_name") or [""]), ""),
        offers_moments=offers_moments(exercise, step),
        moments=moment_choices(client, added_moments(step, answers, raw)) if offers_moments(exercise, step) else (),
        fairer_before=tuple(fairer_for(client, run, exercise, step, answers)),
        error=error,
        stale=stale,
    )


def _typed(step: Step, value: Any, raw: Mapping[str, Any] | None) -> str:
    """What stands in the field, or the number that is chosen."""
    if raw is not None:
        return next(iter(raw.get("answer") or [""]), "")
    return str(value) if isinstance(value, str | int) else ""


def _choices(step: Step, options: tuple[Option, ...], value: Any, *, answered: bool, raw: Mapping[str, Any] | None) -> tuple[Choice, ...]:
    if raw is not None:
        picked, strengths = set(raw.get("answer", ())), {option.value: next(iter(raw.get(f"intensity-{option.value}", ())), None) for option in options}
    elif step.type == StepType.EMOTION:
        entries = [entry for entry in value or () if isinstance(entry, dict)]
        picked = {entry["word"] for entry in entries}
        strengths = {entry["word"]: None if entry.get("intensity") is None else str(entry["intensity"]) for entry in entries}
    else:
        given = value if isinstance(value, list) else [value] if value is not None else [step.default] if step.default and not answered else []
        picked, strengths = {one for one in given if isinstance(one, str | int)}, {}  # what a timer kept is no choice
    return tuple(Choice(option, option.value in picked, strengths.get(option.value)) for option in options)


def _pin(exercise: Exercise, step: Step, answers: Mapping[str, Any]) -> Pin | None:
    """Shown on the steps after the thought was rated; how much it is believed, where that is what was asked."""
    names = PINNED.get(exercise.key)
    if names is None or place_of(exercise, step.id) <= place_of(exercise, names[1]):
        return None
    thought, belief = answers.get(names[0]), answers.get(names[1])
    rates_belief = exercise.step(names[1]).measure == "belief"
    return Pin(thought, belief if rates_belief and isinstance(belief, int) else None) if isinstance(thought, str) else None


def heavy_before(exercise: Exercise, run: ExerciseRun, step: Step, answers: Mapping[str, Any]) -> bool:
    """One soft line on the page after a heavy answer, wherever she comes from; not where the step itself has the button."""
    before = previous_step(exercise, answers, run.part, step.id)
    return before is not None and not step.opens_help and is_heavy(exercise, before, answers.get(before.id), fixed_lists())


def heavy_at_end(exercise: Exercise, run: ExerciseRun, answers: Mapping[str, Any]) -> bool:
    """The same for the end of a part."""
    last = last_step(exercise, answers, run.part)
    return last is not None and is_heavy(exercise, last, answers.get(last.id), fixed_lists())


def step_words(run: ExerciseRun, exercise: Exercise, answers: Mapping[str, Any]) -> str:
    """`You were at step 3.`, for the page that asks whether to go on."""
    step = current_step(run, exercise, answers)
    if step is None:
        return _("You were at the end.") if run.part == FIRST_PART else _("You were at the end of the second part.")
    return _("You were at step %(n)d.") % {"n": position(exercise, answers, run.part, step.id).n}
