"""Answering an exercise step by step. Each answer is a row with its own visibility, written once however often its form is sent."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record_event
from clients.models import TimelineEntry, Visibility
from clients.services import note_care
from clients.services.entries import CARE_NOTE
from core.actor import Actor
from core.errors import Refused, Stale
from homework.models import ExerciseAnswer, ExerciseRun
from homework.models.run import RunState
from homework.player.care import is_heavy
from homework.player.cleaning import SKIP, Raw, clean_answer
from homework.player.exercise import MOMENTS, Exercise, Step, StepType
from homework.player.flow import SECOND_PART, last_step, next_step, outdated_by, previous_step
from homework.player.options import Lists
from homework.player.sharing import Sharing, shared_steps
from homework.selectors.library import exercise_of
from homework.selectors.runs import answer_rows, answers_of, values_of
from homework.services.runs import AT_END, end_part, lock_run, save_run, write_copies


@transaction.atomic
def save_answer(
    *, run: ExerciseRun, step_id: str, raw: Raw, lists: Lists, by: Actor, version: int | None = None, move: bool = True, moments: list[str] | None = None
) -> ExerciseRun:
    """Keep the answer to one step and go on to the next one; after the last the part is over. `move=False` keeps it and stays.

    `moments`: ids of the client's own moments that were added to it, for a step that offers them; they are kept beside it and read by the client alone.

    `raw` is what was posted (homework.player.cleaning.Raw). `version` is that of the answer the form was made from, 0 when there was none.
    Raises AnswerError for what cannot be kept, Stale with the newer answer when another window answered since, Refused for a step the exercise does not have.
    """
    run = lock_run(run)
    exercise = exercise_of(run.exercise_version)
    step = _step_of(exercise, step_id)
    rows = answer_rows(run)
    answers = values_of(rows)
    if step.type != StepType.TEXT:
        value = clean_answer(step, raw, lists, answers)
        _keep(run, exercise, step, value, rows.get(step_id), version, by)
        if moments is not None:
            _keep_moments(run, step, moments, rows, by)
        _drop_outdated(run, exercise, step, answers, value)
        answers[step_id] = value
        if is_heavy(exercise, step, value, lists):
            note_heavy(run, by)
    if move:
        run = _go_on(run, exercise, step, answers, by)
    elif run.state == RunState.FINISHED:
        write_copies(run, by)
    return run


@transaction.atomic
def skip_step(*, run: ExerciseRun, step_id: str, by: Actor) -> ExerciseRun:
    """No answer is an answer: null is stored, and the next step comes."""
    return save_answer(run=run, step_id=step_id, raw={SKIP: "1"}, lists={}, by=by)


@transaction.atomic
def go_back(*, run: ExerciseRun, step_id: str, by: Actor) -> ExerciseRun:
    """To the step before (from the end of a part: to its last step). Every answer stays."""
    run = lock_run(run)
    exercise = exercise_of(run.exercise_version)
    answers = answers_of(run)
    at_end = step_id == AT_END
    before = last_step(exercise, answers, run.part) if at_end else previous_step(exercise, answers, run.part, _step_of(exercise, step_id).id)
    if before is not None:
        run.step = before.id
        save_run(run, "step")
    return run


def visibility_of(run: ExerciseRun, exercise: Exercise, step_id: str) -> str:
    """Who may read the answer to this step, by the run's two choices and what the exercise offers to a therapist at all."""
    return Visibility.MY_THERAPIST if step_id in shared_now(run, exercise) else Visibility.ONLY_ME


def shared_now(run: ExerciseRun, exercise: Exercise) -> frozenset[str]:
    """The steps whose answers the therapist may read as the run stands."""
    if run.visibility != Visibility.MY_THERAPIST:
        return frozenset()
    return shared_steps(exercise, Sharing(ratings=run.ratings_shared, words=run.words_shared))


def _step_of(exercise: Exercise, step_id: str) -> Step:
    try:
        return exercise.step(step_id)
    except KeyError as error:
        raise Refused(_("Please open this page again.")) from error


def _keep(run: ExerciseRun, exercise: Exercise, step: Step, value: Any, there: ExerciseAnswer | None, version: int | None, by: Actor) -> None:
    if there is None:
        row = ExerciseAnswer(
            run=run,
            client_id=run.client_id,
            clinic_id=run.clinic_id,
            created_by_id=by.user_id,
            step=step.id,
            value=value,
            visibility=visibility_of(run, exercise, step.id),
        )
        row.save(force_insert=True)
    elif there.value == value:
        return
    elif version is not None and version != there.version:
        raise Stale(there)
    else:
        changed = {"value": value, "version": F("version") + 1, "updated_at": timezone.now()}
        ExerciseAnswer.objects.filter(pk=there.pk).update(**changed)
    record_event(verb="answer_saved", by=by, row=run, client_id=run.client_id, detail={"step": step.id, "answered": value is not None})


def _keep_moments(run: ExerciseRun, step: Step, moments: list[str], rows: dict[str, ExerciseAnswer], by: Actor) -> None:
    """A second answer of the step, hers alone (docs/decisions/0014): what staff may read of a moment is decided where the moment stands."""
    name = f"{step.id}{MOMENTS}"
    there, now = rows.get(name), timezone.now()
    if there is not None and there.value != moments:
        ExerciseAnswer.objects.filter(pk=there.pk).update(value=moments, version=F("version") + 1, updated_at=now)
    elif there is None and moments:
        row = ExerciseAnswer(run=run, client_id=run.client_id, clinic_id=run.clinic_id, created_by_id=by.user_id, step=name, value=moments)
        row.visibility = Visibility.ONLY_ME
        row.save(force_insert=True)
    else:
        return
    record_event(verb="answer_saved", by=by, row=run, client_id=run.client_id, detail={"step": name, "answered": bool(moments)})


def _drop_outdated(run: ExerciseRun, exercise: Exercise, step: Step, answers: dict[str, Any], value: Any) -> None:
    """A pick that was made from an earlier answer and fits no longer is taken back."""
    for name in outdated_by(exercise, step.id, answers.get(step.id), value):
        if answers.get(name) is not None:
            ExerciseAnswer.objects.filter(run=run, step=name).update(value=None, version=F("version") + 1, updated_at=timezone.now())
            answers[name] = None


def note_heavy(run: ExerciseRun, by: Actor) -> None:
    """A heavy answer leaves one note for the therapist on the axis, as visible as the taps are; it says nothing about what was answered."""
    note_care(source=run, item_key=run.item_key, by=by)
    set_care_visibility(run)


def set_care_visibility(run: ExerciseRun) -> None:
    """A note about an answer that she keeps to herself stays with her too."""
    shared = run.ratings_shared and run.visibility == Visibility.MY_THERAPIST
    notes = TimelineEntry.objects.filter(source_kind=run._meta.label_lower, source_id=run.pk, kind=CARE_NOTE)
    notes.update(visibility=Visibility.MY_THERAPIST if shared else Visibility.ONLY_ME)


def _go_on(run: ExerciseRun, exercise: Exercise, step: Step, answers: dict[str, Any], by: Actor) -> ExerciseRun:
    if step.later != (run.part == SECOND_PART):
        return run  # an old page of the other part: kept, and she stays where she is
    after = next_step(exercise, answers, run.part, step.id)
    if run.state == RunState.LEFT:
        run.state = RunState.STARTED
        save_run(run, "state")
    if after is None:
        return end_part(run=run, by=by)
    run.step = after.id
    save_run(run, "step")
    if run.state == RunState.FINISHED:
        write_copies(run, by)
    return run
