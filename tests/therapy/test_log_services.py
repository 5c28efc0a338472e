"""A log is kept while it is typed and saved once; risk is asked, never filled in; an older form is refused."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from access.acting import acting_as
from audit.models import AuditEvent
from clients.models import Client, TimelineEntry
from clients.services import assign_colleague
from core.actor import Actor
from core.errors import Refused, Stale
from core.ids import uuid7
from tests.cast import Person
from tests.therapy.logs import FULL, an_hour_ago, form_of, logged, planned, save, signed
from therapy.log import SessionLog
from therapy.models import LogDraft, SessionNote, TherapySession
from therapy.services import Showing, autosave_log

pytestmark = pytest.mark.django_db
LATER = replace(FULL, one_line="Another line.")


def counts(person: Person) -> tuple[int, int, int, int]:
    with acting_as(person.actor):
        return TherapySession.objects.count(), SessionNote.objects.count(), TimelineEntry.objects.count(), LogDraft.objects.count()


def keep(person: Person, client: Client, form: Showing, sent: int, line: str) -> LogDraft:
    with acting_as(person.actor):
        return autosave_log(client=client, showing=form, sent=sent, fields={"one_line": line}, by=person.actor)


def draft(person: Person) -> LogDraft:
    with acting_as(person.actor):
        return LogDraft.objects.get()


def test_the_log_of_a_planned_session(tara: Person, ben: Client) -> None:
    session = planned(tara, ben)
    log = replace(FULL, own={"plan": "Test it once."})
    note = save(tara, ben, form_of(session), log, session.starts_at)
    with acting_as(tara.actor):
        session.refresh_from_db()
        assert (session.state, session.risk, session.focus, session.did) == ("attended", "no_concern", ["coping", "mindset"], ["skills_practice"])
        assert (session.felt, session.homework_review, session.one_line) == ("stuck", "partly", "Breathing has become checking.")
        assert (note.state, note.format, note.body, note.edited, note.created_by_id) == ("draft", "dap", {"plan": "Test it once."}, ["plan"], tara.user.pk)
        line = TimelineEntry.objects.get()
        assert (line.kind, line.pillar, line.value, line.visibility, line.occurred_at) == ("session", "", None, "my_therapist", session.starts_at)
        event = AuditEvent.objects.get(verb="session_logged")
        assert event.detail == {"state": "attended"} and "checking" not in str(event.detail)


@pytest.mark.parametrize("attendance", ["attended", "late"])
def test_risk_is_required_where_they_met(tara: Person, ben: Client, attendance: str) -> None:
    session = planned(tara, ben)
    with pytest.raises(Refused, match="risk") as refused:
        save(tara, ben, form_of(session), replace(FULL, attendance=attendance, risk=""))
    assert refused.value.field == "risk" and counts(tara) == (1, 0, 0, 0)


@pytest.mark.parametrize("attendance", ["no_show", "cancelled_by_client", "cancelled_by_clinic"])
def test_where_nobody_met_nobody_was_asked(tara: Person, ben: Client, attendance: str) -> None:
    """Taps made before "did not come" was chosen are not written down as if they had happened; the line is."""
    note = logged(tara, ben, replace(FULL, attendance=attendance, risk="action", risk_note="called"))
    session = note.session
    assert (session.state, session.risk, session.risk_note, session.focus, session.did, session.felt) == (attendance, "", "", [], [], "")
    assert session.one_line == "Breathing has become checking." and counts(tara) == (1, 1, 0, 0)


def test_sent_twice_it_is_written_once(tara: Person, ben: Client) -> None:
    form, start = form_of(planned(tara, ben)), an_hour_ago()
    first, second = save(tara, ben, form, starts_at=start), save(tara, ben, form, starts_at=start)
    assert (first.pk, first.version) == (second.pk, second.version) and counts(tara) == (1, 1, 1, 0)
    with acting_as(tara.actor):
        assert AuditEvent.objects.filter(verb="session_logged").count() == 1 and TherapySession.objects.get().version == 2


def test_an_older_form_with_other_words_is_refused(tara: Person, ben: Client) -> None:
    session = planned(tara, ben)
    save(tara, ben, form_of(session))
    with pytest.raises(Stale) as stale:
        save(tara, ben, form_of(session), LATER)
    assert stale.value.current.one_line == FULL.one_line


def test_what_is_saved_and_not_signed_can_be_corrected(tara: Person, ben: Client) -> None:
    note = logged(tara, ben)
    again = save(tara, ben, form_of(note.session), LATER, note.session.starts_at)
    assert again.pk == note.pk and again.session.one_line == "Another line." and counts(tara) == (1, 1, 1, 0)


def test_corrected_to_not_held_the_axis_says_so(tara: Person, ben: Client) -> None:
    note = logged(tara, ben)
    save(tara, ben, form_of(note.session), SessionLog(attendance="no_show"), note.session.starts_at)
    with acting_as(tara.actor):
        assert list(TimelineEntry.objects.values_list("kind", flat=True)) == ["session_not_held"]


def test_a_session_outside_the_calendar_is_made_when_it_is_saved(tara: Person, ben: Client) -> None:
    form, start = form_of(), an_hour_ago()
    save(tara, ben, form, starts_at=start)
    save(tara, ben, form, starts_at=start)
    assert counts(tara) == (1, 1, 1, 0)
    with pytest.raises(Stale):
        save(tara, ben, form, LATER, start)


def test_two_forms_for_one_session_outside_the_calendar_do_not_make_two(tara: Person, ben: Client) -> None:
    start = an_hour_ago()
    save(tara, ben, form_of(), starts_at=start)
    with pytest.raises(Refused, match="already") as refused:
        save(tara, ben, form_of(), LATER, start + timedelta(minutes=5))
    assert refused.value.field == "time" and counts(tara) == (1, 1, 1, 0)
    assert save(tara, ben, form_of(), LATER, start + timedelta(minutes=50)).pk


def test_a_day_to_come_cannot_have_been_held(tara: Person, ben: Client) -> None:
    with pytest.raises(Refused) as refused:
        save(tara, ben, form_of(), starts_at=timezone.now() + timedelta(days=1))
    assert refused.value.field == "date"
    assert save(tara, ben, form_of(), SessionLog(attendance="cancelled_by_client"), timezone.now() + timedelta(days=1)).pk


def test_a_form_of_another_record_is_refused(tara: Person, ben: Client, cleo: Client) -> None:
    session = planned(tara, ben)
    with pytest.raises(Refused, match="another record"):
        save(tara, cleo, form_of(session))


def test_a_colleagues_log_and_a_signed_one_are_refused(tara: Person, sam: Person, ben: Client) -> None:
    with acting_as(tara.actor):
        assign_colleague(client=ben, new_id=uuid7(), therapist_id=sam.user.pk, kind="co", by=tara.actor)
    note = logged(tara, ben)
    with pytest.raises(Refused, match="colleague"):
        save(sam, ben, form_of(note.session), LATER, note.session.starts_at)
    other = signed(tara, ben, starts_at=an_hour_ago() - timedelta(days=7))
    with acting_as(tara.actor):
        session = TherapySession.objects.get(pk=other.session_id)
    with pytest.raises(Refused, match="amendment"):
        save(tara, ben, form_of(session), LATER, session.starts_at)


# ---- while it is typed


def test_typing_makes_a_draft_and_no_session(tara: Person, ben: Client) -> None:
    form = form_of()
    assert keep(tara, ben, form, 1, "Br").version == 1
    assert keep(tara, ben, replace(form, version=1), 2, "Brea").version == 2
    assert draft(tara).fields == {"one_line": "Brea"} and counts(tara) == (0, 0, 0, 1)


def test_a_late_autosave_changes_nothing(tara: Person, ben: Client) -> None:
    """Answers and requests overtake each other: number 3 was saved, then number 2 arrives."""
    form = form_of()
    keep(tara, ben, form, 1, "B")
    keep(tara, ben, replace(form, version=1), 3, "Breathing")
    assert keep(tara, ben, replace(form, version=1), 2, "Br").version == 2
    assert draft(tara).fields == {"one_line": "Breathing"}


def test_an_answer_that_never_arrived_does_not_lock_its_own_tab_out(tara: Person, ben: Client) -> None:
    form = form_of()
    keep(tara, ben, form, 1, "B")
    assert keep(tara, ben, form, 2, "Br").version == 2, "the same showing of the form still believes in version 0"
    assert save(tara, ben, form).pk


def test_another_tab_with_an_older_version_is_refused_and_gets_the_newer_text(tara: Person, ben: Client) -> None:
    session = planned(tara, ben)
    first, second = form_of(session), form_of(session)
    keep(tara, ben, first, 1, "from the first tab")
    with pytest.raises(Stale) as stale:
        keep(tara, ben, second, 1, "from the second")
    assert stale.value.current.fields == {"one_line": "from the first tab"}
    with pytest.raises(Stale):
        save(tara, ben, second)
    reopened = form_of(session, version=1)
    assert keep(tara, ben, reopened, 1, "gone on in a new tab").version == 2
    with pytest.raises(Stale):
        keep(tara, ben, replace(first, version=1), 2, "the first tab again")


def test_saving_ends_the_draft_and_late_typing_is_refused(tara: Person, ben: Client) -> None:
    session = planned(tara, ben)
    form = form_of(session)
    keep(tara, ben, form, 1, "Br")
    save(tara, ben, replace(form, version=1), starts_at=session.starts_at)
    assert counts(tara) == (1, 1, 1, 0)
    with pytest.raises(Stale) as stale:
        keep(tara, ben, replace(form, version=1), 2, "Breathing")
    assert isinstance(stale.value.current, TherapySession) and counts(tara)[3] == 0


def test_two_colleagues_may_each_begin_the_same_log(tara: Person, sam: Person, ben: Client) -> None:
    with acting_as(tara.actor):
        assign_colleague(client=ben, new_id=uuid7(), therapist_id=sam.user.pk, kind="co", by=tara.actor)
    session = planned(tara, ben)
    keep(tara, ben, form_of(session), 1, "Tara's")
    keep(sam, ben, form_of(session), 1, "Sam's")
    assert draft(tara).fields == {"one_line": "Tara's"} and draft(sam).fields == {"one_line": "Sam's"}


def test_nobody_else_reads_what_is_being_typed(tara: Person, ben: Client, sam: Person, vera: Person, fay: Person, ada: Person, ben_portal: Person) -> None:
    keep(tara, ben, form_of(), 1, "half a thought")
    with acting_as(tara.actor):
        assign_colleague(client=ben, new_id=uuid7(), therapist_id=sam.user.pk, kind="co", by=tara.actor)
    for person in (sam, vera, fay):
        with acting_as(person.actor):
            assert not LogDraft.objects.exists()
    others: list[Any] = [ada.actor, ben_portal.actor, Actor("worker", tara.user.pk, tara.actor.clinic_id)]
    for actor in others:
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), acting_as(actor):
            LogDraft.objects.exists()
