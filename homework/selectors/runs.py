"""Reads of one run and its answers, for the player and for whoever looks back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from clients.models import Client
from homework.models import Assignment, ExerciseAnswer, ExerciseRun
from homework.models.run import RunState


def run_of(client: Client, run_id: UUID) -> ExerciseRun | None:
    """The client's own run with its wording and task; None for anybody else's."""
    found = ExerciseRun.objects.select_related("exercise_version", "assignment").filter(pk=run_id, client=client).first()
    if found is not None:
        found.client = client
    return found


def newest_run(client: Client, item_key: str, assignment: Assignment | None) -> ExerciseRun | None:
    """The latest doing of a task, or of an exercise of her own; what was left before a newer one is history."""
    found = ExerciseRun.objects.select_related("exercise_version", "assignment").filter(client=client, item_key=item_key, assignment=assignment)
    return found.order_by("-occurred_at", "-created_at").first()


def last_finished(client: Client, item_key: str) -> datetime | None:
    """When she last finished this exercise, agreed or of her own."""
    found = ExerciseRun.objects.filter(client=client, item_key=item_key, state=RunState.FINISHED).order_by("-finished_at")
    return found.values_list("finished_at", flat=True).first()


def answer_rows(run: ExerciseRun) -> dict[str, ExerciseAnswer]:
    """What was answered that the reader may see, by step."""
    return {row.step: row for row in ExerciseAnswer.objects.filter(run=run)}


def answers_of(run: ExerciseRun) -> dict[str, Any]:
    """The stored values by step; None is a skipped step."""
    return values_of(answer_rows(run))


def values_of(rows: Mapping[str, ExerciseAnswer]) -> dict[str, Any]:
    """The same of rows that were read already."""
    return {step: row.value for step, row in rows.items()}
