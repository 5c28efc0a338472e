"""Putting strengths on a client's list."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from clients.models import Client, EntryModel, Visibility
from core.actor import Actor
from core.errors import Refused
from core.once import create_once
from strengths.content import strengths
from strengths.models import SpottedBy, Strength
from strengths.services.common import save_new


@transaction.atomic
def add_strength(
    *,
    client: Client,
    new_id: UUID,
    by: Actor,
    key: str = "",
    own_words: str = "",
    spotted_by: str = SpottedBy.CLIENT,
    visibility: str = Visibility.MY_THERAPIST,
    source: EntryModel | None = None,
    occurred_at: datetime | None = None,
) -> Strength:
    """Put a strength on the client's list: a key of strengths/data/strengths.yaml, or her own words. Raises Refused.

    One that is there already stays as it is.
    """
    if key and key not in {one.key for one in strengths()}:
        raise Refused(_("Please choose one of these."), "key")
    if not (key or own_words):
        raise Refused(_("Which strength is it?"), "own_words")
    there = Strength.objects.filter(client=client, key=key, created_by_id=by.user_id).first() if key else None
    if there is not None:
        return there

    def make() -> Strength:
        row = Strength(id=new_id, client=client, clinic_id=client.clinic_id, key=key, own_words=own_words, spotted_by=spotted_by, visibility=visibility)
        return save_new(row, "strength", source, occurred_at, by)

    try:
        return create_once(Strength, new_id, make, by=by, client_id=client.pk)[0]
    except IntegrityError:
        return Strength.objects.get(client=client, key=key, created_by_id=by.user_id)  # another tab was a moment faster
