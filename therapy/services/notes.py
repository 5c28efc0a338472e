"""Signing a note, adding to it, and notes that only their author reads."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record_event
from clients.models import Client
from core.actor import Actor
from core.errors import Refused
from core.once import create_once
from core.versions import save_version
from therapy.models import Amendment, PrivateNote, SessionNote, TherapySession
from therapy.models.notes import NoteState
from therapy.selectors import draft_parts


@transaction.atomic
def sign_note(*, note: SessionNote, version: int, by: Actor, signed_at: datetime | None = None) -> SessionNote:
    """Write every field down as it reads now and lock note and log. Pressed twice, it is signed once. Only a loader says `signed_at`.

    Raises Refused for somebody else's note, Stale when it was changed since it was read.
    """
    if note.created_by_id != by.user_id:
        raise Refused(_("Only its author signs a note."))
    if note.state == NoteState.SIGNED:
        return note
    now = signed_at or timezone.now()
    body = {part.key: part.text for part in draft_parts(note) if part.text}
    signed = save_version(note, version=version, changes={"body": body, "state": NoteState.SIGNED, "signed_at": now})
    TherapySession.objects.filter(pk=note.session_id).update(locked_at=now)
    record_event(verb="note_signed", by=by, row=signed, client_id=note.client_id)
    return signed


@transaction.atomic
def amend_note(*, note: SessionNote, new_id: UUID, text: str, by: Actor, reason: str = "") -> Amendment:
    """Add to a signed note; the first text stays. Raises Refused when it is not signed, or somebody else's."""
    if note.created_by_id != by.user_id:
        raise Refused(_("Only its author adds to a note."))
    if note.state != NoteState.SIGNED:
        raise Refused(_("This note is not signed yet: change it instead."))

    def make() -> Amendment:
        row = Amendment(id=new_id, note=note, client_id=note.client_id, clinic_id=note.clinic_id, text=text, reason=reason, created_by_id=by.user_id)
        row.save(force_insert=True)
        record_event(verb="note_amended", by=by, row=row, client_id=note.client_id)
        return row

    return create_once(Amendment, new_id, make, by=by, note_id=note.pk)[0]


@transaction.atomic
def write_private_note(*, client: Client, new_id: UUID, text: str, by: Actor) -> PrivateNote:
    """A note for its author alone. The trail says that one was written, not what."""

    def make() -> PrivateNote:
        row = PrivateNote(id=new_id, client=client, clinic_id=client.clinic_id, text=text, created_by_id=by.user_id)
        row.save(force_insert=True)
        record_event(verb="private_note_written", by=by, row=row, client_id=client.pk)
        return row

    return create_once(PrivateNote, new_id, make, by=by, client_id=client.pk)[0]


@transaction.atomic
def edit_private_note(*, note: PrivateNote, version: int, text: str, by: Actor) -> PrivateNote:
    """Change one's own private note. Raises Stale when another tab changed it meanwhile."""
    if note.text == text:
        return note
    changed = save_version(note, version=version, changes={"text": text})
    record_event(verb="private_note_changed", by=by, row=changed, client_id=note.client_id)
    return changed
