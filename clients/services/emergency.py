"""Breaking the glass: an admin reads one record for a few hours, with a reason, and everybody whom it concerns can see it."""

from datetime import timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from access.clock import database_now
from audit.services import record_event
from clients.models import CareAssignment, Client
from clients.models.care import GLASS_AT_MOST, EmergencyReason, Kind
from clients.selectors.care import active_assignments
from core.actor import Actor
from core.errors import Refused
from core.once import create_once


@transaction.atomic
def break_glass(*, client: Client, new_id: UUID, reason: str, why: str, hours: int, by: Actor) -> CareAssignment:
    """From now the admin reads this record, and writes nothing in it, for 1 to 4 `hours`. Raises Refused; PermissionDenied for everybody else."""
    if by.kind != "admin" or client.clinic_id != by.clinic_id:
        raise PermissionDenied
    lasts = timedelta(hours=hours)
    if not timedelta() < lasts <= GLASS_AT_MOST:
        raise Refused(_("Between one and four hours, please."), "hours")
    if reason not in EmergencyReason.values:
        raise Refused(_("Please choose a reason."), "reason")
    if not why.strip():
        raise Refused(_("Please say why. The therapist reads it."), "why")
    Client.objects.select_for_update(of=("self",)).get(pk=client.pk)  # two presses come one after the other
    if active_assignments(client).filter(therapist_id=by.user_id).exclude(pk=new_id).exists():
        raise Refused(_("You read this record already."), "client")

    def make() -> CareAssignment:
        now = database_now()
        care = CareAssignment(id=new_id, client=client, clinic_id=by.clinic_id, therapist_id=by.user_id, created_by_id=by.user_id)
        care.kind, care.reason, care.why, care.starts_at, care.ends_at = Kind.BREAK_GLASS, reason, why, now, now + lasts
        care.save(force_insert=True)
        record_event(verb="emergency_opened", by=by, row=care, client_id=client.pk, detail={"reason": reason, "hours": hours})
        return care

    return create_once(CareAssignment, new_id, make, by=by, client_id=client.pk, kind=Kind.BREAK_GLASS)[0]


@transaction.atomic
def end_glass(*, assignment: CareAssignment, by: Actor) -> bool:
    """It ends now, for whoever of the office says so; False for one that has ended already."""
    if by.kind != "admin" or assignment.kind != Kind.BREAK_GLASS:
        raise PermissionDenied
    running = CareAssignment.objects.filter(pk=assignment.pk, clinic_id=by.clinic_id, ends_at__gt=Now())
    ended = bool(running.update(ends_at=database_now()))
    if ended:
        record_event(verb="emergency_ended", by=by, row=assignment, client_id=assignment.client_id)
    return ended
