"""/supervision/: the clients of the therapists whom one supervises, to read."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone

from access.acting import acting_as
from accounts.models import Supervision
from clients.models import Client
from core.ids import uuid7
from tests import cast
from tests.cast import Person
from therapy.services import write_private_note

pytestmark = pytest.mark.django_db
URL = "/supervision/"


def page(person: Person, url: str = URL) -> str:
    browser = Browser()
    browser.force_login(person.user)
    return browser.get(url).content.decode()


def test_each_supervisee_with_her_clients(vera: Person, ada: Person, tara: Person, sam: Person, ben: Client, cleo: Client, dana: Client) -> None:
    shown = page(vera)
    assert tara.user.name in shown and "Ben" in shown and "Cleo" in shown
    assert sam.user.name not in shown and "Dana" not in shown
    cast.supervise(ada, vera, sam)
    assert "Dana" in page(vera) and page(vera).index("Ben") < page(vera).index("Cleo")


def test_a_supervisee_without_clients_is_there_too(vera: Person, tara: Person) -> None:
    assert tara.user.name in page(vera) and "No clients at the moment." in page(vera)


@pytest.mark.parametrize("other", ["tara", "sam", "fay", "olu"])
def test_whoever_supervises_nobody_sees_nobody(other: str, request: pytest.FixtureRequest, ben: Client) -> None:
    shown = page(request.getfixturevalue(other))
    assert "You supervise nobody" in shown and "Ben" not in shown


def test_it_ends_with_the_supervision(vera: Person, ben: Client, as_owner: Callable[[], Any]) -> None:
    with as_owner():
        Supervision.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    assert "You supervise nobody" in page(vera) and "Ben" not in page(vera)


def test_a_record_opened_in_an_emergency_is_not_the_supervisors(vera: Person, ada: Person, sam: Person, dana: Client, tara: Person) -> None:
    """Tara, who is an admin too, breaks the glass: that is hers alone."""
    boss = cast.member(ada.membership.clinic, "admin", "Eva")
    cast.supervise(ada, vera, boss)
    cast.emergency(boss, dana)
    assert "Dana" not in page(vera)


def test_it_is_read_without_private_notes(vera: Person, tara: Person, ben: Client) -> None:
    with acting_as(tara.actor):
        write_private_note(client=ben, new_id=uuid7(), text="mine alone", by=tara.actor)
    record = page(vera, f"/clients/{ben.pk}/")
    notes = page(vera, f"/clients/{ben.pk}/notes/")
    assert "Log a session" not in record and "mine alone" not in record + notes and "<textarea" not in notes
