"""/clients/<uuid>/notes/ and one note's page: drafts are sans and changed, signed notes are serif and added to, private ones are marked."""

import html
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from access.acting import acting_as
from clients.models import Client
from clients.services import assign_colleague
from core.ids import uuid7
from tests.cast import Person
from tests.therapy.logs import FULL, an_hour_ago, form_of, logged, planned, save, signed
from therapy.models import Amendment, PrivateNote, SessionNote, TherapySession
from therapy.services import autosave_log, write_private_note

pytestmark = pytest.mark.django_db
ONLY = "Only you can read this."


def signed_in(person: Person) -> Browser:
    browser = Browser()
    browser.force_login(person.user)
    return browser


def at(name: str, client: Client, *more: object) -> str:
    return reverse(f"therapy:{name}", args=[client.pk, *more])


def scope(person: Person, client: Client) -> dict[str, str]:
    return {"scope": f"{person.membership.pk}:{client.pk}"}


def text_of(browser: Browser, address: str) -> str:
    page = browser.get(address)
    assert page.status_code == 200
    return html.unescape(page.content.decode())


def test_newest_first_drafts_with_their_sources_signed_ones_locked(tara: Person, ben: Client) -> None:
    signed(tara, ben, starts_at=an_hour_ago() - timedelta(days=7))
    logged(tara, ben)
    text = text_of(signed_in(tara), at("notes", ben))
    assert text.index("Draft, not signed yet") < text.index("Signed by Tara")
    draft, done = text.split("Signed by Tara")
    assert "from Came?" in draft and 'class="dap"' in draft and "Read and sign" in draft
    assert 'class="dap voice"' in done and "from Came?" not in done and "Add an amendment" in done


def test_signing_on_its_page_locks_it_and_a_second_press_changes_nothing(tara: Person, ben: Client) -> None:
    note, browser = logged(tara, ben), signed_in(tara)
    fields = {**scope(tara, ben), "version": str(note.version)}
    for _press in range(2):
        answer = browser.post(at("note_sign", ben, note.session_id), fields)
        assert answer.headers["Location"] == at("session", ben, note.session_id)
    with acting_as(tara.actor):
        assert SessionNote.objects.get().state == "signed"
    text = text_of(browser, at("session", ben, note.session_id))
    assert "Signed by Tara" in text and ">Sign<" not in text and 'id="amend"' in text


def test_a_note_changed_meanwhile_is_shown_anew_instead_of_signed(tara: Person, ben: Client) -> None:
    note, browser = logged(tara, ben), signed_in(tara)
    save(tara, ben, form_of(note.session), FULL.read({**FULL.as_dict(), "one_line": "Changed."}), note.session.starts_at)
    page = browser.post(at("note_sign", ben, note.session_id), {**scope(tara, ben), "version": "1"})
    assert page.status_code == 409 and "Changed." in page.content.decode() and "Not signed" in page.content.decode()
    with acting_as(tara.actor):
        assert SessionNote.objects.get().state == "draft"


def test_an_amendment_stands_below_with_author_and_reason(tara: Person, ben: Client) -> None:
    note, browser = signed(tara, ben), signed_in(tara)
    page = browser.get(at("session", ben, note.session_id))
    fields = {**scope(tara, ben), "new_id": str(page.context["form"]["new_id"].value()), "text": "He asked for <the> phone.", "reason": "left out"}
    for _press in range(2):
        assert browser.post(at("note_amend", ben, note.session_id), fields).status_code == 302
    text = text_of(browser, at("notes", ben))
    assert "Amendment 1" in text and "He asked for <the> phone." in text and "left out" in text and "Amendment 2" not in text
    empty = browser.post(at("note_amend", ben, note.session_id), {**fields, "new_id": str(uuid7()), "text": " ", "reason": "kept"})
    assert empty.status_code == 200 and empty.context["form"].errors and empty.context["form"]["reason"].value() == "kept"
    with acting_as(tara.actor):
        assert Amendment.objects.count() == 1


def test_a_draft_takes_no_amendment(tara: Person, ben: Client) -> None:
    note = logged(tara, ben)
    page = signed_in(tara).post(at("note_amend", ben, note.session_id), {**scope(tara, ben), "new_id": str(uuid7()), "text": "Too early."})
    assert page.status_code == 200 and "not signed yet" in page.content.decode()


def test_a_colleague_reads_and_gets_no_button(tara: Person, sam: Person, ben: Client) -> None:
    with acting_as(tara.actor):
        assign_colleague(client=ben, new_id=uuid7(), therapist_id=sam.user.pk, kind="co", by=tara.actor)
    note, browser = logged(tara, ben), signed_in(sam)
    text = text_of(browser, at("session", ben, note.session_id))
    assert "Draft of Tara" in text and ">Sign<" not in text
    browser.post(at("note_sign", ben, note.session_id), {**scope(sam, ben), "version": str(note.version)})
    with acting_as(tara.actor):
        assert SessionNote.objects.get().state == "draft"


