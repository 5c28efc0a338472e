"""Putting people and places on a client's map."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from clients.models import Client, EntryModel, Visibility
from core.actor import Actor
from core.errors import Refused
from core.once import create_once
from core.text import plain
from strengths.models import Supporter
from strengths.services.common import save_new

RINGS = (1, 2, 3)  # 1 is closest


@transaction.atomic
def add_supporter(
    *,
    client: Client,
    new_id: UUID,
    name: str,
    by: Actor,
    ring: int = 2,
    kind: str = "",
    visibility: str = Visibility.MY_THERAPIST,
    source: EntryModel | None = None,
    occurred_at: datetime | None = None,
) -> Supporter:
    """Put somebody or something on the client's map, in `ring` 1 (closest) to 3. A name that stands there already is the same one. Raises Refused."""
    name = name.strip()
    if not name:
        raise Refused(_("A first name or nickname is enough."), "name")
    if ring not in RINGS:
        raise Refused(_("Please choose one of the three rings."), "ring")
    for there in Supporter.objects.filter(client=client):
        if plain(there.name) == plain(name):
            return there

    def make() -> Supporter:
        row = Supporter(id=new_id, client=client, clinic_id=client.clinic_id, name=name, ring=ring, kind=kind, visibility=visibility)
        return save_new(row, "supporter", source, occurred_at, by)

    return create_once(Supporter, new_id, make, by=by, client_id=client.pk)[0]
