"""The log of a session: kept while it is typed, then saved with its note."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record_event
from clients.models import Client, TimelineEntry
from clients.services import add_timeline_entry
from core.actor import Actor
from core.errors import Refused, Stale
from core.once import create_once
from core.versions import save_version
from therapy.log import SessionLog
from therapy.models import LogDraft, SessionNote, TherapySession
from therapy.models.sessions import HELD
from therapy.services.sessions import of_this_client
from therapy.times import after

AHEAD = timedelta(hours=12)  # a session later today may be logged as held by somebody whose clock or calendar is a little off


@dataclass(frozen=True)
class Showing:
    """One showing of the log form: what it was made from. `session_id` is the planned session's, or the one that a new row will get.

    `version` is that of the draft, `session_version` that of the session's row, both 0 when there was none; `shown` is the showing's own id.
    """

    session_id: UUID
    session_version: int
    version: int
    shown: UUID


@transaction.atomic
def autosave_log(*, client: Client, showing: Showing, sent: int, fields: dict[str, Any], by: Actor) -> LogDraft:
    """Keep what stands in the form now. `sent` numbers the autosaves of one showing, from 1; an older one that arrives late changes nothing.

    Raises Stale with the newer draft or session when another tab or a colleague saved since the form was shown.
    """
    _refuse_older_form(_session(client, showing), showing)
    draft = _draft(client, showing, by)
    if draft is None:
        _refuse_without_draft(client, showing)
        try:
            with transaction.atomic():
                return _new_draft(client, showing, sent, fields, by)
        except IntegrityError as error:
            draft = _draft(client, showing, by)
            if draft is None:  # of a record that is closed to her by now
                raise Refused(_("This form belongs to another record. Please open it anew.")) from error
    if draft.shown == showing.shown and sent and sent <= draft.sent:
        return draft
    _refuse_older_draft(draft, showing)
    return save_version(draft, version=draft.version, changes={"fields": fields, "shown": showing.shown, "sent": sent})


@transaction.atomic
def save_log(*, client: Client, showing: Showing, starts_at: datetime, minutes: int, log: SessionLog, by: Actor) -> SessionNote:
    """Save the log of a session and the draft of its note. A second send of the same form changes nothing.

    Raises Refused when the risk tap of a session that was held is missing, or the note is signed; Stale as `autosave_log` does.
    """
    _refuse_gaps(log, starts_at)
    log = log.settled()
    values = _values(log, starts_at, minutes)
    session = _session(client, showing)
    if session is not None and _is_saved(session, values, log):
        note = session.note
    elif session is not None:
        note = _save_existing(session, showing, values, log, by)
    else:
        note = _save_new(client, showing, values, log, by)
    LogDraft.objects.filter(session_ref=showing.session_id, created_by_id=by.user_id, client=client).delete()
    return note


def _save_existing(session: TherapySession, showing: Showing, values: dict[str, Any], log: SessionLog, by: Actor) -> SessionNote:
    _refuse_foreign_note(session, by)
    _refuse_older_form(session, showing)
    _refuse_older_draft(_draft(session.client, showing, by), showing)
    try:
        session = save_version(session, version=showing.session_version, changes=values)
    except Stale as stale:
        if _is_saved(stale.current, values, log):  # the same form, sent twice at the same moment
            return stale.current.note
        raise
    return _write_note(session, log, by)


def _save_new(client: Client, showing: Showing, values: dict[str, Any], log: SessionLog, by: Actor) -> SessionNote:
    """A session that was not in the calendar."""
    _refuse_older_draft(_draft(client, showing, by), showing)

    def make() -> TherapySession:
        _refuse_second_log(client, values, by)
        session = TherapySession(id=showing.session_id, client=client, clinic_id=client.clinic_id, therapist_id=by.user_id, created_by_id=by.user_id, **values)
        session.save(force_insert=True)
        _write_note(session, log, by)
        return session

    session, made = create_once(TherapySession, showing.session_id, make, by=by, client_id=client.pk)
    if not made and not _is_saved(session, values, log):
        raise Stale(session)
    return session.note


def _write_note(session: TherapySession, log: SessionLog, by: Actor) -> SessionNote:
    """The session's note as a draft of `by`; the timeline and the trail with it."""
    own = {key: text for key, text in log.own.items() if text}
    words = {"format": log.note_format, "body": own, "edited": sorted(own)}
    note = SessionNote.objects.filter(session=session).first()
    if note is None:
        note = SessionNote(session=session, client_id=session.client_id, clinic_id=session.clinic_id, created_by_id=by.user_id, **words)
        note.save(force_insert=True)
    else:
        note = save_version(note, version=note.version, changes=words)
    _put_on_timeline(session, by)
    record_event(verb="session_logged", by=by, row=session, client_id=session.client_id, detail={"state": session.state})
    note.session = session
    return note


