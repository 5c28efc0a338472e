"""Ending what somebody of the staff may do: a role, or everything in this clinic. No client is left without a therapist by it."""

from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import ngettext

from accounts.models import Membership, Role, Supervision
from accounts.services import end_role
from clients.models import CareAssignment
from clients.models.care import Kind
from clients.selectors.office import NOT_OVER, in_need_of_another
from clients.services.handover import end_now
from clients.services.supervision import end_supervision
from core.actor import Actor
from core.errors import Refused

OF_ROLE = {Role.THERAPIST: (Kind.CO, Kind.COVER), Role.ADMIN: (Kind.BREAK_GLASS,)}


@transaction.atomic
def end_staff_role(*, membership: Membership, by: Actor) -> None:
    """The person stops working in this role with the next request, and so does what hangs on it: co-therapy, cover, supervision.

    Raises Refused for a therapist whose clients need another one first, and for a clinic's last admin.
    """
    membership = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)  # handing a client over locks it too
    if membership.role == Role.THERAPIST:
        _refuse_with_clients(membership.user_id, by)
        for link in Supervision.objects.filter(NOT_OVER, Q(supervisor_id=membership.user_id) | Q(supervisee_id=membership.user_id), clinic_id=by.clinic_id):
            end_supervision(supervision=link, by=by)
    kinds = OF_ROLE[Role(membership.role)]
    end_now(assignments=CareAssignment.objects.filter(NOT_OVER, therapist_id=membership.user_id, clinic_id=by.clinic_id, kind__in=kinds), by=by)
    end_role(membership=membership, by=by)


@transaction.atomic
def deactivate_member(*, user_id: UUID, by: Actor) -> int:
    """All of this person's roles on the staff of the actor's clinic end. Answers how many did. Raises Refused as `end_staff_role` does."""
    roles = list(Membership.objects.filter(user_id=user_id, clinic_id=by.clinic_id, active=True).exclude(role=Role.CLIENT).order_by("-role"))
    for membership in roles:
        end_staff_role(membership=membership, by=by)
    return len(roles)


def _refuse_with_clients(user_id: UUID, by: Actor) -> None:
    n = in_need_of_another(user_id, by.clinic_id).count()
    if n:
        words = ngettext("One client needs a new therapist first.", "%(n)s clients need a new therapist first.", n)
        raise Refused(words % {"n": n})
