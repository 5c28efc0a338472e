"""The way through an exercise: which steps are shown, which comes next, where one is. Nothing here blocks: a skipped answer is `None`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from homework.player.exercise import ACTIVITIES_OF_CHOICE, Condition, Exercise, Pattern, Step

FIRST_PART, SECOND_PART = 1, 2
NO_PATTERN = "none"

Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Position:
    """The `n`th of `of` steps, counting what is shown in this part."""

    n: int
    of: int


@dataclass(frozen=True, slots=True)
class TimerPlan:
    seconds: int
    pattern: Pattern | None


def is_visible(exercise: Exercise, step: Step, answers: Answers) -> bool:
    """Whether the answers so far show this step. A step that leans on an answer that was not given has nothing to show, so it is left out."""
    if step.show_if and not _holds(exercise, step.show_if, answers):
        return False
    if step.hide_if and _holds(exercise, step.hide_if, answers):
        return False
    if step.rerates:
        return bool(rated_words(answers.get(step.source)))
    if step.asks_pattern_question:
        return bool(picked_patterns(answers.get(step.source)))
    if step.options_ref == ACTIVITIES_OF_CHOICE:
        return bool(answers.get(step.source))
    return True


def _holds(exercise: Exercise, condition: Condition, answers: Answers) -> bool:
    """An answer to a step that is hidden itself does not count."""
    if not is_visible(exercise, exercise.step(condition.step), answers):
        return False
    value = answers.get(condition.step)
    return condition.equals in value if isinstance(value, list) else value == condition.equals


def rated_words(value: Any) -> tuple[str, ...]:
    """The feelings of an `emotion` answer that got a strength: the ones that can be rated again."""
    entries = value if isinstance(value, list) else []
    return tuple(entry["word"] for entry in entries if isinstance(entry, dict) and "word" in entry and isinstance(entry.get("intensity"), int))


def picked_patterns(value: Any) -> tuple[str, ...]:
    """The thinking patterns of a `distortion` answer, without "none fits"."""
    return tuple(key for key in value if key != NO_PATTERN) if isinstance(value, list) else ()


def visible_steps(exercise: Exercise, answers: Answers, part: int | None = None) -> tuple[Step, ...]:
    """The steps of part 1, of part 2 (the `later` ones), or of both when no part is given."""
    return tuple(step for step in exercise.steps if _in_part(step, part) and is_visible(exercise, step, answers))


def _in_part(step: Step, part: int | None) -> bool:
    return part is None or step.later == (part == SECOND_PART)


def next_step(exercise: Exercise, answers: Answers, part: int, at: str | None) -> Step | None:
    """The step after `at` in this part, the first one when `at` is None, None at the end. `at` itself may have become hidden."""
    place = _place(exercise, at) if at is not None else -1
    later = (step for step in visible_steps(exercise, answers, part) if _place(exercise, step.id) > place)
    return next(later, None)


def previous_step(exercise: Exercise, answers: Answers, part: int, at: str) -> Step | None:
    """The step before `at` in this part, None at its beginning."""
    before = [step for step in visible_steps(exercise, answers, part) if _place(exercise, step.id) < _place(exercise, at)]
    return before[-1] if before else None


def last_step(exercise: Exercise, answers: Answers, part: int) -> Step | None:
    """The last one shown in this part, None when none is."""
    shown = visible_steps(exercise, answers, part)
    return shown[-1] if shown else None


def resume_step(exercise: Exercise, answers: Answers, part: int, at: str | None) -> Step | None:
    """Where to go on: `at` while it is shown, else the step after it; None when nothing of this part is left."""
    if at is not None and any(step.id == at for step in visible_steps(exercise, answers, part)):
        return exercise.step(at)
    return next_step(exercise, answers, part, at)


def _place(exercise: Exercise, step_id: str) -> int:
    return exercise.steps.index(exercise.step(step_id))


def position(exercise: Exercise, answers: Answers, part: int, at: str) -> Position:
    """Where `at` stands among the steps shown. Raises KeyError when it is not shown."""
    ids = [step.id for step in visible_steps(exercise, answers, part)]
    if at not in ids:
        raise KeyError(at)
    return Position(ids.index(at) + 1, len(ids))


def live_answers(exercise: Exercise, answers: Answers) -> dict[str, Any]:
    """The answers that still count: those of hidden steps are left out, and a feeling rated again that was taken back before."""
    live = {step.id: answers[step.id] for step in visible_steps(exercise, answers) if step.id in answers}
    for step in exercise.steps:
        if step.rerates and isinstance(live.get(step.id), list):
            words = rated_words(answers.get(step.source))
            live[step.id] = [entry for entry in live[step.id] if isinstance(entry, dict) and entry.get("word") in words]
    return live


def outdated_by(exercise: Exercise, step_id: str, old: Any, new: Any) -> tuple[str, ...]:
    """Steps whose answer was picked from what `step_id` said before and fits no longer: the caller sets them to None. Typed text is never among them."""
    if old == new:
        return ()
    return tuple(step.id for step in exercise.steps if step.options_ref == ACTIVITIES_OF_CHOICE and step.source == step_id)


def timer_plan(exercise: Exercise, step: Step, answers: Answers) -> TimerPlan:
    """How long a timer runs and how to breathe: the pattern that was chosen, else the default choice's, else the step's own."""
    if step.patterns:
        chosen = answers.get(step.source) or exercise.step(step.source).default
        for value, pattern in step.patterns:
            if value == chosen:
                return TimerPlan(pattern.seconds, pattern)
    return TimerPlan(step.seconds, step.pattern)
