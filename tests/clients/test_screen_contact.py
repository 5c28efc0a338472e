"""/clients/<uuid>/contact/: changed by those who may write, with both texts shown when somebody else was faster."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.urls import reverse

from access.acting import acting_as
from audit.models import AuditEvent
from clients.models import Client
from clients.services import update_contact
from tests.cast import Person
from tests.support import as_role

pytestmark = pytest.mark.django_db


def signed_in(person: Person) -> Browser:
    browser = Browser()
    browser.force_login(person.user)
    return browser


def address(client: Client) -> str:
    return reverse("clients:contact", args=[client.pk])


def form_for(person: Person, client: Client, **given: Any) -> dict[str, Any]:
    plain = {
        "scope": f"{person.membership.pk}:{client.pk}",
        "version": str(client.version),
        "called": client.called,
        "timezone": "Europe/London",
        "language": "en-gb",
    }
    return {**plain, **given}


def now(person: Person, client: Client) -> Client:
    with acting_as(person.actor):
        return Client.objects.get(pk=client.pk)


def test_changes_are_saved_with_a_higher_version_and_noted_without_the_words(tara: Person, ben: Client) -> None:
    answer = signed_in(tara).post(address(ben), form_for(tara, ben, called="Benno", phone="020 7946 0000", phone_ok="no", email_ok="yes"))
    assert answer.headers["Location"] == reverse("dashboard:record", args=[ben.pk])
    client = now(tara, ben)
    assert (client.called, client.phone, client.phone_ok, client.email_ok, client.version) == ("Benno", "020 7946 0000", False, True, 2)
    with as_role(connection, "app_owner"):
        event = AuditEvent.objects.get(verb="contact_changed")
        assert event.actor_id == tara.user.pk and set(event.detail["fields"]) >= {"called", "phone", "phone_ok"} and "Benno" not in str(event.detail)


def test_an_older_form_is_refused_with_both_texts_and_saves_on_the_second_press(tara: Person, ben: Client) -> None:
    with acting_as(tara.actor):
        update_contact(client=ben, version=1, changes={"gp": "Dr Newer", "phone_ok": True}, by=tara.actor)
    page = signed_in(tara).post(address(ben), form_for(tara, ben, gp="Dr Mine", phone_ok="no"))
    text = page.content.decode()
    assert page.status_code == 409 and "Dr Newer" in text and "Dr Mine" in text and "somebody saved" in text.lower()
    assert [(label, theirs, mine) for label, theirs, mine in page.context["both"] if label in ("GP", "Phone")] == [
        ("Phone", "Yes", "No"),
        ("GP", "Dr Newer", "Dr Mine"),
    ]
    assert now(tara, ben).gp == "Dr Newer"
    shown = page.context["form"]
    assert shown["version"].value() == "2" and shown["gp"].value() == "Dr Mine"
    again = signed_in(tara).post(address(ben), {**form_for(tara, ben, gp="Dr Mine", phone_ok="no"), "version": shown["version"].value()})
    assert again.status_code == 302 and now(tara, ben).gp == "Dr Mine" and now(tara, ben).version == 3


@pytest.mark.parametrize(("field", "value"), [("called", ""), ("gp", "a\0b"), ("version", ""), ("version", "0"), ("version", "a\0"), ("version", "9" * 30)])
def test_rough_input_changes_nothing(tara: Person, ben: Client, field: str, value: str) -> None:
    page = signed_in(tara).post(address(ben), form_for(tara, ben, **{"called": "Changed", field: value}))
    assert page.status_code in (200, 409) and now(tara, ben).called == "Ben"


def test_a_supervisor_reads_and_changes_nothing(vera: Person, tara: Person, ben: Client) -> None:
    with acting_as(tara.actor):
        update_contact(client=ben, version=1, changes={"gp": "Dr Gray", "phone_checked": True}, by=tara.actor)
    page = signed_in(vera).get(address(ben))
    text = page.content.decode()
    assert page.status_code == 200 and "Dr Gray" in text and "<form class=" not in text.split("<main")[1]
    assert signed_in(vera).post(address(ben), form_for(vera, ben, called="Changed")).status_code == 404
    assert now(tara, ben).called == "Ben"


@pytest.mark.parametrize("who", ["sam", "fay", "olu", "ada", "ben_portal"])
def test_nobody_else_finds_the_page(who: str, ben: Client, request: pytest.FixtureRequest) -> None:
    person = request.getfixturevalue(who)
    browser = signed_in(person)
    missing = browser.get(reverse("clients:contact", args=["00000000-0000-7000-8000-000000000000"]))
    found = browser.get(address(ben))
    assert found.status_code == missing.status_code == 404 and found.content == missing.content
    assert browser.post(address(ben), form_for(person, ben, called="Changed")).status_code == 404


def test_a_form_made_for_another_client_is_refused(tara: Person, ben: Client, cleo: Client) -> None:
    assert signed_in(tara).post(address(ben), form_for(tara, cleo, called="Cleo in Ben")).status_code == 400
    assert now(tara, ben).called == "Ben"
