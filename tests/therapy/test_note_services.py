"""Signing locks, in the service and in the database; additions stand beside; private notes are their author's alone."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from access.acting import acting_as
from audit.models import AuditEvent
from clients.models import Client
from clients.services import assign_colleague
from core.actor import Actor
from core.errors import Refused, Stale
from core.ids import uuid7
from homework.services.library import load_library
from tests.cast import Person
from tests.homework.agreed import agree
from tests.therapy.logs import FULL, an_hour_ago, form_of, logged, planned, save, signed
from therapy.log import SessionLog
from therapy.models import Amendment, PrivateNote, SessionNote, TherapySession
from therapy.models.sessions import TIMES
from therapy.selectors import note_view
from therapy.services import amend_note, edit_private_note, sign_note, write_private_note

pytestmark = pytest.mark.django_db


def let_in(tara: Person, colleague: Person, client: Client) -> None:
    with acting_as(tara.actor):
        assign_colleague(client=client, new_id=uuid7(), therapist_id=colleague.user.pk, kind="co", by=tara.actor)


def test_signing_writes_every_field_down_and_keeps_her_own_words(tara: Person, ben: Client) -> None:
    note = signed(tara, ben, replace(FULL, own={"assessment": "Checks his breath, not his fear."}))
    assert note.state == "signed" and note.signed_at is not None
    assert note.body == {
        "data": "Attended, in person.\nFocus: Coping, Mindset.\nDid: Skills practice.\nHomework: Partly.",
        "assessment": "Checks his breath, not his fear.\nRisk: Asked, no concern today.",
    }
    assert note.edited == ["assessment"]
    with acting_as(tara.actor):
        assert TherapySession.objects.get().locked_at == note.signed_at
        assert AuditEvent.objects.filter(verb="note_signed", object_id=note.pk).count() == 1


def test_the_database_keeps_a_signed_note_and_its_log_as_they_are(tara: Person, ben: Client) -> None:
    draft = logged(tara, ben)
    with acting_as(tara.actor):
        assert SessionNote.objects.filter(pk=draft.pk).update(body={"data": "still a draft"}) == 1
        assert TherapySession.objects.filter(pk=draft.session_id).update(risk="action") == 1
        note = sign_note(note=draft, version=draft.version, by=tara.actor)
        assert SessionNote.objects.filter(pk=note.pk).update(body={}) == 0
        assert SessionNote.objects.filter(pk=note.pk).update(state="draft", signed_at=None) == 0
        assert TherapySession.objects.filter(pk=note.session_id).update(risk="no_concern", locked_at=None) == 0
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            SessionNote.objects.filter(pk=note.pk).delete()


def test_pressed_twice_it_is_signed_once(tara: Person, ben: Client) -> None:
    note = signed(tara, ben)
    with acting_as(tara.actor):
        assert sign_note(note=note, version=1, by=tara.actor).signed_at == note.signed_at
        assert AuditEvent.objects.filter(verb="note_signed").count() == 1


def test_a_note_changed_since_it_was_read_is_not_signed(tara: Person, ben: Client) -> None:
    note = logged(tara, ben)
    save(tara, ben, form_of(note.session), replace(FULL, own={"data": "Changed."}), note.session.starts_at)
    with acting_as(tara.actor), pytest.raises(Stale):
        sign_note(note=note, version=note.version, by=tara.actor)


def test_a_colleague_reads_and_neither_changes_nor_signs(tara: Person, sam: Person, ben: Client) -> None:
    let_in(tara, sam, ben)
    note = logged(tara, ben)
    with acting_as(sam.actor):
        mine = SessionNote.objects.select_related("session").get(pk=note.pk)
        assert mine.session.one_line == FULL.one_line
        with pytest.raises(Refused, match="author"):
            sign_note(note=mine, version=mine.version, by=sam.actor)
        assert SessionNote.objects.filter(pk=note.pk).update(state="signed", signed_at=timezone.now()) == 0


def test_only_the_author_adds_to_a_signed_note(tara: Person, sam: Person, ben: Client) -> None:
    let_in(tara, sam, ben)
    note, new_id = signed(tara, ben), uuid7()
    with acting_as(tara.actor):
        for _press in range(2):
            amend_note(note=note, new_id=new_id, text="He asked for the phone.", reason="left out", by=tara.actor)
        assert [(row.text, row.reason) for row in Amendment.objects.all()] == [("He asked for the phone.", "left out")]
    with acting_as(sam.actor):
        assert Amendment.objects.count() == 1
        with pytest.raises(Refused, match="author"):
            amend_note(note=note, new_id=uuid7(), text="I disagree.", by=sam.actor)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Amendment.objects.create(note=note, client=ben, clinic_id=ben.clinic_id, text="I disagree.", created_by=sam.user)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), acting_as(tara.actor):
        Amendment.objects.update(text="Never said.")


def test_a_draft_is_changed_not_added_to(tara: Person, ben: Client) -> None:
    note = logged(tara, ben)
    with acting_as(tara.actor):
        with pytest.raises(Refused, match="not signed"):
            amend_note(note=note, new_id=uuid7(), text="Too early.", by=tara.actor)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Amendment.objects.create(note=note, client=ben, clinic_id=ben.clinic_id, text="Too early.", created_by=tara.user)


def test_a_private_note_is_its_authors_alone(
    tara: Person, sam: Person, ben: Client, vera: Person, fay: Person, olu: Person, ada: Person, ben_portal: Person
) -> None:
    let_in(tara, sam, ben)
    new_id = uuid7()
    with acting_as(tara.actor):
        for _press in range(2):
            row = write_private_note(client=ben, new_id=new_id, text="He reminds me of somebody.", by=tara.actor)
        assert PrivateNote.objects.count() == 1
        assert not AuditEvent.objects.filter(detail__icontains="reminds").exists()
    for person in (sam, vera, fay, olu):
        with acting_as(person.actor):
            assert not PrivateNote.objects.exists()
            assert PrivateNote.objects.filter(pk=row.pk).update(text="x") == 0
    for actor in (ada.actor, ben_portal.actor, Actor("worker", tara.user.pk, tara.actor.clinic_id)):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), acting_as(actor):
            PrivateNote.objects.exists()


def test_a_private_note_changes_by_version(tara: Person, ben: Client) -> None:
    with acting_as(tara.actor):
        row = write_private_note(client=ben, new_id=uuid7(), text="One.", by=tara.actor)
        assert edit_private_note(note=row, version=1, text="One.", by=tara.actor).version == 1
        assert edit_private_note(note=row, version=1, text="Two.", by=tara.actor).version == 2
        with pytest.raises(Stale) as stale:
            edit_private_note(note=row, version=1, text="Three.", by=tara.actor)
    assert stale.value.current.text == "Two."


def test_a_supervisor_reads_notes_and_writes_none(tara: Person, ben: Client, vera: Person) -> None:
    note = signed(tara, ben)
    with acting_as(vera.actor):
        view = note_view(ben, note.session_id, vera.actor)
        assert view is not None and not view.mine and view.author == "Tara" and view.signed
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            write_private_note(client=ben, new_id=uuid7(), text="I read this.", by=vera.actor)


def test_the_portal_sees_its_own_times_and_no_word(tara: Person, ben: Client, cleo: Client, ben_portal: Person) -> None:
    signed(tara, ben)
    planned(tara, cleo, an_hour_ago() + timedelta(days=2))
    with acting_as(ben_portal.actor):
        times = TherapySession.objects.only(*TIMES.split(", "))
        assert [(row.client_id, row.state, row.format, row.minutes) for row in times] == [(ben.pk, "attended", "in_person", 50)]
    for words in ("one_line", "risk", "focus", "risk_note"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), acting_as(ben_portal.actor):
            list(TherapySession.objects.values(words))
    for model in (SessionNote, Amendment):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), acting_as(ben_portal.actor):
            model.objects.exists()


def test_the_office_sees_states_and_dates_only(tara: Person, ben: Client, ada: Person) -> None:
    note = signed(tara, ben)
    with acting_as(ada.actor):
        assert list(TherapySession.objects.values_list("state", flat=True)) == ["attended"]
        assert list(SessionNote.objects.values_list("state", "signed_at")) == [("signed", note.signed_at)]
    for model, column in ((TherapySession, "one_line"), (TherapySession, "risk"), (SessionNote, "body"), (SessionNote, "edited"), (Amendment, "text")):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), acting_as(ada.actor):
            list(model.objects.values(column))
    with acting_as(ada.actor):
        assert TherapySession.objects.filter(pk=note.session_id).update(format="video") == 0, "what is signed is not turned into something else"
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), acting_as(ada.actor):
        TherapySession.objects.filter(pk=note.session_id).update(state="no_show")


def test_the_plan_fills_in_from_what_is_agreed_and_booked_until_it_is_signed(tara: Person, ben: Client, as_owner: Any) -> None:
    with as_owner():
        load_library()
    note = logged(tara, ben, replace(FULL, own={}))
    agree(tara, ben)
    planned(tara, ben, an_hour_ago().replace(hour=12) + timedelta(days=7))
    with acting_as(tara.actor):
        view = note_view(ben, note.session_id, tara.actor)
        assert view is not None
        plan = next(part for part in view.parts if part.key == "plan")
        assert plan.lines[0].text == "Agreed homework: Slow breathing." and plan.lines[1].text.startswith("Next session:")
        sign_note(note=note, version=note.version, by=tara.actor)
    agree(tara, ben, key="compassion_break")
    with acting_as(tara.actor):
        later = note_view(ben, note.session_id, tara.actor)
        assert later is not None and "Agreed homework: Slow breathing." in later.parts[-1].own and "ompassion" not in later.parts[-1].own


def test_a_note_where_nobody_came_says_that_and_the_line(tara: Person, ben: Client) -> None:
    note = signed(tara, ben, SessionLog(attendance="no_show", one_line="Rang twice."))
    assert note.body == {"data": "Did not attend.", "assessment": "Rang twice."}
