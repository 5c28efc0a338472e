"""Putting strengths on a client's list, taking them off, and who reads them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record_event
from clients.models import Client, EntryModel, TimelineEntry, Visibility
from clients.services import change_visibility
from core.actor import Actor
from core.errors import Refused
from core.once import create_once
from core.text import plain
from strengths.content import strengths
from strengths.models import SpottedBy, Strength, StrengthEpisode
from strengths.selectors import same_strength
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

    One that this person noted already stays as it is; one that she took off comes back with its moments.
    """
    own_words = own_words.strip()
    if key and key not in {one.key for one in strengths()}:
        raise Refused(_("Please choose one of these."), "key")
    if not (key or own_words):
        raise Refused(_("Which strength is it?"), "own_words")
    there = _mine(client, key, own_words, by)
    if there is not None and there.withdrawn_at is None:
        return there
    if there is not None and there.withdrawn_by_id != by.user_id:
        raise Refused(_("The client took this one off the list, and can choose it again."), "key")
    _bring_back(Strength(client=client, key=key, own_words=own_words, visibility=visibility), by)
    if there is not None:
        there.withdrawn_at, there.source_kind, there.source_id = None, source._meta.label_lower if source else "", source.pk if source else None
        Strength.objects.filter(pk=there.pk).update(source_kind=there.source_kind, source_id=there.source_id)
        show_strength(strength=there, visibility=visibility, by=by)
        return there

    def make() -> Strength:
        row = Strength(id=new_id, client=client, clinic_id=client.clinic_id, key=key, own_words=own_words, spotted_by=spotted_by, visibility=visibility)
        return save_new(row, "strength", source, occurred_at, by)

    try:
        return create_once(Strength, new_id, make, by=by, client_id=client.pk, key=key)[0]
    except IntegrityError as error:
        faster = _mine(client, key, own_words, by)  # another tab was a moment faster
        if faster is None:  # it stands where this person no longer reads it
            raise Refused(_("This strength cannot be added here."), "key") from error
        return faster


@transaction.atomic
def take_off_strength(*, strength: Strength, by: Actor) -> None:
    """It leaves the list with its moments, and nothing is lost. The client takes it off whoever spotted it; staff what they spotted themselves.

    Done twice it changes nothing. Raises Refused.
    """
    if by.kind != "portal" and strength.created_by_id != by.user_id:
        raise Refused(_("Only who put it on the list can take it off."))
    rows = same_strength(strength) if by.kind == "portal" else [strength]
    now = timezone.now()
    gone: dict[str, Any] = {"withdrawn_at": now, "withdrawn_by_id": by.user_id, "updated_at": now}
    if Strength.objects.filter(pk__in=[row.pk for row in rows], withdrawn_at=None).update(**gone):
        _copies(rows).update(withdrawn_at=now, updated_at=now)
        record_event(verb="strength_taken_off", by=by, row=strength, client_id=strength.client_id)


@transaction.atomic
def show_strength(*, strength: Strength, visibility: str, by: Actor) -> None:
    """Who reads it from now on. Hidden, its moments are hidden too; shown, they stay as they were and are shown one by one."""
    if strength.visibility != visibility:
        change_visibility(source=strength, visibility=visibility, by=by)
    if visibility == Visibility.ONLY_ME:
        hidden = {"visibility": visibility, "updated_at": timezone.now()}
        _copies([strength]).update(**hidden)
        StrengthEpisode.objects.filter(strength=strength).exclude(visibility=visibility).update(**hidden)


def _mine(client: Client, key: str, own_words: str, by: Actor) -> Strength | None:
    """What this person noted before under the same name."""
    found = Strength.objects.filter(client=client, key=key, created_by_id=by.user_id)
    return next((row for row in found if key or plain(row.own_words) == plain(own_words)), None)


def _bring_back(strength: Strength, by: Actor) -> None:
    """Everybody's noting of it that this person took off, each with the moments that were not taken back; chosen for herself alone, her own only."""
    rows = [row for row in same_strength(strength, withdrawn=True) if row.withdrawn_by_id == by.user_id]
    if strength.visibility == Visibility.ONLY_ME:
        rows = [row for row in rows if row.created_by_id == by.user_id]
    back: dict[str, Any] = {"withdrawn_at": None, "withdrawn_by_id": None, "updated_at": timezone.now()}
    if Strength.objects.filter(pk__in=[row.pk for row in rows]).exclude(withdrawn_at=None).update(**back):
        gone = StrengthEpisode.objects.filter(strength__in=rows).exclude(withdrawn_at=None).values_list("pk", flat=True)
        _copies(rows).exclude(source_id__in=list(gone)).update(withdrawn_at=None, updated_at=timezone.now())
        record_event(verb="strength_brought_back", by=by, row=rows[0], client_id=strength.client_id)


def _copies(rows: Iterable[Strength]) -> Any:
    """The lines on the axis of these and of their moments, those taken back among them."""
    ids = [row.pk for row in rows]
    ids += StrengthEpisode.objects.filter(strength_id__in=ids).values_list("pk", flat=True)
    kinds = [Strength._meta.label_lower, StrengthEpisode._meta.label_lower]
    return TimelineEntry._base_manager.filter(source_kind__in=kinds, source_id__in=ids)
