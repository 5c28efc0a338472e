"""Several confirmations of one import at the same moment, and of the same file looked at twice."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from clients.models import Client
from core.ids import uuid7
from tests import cast
from tests.cast import Person
from tests.clients.test_import import HEAD, MIRA, Desk, add
from tests.support import as_role, set_role


@pytest.fixture
def web_again() -> Iterator[None]:
    """Torn down last: the next test works as the web again."""
    yield
    set_role("app_web")


@pytest.fixture
def office(web_again: None, transactional_db: None) -> Iterator[Person]:
    """Ada in rows that other connections see; the owner empties the tables afterwards."""
    with transaction.atomic():
        clinic, ada = cast.clinic("Lanternbrook", "Ada")
        cast.member(clinic, "therapist", "Tara")
    yield ada
    set_role("app_owner")


def test_many_at_one_moment_add_it_once(office: Person) -> None:
    def send(number: int) -> int:
        try:
            return int(add(Desk(office), f"{HEAD}\n{MIRA}\nTom,,1970-01-01,,,\n", ids[number % 2]).status_code)
        finally:
            connection.close()

    ids = [uuid7(), uuid7()]
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(send, range(8))) == {302}
    with as_role(connection, "app_owner"):
        assert sorted(Client.objects.values_list("called", flat=True)) == ["Mira", "Tom"]
