"""Agreeing on homework, and ending what was agreed."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record_event
from clients.models import Client
from clients.models.client import Status
from clients.services.entries import add_timeline_entry
from core.actor import Actor
from core.errors import Refused
from core.once import create_once
from homework.models import Assignment, ExerciseVersion
from homework.models.agreement import AssignmentState
from homework.selectors import active_assignments

PER_WEEK, WEEKS = 70, 52  # the most that may be agreed; the table's own CHECK says the same


@transaction.atomic
def assign_exercise(
    *,
    client: Client,
    new_id: UUID,
    exercise_version: ExerciseVersion,
    per_week: int,
    weeks: int,
    starts_on: date,
    look_at_on: date | None = None,
    reason: str = "",
    if_then: str = "",
    confidence: int | None = None,
    stop: Iterable[Assignment] = (),
    replaces: Assignment | None = None,
    checked: bool = False,
    agreed_at: datetime | None = None,
    by: Actor,
) -> Assignment:
    """Agree on an exercise with a client, and end the tasks in `stop` in the same step. Sent twice, it is one task.

    `replaces`: the task that this one is instead of, such as a bigger one; it points to the new one afterwards. When the exercise itself is active
    already, that task is to be in `stop` or `replaces`, and is replaced too. `checked`: the therapist has read what the exercise is not for.
    `confidence` is the client's own 0-10 answer. `agreed_at`: for what is entered afterwards. Raises Refused, naming the field.
    """
    sent_before = Assignment.objects.filter(pk=new_id, client=client).first()
    if sent_before is not None:
        return sent_before
    row = Assignment(
        id=new_id,
        client=client,
        clinic_id=client.clinic_id,
        created_at=agreed_at or timezone.now(),
        created_by_id=by.user_id,
        exercise_version=exercise_version,
        item_key=exercise_version.exercise.key,
        per_week=per_week,
        weeks=weeks,
        starts_on=starts_on,
        look_at_on=look_at_on,
        reason=reason,
        if_then=if_then,
        confidence=confidence,
    )
    _check_exercise(row, checked)
    _check_terms(row)
    return _agree(row, {old.pk: old for old in (*stop, replaces) if old is not None}, replaces, checked, by)


def _agree(row: Assignment, ending: dict[UUID, Assignment], replaces: Assignment | None, checked: bool, by: Actor) -> Assignment:
    same = _check_ending(row, ending)
    replaced = {old.pk for old in (same, replaces) if old is not None}
    for old in ending.values():
        _end(old, AssignmentState.REPLACED if old.pk in replaced else AssignmentState.STOPPED, by=by)

    def make() -> Assignment:
        row.save(force_insert=True)
        return row

    try:
        there, made = create_once(Assignment, row.pk, make, by=by, client_id=row.client_id)
    except IntegrityError as error:
        raise Refused(_("This exercise has been agreed a moment ago, in another window."), "stop") from error
    if made:
        Assignment.objects.filter(pk__in=replaced, state=AssignmentState.REPLACED, replaced_by=None).update(replaced_by=row)
        _note_assigned(row, checked=checked, ended=list(ending), by=by)
    return there


def _note_assigned(row: Assignment, *, checked: bool, ended: list[UUID], by: Actor) -> None:
    # no pillar: a mark on the axis says that something was done there, and nothing has been yet
    add_timeline_entry(source=row, kind="assigned", item_key=row.item_key, by=by)
    detail = {"exercise": row.item_key, "version": row.exercise_version.number, "checked": checked, "ended": [str(old) for old in ended]}
    record_event(verb="homework_assigned", by=by, row=row, client_id=row.client_id, detail=detail)


def _check_exercise(row: Assignment, checked: bool) -> None:
    version = row.exercise_version
    if row.client.status == Status.DISCHARGED:
        raise Refused(_("%(name)s is discharged. Nothing new can be agreed before care begins again.") % {"name": row.client.called})
    if version.exercise.retired or not version.current or version.exercise.clinic_id not in (None, row.clinic_id):
        raise Refused(_("The library has changed since this page was opened. Please look at the exercise again, then send."), "exercise")
    if version.content.get("not_for") and not checked:
        raise Refused(_("Please read what it is not for, then use “Checked”."), "exercise")


def _check_terms(row: Assignment) -> None:
    if not 1 <= row.per_week <= PER_WEEK:
        raise Refused(_("Between once and %(most)s times a week.") % {"most": PER_WEEK}, "per_week")
    if not 1 <= row.weeks <= WEEKS:
        raise Refused(_("Between 1 and %(most)s weeks.") % {"most": WEEKS}, "weeks")
    if row.look_at_on is not None and row.look_at_on < row.starts_on:
        raise Refused(_("This is before the day it starts."), "look_at_on")
    if row.confidence is not None and not 0 <= row.confidence <= 10:
        raise Refused(_("A number from 0 to 10."), "confidence")


def _check_ending(row: Assignment, ending: dict[UUID, Assignment]) -> Assignment | None:
    """The active task of the same exercise, which has to be among those that end."""
    if any(old.client_id != row.client_id for old in ending.values()):
        raise Refused(_("Please open this page again."), "stop")
    same = Assignment.objects.filter(client_id=row.client_id, item_key=row.item_key, state=AssignmentState.ACTIVE).first()
    if same is not None and same.pk not in ending:
        raise Refused(_("“%(title)s” is agreed already. Tick it here to replace it.") % {"title": row.exercise_version.title}, "stop")
    return same


@transaction.atomic
def stop_assignment(*, assignment: Assignment, by: Actor, why: str = "", stopped_at: datetime | None = None) -> Assignment:
    """End a task before it is done: by the therapist or the client, with a reason if there is one. Raises Refused when it ended otherwise."""
    return _end_or_refuse(assignment, AssignmentState.STOPPED, why=why, at=stopped_at, by=by)


@transaction.atomic
def finish_assignment(*, assignment: Assignment, by: Actor, finished_at: datetime | None = None) -> Assignment:
    """The task has done its work. Raises Refused when it ended otherwise."""
    return _end_or_refuse(assignment, AssignmentState.FINISHED, at=finished_at, by=by)


@transaction.atomic
def stop_open(*, client: Client, by: Actor, why: str, stopped_at: datetime | None = None) -> int:
    """End every task that is still open, as the end of care does. How many there were."""
    return sum(_end(row, AssignmentState.STOPPED, why=why, at=stopped_at, by=by) for row in active_assignments(client))


def _end_or_refuse(assignment: Assignment, state: AssignmentState, *, by: Actor, why: str = "", at: datetime | None = None) -> Assignment:
    if not _end(assignment, state, why=why, at=at, by=by):
        assignment.refresh_from_db()
        if assignment.state != state:
            raise Refused(_("This task has ended already: %(state)s.") % {"state": assignment.get_state_display()})
    return assignment


def _end(assignment: Assignment, state: AssignmentState, *, by: Actor, why: str = "", at: datetime | None = None) -> bool:
    """Whether it was active until now."""
    now = timezone.now()
    ended = {"state": state, "state_changed_at": at or now, "state_changed_by_id": by.user_id, "stop_why": why, "updated_at": now}
    if not Assignment.objects.filter(pk=assignment.pk, state=AssignmentState.ACTIVE).update(version=F("version") + 1, **ended):
        return False
    assignment.refresh_from_db()
    add_timeline_entry(source=assignment, kind=f"homework_{state}", item_key=assignment.item_key, occurred_at=at or now, by=by)
    record_event(verb=f"homework_{state}", by=by, row=assignment, client_id=assignment.client_id, detail={"exercise": assignment.item_key})
    return True
