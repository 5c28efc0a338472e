"""Pages of paper: the code that each one is printed with, and typing a filled one back."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record_event
from clients.models import Client, Visibility
from clients.models.client import Status
from core.actor import Actor
from core.errors import Refused
from core.once import create_once
from core.zones import zone
from homework.models import Assignment, BlankSheet, ExerciseAnswer, ExerciseRun, ExerciseVersion, PaperSheet
from homework.player.care import is_heavy
from homework.player.cleaning import AnswerError, Raw, clean_answer
from homework.player.exercise import Exercise, Step, StepType
from homework.player.flow import FIRST_PART, SECOND_PART
from homework.player.options import Lists
from homework.selectors.library import exercise_of
from homework.selectors.paper import entered_on
from homework.services.answers import note_heavy
from homework.services.runs import finish_run

Page = TypeVar("Page", bound=models.Model)
TRIES = 5  # a code by chance is taken once in hundreds of millions
OLDEST = timedelta(days=400)


class SheetError(Exception):
    """Some of what was typed cannot be kept: `messages` by step, each for the one beside whose field it stands."""

    def __init__(self, messages: Mapping[str, str]) -> None:
        super().__init__("some answers cannot be kept")
        self.messages = dict(messages)


@transaction.atomic
def print_sheet(*, assignment: Assignment, by: Actor) -> PaperSheet:
    """The page of a task with its code: the same one however often it is printed."""

    def make() -> PaperSheet:
        row = PaperSheet(client_id=assignment.client_id, clinic_id=assignment.clinic_id, created_by_id=by.user_id, assignment=assignment)
        row.exercise_version_id = assignment.exercise_version_id
        return row

    return _once(PaperSheet, make, by, client_id=assignment.client_id, assignment=assignment)


@transaction.atomic
def print_blank(*, version: ExerciseVersion, by: Actor) -> BlankSheet:
    """The page of an exercise that is nobody's: one for each wording in a clinic."""

    def make() -> BlankSheet:
        return BlankSheet(clinic_id=by.clinic_id, created_by_id=by.user_id, exercise_version=version)

    return _once(BlankSheet, make, by, clinic_id=by.clinic_id, exercise_version=version)


def _once(model: type[Page], make: Callable[[], Page], by: Actor, *, client_id: UUID | None = None, **same: Any) -> Page:
    for attempt in range(TRIES):
        found = model._default_manager.filter(**same).first()
        if found is not None:
            return found
        row = make()
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:  # another window printed it, or the code is taken
            if attempt == TRIES - 1:
                raise
            continue
        record_event(verb="paper_printed", by=by, row=row, client_id=client_id)
        return row
    raise AssertionError("unreachable")


def read_sheet(exercise: Exercise, raws: Mapping[str, Raw], lists: Lists) -> dict[str, Any]:
    """What was typed, step by step, as it is stored; what the page does not ask for is not among it. Raises SheetError with every message at once."""
    answers: dict[str, Any] = {}
    messages = {}
    for step in exercise.steps:
        if step.is_silent:
            continue
        try:
            answers[step.id] = _typed(step, raws.get(step.id, {}), lists, answers)
        except AnswerError as error:
            answers[step.id], messages[step.id] = None, error.message
    if messages:
        raise SheetError(messages)
    return answers


def _typed(step: Step, raw: Raw, lists: Lists, answers: dict[str, Any]) -> Any:
    number = str(raw.get("answer", ""))
    if step.type == StepType.RATING and re.fullmatch(r"\s*[0-9]{1,2}[.,][0-9]{1,9}\s*", number):
        raise AnswerError(_("“%(number)s” lies between two. Please pick a whole number from 0 to 10.") % {"number": number.strip()})
    value = clean_answer(step, raw, lists, answers)
    given = {word for word in raw.get("answer", ()) if word} if isinstance(raw.get("answer"), list) else set()
    if step.rerates and given - {entry["word"] for entry in value or ()}:
        raise AnswerError(_("Only feelings from the first list can be rated again, each with a number from 0 to 10."))
    return value


