"""T3, /clients/<uuid>/sessions/new/: seven taps and a line, saved once, kept while they are typed."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from access.acting import acting_as
from audit.models import AuditEvent
from clients.models import Client
from clients.services import assign_colleague
from core.ids import uuid7
from tests.cast import Person
from tests.therapy.logs import an_hour_ago, logged, planned, signed
from therapy.models import LogDraft, SessionNote, TherapySession

pytestmark = pytest.mark.django_db
TAPS: dict[str, Any] = {
    "risk": "no_concern",
    "focus": ["coping", "mindset"],
    "did": ["skills_practice"],
    "homework_review": "partly",
    "felt": "stuck",
    "one_line": "Breathing has become checking.",
}


def signed_in(person: Person) -> Browser:
    browser = Browser()
    browser.force_login(person.user)
    return browser


def new(client: Client) -> str:
    return reverse("dashboard:session_new", args=[client.pk])


def shown(browser: Browser, address: str, person: Person, client: Client) -> dict[str, Any]:
    """What a browser sends of the form as it is shown, before any tap."""
    page = browser.get(address)
    assert page.status_code == 200
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields}
    filled = {name: value if isinstance(value, list) else str(value) for name, value in values.items() if value not in (None, "", [], ())}
    return {"scope": f"{person.membership.pk}:{client.pk}", **filled}


def rows(person: Person) -> tuple[int, int, int]:
    with acting_as(person.actor):
        return TherapySession.objects.count(), SessionNote.objects.count(), LogDraft.objects.count()


def autosave(browser: Browser, client: Client, fields: dict[str, Any], sent: int = 1) -> Any:
    return browser.post(reverse("dashboard:session_autosave", args=[client.pk, fields["new_id"]]), fields, headers={"X-Autosave": str(sent)})


def test_opening_it_writes_nothing_but_the_trail(tara: Person, ben: Client) -> None:
    planned(tara, ben)
    browser = signed_in(tara)
    for _time in range(2):
        assert browser.get(new(ben)).status_code == 200
    assert rows(tara) == (1, 0, 0)


def test_a_minute_from_the_calendar(tara: Person, ben: Client) -> None:
    """Attendance, time and way to meet are there; six taps and a line; one press."""
    session = planned(tara, ben)
    browser = signed_in(tara)
    form = shown(browser, new(ben), tara, ben)
    assert form["new_id"] == str(session.pk) and form["attendance"] == "attended" and "risk" not in form
    answer = browser.post(new(ben), {**form, **TAPS, "step": "save"})
    assert answer.headers["Location"] == reverse("dashboard:record", args=[ben.pk])
    with acting_as(tara.actor):
        session.refresh_from_db()
        assert (session.state, session.risk, session.focus, session.one_line) == ("attended", "no_concern", ["coping", "mindset"], TAPS["one_line"])
        assert SessionNote.objects.get().state == "draft"


@pytest.mark.parametrize(("step", "where"), [("assign", "dashboard:assign"), ("save", "dashboard:record"), ("sign", "therapy:session")])
def test_each_button_leads_on(tara: Person, ben: Client, step: str, where: str) -> None:
    browser = signed_in(tara)
    form = shown(browser, new(ben), tara, ben)
    answer = browser.post(new(ben), {**form, **TAPS, "step": step})
    target = reverse(where, args=[ben.pk, form["new_id"]] if step == "sign" else [ben.pk])
    assert answer.headers["Location"] == target
    with acting_as(tara.actor):
        assert SessionNote.objects.get().state == ("signed" if step == "sign" else "draft")


def test_without_the_risk_tap_nothing_is_saved_all_is_kept_and_it_is_named(tara: Person, ben: Client) -> None:
    planned(tara, ben)
    browser = signed_in(tara)
    form = shown(browser, new(ben), tara, ben)
    page = browser.post(new(ben), {**form, **TAPS, "risk": "", "text_plan": "Test it <once>.", "step": "sign"})
    text = html.unescape(page.content.decode())
    assert page.status_code == 200 and "risk" in page.context["form"].errors and rows(tara) == (1, 0, 0)
    assert "Breathing has become checking." in text and "Test it <once>." in text and "Your text is kept" in text
    assert set(page.context["form"]["focus"].value()) == {"coping", "mindset"}
    assert re.search(r'class="pick need"\s+id="id_risk_row"', text) and "One tap is missing:</p>" not in text and '<a href="#id_risk_row">risk</a>' in text


def test_risk_is_never_filled_in_also_not_from_the_last_log(tara: Person, ben: Client) -> None:
    signed(tara, ben, starts_at=an_hour_ago() - timedelta(days=7))
    page = signed_in(tara).get(new(ben))
    assert page.context["form"]["risk"].value() in (None, "")
    assert not re.search(r'name="risk"[^>]*checked', page.content.decode())


def test_who_did_not_come_needs_no_risk_tap(tara: Person, ben: Client) -> None:
    browser = signed_in(tara)
    form = shown(browser, new(ben), tara, ben)
    assert browser.post(new(ben), {**form, "attendance": "no_show", "felt": "stuck", "step": "save"}).status_code == 302
    with acting_as(tara.actor):
        session = TherapySession.objects.get()
        assert (session.state, session.risk, session.felt) == ("no_show", "", "")


@pytest.mark.parametrize("step", ["save", "sign"])
def test_a_double_click_writes_once_and_leads_to_the_same_place(tara: Person, ben: Client, step: str) -> None:
    browser = signed_in(tara)
    fields = {**shown(browser, new(ben), tara, ben), **TAPS, "step": step}
    first, second = browser.post(new(ben), fields), browser.post(new(ben), fields)
    assert first.status_code == second.status_code == 302 and first.headers["Location"] == second.headers["Location"]
    assert rows(tara) == (1, 1, 0)
    with acting_as(tara.actor):
        assert AuditEvent.objects.filter(verb="session_logged").count() == 1


def test_an_older_tab_is_refused_with_both_texts_and_may_then_mean_it(tara: Person, ben: Client) -> None:
    planned(tara, ben)
    browser = signed_in(tara)
    first, second = shown(browser, new(ben), tara, ben), shown(browser, new(ben), tara, ben)
    assert browser.post(new(ben), {**first, **TAPS}).status_code == 302
    page = browser.post(new(ben), {**second, **TAPS, "one_line": "From the older tab."})
    text = html.unescape(page.content.decode())
    assert page.status_code == 409 and "Breathing has become checking." in text and "From the older tab." in text
    assert page.context["form"]["one_line"].value() == "From the older tab."
    with acting_as(tara.actor):
        assert TherapySession.objects.get().one_line == "Breathing has become checking."
    again = page.context["form"]
    versions = {name: str(again[name].value()) for name in ("new_id", "version", "session_version", "shown")}
    assert browser.post(new(ben), {**second, **TAPS, "one_line": "From the older tab.", **versions}).status_code == 302
    with acting_as(tara.actor):
        assert TherapySession.objects.get().one_line == "From the older tab."


def test_outside_the_calendar_the_time_is_now_and_can_be_changed(tara: Person, ben: Client) -> None:
    browser = signed_in(tara)
    page = browser.get(new(ben))
    assert "not in your calendar" in page.content.decode()
    form = shown(browser, new(ben), tara, ben)
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    assert browser.post(new(ben), {**form, **TAPS, "date": yesterday, "time": "09:30", "minutes": "30", "format": "phone"}).status_code == 302
    with acting_as(tara.actor):
        session = TherapySession.objects.get()
        assert (session.starts_at.date().isoformat(), session.minutes, session.format) == (yesterday, 30, "phone")


ROUGH = [
    ("date", "0202-01-01"), ("date", "2026-02-30"), ("date", "x\0"), ("time", "25:00"), ("time", ""), ("minutes", "7,5"), ("minutes", "0"),
    ("minutes", "9" * 30), ("attendance", "nobody"), ("risk", "high"), ("focus", "x"), ("format", "telepathy"), ("note_format", "poem"),
    ("one_line", "a\0b"), ("one_line", "x" * 501), ("text_data", "a\x07b"), ("risk_note", "\u200b"), ("new_id", "x"), ("version", "-1"), ("shown", ""),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value"), ROUGH)
def test_rough_input_changes_nothing_and_is_never_an_error_page(tara: Person, ben: Client, field: str, value: str) -> None:
    browser = signed_in(tara)
    form = {**shown(browser, new(ben), tara, ben), **TAPS}
    page = browser.post(new(ben), {**form, field: value})
    assert page.status_code == 200 and page.context["form"].errors
    assert "Breathing has become checking." in page.content.decode() or field == "one_line"
    assert rows(tara) == (0, 0, 0)
    if field != "new_id":
        assert autosave(browser, ben, {**form, field: value}).status_code in (200, 404, 422)


def test_a_line_of_exactly_five_hundred_with_breaks_is_accepted(tara: Person, ben: Client) -> None:
    browser = signed_in(tara)
    line = "\r\n".join(["x" * 24] * 20) + "y"  # 20 times 24, 19 breaks, and one
    assert len(line.replace("\r\n", "\n")) == 500
    assert browser.post(new(ben), {**shown(browser, new(ben), tara, ben), **TAPS, "one_line": line}).status_code == 302
    with acting_as(tara.actor):
        assert TherapySession.objects.get().one_line == line.replace("\r\n", "\n")


# ---- while it is typed


def test_autosave_keeps_everything_and_says_when(tara: Person, ben: Client) -> None:
    planned(tara, ben)
    browser = signed_in(tara)
    form = shown(browser, new(ben), tara, ben)
    answer = autosave(browser, ben, {**form, **TAPS, "risk": "", "text_plan": "Test it once."})
    assert answer.status_code == 200 and answer.json()["version"] == 1 and re.fullmatch(r"\d\d:\d\d", answer.json()["saved_at"])
    assert "waits for your tap" in answer.json()["lines"]["assessment"] and "Coping, Mindset" in answer.json()["lines"]["data"]
    assert rows(tara) == (1, 0, 1)
    page = browser.get(new(ben))
    again = page.context["form"]
    assert again["one_line"].value() == TAPS["one_line"] and again["text_plan"].value() == "Test it once." and again["risk"].value() == ""
    assert str(again["version"].value()) == "1" and "Draft saved at" in page.content.decode()


def test_autosave_of_an_older_tab_is_refused_with_both_texts(tara: Person, ben: Client) -> None:
    planned(tara, ben)
    browser = signed_in(tara)
    first, second = shown(browser, new(ben), tara, ben), shown(browser, new(ben), tara, ben)
    autosave(browser, ben, {**first, "one_line": "From the first tab."})
    answer = autosave(browser, ben, {**second, "one_line": "From the second."})
    assert answer.status_code == 409
    assert "From the first tab." in answer.json()["theirs"] and "From the second." in answer.json()["mine"]
    assert "Not saved" in answer.json()["message"] and "From the first tab." in answer.json()["both"]
    assert browser.get(new(ben)).context["form"]["one_line"].value() == "From the first tab."
    page = browser.post(new(ben), {**second, **TAPS, "one_line": "From the second."})
    assert page.status_code == 409 and "From the first tab." in page.content.decode() and page.context["form"]["one_line"].value() == "From the second."


@pytest.mark.parametrize("row", ["felt", "homework_review"])
def test_a_tap_that_need_not_be_is_taken_back(tara: Person, ben: Client, row: str) -> None:
    """By a choice of its own, which works without script; the autosave keeps that it was, and the note has no line of it."""
    planned(tara, ben)
    browser = signed_in(tara)
    form = shown(browser, new(ben), tara, ben)
    note_line = {"felt": "Session: Stuck.", "homework_review": "Homework: Partly."}[row]
    tapped = autosave(browser, ben, {**form, **TAPS})
    assert note_line in str(tapped.json()["lines"])
    assert not re.search(rf'name="{row}" value=""[^>]*checked', browser.get(new(ben)).content.decode())
    cleared = {**form, **TAPS, row: "", "version": str(tapped.json()["version"])}
    assert note_line not in str(autosave(browser, ben, cleared, sent=2).json()["lines"])
    page = browser.get(new(ben))
    assert page.context["form"][row].value() == "" and re.search(rf'name="{row}" value=""[^>]*checked', page.content.decode())
    assert browser.post(new(ben), {**cleared, "version": str(page.context["form"]["version"].value())}).status_code == 302
    with acting_as(tara.actor):
        assert getattr(TherapySession.objects.get(), row) == ""


def test_a_risk_tap_can_be_changed_and_never_be_left_open(tara: Person, ben: Client) -> None:
    page = signed_in(tara).get(new(ben)).content.decode()
    assert re.search(r'name="felt" value=""', page) and not re.search(r'name="(risk|attendance)" value=""', page)


def test_a_log_outside_the_calendar_is_found_again(tara: Person, ben: Client) -> None:
    browser = signed_in(tara)
    form = shown(browser, new(ben), tara, ben)
    autosave(browser, ben, {**form, "one_line": "half a thought"})
    assert rows(tara) == (0, 0, 1)
    again = shown(browser, new(ben), tara, ben)
    assert again["new_id"] == form["new_id"] and again["one_line"] == "half a thought"
    by_address = browser.get(reverse("dashboard:session_log", args=[ben.pk, form["new_id"]]))
    assert by_address.status_code == 200 and "half a thought" in by_address.content.decode()
    assert browser.post(new(ben), {**again, **TAPS}).status_code == 302 and rows(tara) == (1, 1, 0)


def test_autosave_of_text_that_cannot_be_kept_is_not_called_saved(tara: Person, ben: Client) -> None:
    browser = signed_in(tara)
    answer = autosave(browser, ben, {**shown(browser, new(ben), tara, ben), "one_line": "x" * 501})
    assert answer.status_code == 422 and "saved_at" not in answer.json() and "One line" in answer.json()["message"] and rows(tara) == (0, 0, 0)


def test_autosave_belongs_to_its_own_address_and_client(tara: Person, ben: Client, cleo: Client) -> None:
    browser = signed_in(tara)
    session = planned(tara, cleo)
    form = shown(browser, new(ben), tara, ben)
    other = reverse("dashboard:session_autosave", args=[ben.pk, uuid7()])
    assert browser.post(other, form).status_code == 404
    answer = autosave(browser, ben, {**form, "new_id": str(session.pk)})
    assert answer.status_code == 422 and rows(tara) == (1, 0, 0)
    assert browser.get(reverse("dashboard:session_autosave", args=[ben.pk, form["new_id"]])).status_code == 405


# ---- without script


def test_the_draft_note_is_shown_on_demand_and_edited_without_script(tara: Person, ben: Client) -> None:
    browser = signed_in(tara)
    form = shown(browser, new(ben), tara, ben)
    page = browser.post(new(ben), {**form, **TAPS, "note_format": "soap", "step": "show"})
    text = html.unescape(page.content.decode())
    assert page.status_code == 200 and "Did: Skills practice." in text and "Risk: Asked, no concern today." in text and rows(tara) == (0, 0, 0)
    assert [row.key for row in page.context["rows"] if row.shown] == ["subjective", "objective", "assessment", "plan"]
    page = browser.post(new(ben), {**form, **TAPS, "step": "edit:assessment"})
    begun = page.context["form"]["text_assessment"].value()
    assert begun == "Session: Stuck.\nBreathing has become checking.", "the risk line stays beside her text, it is not hers to edit away"
    assert str(page.context["form"]["new_id"].value()) == form["new_id"]


def test_her_own_words_outlive_a_change_of_format_and_are_marked(tara: Person, ben: Client) -> None:
    browser = signed_in(tara)
    form = shown(browser, new(ben), tara, ben)
    page = browser.post(new(ben), {**form, **TAPS, "text_data": "Came in from the rain.", "note_format": "birp", "step": "show"})
    row = next(row for row in page.context["rows"] if row.key == "data")
    assert row.shown and row.label == "Data (from DAP)" and page.context["form"]["text_data"].value() == "Came in from the rain."
    browser.post(new(ben), {**form, **TAPS, "text_data": "Came in from the rain.", "note_format": "birp", "step": "sign"})
    with acting_as(tara.actor):
        note = SessionNote.objects.get()
        assert note.body["data"] == "Came in from the rain." and note.edited == ["data"] and "Risk: Asked" in note.body["behaviour"]


# ---- who may


@pytest.mark.parametrize("outsider", ["sam", "fay", "olu", "vera", "ben_portal", "ada"])
def test_others_get_the_same_404_on_every_address(outsider: str, request: pytest.FixtureRequest, tara: Person, ben: Client) -> None:
    session = planned(tara, ben)
    person: Person = request.getfixturevalue(outsider)
    browser = signed_in(person)
    missing = browser.get(f"/clients/{uuid7()}/sessions/new/").content
    for name, args in (("session_new", [ben.pk]), ("session_log", [ben.pk, session.pk]), ("session_autosave", [ben.pk, session.pk])):
        address = reverse(f"dashboard:{name}", args=args)
        page = browser.get(address)
        assert page.status_code == 404 and page.content == missing
        assert browser.post(address, {"scope": f"{person.membership.pk}:{ben.pk}", **TAPS}).status_code == 404
    assert rows(tara) == (1, 0, 0)


def test_a_form_of_one_client_is_not_taken_for_another(tara: Person, ben: Client, cleo: Client) -> None:
    browser = signed_in(tara)
    form = shown(browser, new(ben), tara, ben)
    assert browser.post(new(cleo), {**form, **TAPS}).status_code == 400 and rows(tara) == (0, 0, 0)


def test_a_colleagues_and_a_signed_log_lead_to_the_note(tara: Person, sam: Person, ben: Client) -> None:
    with acting_as(tara.actor):
        assign_colleague(client=ben, new_id=uuid7(), therapist_id=sam.user.pk, kind="co", by=tara.actor)
    note = logged(tara, ben)
    address = reverse("dashboard:session_log", args=[ben.pk, note.session_id])
    assert signed_in(tara).get(address).status_code == 200
    assert signed_in(sam).get(address).headers["Location"] == reverse("therapy:session", args=[ben.pk, note.session_id])
    done = signed(tara, ben, starts_at=an_hour_ago() - timedelta(days=7))
    address = reverse("dashboard:session_log", args=[ben.pk, done.session_id])
    assert signed_in(tara).get(address).headers["Location"] == reverse("therapy:session", args=[ben.pk, done.session_id])
    assert signed_in(tara).get(reverse("dashboard:session_log", args=[ben.pk, uuid7()])).status_code == 404


def test_typed_while_signed_out_it_is_given_back(tara: Person, ben: Client) -> None:
    """The session ended while she wrote: after signing in again the text is there, and one press saves it."""
    browser = signed_in(tara)
    form = {**shown(browser, new(ben), tara, ben), **TAPS, "text_data": "A long thought. " * 200}
    browser.logout()
    assert browser.post(new(ben), form).status_code == 302
    browser.force_login(tara.user)
    page = browser.get(new(ben))
    assert "A long thought." in page.content.decode() and rows(tara) == (0, 0, 0)
    kept: dict[str, Any] = {}
    for name, value in page.context["fields"]:
        kept.setdefault(name, []).append(value)
    assert browser.post(new(ben), kept).status_code == 302 and rows(tara) == (1, 1, 0)
    with acting_as(tara.actor):
        assert SessionNote.objects.get().body["data"] == ("A long thought. " * 200).strip()


def test_the_page_asks_the_database_a_constant_number_of_questions(tara: Person, ben: Client) -> None:
    planned(tara, ben)
    browser = signed_in(tara)
    browser.get(new(ben))
    with CaptureQueriesContext(connection) as few:
        browser.get(new(ben))
    for days in range(1, 8):
        signed(tara, ben, starts_at=an_hour_ago() - timedelta(days=days))
    with CaptureQueriesContext(connection) as many:
        browser.get(new(ben))
    assert len(many) <= len(few) + 1
