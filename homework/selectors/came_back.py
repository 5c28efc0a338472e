"""Runs with their answers, as staff may read them."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject

from clients.models import Client, Visibility
from homework.models import ExerciseAnswer, ExerciseRun
from homework.player.exercise import Exercise
from homework.player.outcome import Change, change
from homework.player.sharing import Group, Sharing, group_of, shared_steps
from homework.selectors.library import exercise_of

SHARED = Visibility.MY_THERAPIST


@dataclass(frozen=True)
class Returned:
    """One run and what she lets staff read of it: `answers` by step, null = skipped."""

    run: ExerciseRun
    exercise: Exercise
    answers: dict[str, Any]
    entered_by: str = ""  # who made the row, for one typed in from paper

    @property
    def seen(self) -> frozenset[str]:
        """The steps whose answers she shares. What is not among them reads "kept private", never "not answered"."""
        return shared_steps(self.exercise, Sharing(ratings=self.run.ratings_shared, words=self.run.words_shared))

    @property
    def changes(self) -> tuple[Change, ...]:
        return change(self.exercise, self.answers)

    @property
    def kept(self) -> frozenset[Group]:
        """The groups of answers that she keeps to herself, of those the exercise offers to a therapist."""
        offered = shared_steps(self.exercise, Sharing(ratings=True, words=True))
        return frozenset(group_of(self.exercise.step(step)) for step in offered - self.seen)


def came_back(client: Client, limit: int) -> list[Returned]:
    """The latest shared runs, agreed ones and her own, newest first, each with its shared answers. One statement."""
    answers = ExerciseAnswer.objects.filter(run=OuterRef("pk"), visibility=SHARED).values(told=JSONObject(step="step", value="value"))
    found = ExerciseRun.objects.filter(client=client, visibility=SHARED).select_related("exercise_version__exercise")
    found = found.annotate(author=F("created_by__name"), told=ArraySubquery(answers)).order_by("-occurred_at", "-created_at")
    return [Returned(run, exercise_of(run.exercise_version), {told["step"]: told["value"] for told in run.told}, run.author or "") for run in found[:limit]]
