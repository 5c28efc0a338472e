"""Signing in and out, forgotten and changed passwords: allauth's pages as this product uses them."""

import base64
import json
from typing import Any

import pytest
import redis
from django.conf import settings
from django.contrib.auth import get_user
from django.core import mail
from django.db import connection
from django.http import HttpRequest
from django.test import Client as Browser
from django.test import override_settings

from accounts.models import User
from accounts.tasks import send_password_reset
from audit.models import AuditEvent
from resilience_site import celery  # noqa: F401  (as the web does)
from resilience_site import settings as site
from tests.cast import PASSWORD, Person
from tests.support import as_role

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"
RESET = "/accounts/password/reset/"
NEW_PASSWORD = "three other lanterns"


def sign_in(browser: Browser, address: str, password: str = PASSWORD, path: str = LOGIN) -> Any:
    return browser.post(path, {"login": address, "password": password})


def who_is(browser: Browser) -> Any:
    request = HttpRequest()
    request.session = browser.session
    return get_user(request)


def trail(verb: str) -> int:
    with as_role(connection, "app_owner"):
        return AuditEvent.objects.filter(verb=verb).count()


@pytest.mark.parametrize("address", ["tara@example.org", "TARA@EXAMPLE.ORG", " Tara@Example.org ", "tara@example.org\t"])
def test_the_address_counts_in_any_letter_case_and_with_blanks(tara: Person, address: str) -> None:
    browser = Browser()
    answer = sign_in(browser, address)
    assert answer.headers["Location"] == "/" and who_is(browser) == tara.user
    assert trail("signed_in") == 1


@override_settings(PASSWORD_HASHERS=site.PASSWORD_HASHERS)
def test_passwords_are_kept_with_argon2() -> None:
    """The other tests use a quick hasher; the product's own settings say this one."""
    user = User(email="eve@example.org")
    user.set_password(NEW_PASSWORD)
    assert user.password.startswith("argon2$argon2id$") and user.check_password(NEW_PASSWORD)


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(tara: Person) -> None:
    wrong, unknown = sign_in(Browser(), "tara@example.org", "not her password"), sign_in(Browser(), "nobody-at-all@example.org", "not her password")
    assert wrong.status_code == unknown.status_code == 200
    assert str(wrong.context["form"].non_field_errors()) == str(unknown.context["form"].non_field_errors()) and "do not fit together" in wrong.content.decode()
    assert "nobody-at-all@example.org" in unknown.content.decode(), "what was typed stays"
    assert trail("sign_in_refused") == 2


@pytest.mark.parametrize(
    ("address", "password"), [("", PASSWORD), ("tara@example.org", ""), ("a\0b@example.org", PASSWORD), ("tara@example.org", "a\0b"), ("x" * 400, "y")]
)
def test_rough_input_is_answered(tara: Person, address: str, password: str) -> None:
    assert sign_in(Browser(), address, password).status_code == 200


def test_a_deactivated_person_is_told_and_not_let_in(tara: Person) -> None:
    with as_role(connection, "app_owner"):
        User.objects.filter(pk=tara.user.pk).update(is_active=False)
    browser = Browser()
    answer = browser.post(LOGIN, {"login": "tara@example.org", "password": PASSWORD}, follow=True)
    assert "This sign-in is closed" in answer.content.decode() and not who_is(browser).is_authenticated


def test_the_session_is_a_new_one_after_signing_in(tara: Person) -> None:
    browser = Browser()
    browser.get(LOGIN)
    session = browser.session
    session["before"] = "planted"
    session.save()
    browser.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    before = browser.session.session_key
    sign_in(browser, "tara@example.org")
    assert browser.session.session_key != before and who_is(browser) == tara.user


@pytest.mark.parametrize(
    ("wanted", "leads"),
    [
        ("/help-now/?a=1", "/help-now/?a=1"),
        ("https://evil.example/", "/"),
        ("//evil.example/x", "/"),
        ("/\\evil.example", "/"),
        ("http://localhost/x", "/"),
        ("javascript:alert(1)", "/"),
        ("http://testserver:81/x", "/"),
        ("\0", "/"),
    ],
)
def test_next_leads_only_to_this_very_site(tara: Person, wanted: str, leads: str) -> None:
    answer = Browser().post(LOGIN, {"login": "tara@example.org", "password": PASSWORD, "next": wanted})
    assert answer.status_code == 302 and answer.headers["Location"] == leads


@pytest.mark.parametrize(
    "path", ["/accounts/signup/", "/accounts/email/", "/accounts/confirm-email/", "/accounts/password/set/", "/accounts/2fa/", "/accounts/"]
)
def test_pages_of_allauth_that_the_product_does_not_use_are_not_there(tara: Person, path: str) -> None:
    browser = Browser()
    assert browser.get(path).status_code == 404 and browser.post(path, {"email": "x@example.org"}).status_code == 404
    browser.force_login(tara.user)
    assert browser.get(path).status_code == 404


