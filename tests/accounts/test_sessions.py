"""Sessions: hashed at rest, ended by time and by whatever changes who somebody is (SECURITY B6 to B8, case G05)."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client as Browser
from django.test import RequestFactory

from access.acting import acting_as
from accounts import middleware, sessions
from accounts.middleware import BrowserSessionMiddleware, device_of
from accounts.models import BrowserSession, Membership, User
from accounts.services import end_role, give_role_back
from accounts.sessions import SessionStore, hash_key
from accounts.tasks import forget_ended_sessions
from tests import cast
from tests.cast import PASSWORD, Person
from tests.support import as_role

pytestmark = pytest.mark.django_db
LOGIN, PROFILE = "/accounts/login/", "/accounts/profile/"
START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def somewhere() -> str:
    """A network address of its own: the counts of tries outlive a test."""
    return f"198.19.{random.randrange(256)}.{random.randrange(256)}"


def sign_in(person: Person, at: datetime = START) -> Browser:
    browser = Browser(REMOTE_ADDR=somewhere())
    with time_machine.travel(at, tick=False):
        assert browser.post(LOGIN, {"login": person.user.email, "password": PASSWORD}).status_code == 302
        assert open_at(browser, at)
    return browser


def open_at(browser: Browser, at: datetime, **headers: str) -> bool:
    """Is the profile page shown, and not the way to the door?"""
    with time_machine.travel(at, tick=False):
        answer = browser.get(PROFILE, headers=headers)
    assert answer.status_code == 200 or answer.headers["Location"].startswith(LOGIN)
    return bool(answer.status_code == 200)


def cookie(browser: Browser) -> str:
    return str(browser.cookies[settings.SESSION_COOKIE_NAME].value)


# ---- at rest


def everything_stored() -> str:
    return str(list(BrowserSession.objects.values()))


def test_the_table_holds_no_cookie(tara: Person) -> None:
    browser = sign_in(tara)
    assert hash_key(cookie(browser)) in everything_stored() and cookie(browser) not in everything_stored()
    stolen = Browser()
    stolen.cookies[settings.SESSION_COOKIE_NAME] = hash_key(cookie(browser))
    assert not open_at(stolen, START), "what the table holds opens nothing"


def test_the_check_sees_a_cookie_kept_as_it_is(tara: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "hash_key", lambda key: key)
    assert cookie(sign_in(tara)) in everything_stored()


def test_a_session_is_its_persons(tara: Person) -> None:
    browser = Browser(headers={"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36"})
    browser.post(LOGIN, {"login": tara.user.email, "password": PASSWORD})
    (row,) = BrowserSession.objects.filter(user=tara.user)
    assert row.device == "Chrome, Linux"
    browser.post("/accounts/logout/")
    assert not BrowserSession.objects.filter(user=tara.user).exists()


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        ("", ""),
        ("curl/8", ""),
        ("Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0", "Firefox, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile Safari/604.1", "Safari, iPhone"),
        ("<script>" * 99, ""),
    ],
)
def test_a_device_in_a_few_words(agent: str, said: str) -> None:
    assert device_of(agent) == said


def test_sessions_that_ran_out_are_forgotten(tara: Person, ada: Person) -> None:
    old = sign_in(tara)
    with time_machine.travel(START + 20 * MINUTE, tick=False):
        new = sign_in(ada, START + 20 * MINUTE)
        forget_ended_sessions()
    kept = set(BrowserSession.objects.values_list("key_hash", flat=True))
    assert hash_key(cookie(new)) in kept and hash_key(cookie(old)) not in kept


# ---- by time


@pytest.mark.parametrize(("who", "idle"), [("tara", 15), ("ada", 15), ("ben_portal", 30)])
def test_nothing_is_served_after_the_idle_limit(who: str, idle: int, request: pytest.FixtureRequest) -> None:
    person = request.getfixturevalue(who)
    assert open_at(sign_in(person), START + idle * MINUTE - timedelta(seconds=1))
    assert not open_at(sign_in(person), START + idle * MINUTE)


@pytest.mark.parametrize(("who", "step", "longest"), [("tara", 14 * MINUTE, timedelta(hours=12)), ("ben_portal", timedelta(minutes=29), timedelta(days=30))])
def test_nothing_is_served_after_the_longest_time_however_busy(who: str, step: timedelta, longest: timedelta, request: pytest.FixtureRequest) -> None:
    browser, at = sign_in(request.getfixturevalue(who)), START
    while at + step < START + longest:
        at += step
        assert open_at(browser, at)
    assert open_at(browser, START + longest - timedelta(seconds=1)) and not open_at(browser, START + longest)


def test_the_check_sees_a_limit_taken_away(tara: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "STAFF", sessions.Limits(timedelta(days=9), timedelta(days=9)))
    assert open_at(sign_in(tara), START + timedelta(days=1))


def test_staff_limits_hold_for_a_client_who_is_staff_elsewhere(ben_portal: Person) -> None:
    other, _omar = cast.clinic("Otherwell", "Omar")
    with as_role(connection, "app_owner"):
        Membership.objects.create(user=ben_portal.user, clinic=other, role="therapist")
    assert not open_at(sign_in(ben_portal), START + 15 * MINUTE)


def polled(browser: Browser, header: str) -> bool:
    """A page left alone that asks by itself every half minute: is it still open after the limit?"""
    for number in range(1, 30):
        open_at(browser, START + number * MINUTE / 2, **{header: "1"})
    return open_at(browser, START + 15 * MINUTE, **{header: "1"})


@pytest.mark.parametrize("header", sessions.ON_ITS_OWN)
def test_what_a_page_sends_by_itself_keeps_nobody_signed_in(header: str, tara: Person) -> None:
    assert not polled(sign_in(tara), header)


def test_the_check_sees_polling_that_counts(tara: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(middleware, "ON_ITS_OWN", ())
    assert polled(sign_in(tara), "X-Autosave")


def test_a_request_by_itself_that_writes_the_session_does_not_prolong_it(tara: Person) -> None:
    key = cookie(sign_in(tara))
    with time_machine.travel(START + 10 * MINUTE, tick=False):
        session = SessionStore(key)
        session.by_hand = False
        session["note"] = 1
        session.save()
    assert BrowserSession.objects.get(key_hash=hash_key(key)).ends_at == START + 15 * MINUTE


# ---- by what changes who somebody is


def end_and_give_back(person: Person, ada: Person) -> None:
    with acting_as(ada.actor):
        end_role(membership=person.membership, by=ada.actor)
        give_role_back(membership=person.membership, by=ada.actor)


def deactivate(person: Person, ada: Person) -> None:
    with as_role(connection, "app_owner"):
        User.objects.filter(pk=person.user.pk).update(is_active=False)
        User.objects.filter(pk=person.user.pk).update(is_active=True)


def new_password(person: Person, ada: Person) -> None:
    person.user.set_password("another quiet lantern 8")
    person.user.save()


CHANGES = {"role": (end_and_give_back, "accounts_membership"), "deactivation": (deactivate, "accounts_user"), "password": (new_password, "accounts_user")}


@pytest.mark.parametrize("change", CHANGES)
def test_all_sessions_of_the_person_end_with_the_change(change: str, tara: Person, sam: Person, ada: Person) -> None:
    hers, others = [sign_in(tara) for _time in range(20)], [sign_in(sam), sign_in(ada)]
    CHANGES[change][0](tara, ada)
    assert not BrowserSession.objects.filter(user=tara.user).exists()
    assert [open_at(browser, START) for browser in hers] == [False] * 20
    assert [open_at(browser, START) for browser in others] == [True] * 2


@pytest.mark.parametrize("change", CHANGES)
def test_the_check_sees_sessions_that_outlive_the_change(change: str, tara: Person, ada: Person, as_owner: Callable[[], Any]) -> None:
    """Role and account are given back at once, so nothing but the database's trigger ends them. (A new password Django itself notes in the session too.)"""
    browser = sign_in(tara)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {CHANGES[change][1]} DISABLE TRIGGER end_sessions")
    CHANGES[change][0](tara, ada)
    assert BrowserSession.objects.filter(user=tara.user).exists()
    assert open_at(browser, START) == (change != "password")


def test_a_name_and_a_last_visit_end_nothing(tara: Person) -> None:
    browser = sign_in(tara)
    User.objects.filter(pk=tara.user.pk).update(name="Tara T", last_login=START)
    assert open_at(browser, START)


def test_whoever_is_signed_out_meanwhile_still_gets_the_answer(tara: Person) -> None:
    """An admin who gives up her own role: what she did is done, and no error page follows."""
    browser = sign_in(tara)

    def answer(request: HttpRequest) -> HttpResponse:
        assert request.session["_auth_user_id"]
        BrowserSession.objects.filter(user=tara.user).delete()
        request.session["message"] = "Saved."
        return HttpResponse("done")

    request = RequestFactory().get("/")
    request.COOKIES[settings.SESSION_COOKIE_NAME] = cookie(browser)
    with time_machine.travel(START, tick=False):
        response = BrowserSessionMiddleware(answer)(request)
    assert response.content == b"done" and response.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == 0
    assert not BrowserSession.objects.filter(user=tara.user).exists()