@transaction.atomic
def enter_paper(
    *,
    client: Client,
    new_id: UUID,
    code: str,
    exercise_version: ExerciseVersion,
    assignment: Assignment | None,
    raws: Mapping[str, Raw],
    lists: Lists,
    done_on: date,
    by: Actor,
    again: bool = False,
    helped: int | None = None,
) -> ExerciseRun:
    """A filled page as a finished run, typed by `by` for the client, who handed the page over: so all of it is shared, and hers to hide again.

    `done_on` is a day by the client's own clock. One run of a page and day, unless `again`; sent twice, it is one.
    Raises SheetError for answers that cannot be kept, Refused naming the field.
    """
    sent_before = ExerciseRun.objects.filter(pk=new_id, client=client).first()
    if sent_before is not None:
        return sent_before
    if client.status == Status.DISCHARGED:
        raise Refused(_("%(name)s is discharged. Nothing new can be entered before care begins again.") % {"name": client.called})
    when = _moment(client, done_on)
    exercise = exercise_of(exercise_version)
    answers = read_sheet(exercise, raws, lists)
    if helped is None and all(value in (None, []) for value in answers.values()):
        raise Refused(_("Nothing is filled in yet. Type what stands on the page; what is empty there may stay empty."))
    Client.objects.select_for_update(of=("self",)).only("id").get(pk=client.pk)  # two windows enter one after the other
    if not again and entered_on(client, code, done_on) is not None:
        raise Refused(_("This page is entered already for that day. Tick below to enter it once more."), "again")

    def make() -> ExerciseRun:
        row = ExerciseRun(id=new_id, client=client, clinic_id=client.clinic_id, created_by_id=by.user_id, exercise_version=exercise_version)
        row.assignment, row.item_key, row.paper_code, row.occurred_at = assignment, exercise.key, code, when
        row.visibility, row.ratings_shared, row.words_shared = Visibility.MY_THERAPIST, True, True
        row.part = SECOND_PART if any(step.later and answers.get(step.id) is not None for step in exercise.steps) else FIRST_PART
        row.save(force_insert=True)
        _keep_answers(row, exercise, answers, lists, by)
        record_event(verb="paper_entered", by=by, row=row, client_id=client.pk, detail={"exercise": exercise.key, "agreed": assignment is not None})
        return finish_run(run=row, by=by, helped=helped, finished_at=when)

    return create_once(ExerciseRun, new_id, make, by=by, client_id=client.pk)[0]


def _keep_answers(run: ExerciseRun, exercise: Exercise, answers: Mapping[str, Any], lists: Lists, by: Actor) -> None:
    """All as the therapist may read them: she has the page in her hand. What the client hides afterwards follows the exercise again."""
    rows = [
        ExerciseAnswer(
            run=run, client_id=run.client_id, clinic_id=run.clinic_id, created_by_id=by.user_id, step=step, value=value, visibility=Visibility.MY_THERAPIST
        )
        for step, value in answers.items()
    ]
    ExerciseAnswer.objects.bulk_create(rows)
    if any(is_heavy(exercise, exercise.step(step), value, lists) for step, value in answers.items()):
        note_heavy(run, by)


def _moment(client: Client, done_on: date) -> datetime:
    """Noon of that day by the client's clock; for today now, if that is earlier. Raises Refused for a day that cannot be."""
    here, now = zone(client.timezone), timezone.now()
    today = now.astimezone(here).date()
    if done_on > today:
        raise Refused(_("This day is still to come. When was it filled in?"), "done_on")
    if done_on < today - OLDEST:
        raise Refused(_("This is more than a year ago. Please check the day."), "done_on")
    return min(datetime.combine(done_on, time(12), tzinfo=here).astimezone(UTC), now)
