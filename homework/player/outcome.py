"""What a run changed: before and after by measure, the words at the end, the rows that feed "what works"."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from clients.content import Direction, direction_of
from homework.content import library
from homework.player.exercise import Exercise, Step, StepType
from homework.player.flow import FIRST_PART, Answers, live_answers

WORSE_BY = 2


@dataclass(frozen=True, slots=True)
class Change:
    """Two ratings of one measure, 0 to 10. `worse_by_2`: 2 or more points in the direction that is not wanted."""

    measure: str
    before: int
    after: int
    direction: Direction

    @property
    def toward_better(self) -> int:
        """Points in the wanted direction; negative is worse; 0 for a measure without one."""
        return self.direction * (self.after - self.before)

    @property
    def worse_by_2(self) -> bool:
        return self.toward_better <= -WORSE_BY

    @property
    def sentence(self) -> str:
        """ "From 7 to 4.": never a percentage, never a grade."""
        if self.before == self.after:
            return _("It stayed at %(value)d.") % {"value": self.after}
        return _("From %(before)d to %(after)d.") % {"before": self.before, "after": self.after}


@dataclass(frozen=True, slots=True)
class Closing:
    """The end of a part. `change` is empty without a pair of ratings. When `worse`, `text` says so gently and help is offered beside it."""

    text: str
    change: str
    worse: bool


@dataclass(frozen=True, slots=True)
class PracticeRow:
    """One use of an exercise. `measure` is empty and both ratings None for an exercise without a pair of ratings."""

    measure: str
    before: int | None
    after: int | None
    minutes: int


def change(exercise: Exercise, answers: Answers) -> tuple[Change, ...]:
    """One entry for each measure that was rated before and after."""
    live = live_answers(exercise, answers)
    found = ((first, live.get(first.id), live.get(last.id)) for first, last in exercise.pairs())
    return tuple(
        Change(first.measure, before, after, direction_of(first.measure))
        for first, before, after in found
        if isinstance(before, int) and isinstance(after, int)
    )


def before_value(exercise: Exercise, step: Step, answers: Answers) -> int | None:
    """The number given before, to show beside the same question after ("Before: 7")."""
    if step.type != StepType.RATING or step.when != "after":
        return None
    value = next((live_answers(exercise, answers).get(first.id) for first, _last in exercise.pairs() if first.measure == step.measure), None)
    return _rating(value)


def closing(exercise: Exercise, answers: Answers, part: int | None = None) -> Closing:
    """What is said at the end of a part (of everything, when no part is given)."""
    changes = change(exercise, answers)
    worse = any(one.worse_by_2 for one in changes)
    if worse:
        text = exercise.if_worse or library().default_if_worse
    elif part == FIRST_PART and exercise.has_second_part:
        text = _("That is all for now. Come back after you tried it.")
    else:
        text = exercise.close_text or _("You did that.")
    return Closing(text=text, change=" ".join(one.sentence for one in changes), worse=worse)


def practice_rows(exercise: Exercise, answers: Answers, minutes: int | None = None) -> tuple[PracticeRow, ...]:
    """The uses to record for a finished run: one for each measure that the exercise asks before and after, else one without ratings.

    `minutes`: as measured; the exercise's own when not given. A rating that was skipped is None and never 0.
    """
    live, took = live_answers(exercise, answers), exercise.minutes if minutes is None else minutes
    rows = tuple(PracticeRow(first.measure, _rating(live.get(first.id)), _rating(live.get(last.id)), took) for first, last in exercise.pairs())
    return rows or (PracticeRow("", None, None, took),)


def _rating(value: Any) -> int | None:
    return value if isinstance(value, int) else None
