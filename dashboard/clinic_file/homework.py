"""What was agreed, each doing with its ratings, and what got in the way."""

from collections.abc import Collection
from datetime import datetime, timedelta

from access.acting import acting_as
from core.ids import uuid7
from core.zones import zone
from dashboard.clinic_file import exercises
from dashboard.clinic_file.entry import Entry
from dashboard.clinic_file.scene import Case, Part
from dashboard.clinic_file.weeks import whole_numbers
from homework.content import barriers, library
from homework.models import Assignment
from homework.player.exercise import Exercise
from homework.selectors import exercise_of
from homework.services.agreement import assign_exercise, finish_assignment
from homework.services.answers import save_answer
from homework.services.not_today import not_today
from homework.services.runs import finish_run, start_run

RATING = (0, 10)
MOST = 70  # doings of one task
TOOK = timedelta(minutes=10)
MORNING, AWAKE = 8, 14  # from eight in the morning, fourteen hours


def check(client: Entry, last: int) -> None:
    for row in client.entries("homework"):
        row.whole("week", 0, last)
        row.text("exercise")
        row.whole("planned", 1, MOST)
        done = row.whole("done", 0, MOST)
        for name in ("before", "after"):
            row.number(name, *RATING, needed=False)
        helpful = row.number("helpful", 1, 5, needed=False)
        if helpful is not None and helpful != int(helpful):
            raise row.error("helpful", "a whole number is needed")
        if not done and any(row.has(name) for name in ("before", "after", "helpful")):
            raise row.error("done", "ratings need at least one doing")
        row.only("week", "exercise", "planned", "done", "before", "after", "helpful")
    client.keys("barriers", {one.key for one in barriers()})


def check_exercises(client: Entry, own: Collection[str]) -> None:
    """What is agreed stands in the library or among what the clinic wrote itself, which goes by the key of its title."""
    known = {one["key"] for one in library().exercises} | set(own)
    for row in client.entries("homework"):
        row.key("exercise", known)


def load(case: Case) -> None:
    """Task after task: agreed in the session of its week, done until the next one of the same kind or for two weeks, and ended when the next is agreed."""
    rows = sorted(case.entry.entries("homework"), key=lambda row: row.whole("week", 0, MOST * 52))
    open_tasks: list[tuple[Assignment, Entry]] = []
    put_off = iter(case.entry.texts("barriers"))
    for row in rows:
        agreed_at = case.met(row.whole("week", 0, case.weeks.last))
        for task, before in open_tasks:
            _end(case, task, before, agreed_at)
        task = _agree(case, row, agreed_at)
        _do(case, task, row)
        if row.whole("done", 0, MOST) < row.whole("planned", 1, MOST):
            _put_off(case, task, next(put_off, None), agreed_at)
        open_tasks = [(task, row)]


def _agree(case: Case, row: Entry, agreed_at: datetime) -> Assignment:
    by = case.by_therapist
    with acting_as(by):
        version = exercises.version_called(row.text("exercise"))
        return assign_exercise(
            client=case.client,
            new_id=uuid7(),
            exercise_version=version,
            per_week=row.whole("planned", 1, MOST),
            weeks=1,
            starts_on=agreed_at.astimezone(zone(case.client.timezone)).date(),
            checked=True,
            agreed_at=agreed_at,
            by=by,
        )


def _end(case: Case, task: Assignment, row: Entry, at: datetime) -> None:
    """It made room for the next one."""
    with acting_as(case.by_therapist):
        finish_assignment(assignment=task, finished_at=at, by=case.by_therapist)


def _do(case: Case, task: Assignment, row: Entry) -> None:
    """n doings whose whole ratings have the means of the file; she enters them, or her therapist from paper."""
    n = row.whole("done", 0, MOST)
    exercise = exercise_of(task.exercise_version)
    ratings = {name: _ratings(row, name, n) for name in ("before", "after")}
    helpful = row.number("helpful", 1, 5, needed=False)
    by = case.by_therapist if case.on_paper else case.by_client
    with acting_as(by):
        for number, when in enumerate(_moments(case, row, n)):
            run = start_run(client=case.client, new_id=uuid7(), exercise_version=task.exercise_version, assignment=task, occurred_at=when, by=by)
            for step, side in _rating_steps(exercise):
                if ratings[side]:
                    save_answer(run=run, step_id=step, raw={"answer": str(ratings[side][number])}, lists={}, move=False, by=by)
            finish_run(run=run, helped=int(helpful) if helpful is not None else None, finished_at=min(when + TOOK, case.weeks.now), by=by)


def _ratings(row: Entry, name: str, n: int) -> list[int]:
    mean = row.number(name, *RATING, needed=False)
    return [] if mean is None else whole_numbers(n, mean, *RATING)


def _rating_steps(exercise: Exercise) -> list[tuple[str, str]]:
    """(step, before or after) of the exercise's first pair; none when it has no pair."""
    pair = next(iter(exercise.pairs()), None)
    return [(pair[0].id, "before"), (pair[1].id, "after")] if pair else []


def _moments(case: Case, row: Entry, n: int) -> list[datetime]:
    """After the task was agreed and before now, evenly over a week or two, while she is awake."""
    start = case.met(row.whole("week", 0, case.weeks.last))
    end = min(start + timedelta(days=max(7, min(n, 14))), case.weeks.now)
    even = [start + (end - start) * (number + 1) / (n + 1) for number in range(n)]
    return sorted(_awake(case, moment, start, end) for moment in even)


def _awake(case: Case, moment: datetime, start: datetime, end: datetime) -> datetime:
    local = moment.astimezone(zone(case.client.timezone))
    by_day = local.replace(hour=MORNING + local.hour % AWAKE)
    return by_day if start < by_day < end else moment


def _put_off(case: Case, task: Assignment, barrier: str | None, agreed_at: datetime) -> None:
    """A day on which it did not fit, with her reason."""
    if barrier is None:
        return
    when = min(agreed_at + timedelta(days=5), case.weeks.now)
    with acting_as(case.by_client):
        not_today(client=case.client, assignment=task, new_id=uuid7(), choice="another_day", barrier=barrier, occurred_at=when, by=case.by_client)


PART = Part(("homework", "barriers"), check, load)
