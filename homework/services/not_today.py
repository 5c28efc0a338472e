""" "Not today": what got in the way, and what instead. Any answer is useful; nothing is counted against anybody."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record_event
from clients.models import Client, Visibility
from clients.services.entries import add_timeline_entry
from core.actor import Actor
from core.errors import Refused
from core.once import create_once
from core.zones import zone
from homework.content import barriers
from homework.models import Assignment, NotToday
from homework.models.agreement import NotTodayChoice

LATEST = timedelta(days=60)  # a task put off for longer is one to talk about
SKIPPED_FOR = timedelta(days=7)


@transaction.atomic
def not_today(
    *,
    client: Client,
    assignment: Assignment,
    new_id: UUID,
    choice: str,
    by: Actor,
    barrier: str = "",
    until: date | None = None,
    note: str = "",
    visibility: str = Visibility.MY_THERAPIST,
    occurred_at: datetime | None = None,
) -> NotToday:
    """The client puts a task off. Sent twice, it is one answer. Sent when the task has ended meanwhile it is kept all the same: any answer is useful.

    `another_day` comes back on `until` (tomorrow when she says none), `skip` after a week; `talk` is for the session. `barrier` is a key of
    homework/data/barriers.yaml or empty. Raises Refused, naming the field.
    """
    when = occurred_at or timezone.now()
    today = when.astimezone(zone(client.timezone)).date()
    _check(client, assignment, choice, barrier, until, today)
    row = NotToday(
        id=new_id,
        client=client,
        clinic_id=client.clinic_id,
        created_by_id=by.user_id,
        occurred_at=when,
        assignment=assignment,
        choice=choice,
        barrier=barrier,
        until=_comes_back(choice, until, today),
        note=note,
        visibility=visibility,
        for_session=choice == NotTodayChoice.TALK,
    )

    def make() -> NotToday:
        row.save(force_insert=True)
        return row

    row, made = create_once(NotToday, new_id, make, by=by, assignment_id=assignment.pk)
    if made:
        add_timeline_entry(source=row, kind="not_today", item_key=assignment.item_key, by=by)
        record_event(verb="not_today", by=by, row=row, client_id=client.pk, detail={"choice": choice, "barrier": barrier})
    return row


def _check(client: Client, assignment: Assignment, choice: str, barrier: str, until: date | None, today: date) -> None:
    if assignment.client_id != client.pk:
        raise Refused(_("This is no longer on your list."))
    if choice not in NotTodayChoice.values:
        raise Refused(_("Please choose one."), "choice")
    if barrier and barrier not in {one.key for one in barriers()}:
        raise Refused(_("Please choose one of these."), "barrier")
    if choice == NotTodayChoice.ANOTHER_DAY and until is not None and not today < until <= today + LATEST:
        raise Refused(_("A day in the next two months, please."), "until")


def _comes_back(choice: str, until: date | None, today: date) -> date | None:
    if choice == NotTodayChoice.ANOTHER_DAY:
        return until or today + timedelta(days=1)
    return today + SKIPPED_FOR if choice == NotTodayChoice.SKIP else None
