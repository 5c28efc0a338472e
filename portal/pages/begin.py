"""Before an exercise begins: what it is for, and where an open run of it stands."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format

from clients.models import Client
from homework.models import Assignment, ExerciseRun
from homework.models.run import RunState
from homework.player.exercise import Exercise
from homework.reading import Text, going_with
from homework.selectors.runs import answers_of, last_finished
from homework.services.runs import OPEN
from portal.pages.step import step_words


@dataclass(frozen=True)
class BeginPage:
    """`open_run` is there while one is not finished; `at` says in words where it stands; `last` is the day it was last finished."""

    exercise: Exercise
    assignment: Assignment | None
    open_run: ExerciseRun | None
    at: str
    last: str

    @property
    def waits(self) -> bool:
        return self.open_run is not None and self.open_run.state == RunState.WAITING

    @property
    def to_read(self) -> tuple[Text, ...]:
        """The text that explains it."""
        return going_with(self.exercise.key)[:1]


def begin_page(client: Client, exercise: Exercise, newest: ExerciseRun | None, assignment: Assignment | None) -> BeginPage:
    open_run = newest if newest is not None and newest.state in OPEN else None
    last = last_finished(client, exercise.key)
    at = step_words(open_run, exercise, answers_of(open_run)) if open_run is not None else ""
    return BeginPage(exercise, assignment, open_run, at, date_format(timezone.localtime(last), "l j F") if last is not None else "")
