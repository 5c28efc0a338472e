"""Taps from several devices at the same moment make one check-in a day."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from access.acting import acting_as
from clients.models import CheckIn, Client, TimelineEntry
from clients.services import check_in_today
from clients.services.entries import record_check_in
from core.ids import uuid7
from tests import cast
from tests.cast import Person
from tests.support import as_role, set_role

DEVICES = 8


@pytest.fixture
def web_again() -> Iterator[None]:
    """Torn down last: the next test works as the web again."""
    yield
    set_role("app_web")


@pytest.fixture
def ben_at_home(web_again: None, transactional_db: None) -> Iterator[tuple[Person, Client]]:
    """Ben and his sign-in, in rows that other connections see; the owner empties the tables afterwards."""
    with transaction.atomic():
        clinic, _admin = cast.clinic("Lanternbrook", "Ada")
        tara = cast.member(clinic, "therapist", "Tara")
        ben = cast.client_of(tara, "Ben")
        portal = cast.portal_sign_in(tara, ben, "Ben")
    yield portal, ben
    set_role("app_owner")


def tap_at_once(portal: Person, ben: Client, at_the_line: Barrier) -> None:
    """Each device shows its own form, so each brings an id of its own."""

    def tapped(number: int) -> None:
        try:
            with acting_as(portal.actor):
                at_the_line.wait(10)
                check_in_today(client=ben, new_id=uuid7(), mood=number % 5 + 1, by=portal.actor)
        finally:
            connection.close()

    with ThreadPoolExecutor(DEVICES) as pool:
        list(pool.map(tapped, range(DEVICES)))


def made() -> tuple[int, int]:
    with transaction.atomic(), as_role(connection, "app_owner"):
        return CheckIn.objects.count(), TimelineEntry.objects.filter(kind="check_in").count()


def test_eight_devices_make_one_check_in(ben_at_home: tuple[Person, Client]) -> None:
    tap_at_once(*ben_at_home, Barrier(DEVICES))
    assert made() == (1, 1)
    with transaction.atomic(), as_role(connection, "app_owner"):
        assert float(CheckIn.objects.get().mood) == TimelineEntry.objects.get(kind="check_in").value


def test_without_the_lock_they_make_several(ben_at_home: tuple[Person, Client], monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: everybody looks before anybody writes."""
    looked = Barrier(DEVICES)

    def late(**given: object) -> CheckIn:
        looked.wait(10)
        return record_check_in(**given)  # type: ignore[arg-type]

    monkeypatch.setattr("clients.services.entries.record_check_in", late)
    monkeypatch.setattr(Client.objects, "select_for_update", lambda **given: Client.objects.all())
    tap_at_once(*ben_at_home, Barrier(DEVICES))
    assert made() == (DEVICES, DEVICES)
