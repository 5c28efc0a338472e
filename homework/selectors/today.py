"""The one card of the client's Today. Read by the client herself: it looks at all of her rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from clients.models import Client
from core.zones import zone
from homework.models import Assignment, ExerciseRun, ExerciseVersion, NotToday
from homework.models.agreement import NotTodayChoice
from homework.models.run import RunState
from homework.player.exercise import Exercise
from homework.selectors.agreed import active_assignments
from homework.selectors.library import exercise_of


@dataclass(frozen=True)
class TodayCard:
    """The one thing for today. `later`: its second part waits ("How did it go?"). `run`: one to go on with."""

    version: ExerciseVersion
    assignment: Assignment | None
    run: ExerciseRun | None
    later: bool

    @property
    def exercise(self) -> Exercise:
        return exercise_of(self.version)


def card_for_today(client: Client, now: datetime | None = None) -> TodayCard | None:
    """A waiting second part, else a task of this week, else nothing. What was put off stays away until its day, in her zone. Two statements."""
    today = _day(now or timezone.now(), client)
    put_off = NotToday.objects.filter(client=client, assignment=OuterRef("pk")).order_by("-occurred_at")
    latest = {f"off_{name}": Subquery(put_off.values(name)[:1]) for name in ("until", "choice", "occurred_at")}
    tasks = list(active_assignments(client).filter(starts_on__lte=today).annotate(**latest))
    away = {task.pk for task in tasks if _is_away(task, today, client)}
    runs = list(_runs_for_today(client, tasks))
    listed = {task.pk: task for task in tasks}
    waiting = [run for run in runs if run.state == RunState.WAITING and run.assignment_id not in away]
    for run in waiting:
        if run.assignment_id is None or run.assignment_id in listed:
            return TodayCard(run.exercise_version, listed.get(run.assignment_id) if run.assignment_id else None, run, later=True)
    open_tasks = [task for task in tasks if task.pk not in away and not _done_for_now(task, _days_done(task, runs, client), today)]
    return _first_task(open_tasks, runs)


def _runs_for_today(client: Client, tasks: Sequence[Assignment]) -> QuerySet[ExerciseRun]:
    found = ExerciseRun.objects.filter(client=client).filter(Q(assignment__in=tasks) | Q(assignment=None, state=RunState.WAITING))
    return found.select_related("exercise_version__exercise").order_by("-occurred_at")


def _day(moment: datetime, client: Client) -> date:
    return moment.astimezone(zone(client.timezone)).date()


def _is_away(task: Any, today: date, client: Client) -> bool:
    """By the latest "not today": until the day she named; "talk about it" until tomorrow; a smaller version is never away."""
    if task.off_until is not None:
        return bool(task.off_until > today)
    return task.off_choice == NotTodayChoice.TALK and _day(task.off_occurred_at, client) >= today


def _days_done(task: Assignment, runs: Sequence[ExerciseRun], client: Client) -> list[date]:
    return [_day(run.finished_at, client) for run in runs if run.assignment_id == task.pk and run.finished_at is not None]


def _done_for_now(task: Assignment, done: list[date], today: date) -> bool:
    """As often as agreed in this week of the task (its weeks begin on its first day), or today as often as a day's share."""
    week = task.starts_on + timedelta(days=(today - task.starts_on).days // 7 * 7)
    this_week = [day for day in done if day >= week]
    return len(this_week) >= task.per_week or this_week.count(today) >= -(-task.per_week // 7)


def _first_task(tasks: Sequence[Assignment], runs: Sequence[ExerciseRun]) -> TodayCard | None:
    """One that is begun comes first, then the one not touched for longest. What was left before a newer run is history."""
    newest = {run.assignment_id: run for run in reversed(runs)}
    begun = {key: run for key, run in newest.items() if run.state in (RunState.STARTED, RunState.LEFT)}
    last = {run.assignment_id: run.occurred_at for run in reversed(runs)}
    never = datetime.min.replace(tzinfo=UTC)
    for task in sorted(tasks, key=lambda task: (task.pk not in begun, last.get(task.pk, never))):
        return TodayCard(task.exercise_version, task, begun.get(task.pk), later=False)
    return None
