"""What the session log shows: which session it is about, what stands in it already, and the note that it makes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_time
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients.models import Client
from core.actor import Actor
from core.errors import Refused
from core.ids import uuid7
from core.zones import zone
from dashboard.forms.session_log import LogForm, text_name, typed_log, when_of
from dashboard.pages.talk import talk_rows
from homework.selectors import homework_since
from therapy.content import session_taps
from therapy.log import SessionLog
from therapy.models import LogDraft, SessionNote, TherapySession
from therapy.note_text import NOTE_KEYS, Facts, NotePart, note_parts, note_prompts, whole_text
from therapy.selectors import facts_at, last_held, log_of, note_view, session_to_log, sessions_to_log_of, unsaved_logs
from therapy.times import moment

A_WHILE = timedelta(hours=48)  # after that a quiet line says how long ago it was


@dataclass(frozen=True)
class Opening:
    """One log to write. `session` is None when it was not in the calendar; `note` is there once it has been saved; `draft` is hers, not saved.

    `mine`: no colleague has logged it.
    """

    client: Client
    session_id: UUID
    session: TherapySession | None
    note: SessionNote | None
    draft: LogDraft | None
    mine: bool = True

    @property
    def may_log(self) -> bool:
        """Not signed, and not a colleague's."""
        return self.mine and (self.session is None or self.session.locked_at is None)

    @property
    def known(self) -> bool:
        """Is there anything of it yet?"""
        return self.session is not None or self.draft is not None

    @property
    def from_calendar(self) -> bool:
        return self.session is not None

    def versions(self) -> dict[str, Any]:
        """The hidden fields that say what the form is made from."""
        return {
            "new_id": self.session_id,
            "version": self.draft.version if self.draft else 0,
            "session_version": self.session.version if self.session else 0,
        }

    def typed(self) -> dict[str, Any]:
        """What stands in the form at first: the draft, else what is saved, else attendance and time alone."""
        if self.draft is not None:
            return dict(self.draft.fields)
        return self.saved().as_dict() | when_of(*self.time, self.client)

    def saved(self) -> SessionLog:
        if self.note is not None:
            return log_of(self.note)
        return SessionLog(format=self.session.format) if self.session else SessionLog()

    @property
    def time(self) -> tuple[datetime, int]:
        """When it began or is planned, and for how many minutes; a session outside the calendar is taken to end about now."""
        if self.session is not None:
            return self.session.starts_at, self.session.minutes
        minutes = self.client.clinic.session_minutes
        now = timezone.now().replace(second=0, microsecond=0)
        return now, minutes


def open_log(client: Client, actor: Actor, session_id: UUID | None = None) -> Opening:
    """The log of this session, else of today's planned one or the nearest that waits, else one she began, else a new one."""
    drafts = {draft.session_ref: draft for draft in unsaved_logs(client, actor)}
    if session_id is None:
        planned = session_to_log(client, actor)
        session_id = planned.pk if planned else _begun_outside(client, drafts) or uuid7()
    session = TherapySession.objects.filter(pk=session_id, client=client).first()
    view = note_view(client, session_id, actor) if session else None
    return Opening(client, session_id, session, view.note if view else None, drafts.get(session_id), mine=view is None or view.mine)


def _begun_outside(client: Client, drafts: Mapping[UUID, LogDraft]) -> UUID | None:
    """A log she began for a session that was not in the calendar."""
    there = set(TherapySession.objects.filter(client=client, pk__in=list(drafts)).values_list("pk", flat=True))
    return next((ref for ref in drafts if ref not in there), None)


@dataclass(frozen=True)
class NoteRow:
    """A field of the note in the rail. `shown`: it belongs to the chosen format or holds her own text; `open`: she writes it herself."""

    key: str
    label: str
    field: Any
    part: NotePart | None
    open: bool

    @property
    def shown(self) -> bool:
        return self.part is not None

    @property
    def letter(self) -> str:
        return self.label[:1]


