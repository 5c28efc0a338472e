"""What a client wants to see on the own pages."""

from django.db import transaction
from django.utils import timezone

from audit.services import record_event
from clients.models import Client, PortalChoice
from core.actor import Actor

BLOCKS = ("moods", "scores")


@transaction.atomic
def show_block(*, client: Client, block: str, shown: bool, by: Actor) -> None:
    """Show a block of My progress, or leave it out until it is shown again. Done twice it is the same."""
    if block not in BLOCKS:
        raise ValueError(f"there is no block {block}")
    row = PortalChoice(client=client, clinic_id=client.clinic_id, created_by_id=by.user_id)
    PortalChoice.objects.bulk_create([row], ignore_conflicts=True)
    if PortalChoice.objects.filter(client=client, **{f"hide_{block}": shown}).update(**{f"hide_{block}": not shown}, updated_at=timezone.now()):
        record_event(verb="portal_choice_changed", by=by, row=client, client_id=client.pk)
