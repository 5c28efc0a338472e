"""The named people of the tests, made through the services, each row by the person who would make it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from access.acting import acting_as
from accounts.models import Clinic, Invitation, Membership, Role, Supervision, User
from accounts.services import add_member, change_clinic, create_clinic
from clients.models import Client
from clients.models.care import CareAssignment
from clients.services import accept_invitation, add_client, assign_colleague, break_glass, end_assignment, invite_client
from core.actor import Actor
from core.ids import uuid7
from tests.support import as_role

PASSWORD = "a quiet lantern 7"


@dataclass
class Person:
    """A member of a clinic in one role."""

    membership: Membership

    @property
    def user(self) -> User:
        return self.membership.user

    @property
    def actor(self) -> Actor:
        kinds: dict[str, Any] = {Role.ADMIN: "admin", Role.THERAPIST: "therapist", Role.CLIENT: "portal"}
        return Actor(kinds[self.membership.role], self.membership.user_id, self.membership.clinic_id)


def member(clinic: Clinic, role: str, name: str) -> Person:
    with as_role(connection, "app_owner"):
        return Person(add_member(clinic=clinic, role=role, name=name, email=f"{name.lower()}@example.org", password=PASSWORD))


def clinic(name: str, admin: str) -> tuple[Clinic, Person]:
    with as_role(connection, "app_owner"):
        boss = create_clinic(
            name=name,
            timezone_name="Europe/London",
            country="GB",
            admin_name=admin,
            admin_email=f"{admin.lower()}@example.org",
            password=PASSWORD,
            key=name.lower(),
        )
        return boss.clinic, Person(boss)


def client_of(therapist: Person, called: str, **contact: Any) -> Client:
    with acting_as(therapist.actor):
        return add_client(new_id=uuid7(), started_on=date.today() - timedelta(days=30), called=called, timezone="Europe/London", by=therapist.actor, **contact)


def portal_sign_in(therapist: Person, client: Client, name: str) -> Person:
    """The client accepts her invitation, as a person does: through the link."""
    with as_role(connection, "app_owner"):
        user = User.objects.create_user(f"{name.lower()}@example.org", PASSWORD, name=name)
    return portal_sign_in_of(therapist, client, user)


def portal_sign_in_of(therapist: Person, client: Client, user: User) -> Person:
    """Somebody who has a sign-in already becomes this client."""
    with acting_as(therapist.actor):
        invitation: Invitation = invite_client(client=client, new_id=uuid7(), email=user.email, by=therapist.actor)
    assert accept_invitation(token=invitation.token, user=user) == "accepted"
    return Person(Membership.objects.select_related("user", "clinic").get(user=user, clinic_id=client.clinic_id, role=Role.CLIENT))


def assign(current: Person, colleague: Person, client: Client) -> CareAssignment:
    """A colleague works with this client too."""
    with acting_as(current.actor):
        return assign_colleague(client=client, new_id=uuid7(), therapist_id=colleague.user.pk, kind="co", by=current.actor)


def former_therapist(current: Person, former: Person, client: Client) -> None:
    """Somebody who was on the case and is not any more."""
    with acting_as(current.actor):
        care: CareAssignment = assign_colleague(client=client, new_id=uuid7(), therapist_id=former.user.pk, kind="co", by=current.actor)
        end_assignment(assignment=care, by=current.actor)


def emergency(admin: Person, client: Client, hours: int = 1) -> CareAssignment:
    """An admin breaks the glass of this record."""
    with acting_as(admin.actor):
        return break_glass(client=client, new_id=uuid7(), reason="away", why="She rang, and nobody else is here.", hours=hours, by=admin.actor)


def supervise(admin: Person, supervisor: Person, supervisee: Person) -> None:
    with acting_as(admin.actor):
        Supervision.objects.create(
            clinic_id=admin.actor.clinic_id,
            supervisor=supervisor.user,
            supervisee=supervisee.user,
            starts_at=timezone.now() - timedelta(days=1),
            created_by=admin.user,
        )


def set_second_factor_required(*, clinic: Clinic, required: bool, by: Actor) -> None:
    """As the page of settings does it; inside `acting_as`."""
    now = Clinic.objects.filter(pk=clinic.pk).first() or clinic
    change_clinic(clinic=now, version=now.version, changes={"second_factor_required": required}, by=by)