def test_private_notes_are_marked_and_only_for_their_author(tara: Person, sam: Person, vera: Person, ben: Client) -> None:
    browser = signed_in(tara)
    page = browser.get(at("notes", ben))
    fields = {**scope(tara, ben), "new_id": str(page.context["form"]["new_id"].value()), "text": "He reminds me of somebody."}
    for _press in range(2):
        assert browser.post(at("private_note_add", ben), fields).headers["Location"] == at("notes", ben)
    text = text_of(browser, at("notes", ben))
    assert text.count("He reminds me of somebody.") == 1 and ONLY in text
    with acting_as(tara.actor):
        assign_colleague(client=ben, new_id=uuid7(), therapist_id=sam.user.pk, kind="co", by=tara.actor)
        row = PrivateNote.objects.get()
    for person in (sam, vera):
        assert "reminds" not in text_of(signed_in(person), at("notes", ben))
        assert signed_in(person).get(at("private_note_edit", ben, row.pk)).status_code == 404
    refused = browser.post(at("private_note_add", ben), {**fields, "new_id": str(uuid7()), "text": "a\0b"})
    assert refused.status_code == 200 and refused.context["form"].errors


def test_an_older_edit_of_a_private_note_shows_both(tara: Person, ben: Client) -> None:
    browser = signed_in(tara)
    with acting_as(tara.actor):
        row = write_private_note(client=ben, new_id=uuid7(), text="One.", by=tara.actor)
    address, fields = at("private_note_edit", ben, row.pk), {**scope(tara, ben), "version": "1"}
    assert browser.post(address, {**fields, "text": "From one tab."}).status_code == 302
    page = browser.post(address, {**fields, "text": "From the other."})
    assert page.status_code == 409 and "From one tab." in page.content.decode() and "From the other." in page.content.decode()
    assert browser.post(address, {**fields, "version": str(page.context["form"]["version"].value()), "text": "From the other."}).status_code == 302
    with acting_as(tara.actor):
        assert PrivateNote.objects.get().text == "From the other."


def test_what_waits_for_its_log_is_listed_once_with_what_was_begun(tara: Person, ben: Client) -> None:
    session = planned(tara, ben)
    with acting_as(tara.actor):
        autosave_log(client=ben, showing=form_of(session), sent=1, fields={"one_line": "half"}, by=tara.actor)
        autosave_log(client=ben, showing=form_of(), sent=1, fields={"one_line": "another"}, by=tara.actor)
    text = text_of(signed_in(tara), at("notes", ben))
    assert text.count(reverse("dashboard:session_log", args=[ben.pk, session.pk])) == 1
    assert text.count("Begun, and kept") == 2 and text.count("A log you began") == 1


@pytest.mark.parametrize("outsider", ["sam", "fay", "olu", "ben_portal", "ada"])
def test_others_get_the_same_404_on_every_address(outsider: str, request: pytest.FixtureRequest, tara: Person, ben: Client) -> None:
    note, person = signed(tara, ben), request.getfixturevalue(outsider)
    with acting_as(tara.actor):
        mine = write_private_note(client=ben, new_id=uuid7(), text="Mine.", by=tara.actor)
    browser = signed_in(person)
    missing = browser.get(f"/clients/{uuid7()}/notes/").content
    names = ("note_sign", "note_amend", "session_move", "session_cancel", "session")
    addresses = [at("notes", ben), at("private_note_add", ben), at("private_note_edit", ben, mine.pk), *(at(name, ben, note.session_id) for name in names)]
    for address in addresses:
        for page in (browser.get(address), browser.post(address, {**scope(person, ben), "version": "1", "text": "x", "new_id": str(uuid7())})):
            assert page.status_code == 404 and page.content == missing, address


def test_a_note_of_one_client_is_not_found_under_another(tara: Person, ben: Client, cleo: Client) -> None:
    note, browser = signed(tara, ben), signed_in(tara)
    assert browser.get(at("session", cleo, note.session_id)).status_code == 404
    assert browser.get(at("session", ben, uuid7())).status_code == 404


def test_fifty_a_page_and_each_note_on_one_of_them(tara: Person, ben: Client) -> None:
    """Notes of one moment among them, as two therapists of one hour leave them."""
    when = an_hour_ago()
    for days in range(1, 104):
        logged(tara, ben, starts_at=when - timedelta(days=days))
    with acting_as(tara.actor):
        at_the_border = list(TherapySession.objects.order_by("-starts_at")[45:55])
        moment = {"starts_at": at_the_border[0].starts_at, "ends_at": at_the_border[0].ends_at}
        TherapySession.objects.filter(pk__in=[row.pk for row in at_the_border]).update(**moment)
    browser, address = signed_in(tara), at("notes", ben)
    sizes, found, asked = [], set(), []
    while address:
        with CaptureQueriesContext(connection) as questions:
            text = text_of(browser, address)
        here = re.findall(r'class="btn-l" href="/clients/[^/]+/sessions/([0-9a-f-]+)/">Read and sign', text)
        sizes.append(len(here))
        found |= set(here)
        asked.append(len(questions))
        older = re.search(r'href="(\?after=[^"]*)"', text)
        address = f"{at('notes', ben)}{older[1]}" if older else ""
    assert sizes == [50, 50, 3] and len(found) == 103
    assert len(set(asked[1:])) == 1, asked
    assert browser.get(at("notes", ben), {"after": "not a place"}).status_code == 200


def test_the_list_asks_a_constant_number_of_questions(tara: Person, ben: Client) -> None:
    browser = signed_in(tara)
    logged(tara, ben)
    browser.get(at("notes", ben))
    with CaptureQueriesContext(connection) as few:
        browser.get(at("notes", ben))
    for days in range(1, 9):
        signed(tara, ben, starts_at=an_hour_ago() - timedelta(days=days))
    with CaptureQueriesContext(connection) as many:
        browser.get(at("notes", ben))
    assert len(many) == len(few)
