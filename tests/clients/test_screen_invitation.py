"""/invite/<token>/: opened as often as anybody likes, used once, by the person it was sent to (cases G01, G02, G04)."""

import hashlib
import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user
from django.db import connection
from django.http import HttpRequest
from django.test import Client as Browser
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from access.acting import acting_as
from access.gates import SESSION_KEY
from access.invitations import find_invitation
from accounts.models import Invitation, Membership, User
from accounts.models.invitation import State, hash_token
from clients.forms import JoinForm
from clients.models import Client, Consent
from clients.services import invite_client, invite_staff
from clients.views.invitation import join
from core.ids import uuid7
from core.logs import NoContent
from tests import cast
from tests.cast import PASSWORD, Person
from tests.support import as_role

pytestmark = pytest.mark.django_db
CHOSEN = "three other lanterns"
JOIN = {"name": "Ana", "password": CHOSEN}


@pytest.fixture
def invitation(tara: Person, ben: Client) -> Invitation:
    """Ben's, sent to an address typed in capitals."""
    with acting_as(tara.actor):
        return invite_client(client=ben, new_id=uuid7(), email="Ana@Example.org", by=tara.actor)


def link(invitation: Invitation) -> str:
    return reverse("clients:invitation", args=[invitation.token])


def row(invitation: Invitation) -> str:
    """A hash of everything the database knows about the invitation and whom it binds."""
    with as_role(connection, "app_owner"):
        there = (
            list(Invitation.objects.filter(pk=invitation.pk).values())
            + list(Client.objects.values("id", "portal_user_id", "version"))
            + [Membership.objects.count()]
        )
    return hashlib.sha256(repr(there).encode()).hexdigest()


def signed_in(user: User) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


def who_is(browser: Browser) -> Any:
    request = HttpRequest()
    request.session = browser.session
    return get_user(request)


def make_user(address: str, name: str = "Ana") -> User:
    with as_role(connection, "app_owner"):
        return User.objects.create_user(address, PASSWORD, name=name)


def change(invitation: Invitation, **values: Any) -> None:
    with as_role(connection, "app_owner"):
        Invitation.objects.filter(pk=invitation.pk).update(**values)


# ---- opening it


def test_opening_it_changes_nothing_however_often(invitation: Invitation) -> None:
    before = row(invitation)
    for _time in range(3):
        assert Browser().head(link(invitation)).status_code == 200
        assert Browser().get(link(invitation)).status_code == 200
    assert row(invitation) == before
    assert Browser().post(link(invitation), JOIN).status_code == 302


def test_it_says_who_invites_for_whom_and_who_reads_what(invitation: Invitation) -> None:
    page = Browser().get(link(invitation)).content.decode()
    assert "<bdi>Lanternbrook</bdi> invites you" in page and "a•••@example.org" in page and "ana@example.org" not in page
    assert "Who reads what" in page and "only me" in page and "never your words" in page
    assert "Tara" not in page and 'value="Ben"' in page


def test_no_other_site_learns_the_address_of_the_page(invitation: Invitation) -> None:
    answer = Browser().get(link(invitation))
    assert answer.headers["Referrer-Policy"] == "no-referrer" and answer.headers["Cache-Control"] == "no-store"
    assert answer.content.decode().count('name="referrer"') == 1 and 'content="strict-origin"' in answer.content.decode()


