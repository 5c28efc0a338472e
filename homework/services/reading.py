"""Something to read: given, read, taken back; and what stayed with who read it."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record_event
from clients.models import Client, TimelineEntry, Visibility
from clients.models.client import Status
from clients.services import add_timeline_entry, change_visibility, withdraw_copies
from core.actor import Actor
from core.errors import Refused
from core.once import create_once
from core.versions import save_version
from core.zones import today_in
from homework.models import ReadingGiven, ReadingNote
from homework.models.reading import ReadingState
from homework.reading import Text


@transaction.atomic
def give_reading(
    *,
    client: Client,
    new_id: UUID,
    text: Text,
    by: Actor,
    reason: str = "",
    look_at_on: date | None = None,
    given_at: datetime | None = None,
) -> ReadingGiven:
    """A therapist gives a text. Sent twice, it is one; a text that is given and not read yet is the same one. Raises Refused."""
    sent_before = ReadingGiven.objects.filter(pk=new_id, client=client).first()
    if sent_before is not None:
        return sent_before
    if client.status == Status.DISCHARGED:
        raise Refused(_("%(name)s is discharged. Nothing new can be agreed before care begins again.") % {"name": client.called})
    if look_at_on is not None and given_at is None and look_at_on < today_in(client.clinic.timezone):
        raise Refused(_("This day is over."), "look_at_on")
    if ReadingGiven.objects.filter(client=client, item_key=text.key, state=ReadingState.GIVEN).exclude(pk=new_id).exists():  # its twin may be there by now
        raise Refused(_("This is given already and waits to be read."))

    def make() -> ReadingGiven:
        row = ReadingGiven(id=new_id, client=client, clinic_id=client.clinic_id, created_by_id=by.user_id, item_key=text.key)
        row.reason, row.look_at_on, row.created_at = reason.strip(), look_at_on, given_at or timezone.now()
        row.save(force_insert=True)
        # no pillar: a mark on the axis says that something was done there, and nothing has been yet
        add_timeline_entry(source=row, kind="reading_given", item_key=text.axis_key, by=by)
        record_event(verb="reading_given", by=by, row=row, client_id=client.pk, detail={"text": text.key})
        return row

    try:
        return create_once(ReadingGiven, new_id, make, by=by, client_id=client.pk)[0]
    except IntegrityError as error:
        raise Refused(_("This is given already and waits to be read.")) from error


@transaction.atomic
def take_back_reading(*, given: ReadingGiven, by: Actor) -> ReadingGiven:
    """It is no longer on the client's list. Done twice it changes nothing. Raises Refused for one that was read meanwhile."""
    if not _change(given, ReadingState.TAKEN_BACK, by):
        given.refresh_from_db()
        if given.state != ReadingState.TAKEN_BACK:
            raise Refused(_("This was read meanwhile. It stays."))
        return given
    withdraw_copies(source=given)
    record_event(verb="reading_taken_back", by=by, row=given, client_id=given.client_id, detail={"text": given.item_key})
    return given


@transaction.atomic
def stop_open_reading(*, client: Client, by: Actor) -> int:
    """Everything that waits to be read is off the list, as at the end of care. How many there were."""
    waiting = list(ReadingGiven.objects.filter(client=client, state=ReadingState.GIVEN))
    for given in waiting:
        take_back_reading(given=given, by=by)
    return len(waiting)


@transaction.atomic
def say_read(
    *,
    client: Client,
    text: Text,
    new_id: UUID,
    by: Actor,
    stayed: str = "",
    visibility: str = Visibility.MY_THERAPIST,
    for_session: bool = False,
    occurred_at: datetime | None = None,
) -> ReadingNote | None:
    """The client read it. One that was given is read from now on, which both see; words about it, or a text of her own choice, make a note of its own.

    Sent twice, it is one. The note is None where there was nothing more to say.
    """
    sent_before = ReadingNote.objects.filter(pk=new_id, client=client).first()
    if sent_before is not None:
        return sent_before
    latest = ReadingGiven.objects.filter(client=client, item_key=text.key).exclude(state=ReadingState.TAKEN_BACK).order_by("-created_at").first()
    if latest is not None and _change(latest, ReadingState.READ, by, at=occurred_at):
        when = latest.state_changed_at
        add_timeline_entry(source=latest, kind="reading_read", pillar=text.pillar, item_key=text.axis_key, occurred_at=when, by=by)
        record_event(verb="reading_read", by=by, row=latest, client_id=client.pk, detail={"text": text.key})
    if latest is not None and not stayed.strip() and not for_session:
        return None

    def make() -> ReadingNote:
        row = ReadingNote(id=new_id, client=client, clinic_id=client.clinic_id, created_by_id=by.user_id, item_key=text.key, given=latest)
        row.stayed, row.visibility, row.for_session, row.occurred_at = stayed.strip(), visibility, for_session, occurred_at or timezone.now()
        row.save(force_insert=True)
        add_timeline_entry(source=row, kind="reading_note", pillar=text.pillar, item_key=text.axis_key, by=by)
        record_event(verb="reading_noted", by=by, row=row, client_id=client.pk, detail={"text": text.key, "words": bool(row.stayed)})
        return row

    return create_once(ReadingNote, new_id, make, by=by, client_id=client.pk, item_key=text.key)[0]


@transaction.atomic
def change_reading_note(*, note: ReadingNote, version: int, stayed: str, visibility: str, for_session: bool, by: Actor) -> ReadingNote:
    """Other words, other readers. The same again changes nothing. Raises Stale with the newer row, and Refused for one taken back."""
    if note.withdrawn_at is not None:
        raise Refused(_("This was taken back."))
    if (note.stayed, note.visibility, note.for_session) == (stayed.strip(), visibility, for_session):
        return note
    changed = save_version(note, version=version, changes={"stayed": stayed.strip(), "for_session": for_session})
    if changed.visibility != visibility:
        change_visibility(source=changed, visibility=visibility, by=by)
    mine = {"source_kind": changed._meta.label_lower, "source_id": changed.pk}
    TimelineEntry.objects.filter(**mine).update(for_session=for_session, updated_at=timezone.now())
    record_event(verb="reading_note_changed", by=by, row=changed, client_id=changed.client_id)
    return changed


@transaction.atomic
def take_back_reading_note(*, note: ReadingNote, by: Actor) -> None:
    """On no page and in no count any more. Done twice it changes nothing."""
    now = timezone.now()
    if ReadingNote.objects.filter(pk=note.pk, withdrawn_at=None).update(withdrawn_at=now, updated_at=now):
        withdraw_copies(source=note)
        record_event(verb="reading_note_withdrawn", by=by, row=note, client_id=note.client_id)


def _change(given: ReadingGiven, state: str, by: Actor, *, at: datetime | None = None) -> bool:
    """Whether it was waiting until now."""
    now = timezone.now()
    new = {"state": state, "state_changed_at": at or now, "state_changed_by_id": by.user_id, "updated_at": now}
    if not ReadingGiven.objects.filter(pk=given.pk, state=ReadingState.GIVEN).update(version=F("version") + 1, **new):
        return False
    given.refresh_from_db(fields=["state", "state_changed_at", "state_changed_by", "version"])
    return True
