"""Which of her memberships (a clinic and a role) a signed-in person works in, and where that role begins its day."""

from typing import cast

from django.http import HttpRequest
from django.urls import reverse

from accounts.models import Membership, Role
from accounts.selectors import memberships_of

SESSION_KEY = "membership"  # a choice, not a right: the gate looks the membership up again on every request
HOMES = {Role.THERAPIST: "dashboard:caseload", Role.ADMIN: "dashboard:clinic", Role.CLIENT: "portal:today"}


class MemberRequest(HttpRequest):
    """What `bind_chosen` sets, for templates/components/person_menu.html."""

    memberships: list[Membership]
    membership: Membership | None


def bind_chosen(request: HttpRequest) -> Membership | None:
    """The membership somebody works in, on a page that stands before the gates; None when she belongs nowhere."""
    bound = cast(MemberRequest, request)
    if not hasattr(bound, "memberships"):
        bound.memberships = memberships_of(request.user)
    chosen = request.session.get(SESSION_KEY)
    bound.membership = next((each for each in bound.memberships if str(each.pk) == chosen), bound.memberships[0] if bound.memberships else None)
    return bound.membership


def choose(request: HttpRequest, membership: Membership) -> None:
    """From now on this browser works in that membership."""
    request.session[SESSION_KEY] = str(membership.pk)


def home_of(membership: Membership) -> str:
    """The address of the first page of this role."""
    return reverse(HOMES[Role(membership.role)])
