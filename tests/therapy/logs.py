"""Making logs for tests: a planned session, the form that stands for it, and what is tapped."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from access.acting import acting_as
from clients.models import Client
from core.ids import uuid7
from tests.cast import Person
from therapy.log import SessionLog
from therapy.models import SessionNote, TherapySession
from therapy.services import Showing, plan_session, save_log, sign_note

FULL = SessionLog(
    risk="no_concern",
    focus=("coping", "mindset"),
    did=("skills_practice",),
    homework_review="partly",
    felt="stuck",
    one_line="Breathing has become checking.",
)


def an_hour_ago() -> datetime:
    return timezone.now().replace(second=0, microsecond=0) - timedelta(hours=1)


def planned(person: Person, client: Client, starts_at: datetime | None = None) -> TherapySession:
    with acting_as(person.actor):
        return plan_session(client=client, new_id=uuid7(), starts_at=starts_at or an_hour_ago(), minutes=50, format="in_person", by=person.actor)


def form_of(session: TherapySession | None = None, **changes: Any) -> Showing:
    """A fresh showing of the form."""
    form = Showing(session.pk, session.version, 0, uuid7()) if session else Showing(uuid7(), 0, 0, uuid7())
    return replace(form, **changes)


def save(person: Person, client: Client, form: Showing, log: SessionLog = FULL, starts_at: datetime | None = None) -> SessionNote:
    with acting_as(person.actor):
        return save_log(client=client, showing=form, starts_at=starts_at or an_hour_ago(), minutes=50, log=log, by=person.actor)


def logged(person: Person, client: Client, log: SessionLog = FULL, starts_at: datetime | None = None) -> SessionNote:
    """A session that was planned and is logged, its note a draft."""
    session = planned(person, client, starts_at)
    return save(person, client, form_of(session), log, session.starts_at)


def signed(person: Person, client: Client, log: SessionLog = FULL, starts_at: datetime | None = None) -> SessionNote:
    note = logged(person, client, log, starts_at)
    with acting_as(person.actor):
        return sign_note(note=note, version=note.version, by=person.actor)
