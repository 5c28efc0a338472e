"""A whole house signs in at one moment, from one address."""

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from allauth.core.internal import ratelimit
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
