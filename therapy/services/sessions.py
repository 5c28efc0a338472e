"""Appointments: booking, moving, cancelling."""

from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from audit.services import record_event
from clients.models import Client, ClinicalModel
from core.actor import Actor
from core.errors import Refused
from core.once import create_once
from core.versions import save_version
from therapy.models import TherapySession
from therapy.models.sessions import SessionState
from therapy.times import after, span_words

Row = TypeVar("Row", bound=ClinicalModel)


@transaction.atomic
def plan_session(*, client: Client, new_id: UUID, starts_at: datetime, minutes: int, format: str, by: Actor) -> TherapySession:
    """Book a session of the actor with this client. Sent twice, it is one session. Raises Refused when she has another one then."""
    ends_at = after(starts_at, minutes)

    def make() -> TherapySession:
        _refuse_overlap(client, by.user_id, starts_at, ends_at)
        session = TherapySession(
            id=new_id,
            client=client,
            clinic_id=client.clinic_id,
            therapist_id=by.user_id,
            starts_at=starts_at,
            ends_at=ends_at,
            format=format,
            created_by_id=by.user_id,
        )
        session.save(force_insert=True)
        record_event(verb="session_planned", by=by, row=session, client_id=client.pk)
        return session

    try:
        return create_once(TherapySession, new_id, make, by=by, client_id=client.pk)[0]
    except IntegrityError as error:
        raise _taken(client, by.user_id, starts_at, ends_at) from error


@transaction.atomic
def move_session(*, session: TherapySession, version: int, starts_at: datetime, minutes: int, format: str, by: Actor) -> TherapySession:
    """Another time, length or way to meet for a planned session.

    Raises Refused when the time is taken or the session no longer planned, Stale when somebody changed it meanwhile.
    """
    _refuse_unless_planned(session)
    ends_at = after(starts_at, minutes)
    changes: dict[str, Any] = {"starts_at": starts_at, "ends_at": ends_at, "format": format}
    if all(getattr(session, name) == value for name, value in changes.items()):
        return session
    _refuse_overlap(session.client, session.therapist_id, starts_at, ends_at, apart_from=session.pk)
    try:
        with transaction.atomic():
            moved = save_version(session, version=version, changes=changes)
    except IntegrityError as error:
        raise _taken(session.client, session.therapist_id, starts_at, ends_at, apart_from=session.pk) from error
    record_event(verb="session_moved", by=by, row=moved, client_id=session.client_id)
    return moved


@transaction.atomic
def cancel_session(*, session: TherapySession, version: int, state: str, by: Actor) -> TherapySession:
    """Take a planned session out of the calendar; `state` says which side cancelled. A second send changes nothing."""
    if state not in (SessionState.CANCELLED_BY_CLIENT, SessionState.CANCELLED_BY_CLINIC):
        raise ValueError(f"a session is cancelled by client or clinic, not {state}")
    if session.state == state:
        return session
    _refuse_unless_planned(session)
    cancelled = save_version(session, version=version, changes={"state": state})
    record_event(verb="session_cancelled", by=by, row=cancelled, client_id=session.client_id, detail={"state": state})
    return cancelled


def of_this_client(row: Row, client: Client) -> Row:
    """The row that a form's id leads to; an id that belongs to somebody else's record is refused."""
    if row.client_id != client.pk:
        raise Refused(_("This form belongs to another record. Please open it anew."))
    return row


def _refuse_unless_planned(session: TherapySession) -> None:
    if session.state != SessionState.PLANNED:
        raise Refused(_("This session is not planned any more: %(state)s.") % {"state": session.get_state_display()})


def _refuse_overlap(client: Client, therapist_id: UUID, starts_at: datetime, ends_at: datetime, *, apart_from: UUID | None = None) -> None:
    """Ends touching beginnings do not overlap. The database has the last word (session_no_overlap)."""
    other = TherapySession.objects.filter(therapist_id=therapist_id, state=SessionState.PLANNED, starts_at__lt=ends_at, ends_at__gt=starts_at)
    found = next((session for session in other.order_by("starts_at") if session.pk != apart_from), None)
    if found is not None:
        when = span_words(found.starts_at, found.ends_at, client.clinic.timezone)
        raise Refused(_("Another session stands in the calendar from %(when)s. Choose another time.") % {"when": when}, "time")


def _taken(client: Client, therapist_id: UUID, starts_at: datetime, ends_at: datetime, *, apart_from: UUID | None = None) -> Refused:
    """The database found an overlap that was not there a moment ago, or that is with a session this therapist may not read."""
    try:
        _refuse_overlap(client, therapist_id, starts_at, ends_at, apart_from=apart_from)
    except Refused as refused:
        return refused
    return Refused(_("Another session stands in the calendar at that time. Choose another time."), "time")
