"""Invitations below the pages: single use, seven days, one address; reading one never uses it; a new one closes the old.

Fifty at once: test_invitation_parallel.py.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from access.acting import acting_as
from access.invitations import find_invitation
from accounts.models import Invitation, Membership, User
from accounts.models.invitation import hash_token
from audit.models import AuditEvent
from clients.models import CareAssignment, Client, Consent
from clients.services import accept_invitation, end_assignment, invite, invite_client, sign_up_invited, withdraw_client_invitation, withdraw_invitation
from core.errors import Refused
from core.ids import uuid7
from tests import cast
from tests.cast import PASSWORD, Person

pytestmark = pytest.mark.django_db
ADDRESS = "ben@example.org"


@pytest.fixture
def invitation(tara: Person, ben: Client) -> Invitation:
    with acting_as(tara.actor):
        return invite_client(client=ben, new_id=uuid7(), email=" Ben@Example.ORG ", by=tara.actor)


def person(address: str = ADDRESS) -> User:
    return User.objects.create_user(address, PASSWORD, name="Ben")


def change(as_owner: Callable[[], Any], invitation: Invitation, **values: Any) -> None:
    with as_owner():
        Invitation.objects.filter(pk=invitation.pk).update(**values)


def bound(as_owner: Callable[[], Any], client: Client) -> tuple[Any, int, int]:
    """Who signs in as this client, how many memberships of clients there are, how many consents."""
    with as_owner():
        return Client.objects.get(pk=client.pk).portal_user_id, Membership.objects.filter(role="client").count(), Consent.objects.count()


def test_an_accepted_one_binds_the_record_makes_the_member_and_notes_the_yes(invitation: Invitation, ben: Client, as_owner: Callable[[], Any]) -> None:
    user = person()
    assert accept_invitation(token=invitation.token, user=user) == "accepted"
    assert bound(as_owner, ben) == (user.pk, 1, 2)
    with as_owner():
        row = Invitation.objects.get(pk=invitation.pk)
        assert (row.state, row.accepted_by_id, row.email) == ("accepted", user.pk, ADDRESS)
        assert {"invitation_accepted", "consented"} <= set(AuditEvent.objects.values_list("verb", flat=True))
        assert set(Consent.objects.values_list("kind", flat=True)) == {"portal", "sharing"}


def test_the_table_holds_no_token(invitation: Invitation, as_owner: Callable[[], Any]) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM accounts_invitation t")
        assert invitation.token not in cursor.fetchone()[0] and invitation.token_hash == hash_token(invitation.token)


def test_used_again_it_is_hers_or_used(invitation: Invitation, ben: Client, as_owner: Callable[[], Any]) -> None:
    user, other = person(), person("other@example.org")
    assert [accept_invitation(token=invitation.token, user=each) for each in (user, user, other)] == ["accepted", "accepted", "used"]
    assert bound(as_owner, ben) == (user.pk, 1, 2)


@pytest.mark.parametrize(
    ("change_to", "outcome"),
    [
        ({"expires_at": timezone.now() - timedelta(seconds=1)}, "expired"),
        ({"state": "withdrawn"}, "withdrawn"),
        ({"email": "somebody@example.org"}, "other_address"),
        ({"token_hash": "0" * 64}, "unknown"),
    ],
)
def test_a_closed_one_binds_nothing(change_to: dict[str, Any], outcome: str, invitation: Invitation, ben: Client, as_owner: Callable[[], Any]) -> None:
    change(as_owner, invitation, **change_to)
    assert accept_invitation(token=invitation.token, user=person()) == outcome
    assert bound(as_owner, ben) == (None, 0, 0)
    assert sign_up_invited(token=invitation.token, email="new@example.org", name="New", password=PASSWORD) == (None, outcome)
    assert not User.objects.filter(email="new@example.org").exists(), "both or neither"


def test_a_deactivated_person_accepts_nothing(invitation: Invitation, ben: Client, as_owner: Callable[[], Any]) -> None:
    user = person()
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert accept_invitation(token=invitation.token, user=user) == "other_address" and bound(as_owner, ben) == (None, 0, 0)


def test_reading_it_uses_nothing_up(invitation: Invitation, ben: Client, as_owner: Callable[[], Any]) -> None:
    for _time in range(3):
        found = find_invitation(hash_token(invitation.token))
        assert found is not None and found.is_open and (found.email, found.clinic_name) == (ADDRESS, "Lanternbrook")
    assert find_invitation(hash_token("guessed")) is None and bound(as_owner, ben) == (None, 0, 0)


def test_the_bare_login_reads_no_list_of_them(invitation: Invitation) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Invitation.objects.count()


def test_a_new_one_closes_the_old_and_sent_twice_it_is_one(invitation: Invitation, tara: Person, ben: Client, as_owner: Callable[[], Any]) -> None:
    form = uuid7()
    with acting_as(tara.actor):
        again = [invite_client(client=Client.objects.get(pk=ben.pk), new_id=form, email="ben.new@example.org", by=tara.actor) for _time in (1, 2)]
    assert {each.pk for each in again} == {form}
    assert accept_invitation(token=invitation.token, user=person()) == "withdrawn"
    assert accept_invitation(token=again[0].token, user=person("ben.new@example.org")) == "accepted"
    with as_owner():
        assert Invitation.objects.filter(role="client").count() == 2


def test_an_invitation_is_never_linked_to_a_second_record(fay: Person, tara: Person, ben: Client, as_owner: Callable[[], Any]) -> None:
    """Fay invited Ben while she worked with him. His record is closed to her by now, so she does not see that it has this invitation; the form's id says it."""
    own = cast.client_of(fay, "Eva")
    cast.assign(tara, fay, ben)
    with acting_as(fay.actor):
        his = invite_client(client=Client.objects.get(pk=ben.pk), new_id=uuid7(), email=ADDRESS, by=fay.actor)
        care = CareAssignment.objects.get(client=ben, therapist=fay.user, ends_at=None)
    with acting_as(tara.actor):
        end_assignment(assignment=care, by=tara.actor)
    with acting_as(fay.actor), pytest.raises(Refused, match="used for another client"):
        invite_client(client=own, new_id=his.pk, email=ADDRESS, by=fay.actor)
    user = person()
    assert accept_invitation(token=his.token, user=user) == "accepted"
    assert bound(as_owner, ben)[0] == user.pk and bound(as_owner, own)[0] is None


