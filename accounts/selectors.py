"""Reads about people and their memberships that work before anybody acts (as `app_web`)."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils import timezone

from accounts.models import BrowserSession, Membership, User
from accounts.models.user import normal_email


def memberships_of(user: Any) -> list[Membership]:
    """The person's active memberships with their clinics, staff roles first; empty for a deactivated or unknown person."""
    if not user.is_authenticated or not user.is_active:
        return []
    found = Membership.objects.filter(user_id=user.pk, active=True).select_related("clinic")
    order = {"therapist": 0, "admin": 1, "client": 2}
    return sorted(found, key=lambda membership: (order[membership.role], membership.clinic.name))


def sessions_of(user: Any) -> list[BrowserSession]:
    """Where somebody is signed in now, the latest seen first."""
    return list(BrowserSession.objects.filter(user_id=user.pk, ends_at__gt=timezone.now()).order_by("-seen_at"))


def user_of_membership(membership_id: UUID) -> UUID | None:
    """Whose membership it is."""
    return Membership.objects.filter(pk=membership_id).values_list("user_id", flat=True).first()


def has_sign_in(address: str) -> bool:
    """Does this address sign in here already? Say so only to somebody who holds a link that was sent to it."""
    return User.objects.filter(email=normal_email(address)).exists()


def names_of(user_ids: Iterable[UUID | None]) -> dict[UUID | None, str]:
    """Name by id; whoever the actor may not see, and nobody (None), is left out. One statement, none for no ids."""
    return dict(User.objects.filter(pk__in=[each for each in user_ids if each is not None]).values_list("pk", "name"))
