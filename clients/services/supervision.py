"""Who supervises whom: set and ended by the office, each with its dates. By the database's clock, as care is."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from access.clock import database_now
from accounts.models import Membership, Role, Supervision
from audit.services import record_event
from clients.selectors.office import NOT_OVER
from core.actor import Actor
from core.errors import Refused
from core.once import create_once


@transaction.atomic
def add_supervision(
    *, new_id: UUID, supervisor_id: UUID, supervisee_id: UUID, by: Actor, starts_at: datetime | None = None, ends_at: datetime | None = None
) -> Supervision:
    """From now or from `starts_at` on the supervisor reads the records of the supervisee's clients; `ends_at` a moment, or without an end. Raises Refused."""
    now = database_now()
    begins = starts_at or now
    if supervisor_id == supervisee_id:
        raise Refused(_("Nobody supervises themselves."), "colleague")
    if begins < now:
        raise Refused(_("That day lies behind."), "starts_on")
    if ends_at is not None and ends_at <= begins:
        raise Refused(_("That is before it begins."), "ends_on")
    pair = {"supervisor_id": supervisor_id, "supervisee_id": supervisee_id}
    both = Membership.objects.select_for_update(of=("self",)).filter(clinic_id=by.clinic_id, role=Role.THERAPIST, active=True, user_id__in=pair.values())
    if len(both) != len(pair):
        raise Refused(_("Both have to work as therapists here."), "colleague")
    if Supervision.objects.filter(NOT_OVER, clinic_id=by.clinic_id, **pair).exclude(pk=new_id).exists():
        raise Refused(_("This is in place already, or planned."), "colleague")

    def make() -> Supervision:
        link = Supervision(id=new_id, clinic_id=by.clinic_id, starts_at=begins, ends_at=ends_at, created_by_id=by.user_id, **pair)
        link.save(force_insert=True)
        record_event(verb="supervision_added", by=by, row=link, detail={name: str(value) for name, value in pair.items()})
        return link

    return create_once(Supervision, new_id, make, by=by, **pair)[0]


@transaction.atomic
def end_supervision(*, supervision: Supervision, by: Actor) -> None:
    """It ends now; one that has not begun never will."""
    now = database_now()
    not_over = Supervision.objects.filter(NOT_OVER, pk=supervision.pk)
    if not_over.filter(starts_at__lte=now).update(ends_at=now) or not_over.filter(starts_at__gt=now).update(ends_at=F("starts_at")):
        record_event(verb="supervision_ended", by=by, row=supervision)
