"""The request as a gated view gets it."""

from django.http import HttpRequest

from accounts.models import Membership
from core.actor import Actor


class ActorRequest(HttpRequest):
    """Set by the gate: who acts, in which membership. Client gates add `can_write`: an assignment that lets the actor write."""

    actor: Actor
    membership: Membership
    memberships: list[Membership]
    can_write: bool
    request_id: str
