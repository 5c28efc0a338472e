"""/clients/new/: a client is added once, exactly as typed, and whoever added her is her primary therapist."""

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client as Browser
from django.urls import reverse

from access.acting import acting_as
from clients.models import CareAssignment, Client, Episode
from core.ids import uuid7
from tests import cast
from tests.cast import Person
from tests.support import as_role

pytestmark = pytest.mark.django_db
NEW = "/clients/new/"
ZERO_WIDTH = "\u200b\u200d"
NAMES = [
    "B",
    "x" * 180,
    "'Okina-first",
    "O’Neill d'Arcy",
    ":colon !bang (brackets) [square]",
    "Kaʻohinani",
    "محمد بن سلمان",
    "A\u202eevil",
    "👩🏽‍🦱 Mei",
    "Suharto",
    "Null",
    "None",
]


def signed_in(person: Person) -> Browser:
    browser = Browser()
    browser.force_login(person.user)
    return browser


def form_for(person: Person, **given: Any) -> dict[str, Any]:
    plain = {
        "scope": str(person.membership.pk),
        "new_id": str(uuid7()),
        "called": "Eve",
        "timezone": "Europe/London",
        "language": "en-gb",
        "started_on": "2026-11-02",
    }
    return {**plain, **given}


def clients_of(person: Person) -> list[Client]:
    with acting_as(person.actor):
        return list(Client.objects.order_by("called"))


def test_the_form_begins_with_the_clinics_zone_and_today(tara: Person) -> None:
    page = signed_in(tara).get(NEW)
    form = page.context["form"]
    assert form["timezone"].value() == "Europe/London" and form["started_on"].value() is not None
    text = page.content.decode()
    assert f'value="{tara.membership.pk}"' in text and 'name="new_id"' in text and "Not asked" in text


def test_adding_writes_the_client_her_first_assignment_and_her_episode(tara: Person) -> None:
    given = form_for(
        tara, called="Eve", legal_name="Evelyn Example", pronouns="she/her", birth_date="1990-05-04", email="Eve@Example.org", phone="+44 20 7946 0000",
        phone_ok="yes", voicemail_ok="no", email_ok="", post_ok="no", phone_checked="yes", emergency_contact="Rose, 020 7946 0001", gp="Dr Gray",
        timezone="Europe/Kiev", language="es",
    )  # fmt: skip
    answer = signed_in(tara).post(NEW, given)
    client = clients_of(tara)[0]
    assert answer.headers["Location"] == reverse("dashboard:record", args=[client.pk])
    assert (client.called, client.legal_name, client.pronouns, str(client.birth_date)) == ("Eve", "Evelyn Example", "she/her", "1990-05-04")
    assert (client.phone_ok, client.voicemail_ok, client.email_ok, client.post_ok, client.phone_checked) == (True, False, None, False, True)
    assert (client.timezone, client.language, str(client.started_on)) == ("Europe/Kyiv", "es", "2026-11-02")
    assert (client.emergency_contact, client.gp) == ("Rose, 020 7946 0001", "Dr Gray")
    with acting_as(tara.actor):
        care = CareAssignment.objects.get(client=client)
        assert (care.kind, care.therapist_id, care.ends_at) == ("primary", tara.user.pk, None)
        assert Episode.objects.get(client=client).started_on == client.started_on


def test_the_next_step_is_the_invitation(tara: Person) -> None:
    answer = signed_in(tara).post(NEW, form_for(tara))
    said = [str(message) for message in get_messages(answer.wsgi_request)]
    assert len(said) == 1 and reverse("clients:portal", args=[clients_of(tara)[0].pk]) in said[0]


def test_the_same_form_sent_twice_adds_one_client(tara: Person) -> None:
    browser, given = signed_in(tara), form_for(tara)
    first, second = browser.post(NEW, given), browser.post(NEW, given)
    assert first.headers["Location"] == second.headers["Location"] and len(clients_of(tara)) == 1


def test_a_double_is_noted_and_not_blocked(tara: Person, sam: Person) -> None:
    browser = signed_in(tara)
    browser.post(NEW, form_for(tara, called="Ben Archer", birth_date="1990-05-04"))
    first = clients_of(tara)[0]
    answer = browser.post(NEW, form_for(tara, called="B", legal_name="ben archer", birth_date="1990-05-04"))
    said = [str(message) for message in get_messages(answer.wsgi_request)]
    assert any(reverse("dashboard:record", args=[first.pk]) in each for each in said) and len(clients_of(tara)) == 2
    other_day = browser.post(NEW, form_for(tara, called="Ben Archer", birth_date="1990-05-05"))
    assert not any("same person" in str(message) for message in list(get_messages(other_day.wsgi_request))[-1:])
    elsewhere = signed_in(sam).post(NEW, form_for(sam, called="Ben Archer", birth_date="1990-05-04"))
    assert not any("same person" in str(message) for message in get_messages(elsewhere.wsgi_request)), "a client of somebody else is nobody's business"


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_kept_exactly(tara: Person, name: str) -> None:
    assert signed_in(tara).post(NEW, form_for(tara, called=name, legal_name=name)).status_code == 302
    client = clients_of(tara)[0]
    assert client.called == name and client.legal_name == name