def test_signing_out_needs_a_press_and_empties_the_browser(tara: Person) -> None:
    browser = Browser()
    sign_in(browser, "tara@example.org")
    asked = browser.get("/accounts/logout/")
    assert asked.status_code == 200 and "Clear-Site-Data" not in asked.headers and who_is(browser) == tara.user
    answer = browser.post("/accounts/logout/")
    assert answer.headers["Location"] == LOGIN and answer.headers["Clear-Site-Data"] == '"cache"'
    assert answer.headers["Cache-Control"] == "no-store" and not who_is(browser).is_authenticated
    assert trail("signed_out") == 1
    assert browser.post("/accounts/logout/").status_code == 302, "pressed in a second tab"


def test_no_page_is_kept_by_the_browser(tara: Person) -> None:
    browser = Browser()
    browser.force_login(tara.user)
    for path in (LOGIN, RESET, "/accounts/profile/", "/clients/new/", "/", "/no/such/page/"):
        assert browser.get(path).headers["Cache-Control"] == "no-store"


# ---- a forgotten password


def queued() -> list[dict[str, Any]]:
    """The messages that wait in the broker, as anybody who reads it would find them."""
    with redis.Redis.from_url(settings.REDIS_URL) as broker:
        return [json.loads(raw) for raw in broker.lrange("celery", 0, -1)]


def test_known_and_unknown_addresses_do_the_same_and_no_address_is_in_the_broker(tara: Person) -> None:
    before = len(queued())
    known = Browser().post(RESET, {"email": "TARA@example.org "})
    unknown = Browser().post(RESET, {"email": "nobody-at-all@example.org"})
    assert known.status_code == unknown.status_code == 302 and known.headers["Location"] == unknown.headers["Location"]
    new = queued()[: len(queued()) - before]
    assert len(new) == 2
    bodies = [base64.b64decode(each["body"]).decode() for each in new]
    assert any(str(tara.user.pk) in body for body in bodies) and not any("example.org" in body for body in bodies)


def reset_link(person: Person) -> str:
    """What the worker mails."""
    send_password_reset(str(person.user.pk))
    (letter,) = mail.outbox[-1:]
    assert letter.to == [person.user.email] and PASSWORD not in letter.body
    return next(word for word in letter.body.split() if word.startswith(settings.BASE_URL)).removeprefix(settings.BASE_URL)


def test_the_mailed_link_sets_a_new_password_once_and_ends_other_sessions(tara: Person) -> None:
    elsewhere, browser = Browser(), Browser()
    sign_in(elsewhere, "tara@example.org")
    link = reset_link(tara)
    for _time in range(3):
        Browser().head(link)
        Browser().get(link)
    page = browser.get(link)
    assert page.status_code == 302 and link not in page.headers["Location"], "the secret leaves the address bar"
    clean = page.headers["Location"]
    assert browser.get(clean).status_code == 200
    refused = browser.post(clean, {"password1": "short", "password2": "short"})
    assert refused.status_code == 200 and refused.context["form"].errors.keys() == {"password1"}
    done = browser.post(clean, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    assert done.headers["Location"] == "/accounts/password/reset/key/done/"
    assert User.objects.get(pk=tara.user.pk).check_password(NEW_PASSWORD) and trail("password_changed") == 1
    assert not who_is(elsewhere).is_authenticated
    assert "no longer works" in Browser().get(link, follow=True).content.decode()


@pytest.mark.parametrize("key", ["x-y", "0-0", "00000000000070008000000000000000-abc-def", "zzz-set-password", "a" * 300 + "-b", "%00-%00", "a-\u202e"])
def test_a_link_that_is_none_is_said_to_be_none(key: str) -> None:
    page = Browser().get(f"/accounts/password/reset/key/{key}/")
    assert page.status_code in (200, 404)


def test_a_reset_for_somebody_deactivated_or_unknown_mails_nothing(tara: Person) -> None:
    with as_role(connection, "app_owner"):
        User.objects.filter(pk=tara.user.pk).update(is_active=False)
    send_password_reset(str(tara.user.pk))
    send_password_reset("00000000-0000-7000-8000-000000000000")
    assert not mail.outbox


# ---- a changed password


def test_a_password_is_changed_with_the_one_of_now(tara: Person) -> None:
    browser, elsewhere = Browser(), Browser()
    sign_in(browser, "tara@example.org")
    sign_in(elsewhere, "tara@example.org")
    change = "/accounts/password/change/"
    wrong = browser.post(change, {"oldpassword": "not this one 1", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    assert wrong.context["form"].errors.keys() == {"oldpassword"}
    apart = browser.post(change, {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD + "x"})
    assert apart.context["form"].errors.keys() == {"password2"}
    done = browser.post(change, {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    assert done.headers["Location"] == "/accounts/profile/"
    assert who_is(browser) == tara.user and not who_is(elsewhere).is_authenticated


@pytest.mark.parametrize("weak", ["eleven char", "password1234", "tara@example.org", "a\0" + "b" * 20])
def test_a_weak_password_is_refused_beside_its_field(tara: Person, weak: str) -> None:
    browser = Browser()
    sign_in(browser, "tara@example.org")
    page = browser.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": weak, "password2": weak})
    assert "password1" in page.context["form"].errors and User.objects.get(pk=tara.user.pk).check_password(PASSWORD)


def test_long_passwords_and_blanks_in_them_are_taken(tara: Person) -> None:
    browser = Browser()
    sign_in(browser, "tara@example.org")
    long = " a long one with blanks at both ends " * 3
    browser.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": long, "password2": long})
    assert User.objects.get(pk=tara.user.pk).check_password(long)
