"""Doing an exercise: beginning, coming back, its two parts, its end. What is answered on the way is in `answers`, who sees it in `sharing`.

A run's `step` is where she is, `AT_END` once its part is over. A finished run can still be put right; its copies on the axis and in practice follow.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from audit.services import record_event
from clients.models import Client, TimelineEntry, Visibility
from clients.services import add_practice, add_timeline_entry
from core.actor import Actor
from core.errors import Refused
from core.once import create_once
from homework.models import Assignment, ExerciseRun, ExerciseVersion
from homework.models.agreement import AssignmentState
from homework.models.run import RunState
from homework.player.exercise import MOMENTS, Exercise
from homework.player.flow import FIRST_PART, SECOND_PART, live_answers, visible_steps
from homework.player.outcome import change, practice_rows
from homework.player.sharing import Sharing, default_sharing
from homework.selectors.library import exercise_of
from homework.selectors.runs import answers_of, newest_run

AT_END = "*"  # no step of an exercise is called this
OPEN = (RunState.STARTED, RunState.LEFT, RunState.WAITING)
NOTHING_NEW = Sharing(ratings=False, words=False)


@transaction.atomic
def start_run(
    *,
    client: Client,
    new_id: UUID,
    exercise_version: ExerciseVersion,
    assignment: Assignment | None,
    by: Actor,
    visibility: str = Visibility.MY_THERAPIST,
    fresh: bool = False,
    occurred_at: datetime | None = None,
) -> ExerciseRun:
    """Begin an exercise, or go on with the newest run of it that is not finished; sent twice, it is one run.

    A run of an agreed exercise is seen by the therapist; `visibility` is her choice for one of her own. `fresh` begins anew and keeps the open one as it is.
    `occurred_at`: when it was done, for what is entered afterwards.
    Raises Refused for a task that ended, and for an exercise that has to be agreed first.
    """
    sent_before = ExerciseRun.objects.filter(pk=new_id, client=client).first()
    if sent_before is not None:
        return sent_before
    Client.objects.select_for_update(of=("self",)).only("id").get(pk=client.pk)  # two tabs begin one after the other
    exercise = exercise_of(exercise_version)
    open_run = newest_run(client, exercise.key, assignment)
    if open_run is not None and open_run.state in OPEN:
        if not fresh:
            return open_run
        _set_aside(open_run, by)
    _check_may_start(exercise, assignment)
    seen = visibility if assignment is None else Visibility.MY_THERAPIST
    sharing = default_sharing(exercise) if seen == Visibility.MY_THERAPIST else Sharing(ratings=False, words=False)

    def make() -> ExerciseRun:
        row = ExerciseRun(id=new_id, client=client, clinic_id=client.clinic_id, created_by_id=by.user_id, exercise_version=exercise_version)
        row.assignment, row.item_key, row.visibility = assignment, exercise.key, seen
        row.ratings_shared, row.words_shared = sharing.ratings, sharing.words
        row.occurred_at = occurred_at or row.occurred_at
        row.save(force_insert=True)
        return row

    run, made = create_once(ExerciseRun, new_id, make, by=by, client_id=client.pk)
    if made:
        record_event(verb="run_started", by=by, row=run, client_id=client.pk, detail={"exercise": exercise.key, "agreed": assignment is not None})
    return run


def _check_may_start(exercise: Exercise, assignment: Assignment | None) -> None:
    if assignment is not None and assignment.state != AssignmentState.ACTIVE:
        raise Refused(_("This is no longer on your list. What you did is kept."))
    if assignment is None and not exercise.self_start:
        raise Refused(_("This one is for the two of you. Ask your therapist about it."))


def _set_aside(run: ExerciseRun, by: Actor) -> None:
    """Keep what is there. A first part whose second never came is done as far as it goes."""
    if run.state == RunState.WAITING:
        finish_run(run=run, by=by)
    else:
        leave_run(run=run, by=by)


def lock_run(run: ExerciseRun) -> ExerciseRun:
    """The run as it is now, for this transaction alone. Call it inside one."""
    found = ExerciseRun.objects.select_for_update(of=("self",)).select_related("exercise_version", "client", "assignment")
    return found.defer("exercise_version__content").get(pk=run.pk)  # long, and parsed before (exercise_of)


def save_run(run: ExerciseRun, *names: str) -> None:
    """Write these columns of a locked run."""
    run.updated_at = timezone.now()
    ExerciseRun.objects.filter(pk=run.pk).update(updated_at=run.updated_at, **{name: getattr(run, name) for name in names})


@transaction.atomic
def leave_run(*, run: ExerciseRun, by: Actor) -> ExerciseRun:
    """She leaves; everything is kept and she can go on. What is over or waits for its second part stays so."""
    run = lock_run(run)
    if run.state == RunState.STARTED:
        run.state = RunState.LEFT
        save_run(run, "state")
        record_event(verb="run_left", by=by, row=run, client_id=run.client_id)
    return run


@transaction.atomic
def end_part(*, run: ExerciseRun, by: Actor) -> ExerciseRun:
    """All steps of this part were shown. The first part waits for the second, if there is one; else the run is finished."""
    run = lock_run(run)
    exercise, answers = exercise_of(run.exercise_version), answers_of(run)
    run.step = AT_END
    save_run(run, "step")
    if run.part == FIRST_PART and visible_steps(exercise, answers, SECOND_PART) and run.state != RunState.FINISHED:
        if run.state != RunState.WAITING:
            run.state = RunState.WAITING
            save_run(run, "state")
            add_timeline_entry(source=run, kind="first_part", pillar=exercise.pillar, item_key=run.item_key, occurred_at=timezone.now(), by=by)
            record_event(verb="run_waiting", by=by, row=run, client_id=run.client_id)
        return run
    return finish_run(run=run, by=by)


@transaction.atomic
def begin_second_part(*, run: ExerciseRun, by: Actor) -> ExerciseRun:
    """She came back to say how it went. Begun already or over: nothing changes."""
    run = lock_run(run)
    if run.part == FIRST_PART and run.state == RunState.WAITING:
        run.part, run.state, run.step = SECOND_PART, RunState.STARTED, ""
        save_run(run, "part", "state", "step")
        record_event(verb="run_second_part", by=by, row=run, client_id=run.client_id)
    return run


@transaction.atomic
def finish_run(*, run: ExerciseRun, by: Actor, helped: int | None = None, finished_at: datetime | None = None) -> ExerciseRun:
    """The run is over (now, unless it is entered afterwards); `helped` is 1 (no) to 5 (yes).

    Sent again it changes the vote and writes nothing twice. Raises Refused.
    """
    if helped is not None and helped not in range(1, 6):
        raise Refused(_("Please choose one of the three."), "helped")
    run = lock_run(run)
    first_time = run.state != RunState.FINISHED
    if first_time:
        run.state, run.finished_at, run.step = RunState.FINISHED, finished_at or timezone.now(), AT_END
    if helped is not None:
        run.helped = helped
    save_run(run, "state", "finished_at", "step", "helped")
    write_copies(run, by, opened=Sharing(run.ratings_shared, run.words_shared) if first_time else NOTHING_NEW)
    if first_time or helped is not None:
        record_event(
            verb="run_finished" if first_time else "run_vote", by=by, row=run, client_id=run.client_id, detail={"exercise": run.item_key, "helped": run.helped}
        )
    return run


def write_copies(run: ExerciseRun, by: Actor, *, opened: Sharing = NOTHING_NEW) -> None:
    """What a finished run leaves on the axis, in practice and in the pillars: the same however often it is called, and as visible as the run's answers.

    `opened`: what she lets be read from now on. What she hid by itself is shown again by that alone, and by nothing else that she does with the run.
    """
    exercise, answers = exercise_of(run.exercise_version), answers_of(run)
    live = live_answers(exercise, answers)
    value = shown_value(run, exercise, answers)
    add_timeline_entry(source=run, kind="exercise", pillar=exercise.pillar, item_key=run.item_key, value=value, occurred_at=run.finished_at, by=by)
    TimelineEntry.objects.filter(source_kind=run._meta.label_lower, source_id=run.pk, kind="exercise").update(value=value)
    rows = practice_rows(exercise, answers)
    add_practice(
        source=run,
        pillar=exercise.pillar,
        item_key=run.item_key,
        name=exercise.title,
        ratings_shared=run.ratings_shared,
        by=by,
        rows=[{"measure": row.measure, "before": row.before, "after": row.after} for row in rows],
        helped=run.helped,
        minutes=rows[0].minutes,
    )
    said = live | {f"{step}{MOMENTS}": answers[f"{step}{MOMENTS}"] for step in live if f"{step}{MOMENTS}" in answers}
    for path in settings.EXERCISE_RECORDERS:
        import_string(path)(run=run, answers=said, opened=opened, by=by)


def shown_value(run: ExerciseRun, exercise: Exercise, answers: dict[str, Any]) -> float | None:
    """The number of the axis: the first measure's rating after. None without one, or while ratings are private."""
    changes = change(exercise, answers)
    shared = run.ratings_shared and run.visibility == Visibility.MY_THERAPIST
    return float(changes[0].after) if changes and shared else None