def test_a_name_is_isolated_from_the_sentence_around_it(tara: Person) -> None:
    signed_in(tara).post(NEW, form_for(tara, called="A\u202eevil"))
    page = signed_in(tara).get(reverse("clients:contact", args=[clients_of(tara)[0].pk])).content.decode()
    assert "<bdi>A\u202eevil</bdi>" in page and "A\u202eevil" not in page.split("</title>")[0]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("called", ""), ("called", "a\0b"), ("called", ZERO_WIDTH), ("called", "x" * 201), ("called", "a\nb"), ("called", "a\x1bb"), ("called", "a\uffffb"),
        ("legal_name", "\0"), ("email", "no address"), ("email", "a\0b@example.org"), ("phone", "1" * 41), ("timezone", "Mars/Olympus"), ("timezone", ""),
        ("language", "klingon"), ("birth_date", "yesterday"), ("birth_date", "2990-01-01"), ("birth_date", "0090-01-01"), ("started_on", ""),
        ("phone_ok", "perhaps"), ("gp", "x" * 301), ("emergency_contact", "a\0"), ("pronouns", "x" * 41),
    ],
)  # fmt: skip
def test_rough_input_is_answered_beside_the_field_and_keeps_the_rest(tara: Person, field: str, value: str) -> None:
    page = signed_in(tara).post(NEW, form_for(tara, **{"called": "Eve", "gp": "Dr Gray", field: value}))
    assert page.status_code == 200 and page.context["form"].errors.keys() == {field}
    text = page.content.decode()
    assert f'id="id_{field}_error"' in text and "One thing to change" in text
    assert field == "gp" or 'value="Dr Gray"' in text
    assert not clients_of(tara)


@pytest.mark.parametrize("new_id", ["", "nonsense", "a\0b"])
def test_a_form_without_its_id_is_not_taken(tara: Person, new_id: str) -> None:
    assert signed_in(tara).post(NEW, form_for(tara, new_id=new_id)).status_code == 200
    assert not clients_of(tara)


def test_the_id_of_somebody_elses_client_is_refused_and_changes_nothing(tara: Person, dana: Client) -> None:
    page = signed_in(tara).post(NEW, form_for(tara, new_id=str(dana.pk), called="Stolen"))
    assert page.status_code == 200 and "load the page again" in page.content.decode()
    with as_role(connection, "app_owner"):
        assert Client.objects.get(pk=dana.pk).called == "Dana"


def test_forged_fields_are_not_taken(tara: Person, sam: Person) -> None:
    other, _admin = cast.clinic("Otherwell", "Omar")
    forged = {
        "clinic": str(other.pk),
        "clinic_id": str(other.pk),
        "created_by": str(sam.user.pk),
        "portal_user": str(sam.user.pk),
        "status": "discharged",
        "version": "9",
    }
    signed_in(tara).post(NEW, form_for(tara, **forged))
    client = clients_of(tara)[0]
    assert (client.clinic_id, client.created_by_id, client.portal_user_id, client.status, client.version) == (
        tara.actor.clinic_id,
        tara.user.pk,
        None,
        "active",
        1,
    )


@pytest.mark.parametrize("who", ["ada", "ben_portal"])
def test_only_therapists_add_clients(who: str, request: pytest.FixtureRequest) -> None:
    person = request.getfixturevalue(who)
    browser = signed_in(person)
    assert browser.get(NEW).status_code == 404 and browser.post(NEW, form_for(person)).status_code == 404


def test_a_form_of_no_membership_is_refused(tara: Person, sam: Person) -> None:
    browser = signed_in(tara)
    assert browser.post(NEW, form_for(tara, scope="")).status_code == 400
    assert browser.post(NEW, form_for(tara, scope=str(sam.membership.pk))).status_code == 404
    assert not clients_of(tara)


def test_somebody_waits_until_care_begins(tara: Person) -> None:
    browser = signed_in(tara)
    page = browser.get(NEW)
    assert page.context["form"]["care"].value() == "begins"
    record = browser.post(NEW, form_for(tara, care="waits")).headers["Location"]
    with acting_as(tara.actor):
        assert Client.objects.get(called="Eve").status == "waiting" and not Episode.objects.exists()
    assert "Waiting: care has not begun yet." in browser.get(record).content.decode()
    wrong = browser.post(NEW, form_for(tara, care="never"))
    assert wrong.status_code == 200 and wrong.context["form"].errors["care"]
