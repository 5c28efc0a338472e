"""A domain left out of a client's week, by either side for itself."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record_event
from clients.models import Client
from core.actor import Actor
from core.errors import Refused
from selfcare.content import domains
from selfcare.models import DomainHidden
from selfcare.models.activity import HiddenBy


@transaction.atomic
def hide_domain(*, client: Client, domain: str, hidden: bool, by: Actor) -> None:
    """Leave it out, or no longer; said twice it changes nothing. What stands in it is kept, and neither shown nor offered meanwhile. Raises Refused."""
    if domain not in {each.key for each in domains()}:
        raise Refused(_("Please choose one of these."), "domain")
    side = HiddenBy.CLIENT if by.kind == "portal" else HiddenBy.STAFF
    mine = {"client": client, "domain": domain, "side": side}
    changed = DomainHidden.objects.filter(**mine).exclude(hidden=hidden).update(hidden=hidden, updated_at=timezone.now())
    row = DomainHidden.objects.filter(**mine).first()
    if row is None and hidden:
        made = DomainHidden.objects.bulk_create([DomainHidden(**mine, clinic_id=client.clinic_id, created_by_id=by.user_id)], ignore_conflicts=True)
        row, changed = made[0], 1
    if row is not None and changed:
        record_event(verb="selfcare_part_left_out" if hidden else "selfcare_part_shown", by=by, row=row, client_id=client.pk, detail={"domain": domain})