def test_a_form_sent_again_with_another_address_is_not_the_old_invitation(tara: Person, ben: Client) -> None:
    form = uuid7()
    with acting_as(tara.actor):
        invite(new_id=form, role="client", email=ADDRESS, name="Ben", by=tara.actor)
        with pytest.raises(Refused, match="used before"):
            invite(new_id=form, role="client", email="other@example.org", name="Ben", by=tara.actor)


def test_whoever_signs_in_already_is_not_invited_again(ben_portal: Person, tara: Person, ben: Client) -> None:
    with acting_as(tara.actor), pytest.raises(Refused):
        invite_client(client=Client.objects.get(pk=ben.pk), new_id=uuid7(), email="other@example.org", by=tara.actor)


def test_a_bound_record_is_bound_for_good(ben_portal: Person, tara: Person, ben: Client, as_owner: Callable[[], Any]) -> None:
    """Also for a link that was made past the service: whoever is bound there reads the whole record."""
    with acting_as(tara.actor):
        second = invite(new_id=uuid7(), role="client", email="second@example.org", name="Ben", by=tara.actor)
        Client.objects.filter(pk=ben.pk).update(invitation=second)
    assert accept_invitation(token=second.token, user=person("second@example.org")) == "withdrawn"
    assert bound(as_owner, ben)[0] == ben_portal.user.pk


def test_withdrawn_by_the_therapist_it_is_closed(invitation: Invitation, tara: Person, ben: Client) -> None:
    with acting_as(tara.actor):
        withdraw_client_invitation(client=Client.objects.get(pk=ben.pk), by=tara.actor)
    assert accept_invitation(token=invitation.token, user=person()) == "withdrawn"


def test_an_accepted_one_is_not_withdrawn(ben_portal: Person, tara: Person, as_owner: Callable[[], Any]) -> None:
    with as_owner():
        row = Invitation.objects.get(state="accepted")
    with acting_as(tara.actor):
        withdraw_invitation(invitation=row, by=tara.actor)
    with as_owner():
        assert Invitation.objects.get(pk=row.pk).state == "accepted"
        assert not AuditEvent.objects.filter(verb="invitation_withdrawn").exists()


@pytest.mark.parametrize("who", ["sam", "olu", "vera"])
def test_who_does_not_work_with_her_invites_nobody_into_her_record(who: str, ben: Client, request: pytest.FixtureRequest, as_owner: Callable[[], Any]) -> None:
    """The link that she may make leads nowhere: the record does not point at it."""
    stranger: Person = request.getfixturevalue(who)
    with acting_as(stranger.actor):
        made = invite(new_id=uuid7(), role="client", email=ADDRESS, name="Ben", by=stranger.actor)
        assert Client.objects.filter(pk=ben.pk).update(invitation=made) == 0
    assert accept_invitation(token=made.token, user=person()) == "withdrawn" and bound(as_owner, ben) == (None, 0, 0)


@pytest.mark.parametrize("role", ["therapist", "admin"])
def test_a_therapist_invites_no_staff(role: str, tara: Person) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), acting_as(tara.actor):
        invite(new_id=uuid7(), role=role, email="friend@example.org", name="Friend", by=tara.actor)


def test_whoever_signs_in_already_is_asked_to_do_so(invitation: Invitation, ben: Client, as_owner: Callable[[], Any]) -> None:
    person()
    assert sign_up_invited(token=invitation.token, email="BEN@example.org", name="Somebody", password=PASSWORD) == (None, "has_sign_in")
    assert bound(as_owner, ben) == (None, 0, 0)
