"""Fifty presses of the same invitation at the same moment make one membership."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from access.acting import acting_as
from accounts.models import Invitation, Membership, User
from clients.models import Client, Consent
from clients.services import accept_invitation, invite_client, sign_up_invited
from core.ids import uuid7
from tests import cast
from tests.support import as_role, set_role

TIMES = 50


@pytest.fixture
def web_again() -> Iterator[None]:
    """Torn down last: the next test works as the web again."""
    yield
    set_role("app_web")


@pytest.fixture
def committed(web_again: None, transactional_db: None) -> Iterator[None]:
    """Rows that other connections see; the owner empties the tables afterwards."""
    yield
    set_role("app_owner")


@pytest.fixture
def invitation(committed: None) -> Invitation:
    with transaction.atomic():
        clinic, _admin = cast.clinic("Lanternbrook", "Ada")
        tara = cast.member(clinic, "therapist", "Tara")
        ben = cast.client_of(tara, "Ben")
        with acting_as(tara.actor):
            return invite_client(client=ben, new_id=uuid7(), email="ben@example.org", by=tara.actor)


def at_once(press: object) -> list[str]:
    def pressed(number: int) -> str:
        try:
            return press(number)  # type: ignore[operator,no-any-return]
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        return list(pool.map(pressed, range(TIMES)))


def truth() -> tuple[int, int, int, int]:
    with transaction.atomic(), as_role(connection, "app_owner"):
        bound = Client.objects.exclude(portal_user=None).count()
        return User.objects.filter(email="ben@example.org").count(), Membership.objects.filter(role="client").count(), bound, Consent.objects.count()


def test_fifty_people_without_a_sign_in_make_one(invitation: Invitation) -> None:
    outcomes = at_once(lambda number: sign_up_invited(token=invitation.token, email=invitation.email, name=f"Ben {number}", password="three other lanterns")[1])
    assert outcomes.count("accepted") == 1 and set(outcomes) == {"accepted", "has_sign_in"}
    assert truth() == (1, 1, 1, 2)


def test_fifty_presses_of_the_person_herself_make_one_membership(invitation: Invitation) -> None:
    with transaction.atomic(), as_role(connection, "app_owner"):
        user = User.objects.create_user("ben@example.org", "three other lanterns", name="Ben")
    assert set(at_once(lambda number: accept_invitation(token=invitation.token, user=user))) == {"accepted"}
    assert truth() == (1, 1, 1, 2)
