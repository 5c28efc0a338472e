"""Which of her memberships (a clinic and a role) a signed-in person works in, and where that role begins its day."""

from django.http import HttpRequest
from django.urls import reverse

from accounts.models import Membership, Role
from accounts.selectors import memberships_of

SESSION_KEY = "membership"  # a choice, not a right: the gate looks the membership up again on every request
HOMES = {Role.THERAPIST: "dashboard:caseload", Role.ADMIN: "clients:people", Role.CLIENT: "portal:today"}


def bind_chosen(request: HttpRequest) -> Membership | None:
    """Sets `request.memberships` and `request.membership` for a page that stands before the gates; None when she belongs nowhere."""
    mine = memberships_of(request.user)
    chosen = request.session.get(SESSION_KEY)
    membership = next((each for each in mine if str(each.pk) == chosen), mine[0] if mine else None)
    request.memberships = mine  # type: ignore[attr-defined]
    request.membership = membership  # type: ignore[attr-defined]
    return membership


def choose(request: HttpRequest, membership: Membership) -> None:
    """From now on this browser works in that membership."""
    request.session[SESSION_KEY] = str(membership.pk)


def home_of(membership: Membership) -> str:
    """The address of the first page of this role."""
    return reverse(HOMES[Role(membership.role)])
