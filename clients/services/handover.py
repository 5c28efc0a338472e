"""What the office changes about who cares for whom: a new therapist for one client or a whole caseload, and cover while somebody is away."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from access.clock import database_now
from accounts.models import Membership, Role
from audit.services import record_event
from clients.models import CareAssignment, Client
from clients.models.care import Kind
from clients.selectors.office import NOT_OVER
from core.actor import Actor
from core.errors import Refused
from core.ids import uuid7

Care = dict[UUID, list[CareAssignment]]


@transaction.atomic
def hand_over(
    *, clients: Iterable[Client], therapist_id: UUID, by: Actor, starts_at: datetime | None = None, stays: bool = False, stays_until: datetime | None = None
) -> int:
    """These clients' primary therapist is `therapist_id`, from now or from `starts_at` on; the one before ends at the same moment. Answers how many changed.

    `stays`: the one before goes on as co-therapist, `stays_until` a moment or without an end. Sent again, it changes nothing. Raises Refused.
    """
    refuse_who_does_not_treat(therapist_id, by)
    now = database_now()
    moment = starts_at or now
    if moment < now:
        raise Refused(_("That day lies behind."), "starts_on")
    if stays_until is not None and stays_until <= moment:
        raise Refused(_("That is before the new therapist begins."), "stays_until")
    done = 0
    locked, care = _lock(clients, by)
    for client in locked:
        primary = [row for row in care.get(client.pk, []) if row.kind == Kind.PRIMARY]
        planned = next((row for row in primary if row.starts_at > now), None)
        before = next((row for row in primary if row.starts_at <= now), None)
        if planned is not None and (planned.therapist_id, planned.starts_at) != (therapist_id, moment):
            raise Refused(_("For %(name)s a change is planned already. Take that back first.") % {"name": client.called}, "clients")
        if planned is not None or (before is not None and before.therapist_id == therapist_id):
            continue
        too = [row for row in care.get(client.pk, []) if row.kind == Kind.CO and row.therapist_id == therapist_id]
        _end_at(moment, [before, *too] if before is not None else too)
        new = _begin(client, therapist_id, Kind.PRIMARY, moment, None, by)
        if stays and before is not None:
            _begin(client, before.therapist_id, Kind.CO, moment, stays_until, by)
        detail = {"from": str(before.therapist_id) if before is not None else "", "to": str(therapist_id), "starts_at": moment.isoformat()}
        record_event(verb="care_handed_over", by=by, row=new, client_id=client.pk, detail=detail)
        done += 1
    return done


@transaction.atomic
def take_back(*, assignments: list[CareAssignment], by: Actor) -> int:
    """Changes of therapist that are planned do not happen: whoever treats these clients goes on. Answers how many; one that has begun stays as it is."""
    now = database_now()
    locked, care = _lock((row.client for row in assignments), by)
    wanted = {row.pk for row in assignments}
    done = 0
    for client in locked:
        rows = care.get(client.pk, [])
        planned = next((row for row in rows if row.pk in wanted and row.kind == Kind.PRIMARY and row.starts_at > now), None)
        if planned is None:
            continue
        moment = planned.starts_at
        never = [row.pk for row in rows if row.starts_at == moment and row.kind in (Kind.PRIMARY, Kind.CO)]
        CareAssignment.objects.filter(pk__in=never).update(ends_at=moment)
        tied = Q(kind=Kind.PRIMARY) | Q(kind=Kind.CO, therapist_id=planned.therapist_id)
        CareAssignment.objects.filter(tied, client=client, starts_at__lt=moment, ends_at=moment).update(ends_at=None)
        record_event(verb="handover_taken_back", by=by, row=planned, client_id=client.pk, detail={"to": str(planned.therapist_id)})
        done += 1
    return done


@transaction.atomic
def cover_clients(*, clients: Iterable[Client], therapist_id: UUID, ends_at: datetime, by: Actor, starts_at: datetime | None = None, why: str = "") -> int:
    """A colleague covers for these clients' therapist, from now or from `starts_at` on; it ends by itself. Answers for how many it is new.

    Whoever works with a client for all of that time already is left as it is. Raises Refused.
    """
    refuse_who_does_not_treat(therapist_id, by)
    now = database_now()
    moment = starts_at or now
    if moment < now:
        raise Refused(_("That day lies behind."), "starts_on")
    if ends_at <= moment:
        raise Refused(_("That is before it begins."), "ends_on")
    done = 0
    locked, care = _lock(clients, by)
    for client in locked:
        mine = [row for row in care.get(client.pk, []) if row.therapist_id == therapist_id and row.kind != Kind.BREAK_GLASS]
        if any(row.starts_at <= moment and (row.ends_at is None or row.ends_at >= ends_at) for row in mine):
            continue
        cover = _begin(client, therapist_id, Kind.COVER, moment, ends_at, by, why)
        record_event(verb="colleague_assigned", by=by, row=cover, client_id=client.pk, detail={"kind": Kind.COVER.value, "therapist": str(therapist_id)})
        done += 1
    return done


@transaction.atomic
def end_now(*, assignments: Iterable[CareAssignment], by: Actor) -> None:
    """These assignments end now; one that has not begun never will."""
    now = database_now()
    for row in assignments:
        not_over = CareAssignment.objects.filter(NOT_OVER, pk=row.pk)
        if not_over.filter(starts_at__lte=now).update(ends_at=now) or not_over.filter(starts_at__gt=now).update(ends_at=F("starts_at")):
            record_event(verb="assignment_ended", by=by, row=row, client_id=row.client_id, detail={"therapist": str(row.therapist_id)})


def refuse_who_does_not_treat(therapist_id: UUID, by: Actor) -> None:
    """Locks the membership, so that nobody ends it meanwhile."""
    if by.kind != "admin":
        raise ValueError("only the office changes who treats whom")
    found = Membership.objects.select_for_update(of=("self",)).filter(clinic_id=by.clinic_id, role=Role.THERAPIST, active=True, user_id=therapist_id)
    if not found.filter(user__is_active=True):
        raise Refused(_("This person does not work as therapist here."), "therapist")


def _lock(clients: Iterable[Client], by: Actor) -> tuple[list[Client], Care]:
    """The clients, so that two changes come one after the other; and their assignments that run or are to come."""
    ids = {client.pk for client in clients}
    locked = list(Client.objects.select_for_update(of=("self",)).filter(pk__in=ids, clinic_id=by.clinic_id).order_by("pk"))
    found: Care = {}
    for row in CareAssignment.objects.filter(NOT_OVER, client_id__in=ids, clinic_id=by.clinic_id):
        found.setdefault(row.client_id, []).append(row)
    return locked, found


def _end_at(moment: datetime, rows: Iterable[CareAssignment]) -> None:
    longer = Q(ends_at=None) | Q(ends_at__gt=moment)
    CareAssignment.objects.filter(longer, pk__in=[row.pk for row in rows], starts_at__lte=moment).update(ends_at=moment)


def _begin(client: Client, therapist_id: UUID, kind: str, starts_at: datetime, ends_at: datetime | None, by: Actor, why: str = "") -> CareAssignment:
    row = CareAssignment(
        id=uuid7(),
        client=client,
        clinic_id=client.clinic_id,
        therapist_id=therapist_id,
        kind=kind,
        starts_at=starts_at,
        ends_at=ends_at,
        why=why,
        created_by_id=by.user_id,
    )
    row.save(force_insert=True)
    return row
