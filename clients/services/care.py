"""Adding a client, her contact, and who cares for her."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from access.clock import database_now
from audit.services import record_event
from clients.models import CareAssignment, Client, Episode
from clients.models.care import Kind
from clients.models.client import Status
from core.actor import Actor
from core.errors import Refused
from core.once import create_once
from core.versions import save_version

CONTACT = (
    "called", "legal_name", "pronouns", "birth_date", "language", "timezone", "country", "email", "phone",
    "phone_ok", "voicemail_ok", "email_ok", "post_ok", "phone_checked", "emergency_contact", "gp",
)  # fmt: skip


@transaction.atomic
def add_client(*, new_id: UUID, started_on: date, by: Actor, waiting: bool = False, **contact: Any) -> Client:
    """A new client of the actor's clinic, whose primary therapist she becomes. `contact` takes the fields named in CONTACT.

    Her care begins on `started_on`; when she is `waiting`, that is since when, and `begin_care` begins it.
    """
    if by.kind != "therapist":
        raise ValueError("who adds a client treats her: only a therapist can")

    def make() -> Client:
        status = Status.WAITING if waiting else Status.ACTIVE
        client = Client(id=new_id, clinic_id=by.clinic_id, created_by_id=by.user_id, started_on=started_on, status=status, **contact)
        client.save(force_insert=True)
        care = CareAssignment(
            client=client, clinic_id=by.clinic_id, therapist_id=by.user_id, kind=Kind.PRIMARY, starts_at=database_now(), created_by_id=by.user_id
        )
        care.save(force_insert=True)
        if not waiting:
            Episode(client=client, clinic_id=by.clinic_id, started_on=started_on, created_by_id=by.user_id).save(force_insert=True)
        record_event(verb="client_added", by=by, row=client, client_id=client.pk)
        return client

    return create_once(Client, new_id, make, by=by)[0]


@transaction.atomic
def update_contact(*, client: Client, version: int, changes: dict[str, Any], by: Actor) -> Client:
    """Change what CONTACT names. Raises Stale when somebody else saved meanwhile."""
    unknown = set(changes) - set(CONTACT)
    if unknown:
        raise ValueError(f"not contact fields: {sorted(unknown)}")
    changed = sorted(name for name, value in changes.items() if getattr(client, name) != value)
    current = save_version(client, version=version, changes=changes)
    record_event(verb="contact_changed", by=by, row=current, client_id=client.pk, detail={"fields": changed})
    return current


@transaction.atomic
def assign_colleague(
    *, client: Client, new_id: UUID, therapist_id: UUID, kind: str, by: Actor, ends_at: datetime | None = None, why: str = ""
) -> CareAssignment:
    """Let a colleague of the clinic work with this client too: `co` without an end, `cover` with one. Raises Refused."""
    if kind not in (Kind.CO, Kind.COVER):
        raise ValueError(f"a therapist assigns co or cover, not {kind}")
    if kind == Kind.COVER and ends_at is None:
        raise Refused(_("Cover needs a last day."), "ends_on")
    now = database_now()
    if ends_at is not None and ends_at <= now:
        raise Refused(_("The last day lies in the past."), "ends_on")
    there = CareAssignment.objects.filter(Q(ends_at=None) | Q(ends_at__gt=now), client=client, therapist_id=therapist_id, starts_at__lte=now)
    if there.exclude(pk=new_id).exclude(kind=Kind.BREAK_GLASS).exists():
        raise Refused(_("This colleague already works with this client."), "therapist")

    def make() -> CareAssignment:
        care = CareAssignment(
            id=new_id,
            client=client,
            clinic_id=client.clinic_id,
            therapist_id=therapist_id,
            kind=kind,
            starts_at=now,
            ends_at=ends_at,
            why=why,
            created_by_id=by.user_id,
        )
        care.save(force_insert=True)
        record_event(verb="colleague_assigned", by=by, row=care, client_id=client.pk, detail={"kind": kind, "therapist": str(therapist_id)})
        return care

    try:
        return create_once(CareAssignment, new_id, make, by=by, client_id=client.pk, therapist_id=therapist_id)[0]
    except IntegrityError as error:
        raise Refused(_("This colleague already works with this client."), "therapist") from error


@transaction.atomic
def end_assignment(*, assignment: CareAssignment, by: Actor) -> CareAssignment:
    """End it now: the colleague's very next statement no longer finds the client. One that has ended stays as it is.

    Raises Refused when the actor may not: a primary therapist is changed by the office.
    """
    now = database_now()
    if assignment.ends_at is not None and assignment.ends_at <= now:
        return assignment
    running = CareAssignment.objects.filter(Q(ends_at=None) | Q(ends_at__gt=now), pk=assignment.pk)
    if not running.update(ends_at=now):
        raise Refused(_("This assignment is changed by the clinic's office."))
    record_event(verb="assignment_ended", by=by, row=assignment, client_id=assignment.client_id, detail={"therapist": str(assignment.therapist_id)})
    assignment.ends_at = now
    return assignment