def test_no_log_line_holds_the_secret(invitation: Invitation, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        Browser(enforce_csrf_checks=True).post(link(invitation), JOIN)
        change(invitation, state=State.WITHDRAWN)
        Browser().get(link(invitation))
    assert len(caplog.records) >= 2
    for record in caplog.records:
        NoContent().filter(record)
        assert invitation.token not in record.getMessage() and (record.name != "django.request" or "/invite/..." in record.getMessage())


# ---- using it


def test_the_person_joins_is_signed_in_and_has_said_yes(invitation: Invitation, ben: Client) -> None:
    browser = Browser()
    answer = browser.post(link(invitation), JOIN)
    user = User.objects.get(email="ana@example.org")
    assert answer.headers["Location"] == "/" and browser.get("/").headers["Location"] == "/portal/"
    assert who_is(browser) == user and user.name == "Ana" and user.check_password(CHOSEN)
    membership = Membership.objects.get(user=user)
    assert membership.role == "client" and browser.session[SESSION_KEY] == str(membership.pk)
    with as_role(connection, "app_owner"):
        assert Client.objects.get(pk=ben.pk).portal_user_id == user.pk
        assert set(Consent.objects.filter(client=ben).values_list("kind", "text_version")) == {("portal", "1"), ("sharing", "1")}


def test_later_she_signs_in_with_the_address_in_any_letter_case(invitation: Invitation) -> None:
    Browser().post(link(invitation), JOIN)
    browser = Browser()
    assert browser.post("/accounts/login/", {"login": "ana@example.org ", "password": CHOSEN}).headers["Location"] == "/"
    assert User.objects.filter(email__iexact="ana@example.org").count() == 1


def test_a_second_use_says_what_happened_and_what_to_do(invitation: Invitation) -> None:
    Browser().post(link(invitation), JOIN)
    before = row(invitation)
    for answer in (Browser().get(link(invitation)), Browser().post(link(invitation), JOIN)):
        assert answer.status_code == 410 and "used already" in answer.content.decode() and "/accounts/login/" in answer.content.decode()
    assert row(invitation) == before and User.objects.filter(email="ana@example.org").count() == 1


def test_the_second_of_two_presses_leads_on(invitation: Invitation) -> None:
    """It was let through a moment before the first one was done, and finds that the address signs in by now."""
    make_user("ana@example.org")
    found = find_invitation(hash_token(invitation.token))
    form = JoinForm(JOIN, email="ana@example.org")
    assert found is not None and form.is_valid()
    answer = join(RequestFactory().post(link(invitation)), invitation.token, found, form)
    assert answer.status_code == 302 and answer.headers["Location"].startswith("/accounts/login/?next=/invite/")


def test_a_colleague_joins_in_the_role_she_was_invited_to(ada: Person) -> None:
    with acting_as(ada.actor):
        sent = invite_staff(new_id=uuid7(), role="therapist", email="eve@example.org", name="Eve", by=ada.actor)
    page = Browser().get(link(sent)).content.decode()
    assert "the clients you work with" in page and "only me" not in page
    browser = Browser()
    browser.post(link(sent), {"name": "Eve", "password": CHOSEN})
    assert browser.get("/").headers["Location"] == "/caseload/"
    assert Membership.objects.get(user__email="eve@example.org").role == "therapist"


@pytest.mark.parametrize("name", ["B", "x" * 180, "'Okina ʻO", "محمد", "👩🏽‍🦱 Mei", "A\u202eb", "Null"])
def test_her_name_is_kept_exactly(invitation: Invitation, name: str) -> None:
    Browser().post(link(invitation), {"name": name, "password": CHOSEN})
    assert User.objects.get(email="ana@example.org").name == name


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("name", "a\0b"), ("name", "\u200b"), ("name", "x" * 201), ("password", ""), ("password", "short"), ("password", "password1234"),
     ("password", "ana@example.org"), ("password", "a\0" + "b" * 20), ("password", "x" * 1001)],
)  # fmt: skip
def test_rough_input_is_answered_beside_the_field_and_uses_nothing(invitation: Invitation, field: str, value: str) -> None:
    before = row(invitation)
    page = Browser().post(link(invitation), {**JOIN, field: value})
    assert page.status_code == 200 and page.context["form"].errors.keys() == {field} and f'id="id_{field}_error"' in page.content.decode()
    assert CHOSEN not in page.content.decode()
    assert row(invitation) == before and not User.objects.filter(email="ana@example.org").exists()


def test_the_address_is_the_invitations_whatever_the_form_says(invitation: Invitation) -> None:
    Browser().post(link(invitation), {**JOIN, "email": "evil@example.org", "role": "admin"})
    assert Membership.objects.get(user__email="ana@example.org").role == "client"
    assert not User.objects.filter(email="evil@example.org").exists()


# ---- somebody who signs in already