def _put_on_timeline(session: TherapySession, by: Actor) -> None:
    """A session that was held is on the axis. Corrected afterwards, its line says so: lines are never taken away."""
    held = session.state in HELD
    lines = TimelineEntry.objects.filter(source_kind=session._meta.label_lower, source_id=session.pk)
    moved = lines.update(kind="session" if held else "session_not_held", occurred_at=session.starts_at)
    if held and not moved:
        add_timeline_entry(source=session, kind="session", by=by)


def _values(log: SessionLog, starts_at: datetime, minutes: int) -> dict[str, Any]:
    return {
        "starts_at": starts_at,
        "ends_at": after(starts_at, minutes),
        "format": log.format,
        "state": log.attendance,
        "risk": log.risk,
        "risk_note": log.risk_note,
        "focus": list(log.focus),
        "did": list(log.did),
        "homework_review": log.homework_review,
        "felt": log.felt,
        "one_line": log.one_line,
    }


def _is_saved(session: TherapySession, values: dict[str, Any], log: SessionLog) -> bool:
    """Does exactly this stand in the database already?"""
    note = SessionNote.objects.filter(session=session).first()
    same = note is not None and note.format == log.note_format and all(getattr(session, name) == value for name, value in values.items())
    if not same or note is None:
        return False
    own = {key: text for key, text in log.own.items() if text}
    return {key: note.body.get(key) for key in note.edited} == own


def _session(client: Client, showing: Showing) -> TherapySession | None:
    found = TherapySession.objects.filter(pk=showing.session_id).first()
    if found is None:
        return None
    of_this_client(found, client).client = client
    return found


def _draft(client: Client, showing: Showing, by: Actor) -> LogDraft | None:
    """Hers. A session outside the calendar has no row yet that says whose it is: its draft does. Raises Refused for another client's."""
    found = LogDraft.objects.filter(session_ref=showing.session_id, created_by_id=by.user_id).first()
    return of_this_client(found, client) if found is not None else None


def _new_draft(client: Client, showing: Showing, sent: int, fields: dict[str, Any], by: Actor) -> LogDraft:
    draft = LogDraft(
        session_ref=showing.session_id, client=client, clinic_id=client.clinic_id, fields=fields, shown=showing.shown, sent=sent, created_by_id=by.user_id
    )
    draft.save(force_insert=True)
    return draft


def _refuse_foreign_note(session: TherapySession, by: Actor) -> None:
    if session.locked_at is not None:
        raise Refused(_("This note is signed. What is new goes into an amendment."))
    if SessionNote.objects.filter(session=session).exclude(created_by_id=by.user_id).exists():
        raise Refused(_("A colleague has logged this session. Only its author changes a log before it is signed."))


def _refuse_older_form(session: TherapySession | None, showing: Showing) -> None:
    if session is not None and session.version != showing.session_version:
        raise Stale(session)


def _refuse_without_draft(client: Client, showing: Showing) -> None:
    """The form was made from a draft that is gone: the log was saved meanwhile, and its draft with it."""
    if showing.version:
        session = _session(client, showing)
        raise Stale(session) if session is not None else Refused(_("Please open this page again."))


def _refuse_older_draft(draft: LogDraft | None, showing: Showing) -> None:
    """Another showing of the form wrote since this one was made. The same showing may always go on, even if an answer never reached it."""
    if draft is not None and draft.shown != showing.shown and draft.version != showing.version:
        raise Stale(draft)


def _refuse_gaps(log: SessionLog, starts_at: datetime) -> None:
    if log.held and not log.risk:
        raise Refused(_("Needs a tap: what did you ask about risk?"), "risk")
    if log.held and starts_at > timezone.now() + AHEAD:
        raise Refused(_("That day is still to come."), "date")


def _refuse_second_log(client: Client, values: dict[str, Any], by: Actor) -> None:
    """Two forms opened for one unplanned session would make it two; held sessions of one therapist with one client do not overlap."""
    if values["state"] not in HELD:
        return
    same_time = TherapySession.objects.filter(client=client, therapist_id=by.user_id, state__in=HELD)
    if same_time.filter(starts_at__lt=values["ends_at"], ends_at__gt=values["starts_at"]).exists():
        raise Refused(_("You have logged a session at that time already. Change the time, or open that log under Notes."), "time")
