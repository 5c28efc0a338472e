"""One therapist, two clients: an id of the one in an address or a form of the other finds nothing, changes nothing, and is never taken for saved."""

from collections.abc import Iterator
from datetime import date, timedelta
from html.parser import HTMLParser
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client as Browser

from access.acting import acting_as
from clients.models import Client
from core.ids import uuid7
from tests import cast
from tests.access.addresses import Address, addresses, as_sent, attack_fields, filled, missing
from tests.access.canaries import Record, fill_record, found_in, of_client, put_canaries, row_hashes
from tests.cast import Person
from tests.portal.driving import Form, Forms
from tests.therapy.logs import form_of
from therapy.models import LogDraft
from therapy.services import autosave_log

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]
STEPS = {"save", "next", "done"}


@pytest.fixture
def records(tara: Person, ben: Client, cleo: Client, ben_portal: Person, as_owner: Any) -> tuple[Record, Record]:
    """Ben's and Cleo's, both full. Cleo's log of a session outside the calendar is begun too."""
    fill_record(tara, ben, ben_portal)
    fill_record(tara, cleo, cast.portal_sign_in(tara, cleo, "Cleo"))
    with acting_as(tara.actor):
        autosave_log(client=cleo, showing=form_of(), sent=1, fields={"one_line": "a line", "attendance": "attended"}, by=tara.actor)
    return put_canaries(ben, as_owner), put_canaries(cleo, as_owner)


def browser_of(person: Person) -> Browser:
    browser = Browser(raise_request_exception=False)
    browser.force_login(person.user)
    return browser


def hashes(record: Record, as_owner: Any) -> dict[tuple[str, str], str]:
    with as_owner():
        return row_hashes(of_client(record.client))


def mixed(address: Address, own: Record, other: Record) -> Iterator[dict[str, Any]]:
    """The address of one client with each fitting id of the other's."""
    for ids in filled(address, other, every=True):
        yield ids | {"client_id": own.client.pk}


def test_an_id_of_another_client_in_an_address_is_not_there(records: tuple[Record, Record], tara: Person, as_owner: Any, record_property: Any) -> None:
    ben, cleo = records
    before = hashes(ben, as_owner), hashes(cleo, as_owner)
    wrong, changed, asked, browser = [], [], 0, browser_of(tara)
    for address in addresses():
        if "client_id" not in address.parameters or len(address.ids) < 2:
            continue
        for ids in mixed(address, ben, cleo):
            scope = f"{tara.membership.pk}:{ben.client.pk}"
            absent = missing(address) | {"client_id": ben.client.pk}
            for method in ("get", "post"):
                data = attack_fields(cleo, tara.user.pk, uuid4()) | {"scope": scope} if method == "post" else None
                answers = [getattr(browser, method)(address.url(each), data) for each in (ids, absent)]
                asked += 2
                if found_in(answers[0], cleo.words()):
                    wrong.append(f"{address.name} shows Cleo's words at Ben's address by {method}")
                if as_sent(answers[0], exact=True) != as_sent(answers[1], exact=True):
                    wrong.append(f"{address.name} tells Cleo's row from none by {method}: {answers[0].status_code}, {answers[1].status_code}")
        if (hashes(ben, as_owner), hashes(cleo, as_owner)) != before:
            changed.append(f"{address.name} changed something")
            before = hashes(ben, as_owner), hashes(cleo, as_owner)
    for name, figure in (("probes", asked), ("leaks", len(wrong)), ("foreign_writes", len(changed))):
        record_property(name, figure)
    assert not wrong + changed, "\n".join(wrong + changed)


class StaffForms(Forms):
    """Selects too, each with its chosen option or its first."""

    select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        given = {name: value or "" for name, value in attrs}
        if tag == "select":
            self.select = given.get("name", "")
        elif tag == "option" and self.open is not None and self.select and given.get("value"):
            self.open.offered.setdefault(self.select, []).append(given["value"])
            if "selected" in given:
                self.open.fields[self.select] = [given["value"]]


def forms_of(answer: Any) -> list[Form]:
    parser: Any = StaffForms()
    assert isinstance(parser, HTMLParser)
    parser.feed(answer.content.decode())
    for form_id, button in parser.loose:
        for form in parser.forms:
            if form.id == form_id:
                form.buttons.append(button)
    return parser.forms


def filled_in(form: Form) -> dict[str, list[str]]:
    """Everything that is empty filled with something a person might give."""
    soon = (date.today() + timedelta(days=9)).isoformat()
    plain = {"date": soon, "time": "07:15", "email": "somebody@example.org", "tel": "1", "number": "1"}
    given = {name: [plain.get(form.kinds.get(name, ""), "some words")] for name, value in form.fields.items() if value == [""]}
    given |= {name: values[:1] for name, values in form.offered.items() if name not in form.fields}
    given |= {"ends_on": [soon]} if "ends_on" in form.fields else {}
    return {**form.fields, **given}


