"""Before an exercise begins: what it is for, and where an open run of it stands."""

from dataclasses import dataclass

from homework.models import Assignment, ExerciseRun
from homework.models.run import RunState
from homework.player.exercise import Exercise
from homework.reading import Text, going_with
from homework.selectors.runs import answers_of
from homework.services.runs import OPEN
from portal.pages.step import step_words


@dataclass(frozen=True)
class BeginPage:
    """`open_run` is there while one is not finished; `at` says in words where it stands."""

    exercise: Exercise
    assignment: Assignment | None
    open_run: ExerciseRun | None
    at: str

    @property
    def waits(self) -> bool:
        return self.open_run is not None and self.open_run.state == RunState.WAITING

    @property
    def to_read(self) -> tuple[Text, ...]:
        """The text that explains it."""
        return going_with(self.exercise.key)[:1]


def begin_page(exercise: Exercise, newest: ExerciseRun | None, assignment: Assignment | None) -> BeginPage:
    open_run = newest if newest is not None and newest.state in OPEN else None
    at = step_words(open_run, exercise, answers_of(open_run)) if open_run is not None else ""
    return BeginPage(exercise, assignment, open_run, at)
