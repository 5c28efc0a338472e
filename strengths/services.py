"""The only writer of strengths and supporters. Nobody on the map is ever contacted."""

from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from audit.services import record_event
from clients.models import Client, EntryModel, Visibility
from clients.pillars import Pillar
from clients.services import add_timeline_entry
from core.actor import Actor
from core.errors import Refused
from core.once import create_once
from core.text import plain
from strengths.content import strengths
from strengths.models import SpottedBy, Strength, Supporter

RINGS = (1, 2, 3)  # 1 is closest

Row = TypeVar("Row", Strength, Supporter)


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
        return _save_new(row, "strength", source, occurred_at, by)

    try:
        return create_once(Strength, new_id, make, by=by, client_id=client.pk)[0]
    except IntegrityError:
        return Strength.objects.get(client=client, key=key, created_by_id=by.user_id)  # another tab was a moment faster


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
        return _save_new(row, "supporter", source, occurred_at, by)

    return create_once(Supporter, new_id, make, by=by, client_id=client.pk)[0]


def _save_new(row: Row, kind: str, source: EntryModel | None, occurred_at: datetime | None, by: Actor) -> Row:
    row.created_by_id = by.user_id
    row.occurred_at = occurred_at or row.occurred_at
    if source is not None:
        row.source_kind, row.source_id = source._meta.label_lower, source.pk
    row.save(force_insert=True)
    add_timeline_entry(source=row, kind=kind, pillar=Pillar.STRENGTHS, by=by)
    record_event(verb=f"{kind}_added", by=by, row=row, client_id=row.client_id)
    return row