def ids_in(data: dict[str, list[str]]) -> list[str]:
    """Names of the fields that hold an id, but for the form's own scope."""
    return [name for name, values in data.items() if values and is_id(values[0]) and name not in ("scope", "csrfmiddlewaretoken", "shown")]


def is_id(value: str) -> bool:
    try:
        return bool(UUID(value))
    except ValueError:
        return False


def one_of_each(record: Record) -> dict[str, Any]:
    found = {label: rows[0].pk for label, rows in record.rows.items()}
    outside = next(row for row in record.rows["therapy.LogDraft"] if row.session_ref not in [each.pk for each in record.rows["therapy.TherapySession"]])
    return found | {"a session outside the calendar": outside.session_ref}


def send_each(person: Person, gate: tuple[str, ...], own: Record, other: Record, as_owner: Any) -> list[str]:
    """Every form of every page of one client, with each id in it replaced by the other's."""
    wrong, sent, browser, before = [], 0, browser_of(person), hashes(other, as_owner)
    pages = {address.url(ids) for address in addresses() if address.gate.startswith(gate) for ids in filled(address, own, every=False)}
    pages |= {f"{page}?exercise=coping_card" for page in pages if page.endswith("/assign/")}
    for page in sorted(pages):
        shown = browser.get(page)
        forms = forms_of(shown) if shown.status_code == 200 else []
        for form in forms:
            data = filled_in(form)
            buttons = [button for button in form.buttons if button[1] in STEPS][:1]
            for name in ids_in(data):
                for label, pk in one_of_each(other).items():
                    mine = hashes(own, as_owner) if name == "new_id" else {}
                    if name == "new_id" and "name" in form.fields:
                        data["name"] = [f"{form.fields['name'][0]} {sent}"]  # what is sent as it stands changes nothing, and rightly says so
                    answer = browser.post(form.action or page, {**data, name: [str(pk)], **{key: [value] for key, value in buttons}})
                    sent += 1
                    if answer.status_code >= 500:
                        wrong.append(f"{page}: {answer.status_code} for {label} in {name}")
                    if found_in(answer, other.words()):
                        wrong.append(f"{page}: shows the other's words for {label} in {name}")
                    silent = name == "new_id" and person.membership.role == "therapist" and answer.status_code == 302 and hashes(own, as_owner) == mine
                    if silent:
                        wrong.append(f"{page}: said that it was saved with {label} as {name}")
    if hashes(other, as_owner) != before:
        wrong.append("the other's rows have changed")
    assert sent > 100
    return wrong


@pytest.mark.full
def test_ids_of_another_client_in_a_therapists_forms(records: tuple[Record, Record], tara: Person, as_owner: Any) -> None:
    wrong = send_each(tara, ("client:", "clinic:CONTACT_WRITE"), *records, as_owner)
    assert not wrong, "\n".join(wrong)


@pytest.mark.full
def test_ids_of_another_client_in_a_clients_forms(records: tuple[Record, Record], ben_portal: Person, as_owner: Any) -> None:
    wrong = send_each(ben_portal, ("portal",), *records, as_owner)
    assert not wrong, "\n".join(wrong)


def test_a_draft_of_another_client_is_neither_changed_nor_dropped(records: tuple[Record, Record], tara: Person, as_owner: Any) -> None:
    """A log of a session outside the calendar has no row that would say whose it is."""
    ben, cleo = records
    before = hashes(cleo, as_owner)
    ref = one_of_each(cleo)["a session outside the calendar"]
    browser = browser_of(tara)
    form = next(form for form in forms_of(browser.get(f"/clients/{ben.client.pk}/sessions/new/")) if "one_line" in form.fields)
    data = {**filled_in(form), "new_id": [str(ref)], "one_line": ["about Ben"], "step": ["save"], "risk": ["no_concern"]}
    for page in (f"sessions/{ref}/autosave/", "sessions/new/", f"sessions/{ref}/log/"):
        for version in ("0", "1", "2"):
            for shown in (str(uuid7()), str(cleo.rows["therapy.LogDraft"][-1].shown)):
                answer = browser.post(f"/clients/{ben.client.pk}/{page}", {**data, "version": [version], "shown": [shown]}, headers={"X-Autosave": "2"})
                assert answer.status_code in (200, 404, 409, 422), (page, answer.status_code)
                assert not found_in(answer, cleo.words()), page
    assert hashes(cleo, as_owner) == before
    with as_owner():
        assert not LogDraft.objects.filter(session_ref=ref).exclude(client=cleo.client).exists()
