"""/clients/<uuid>/portal/: invite, send again, withdraw."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from access.acting import acting_as
from accounts.models import Clinic, Invitation
from audit.models import AuditEvent
from clients.models import Client
from clients.services import update_contact
from core.ids import uuid7
from tests.cast import Person
from tests.support import as_role

pytestmark = pytest.mark.django_db


def signed_in(person: Person) -> Browser:
    browser = Browser()
    browser.force_login(person.user)
    return browser


def address(client: Client) -> str:
    return reverse("clients:portal", args=[client.pk])


def scope(person: Person, client: Client) -> dict[str, str]:
    return {"scope": f"{person.membership.pk}:{client.pk}"}


def form_for(person: Person, client: Client, **given: Any) -> dict[str, Any]:
    return {**scope(person, client), "new_id": str(uuid7()), "email": "Ben@Example.org ", **given}


def invitations() -> list[Invitation]:
    with as_role(connection, "app_owner"):
        return list(Invitation.objects.order_by("created_at"))


def test_the_address_is_prefilled_from_the_contact(tara: Person, ben: Client) -> None:
    with acting_as(tara.actor):
        update_contact(client=ben, version=1, changes={"email": "ben@example.org"}, by=tara.actor)
    page = signed_in(tara).get(address(ben))
    assert page.context["state"] == "none" and page.context["form"]["email"].value() == "ben@example.org"


def test_an_unsafe_address_is_named_before_it_is_used(tara: Person, ben: Client) -> None:
    assert "not a safe way" not in signed_in(tara).get(address(ben)).content.decode()
    with acting_as(tara.actor):
        update_contact(client=ben, version=1, changes={"email_ok": False}, by=tara.actor)
    assert "not a safe way" in signed_in(tara).get(address(ben)).content.decode()


def test_inviting_mails_after_the_commit_and_says_so(tara: Person, ben: Client, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        answer = signed_in(tara).post(address(ben), form_for(tara, ben))
    assert answer.headers["Location"] == address(ben) and len(callbacks) == 1
    (invitation,) = invitations()
    assert (invitation.email, invitation.role, invitation.name, invitation.state) == ("ben@example.org", "client", "Ben", "sent")
    page = signed_in(tara).get(address(ben))
    assert page.context["state"] == "sent" and "ben@example.org" in page.content.decode()
    assert invitation.token not in page.content.decode(), "the link is for the client alone"


def test_the_same_form_sent_twice_is_one_invitation(tara: Person, ben: Client) -> None:
    browser, given = signed_in(tara), form_for(tara, ben)
    assert browser.post(address(ben), given).status_code == browser.post(address(ben), given).status_code == 302
    assert len(invitations()) == 1


def test_sending_again_closes_the_earlier_link(tara: Person, ben: Client) -> None:
    browser = signed_in(tara)
    browser.post(address(ben), form_for(tara, ben))
    browser.post(address(ben), form_for(tara, ben, email="ben.new@example.org"))
    assert [(each.email, each.state) for each in invitations()] == [("ben@example.org", "withdrawn"), ("ben.new@example.org", "sent")]


def test_withdrawing_closes_the_link(tara: Person, ben: Client) -> None:
    browser = signed_in(tara)
    browser.post(address(ben), form_for(tara, ben))
    withdraw = reverse("clients:withdraw_invitation", args=[ben.pk])
    assert browser.get(withdraw).status_code == 405 and invitations()[0].state == "sent"
    assert browser.post(withdraw, scope(tara, ben)).headers["Location"] == address(ben)
    assert invitations()[0].state == "withdrawn" and browser.get(address(ben)).context["state"] == "withdrawn"
    assert browser.post(withdraw, scope(tara, ben)).status_code == 302, "pressed twice"


def test_an_old_link_is_said_to_have_ended(tara: Person, ben: Client) -> None:
    signed_in(tara).post(address(ben), form_for(tara, ben))
    with as_role(connection, "app_owner"):
        Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    browser = signed_in(tara)
    page = browser.get(address(ben))
    assert page.context["state"] == "expired" and "no longer works" in page.content.decode()


def test_once_she_signs_in_there_is_nothing_to_invite(tara: Person, ben: Client, ben_portal: Person) -> None:
    browser = signed_in(tara)
    page = browser.get(address(ben))
    assert page.context["state"] == "signed_in" and 'name="email"' not in page.content.decode()
    refused = browser.post(address(ben), form_for(tara, ben))
    assert refused.status_code == 200 and len(invitations()) == 1


@pytest.mark.parametrize(("field", "value"), [("email", ""), ("email", "no address"), ("email", "a\0b@example.org"), ("new_id", "x")])
def test_rough_input_invites_nobody(tara: Person, ben: Client, field: str, value: str) -> None:
    page = signed_in(tara).post(address(ben), form_for(tara, ben, **{field: value}))
    assert page.status_code == 200 and page.context["form"].errors.keys() == {field} and not invitations()


def test_the_id_of_another_clients_invitation_is_refused(tara: Person, ben: Client, cleo: Client) -> None:
    browser = signed_in(tara)
    browser.post(address(ben), form_for(tara, ben))
    page = browser.post(address(cleo), form_for(tara, cleo, new_id=str(invitations()[0].pk)))
    assert page.status_code == 200 and "another client" in page.content.decode()
    with acting_as(tara.actor):
        assert Client.objects.get(pk=cleo.pk).invitation_id is None


def test_a_supervisor_reads_and_invites_nobody(vera: Person, tara: Person, ben: Client) -> None:
    signed_in(tara).post(address(ben), form_for(tara, ben))
    browser = signed_in(vera)
    page = browser.get(address(ben))
    assert page.status_code == 200 and "Send a new link" not in page.content.decode()
    assert browser.post(address(ben), form_for(vera, ben)).status_code == 404
    assert browser.post(reverse("clients:withdraw_invitation", args=[ben.pk]), scope(vera, ben)).status_code == 404
    assert [each.state for each in invitations()] == ["sent"]


@pytest.mark.parametrize("who", ["sam", "fay", "olu", "ada", "ben_portal"])
def test_nobody_else_finds_the_page(who: str, ben: Client, request: pytest.FixtureRequest) -> None:
    assert signed_in(request.getfixturevalue(who)).get(address(ben)).status_code == 404


# ---- under 18


def born(tara: Person, ben: Client, years: int, days: int = 0) -> None:
    """So many years and days ago."""
    today = timezone.localdate()
    day = today.replace(year=today.year - years, day=min(today.day, 28)) - timedelta(days=days)
    with acting_as(tara.actor):
        ben.refresh_from_db()
        update_contact(client=ben, version=ben.version, changes={"birth_date": day}, by=tara.actor)


def works_with_minors(ben: Client) -> None:
    with as_role(connection, "app_owner"):
        Clinic.objects.filter(pk=ben.clinic_id).update(works_with_minors=True)


def test_a_clinic_for_adults_does_not_invite_a_minor(tara: Person, ben: Client) -> None:
    born(tara, ben, 17, days=300)
    browser = signed_in(tara)
    assert "is for adults" in browser.get(address(ben)).content.decode() and "consent" not in browser.get(address(ben)).content.decode()
    page = browser.post(address(ben), form_for(tara, ben, consent_on_record="on"))
    assert page.status_code == 200 and page.context["form"].non_field_errors() and invitations() == []


def test_a_minor_is_invited_with_a_consent_on_record_and_the_trail_says_who_said_so(tara: Person, ben: Client) -> None:
    born(tara, ben, 15)
    works_with_minors(ben)
    browser = signed_in(tara)
    page = browser.post(address(ben), form_for(tara, ben))
    assert page.status_code == 200 and page.context["form"].errors["consent_on_record"] and invitations() == []
    assert browser.post(address(ben), form_for(tara, ben, consent_on_record="on")).status_code == 302 and len(invitations()) == 1
    with acting_as(tara.actor):
        said = AuditEvent.objects.get(verb="client_invited")
        assert (said.actor_id, said.detail) == (tara.user.pk, {"consent_on_record": True})


@pytest.mark.parametrize("years", [None, 18, 40])
def test_who_is_grown_up_or_has_no_known_birth_date_is_not_asked(tara: Person, ben: Client, years: int | None) -> None:
    if years:
        born(tara, ben, years, days=5)
    browser = signed_in(tara)
    assert "consent_on_record" not in browser.get(address(ben)).context["form"].fields
    assert browser.post(address(ben), form_for(tara, ben)).status_code == 302
    with acting_as(tara.actor):
        assert AuditEvent.objects.get(verb="client_invited").detail == {}
