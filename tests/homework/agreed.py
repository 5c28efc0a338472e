"""Homework made as a therapist and a client make it: through the services, each as the person who does it."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from access.acting import acting_as
from clients.models import Client, Visibility
from clients.services.entries import add_practice
from core.ids import uuid7
from homework.models import Assignment, ExerciseAnswer, ExerciseRun, ExerciseVersion
from homework.models.run import RunState
from homework.selectors import exercise_of
from homework.services.agreement import assign_exercise
from tests.cast import Person


def version_of(key: str) -> ExerciseVersion:
    return ExerciseVersion.objects.select_related("exercise").get(exercise__key=key, current=True)


def agree(therapist: Person, client: Client, key: str = "slow_breathing", **terms: Any) -> Assignment:
    """An agreed task, from a week ago for four weeks unless said otherwise."""
    given = {"per_week": 3, "weeks": 4, "starts_on": date.today() - timedelta(days=7), "checked": True, "new_id": uuid7(), **terms}
    with acting_as(therapist.actor):
        return assign_exercise(client=client, exercise_version=version_of(key), by=therapist.actor, **given)


def run_of(
    portal: Person,
    client: Client,
    task: Assignment | None,
    *,
    key: str = "",
    state: str = RunState.FINISHED,
    days_ago: int = 0,
    helped: int | None = None,
    **row: Any,
) -> ExerciseRun:
    """A run as it stands in the tables, without the player."""
    when = timezone.now() - timedelta(days=days_ago)
    with acting_as(portal.actor):
        version = task.exercise_version if task is not None else version_of(key)
        run = ExerciseRun(
            client=client,
            clinic_id=client.clinic_id,
            created_by_id=portal.user.pk,
            exercise_version=version,
            assignment=task,
            item_key=version.exercise.key,
            state=state,
            occurred_at=when,
            finished_at=when if state == RunState.FINISHED else None,
            helped=helped,
            **row,
        )
        run.save(force_insert=True)
    return run


def rated(portal: Person, run: ExerciseRun, before: int, after: int) -> None:
    """The pair of ratings that the run holds, as practice."""
    exercise = exercise_of(run.exercise_version)
    first, last = next(exercise.pairs())
    with acting_as(portal.actor):
        add_practice(
            source=run,
            pillar=exercise.pillar,
            item_key=exercise.key,
            name=exercise.title,
            ratings_shared=run.ratings_shared,
            by=portal.actor,
            rows=[{"measure": first.measure, "before": before, "after": after}],
            helped=run.helped,
            minutes=exercise.minutes,
        )
        answer(portal, run, first.id, before, shared=run.ratings_shared)
        answer(portal, run, last.id, after, shared=run.ratings_shared)


def answer(portal: Person, run: ExerciseRun, step: str, value: Any, *, shared: bool) -> None:
    visibility = Visibility.MY_THERAPIST if shared else Visibility.ONLY_ME
    with acting_as(portal.actor):
        ExerciseAnswer(
            client_id=run.client_id, clinic_id=run.clinic_id, created_by_id=portal.user.pk, run=run, step=step, value=value, visibility=visibility
        ).save(force_insert=True)
