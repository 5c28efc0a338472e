"""A whole house signs in at one moment, from one address; and one code is sent by many at one moment."""

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from allauth.core.internal import ratelimit
from allauth.mfa.base import forms
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value, yield_hotp_counters_from_time
from django.core.cache.backends.redis import RedisCache
from django.db import connection, transaction
from django.test import Client as Browser

from accounts.models import BrowserSession
from core.ids import uuid7
from tests import cast
from tests.cast import PASSWORD, Person
from tests.support import set_role

PEOPLE = 50


@pytest.fixture
def web_again() -> Iterator[None]:
    """Torn down last: the next test works as the web again."""
    yield
    set_role("app_web")


@pytest.fixture
def crowd(web_again: None, transactional_db: None) -> Iterator[list[Person]]:
    """Therapists of one house, in rows that other connections see; the owner empties the tables afterwards."""
    with transaction.atomic():
        clinic, _admin = cast.clinic("Lanternbrook", "Ada")
        people = [cast.member(clinic, "therapist", f"{uuid7()}") for _number in range(PEOPLE)]
    yield people
    set_role("app_owner")


def enter_at_once(crowd: list[Person]) -> list[int]:
    """What each got: 302 is in."""
    at_the_line, house = Barrier(PEOPLE), f"198.19.{random.randrange(256)}.{random.randrange(256)}"

    def enter(person: Person) -> int:
        try:
            at_the_line.wait(10)
            answer = Browser(REMOTE_ADDR=house).post("/accounts/login/", {"login": person.user.email, "password": PASSWORD})
            return int(answer.status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(PEOPLE) as pool:
        return list(pool.map(enter, crowd))


def test_fifty_at_once_are_all_let_in(crowd: list[Person]) -> None:
    assert enter_at_once(crowd) == [302] * PEOPLE
    assert [BrowserSession.objects.filter(user=person.user).count() for person in crowd] == [1] * PEOPLE


def test_the_check_sees_a_counter_that_does_not_wait(crowd: list[Person], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ratelimit, "CACHE_LOCK_WAIT_TIMEOUT", 0)
    assert 429 in enter_at_once(crowd)


# ---- one code


@pytest.fixture
def noor(web_again: None, transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Person]:
    """She signs in with a second step. The count of wrong codes is out of the way: it would refuse most of fifty by itself."""
    monkeypatch.setattr(forms, "check_rate_limit", lambda user: lambda: None)
    with transaction.atomic():
        clinic, _admin = cast.clinic("Lanternbrook", "Ada")
        person = cast.member(clinic, "therapist", f"{uuid7()}")
    yield person
    set_role("app_owner")


def app_code(person: Person) -> list[str]:
    secret = generate_totp_secret()
    TOTP.activate(person.user, secret)
    return [format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[-1]))]  # the next one: valid for the longest time


def recovery_codes(person: Person) -> list[str]:
    app_code(person)
    return list(RecoveryCodes.activate(person.user).generate_codes())


CODES = {"an app's code": app_code, "a recovery code": recovery_codes}


def let_in(person: Person, codes: list[str]) -> int:
    """Every code from a browser of its own, which gave the right password before; how many come in."""
    doors = [Browser(REMOTE_ADDR=f"198.20.{number}.{random.randrange(256)}") for number in range(len(codes))]
    for door in doors:
        assert door.post("/accounts/login/", {"login": person.user.email, "password": PASSWORD}).status_code == 302
    at_the_line = Barrier(len(codes))

    def enter(door: Browser, code: str) -> bool:
        try:
            at_the_line.wait(10)
            door.post("/accounts/second-step/code/", {"code": code})
            return bool(door.get("/accounts/profile/").status_code == 200)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(codes)) as pool:
        return sum(pool.map(enter, doors, codes))


@pytest.mark.parametrize("kind", CODES)
def test_one_code_sent_fifty_times_at_once_lets_in_once(kind: str, noor: Person) -> None:
    assert let_in(noor, CODES[kind](noor)[:1] * PEOPLE) == 1


@pytest.mark.parametrize("kind", CODES)
def test_the_check_sees_a_code_that_lets_in_several(kind: str, noor: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RedisCache, "add", lambda *args, **kwargs: True)
    monkeypatch.setattr(RecoveryCodes, "_mark_code_used", lambda *args: None)
    assert let_in(noor, CODES[kind](noor)[:1] * 10) > 1


def test_ten_codes_at_once_are_ten_used_codes(noor: Person) -> None:
    codes = recovery_codes(noor)
    assert let_in(noor, codes) == len(codes)
    assert RecoveryCodes.activate(noor.user).get_unused_codes() == []
