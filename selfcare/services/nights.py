"""Nights: when she went to bed and got up, how it was. One a morning."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record_event
from clients.models import Client, Visibility
from clients.services import change_visibility
from core.actor import Actor
from core.errors import Refused
from selfcare.models import EntryKind, SelfCareEntry
from selfcare.services.entries import check_day, moment_of, once, save_once, says_the_same, write_copy, write_new

DOMAIN = "sleep"


@transaction.atomic
def record_night(
    *,
    client: Client,
    new_id: UUID,
    by: Actor,
    day: date,
    bed: datetime | None = None,
    wake: datetime | None = None,
    quality: int | None = None,
    note: str = "",
    visibility: str = Visibility.MY_THERAPIST,
    for_session: bool = False,
) -> SelfCareEntry:
    """The night that ended on `day`. Sent twice, it is one. Raises Refused: nothing said, a morning to come, one that has a night already."""
    check_night(client, day, bed, wake, quality, note)

    def make() -> SelfCareEntry:
        row = SelfCareEntry(id=new_id, client=client, clinic_id=client.clinic_id, created_by_id=by.user_id, kind=EntryKind.NIGHT, domain=DOMAIN)
        row.day, row.occurred_at, row.bed, row.wake, row.quality = day, wake or moment_of(client, day), bed, wake, quality
        row.note, row.visibility, row.for_session = note, visibility, for_session
        write_new(row, by)
        return row

    return once(new_id, make, by, client.pk, _("There is a night for that morning already. Change that one, or choose another day."))


@transaction.atomic
def change_night(*, entry: SelfCareEntry, version: int, by: Actor, visibility: str, **changes: Any) -> SelfCareEntry:
    """Put right what was said. The same again changes nothing. Raises Stale with the newer row, and Refused as `record_night` and for one taken back."""
    if entry.withdrawn_at is not None:
        raise Refused(_("This was taken back."))
    if says_the_same(entry, visibility, changes):
        return entry
    said = {name: changes.get(name, getattr(entry, name)) for name in ("day", "bed", "wake", "quality", "note")}
    check_night(entry.client, **said)
    changes["occurred_at"] = said["wake"] or moment_of(entry.client, said["day"])
    changed = save_once(entry, version, changes, _("There is a night for that morning already. Change that one, or choose another day."))
    if changed.visibility != visibility:
        change_visibility(source=changed, visibility=visibility, by=by)
    write_copy(changed, by)
    record_event(verb="selfcare_log_changed", by=by, row=changed, client_id=changed.client_id)
    return changed


def check_night(client: Client, day: date, bed: datetime | None, wake: datetime | None, quality: int | None, note: str) -> None:
    check_day(client, day)
    if bed is None and wake is None and quality is None and not note.strip():
        raise Refused(_("Say one thing about the night: a time, how it was, or a few words."))
    if bed is not None and wake is not None and wake <= bed:
        raise Refused(_("These two times cannot be one night. Please look at them again."), "wake")
    if wake is not None and wake > timezone.now():
        raise Refused(_("That time has not come yet."), "wake")
