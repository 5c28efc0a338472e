"""Putting people and places on a client's map, moving them, taking them off and back on. What was before is kept in their history."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record_event
from clients.models import Client, EntryModel, Visibility
from clients.services import change_visibility
from core.actor import Actor
from core.errors import Refused
from core.once import create_once
from core.text import plain
from core.versions import save_version
from strengths.content import help_kinds, resource_kinds
from strengths.models import Ease, ReachOut, Supporter
from strengths.people_then import kept, to_be_read
from strengths.services.common import save_new

RINGS = (1, 2, 3)  # 1 is closest
STATE = ("ring", "in_heart", "helps", "do_not_contact", "withdrawn_at")  # what history keeps


@transaction.atomic
def add_supporter(
    *,
    client: Client,
    new_id: UUID,
    name: str,
    by: Actor,
    ring: int = 2,
    kind: str = "",
    relation: str = "",
    in_heart: bool = False,
    helps: Sequence[str] = (),
    ease: str = "",
    do_not_contact: bool = False,
    visibility: str = Visibility.MY_THERAPIST,
    source: EntryModel | None = None,
    occurred_at: datetime | None = None,
) -> Supporter:
    """Put somebody or something on the client's map, in `ring` 1 (closest) to 3. Raises Refused.

    A name that stands there already is the same one and stays as it is; one that was taken off the map comes back, unless it would be read by more.
    """
    said: dict[str, Any] = {"name": name.strip(), "ring": ring, "kind": kind, "relation": relation, "in_heart": in_heart}
    said |= {"helps": list(helps), "ease": ease, "do_not_contact": do_not_contact}
    _check(said)
    for there in Supporter.objects.filter(client=client).order_by(F("withdrawn_at").desc(nulls_first=True)):
        told = there.withdrawn_at is not None and there.visibility != visibility == Visibility.ONLY_ME
        if plain(there.name) == plain(said["name"]) and not told:
            put_back(supporter=there, by=by)
            return there

    def make() -> Supporter:
        row = Supporter(id=new_id, client=client, clinic_id=client.clinic_id, visibility=visibility, **said)
        return save_new(row, "supporter", source, occurred_at, by)

    return create_once(Supporter, new_id, make, by=by, client_id=client.pk)[0]


def _check(said: dict[str, Any]) -> None:
    if not said["name"]:
        raise Refused(_("A first name or nickname is enough."), "name")
    if said["ring"] not in RINGS:
        raise Refused(_("Please choose one of the three rings."), "ring")
    if said["kind"] and said["kind"] not in {kind.key for kind in resource_kinds()}:
        raise Refused(_("Please choose one of these."), "kind")
    if not set(said["helps"]) <= set(help_kinds()):
        raise Refused(_("Please choose one of these."), "helps")
    if said["ease"] and said["ease"] not in Ease.values:
        raise Refused(_("Please choose one of these."), "ease")


@transaction.atomic
def change_supporter(*, supporter: Supporter, version: int, by: Actor, at: datetime | None = None, **changes: Any) -> Supporter:
    """Other words, another place, other help, since now or since `at`; the same ones change nothing. Raises Refused, and Stale with the newer row."""
    names = ("name", "ring", "kind", "relation", "in_heart", "helps", "ease", "do_not_contact")
    said = {name: getattr(supporter, name) for name in names} | changes
    said = {**said, "name": said["name"].strip(), "helps": list(said["helps"])}
    _check(said)
    return _save(supporter, version, said, "supporter_changed", by, at)


def _save(supporter: Supporter, version: int, said: dict[str, Any], verb: str, by: Actor, at: datetime | None = None) -> Supporter:
    changed = {name: value for name, value in said.items() if getattr(supporter, name) != value}
    if not changed and supporter.version == version:
        return supporter
    if changed.keys() & set(STATE):
        changed["history"] = [*supporter.history, kept(supporter, at or timezone.now())]
    row = save_version(supporter, version=version, changes=changed)
    record_event(verb=verb, by=by, row=row, client_id=row.client_id)
    return row


@transaction.atomic
def move_supporter(*, supporter: Supporter, ring: int | None, version: int, by: Actor) -> Supporter:
    """Into another ring, or with no ring into her heart: one died or is out of reach. Raises Refused and Stale."""
    if ring is None:
        return _save(supporter, version, {"in_heart": True}, "supporter_moved", by)
    if ring not in RINGS:
        raise Refused(_("Please choose one of the three rings."), "ring")
    return _save(supporter, version, {"in_heart": False, "ring": ring}, "supporter_moved", by)


@transaction.atomic
def take_off_map(*, supporter: Supporter, by: Actor) -> Supporter:
    """Off the map: in no list, no picture and no count. What was is kept. Done twice it changes nothing. Raises Stale."""
    if supporter.withdrawn_at is not None:
        return supporter
    return _save(supporter, supporter.version, {"withdrawn_at": timezone.now()}, "supporter_taken_off", by)


@transaction.atomic
def put_back(*, supporter: Supporter, by: Actor) -> Supporter:
    """On the map again, where it stood."""
    if supporter.withdrawn_at is None:
        return supporter
    return _save(supporter, supporter.version, {"withdrawn_at": None}, "supporter_put_back", by)


@transaction.atomic
def show_supporter(*, supporter: Supporter, visibility: str, by: Actor) -> None:
    """Who reads it from now on. Hidden, what tells of reaching out to them is hidden too; shown, that stays as it was.

    How somebody stood while they were hers alone is not told by showing them.
    """
    if supporter.visibility != visibility:
        if visibility == Visibility.MY_THERAPIST:
            supporter.history = to_be_read(supporter.history)
            Supporter.objects.filter(pk=supporter.pk).update(history=supporter.history)
        change_visibility(source=supporter, visibility=visibility, by=by)
    if visibility == Visibility.ONLY_ME:
        for row in ReachOut.objects.filter(supporter=supporter).exclude(visibility=visibility):
            change_visibility(source=row, visibility=visibility, by=by)