def test_an_address_that_signs_in_already_is_asked_to_do_so_and_then_to_accept(invitation: Invitation) -> None:
    user = make_user("ana@example.org")
    before = row(invitation)
    browser = Browser()
    page = browser.get(link(invitation)).content.decode()
    assert "Sign in as a•••@example.org, then press Accept" in page and 'name="password"' not in page
    assert browser.post(link(invitation), JOIN).headers["Location"] == f"/accounts/login/?next={link(invitation)}"
    assert row(invitation) == before
    back = browser.post("/accounts/login/", {"login": "Ana@example.org", "password": PASSWORD, "next": link(invitation)})
    assert back.headers["Location"] == link(invitation)
    offered = browser.get(link(invitation)).content.decode()
    assert ">Accept<" in offered and 'name="password"' not in offered and row(invitation) == before
    assert browser.post(link(invitation)).headers["Location"] == "/"
    assert Membership.objects.get(user=user).role == "client" and User.objects.get(pk=user.pk).check_password(PASSWORD)
    again = browser.post(link(invitation))
    assert again.status_code == 410 and 'href="/"' in again.content.decode()


def test_the_same_person_is_invited_by_two_clinics(invitation: Invitation, olu: Person) -> None:
    second = cast.client_of(olu, "Ana")
    with acting_as(olu.actor):
        other = invite_client(client=second, new_id=uuid7(), email="ana@example.org", by=olu.actor)
    browser = Browser()
    browser.post(link(invitation), JOIN)
    browser.post(link(other))
    user = User.objects.get(email="ana@example.org")
    assert Membership.objects.filter(user=user, role="client").count() == 2
    with as_role(connection, "app_owner"):
        assert Client.objects.filter(portal_user=user).count() == 2


def test_signed_in_as_somebody_else_nothing_is_bound_until_she_has_signed_out(invitation: Invitation, sam: Person) -> None:
    before = row(invitation)
    browser = signed_in(sam.user)
    page = browser.get(link(invitation)).content.decode()
    assert "a•••@example.org" in page and "ana@example.org" not in page and "sam@example.org" in page and "Sign out and go on" in page
    for given in ({}, JOIN):
        answer = browser.post(link(invitation), given)
        assert answer.status_code == 200 and "Sign out and go on" in answer.content.decode()
    assert row(invitation) == before and not User.objects.filter(email="ana@example.org").exists()
    assert browser.post("/accounts/logout/", {"next": link(invitation)}).headers["Location"] == link(invitation)
    assert browser.post(link(invitation), JOIN).headers["Location"] == "/"
    assert who_is(browser).email == "ana@example.org" and Membership.objects.filter(user=sam.user).count() == 1


# ---- when it no longer works


@pytest.mark.parametrize(
    ("how", "status", "words"),
    [
        (lambda: {"expires_at": timezone.now() - timedelta(seconds=1)}, 410, "has ended"),
        (lambda: {"state": State.WITHDRAWN}, 410, "was withdrawn"),
        (lambda: {"token_hash": "0" * 64}, 404, "leads nowhere"),
    ],
)
def test_a_closed_one_says_why_and_how_to_get_a_new_one(invitation: Invitation, how: Callable[[], dict[str, Any]], status: int, words: str) -> None:
    change(invitation, **how())
    before = row(invitation)
    for answer in (Browser().get(link(invitation)), Browser().post(link(invitation), JOIN)):
        text = answer.content.decode()
        assert answer.status_code == status and words in text and "send" in text and "person who invited you" in text
        assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert row(invitation) == before and not User.objects.filter(email="ana@example.org").exists()


@pytest.mark.parametrize("token", ["x", "0" * 64, "a" * 2000, "%00", "🙂", "..", "a%0Ab", "%E2%80%AE"])
def test_a_link_that_is_none_leads_nowhere(ada: Person, token: str) -> None:
    assert Browser().get(f"/invite/{token}/").status_code == 404
    assert Browser().post(f"/invite/{token}/", JOIN).status_code == 404


def test_only_the_newest_link_works(tara: Person, ben: Client, invitation: Invitation) -> None:
    with acting_as(tara.actor):
        newer = invite_client(client=Client.objects.get(pk=ben.pk), new_id=uuid7(), email="ana@example.org", by=tara.actor)
    assert Browser().post(link(invitation), JOIN).status_code == 410
    assert Browser().post(link(newer), JOIN).status_code == 302