def note_rows(form: LogForm, parts: tuple[NotePart, ...]) -> list[NoteRow]:
    """All fields of all formats, in their order, so that changing the format loses nothing."""
    found = {part.key: part for part in parts}
    prompts = note_prompts()
    return [
        NoteRow(
            key,
            found[key].label if key in found else prompts[key][0],
            form[text_name(key)],
            found.get(key),
            open=bool(form[text_name(key)].value()),
        )
        for key in NOTE_KEYS
    ]


def facts_for(client: Client, typed: Mapping[str, Any]) -> Facts:
    """What the note takes from elsewhere, at the time that stands in the form."""
    return facts_at(client, typed_time(client, typed) or timezone.now())


def typed_time(client: Client, typed: Mapping[str, Any]) -> datetime | None:
    """The moment that stands in the form, when it is one."""
    try:
        day, clock = parse_date(str(typed.get("date", ""))), parse_time(str(typed.get("time", "")))
        return moment(day, clock, client.clinic.timezone) if day and clock else None
    except (ValueError, Refused):
        return None


def answer_lines(parts: tuple[NotePart, ...]) -> dict[str, str]:
    """The lines of each field as HTML, for the page that autosaves."""
    return {part.key: render_to_string("therapy/note_lines.html", {"part": part, "typing": True}) for part in parts}


def log_text(log: SessionLog, facts: Facts) -> str:
    """A log as one text, for showing two of them beside each other."""
    return whole_text(note_parts(log, facts))


def saved_text(row: Any, client: Client, actor: Actor, facts: Facts) -> str:
    """What stands in the database by now: a newer draft of hers, or the saved note."""
    if isinstance(row, LogDraft):
        return log_text(typed_log(row.fields), facts)
    view = note_view(client, row.pk if isinstance(row, TherapySession) else row.session_id, actor)
    return whole_text(view.parts) if view else ""


def headline(when: datetime, opening: Opening) -> str:
    """`Log of Tuesday 24 November, 10:00, from your calendar.`"""
    day = date_format(when.astimezone(zone(opening.client.clinic.timezone)), "l j F, H:i")
    said = _("Log of %(day)s, from your calendar.") if opening.from_calendar else _("Log of %(day)s, not in your calendar.")
    return said % {"day": day}


def ago(when: datetime) -> str:
    """A soft line once two days have gone by."""
    passed = timezone.now() - when
    if passed < A_WHILE:
        return ""
    return ngettext("That was %(n)s day ago.", "That was %(n)s days ago.", passed.days) % {"n": passed.days}


def meeting(key: str) -> str:
    """How they met, as the headline says it."""
    return next((tap.name for tap in session_taps().mode if tap.key == key), "")


def homework_lines(client: Client, before: datetime) -> list[str]:
    """What came back since the last session: `Worst, best, most likely: done 3 of 3, helped 2 of 5`."""
    last = last_held([client.pk]).get(client.pk)
    since = last.starts_at if last and last.starts_at < before else before - timedelta(days=28)
    return [f"{task.title}: {task.done_words}" for task in homework_since(client, since)]


def log_context(opening: Opening, form: LogForm, typed: Mapping[str, Any], actor: Actor) -> dict[str, Any]:
    """Everything the page needs beside the form."""
    client = opening.client
    when = typed_time(client, typed) or opening.time[0]
    log = typed_log(typed)
    waiting = [session for session in sessions_to_log_of(client, actor) if session.pk != opening.session_id and session.ends_at < timezone.now()]
    return {
        "client": client,
        "form": form,
        "opening": opening,
        "headline": headline(when, opening),
        "ago": ago(when),
        "meeting": meeting(log.format),
        "rows": note_rows(form, note_parts(log, facts_at(client, when))),
        "saved_at": date_format(timezone.localtime(opening.draft.updated_at), "H:i") if opening.draft else "",
        "homework_hint": " ".join(f"{line}." for line in homework_lines(client, when)),
        "waiting": waiting,
        "talk": talk_rows(client, actor.user_id),
    }
