"""The request as a gated view gets it."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import models

from accounts.models import Membership
from core.actor import Actor
from core.requests import NumberedRequest


class Glass(NamedTuple):
    """The care assignment by which an admin reads a record in an emergency, and until when."""

    id: UUID
    ends_at: datetime


class ActorRequest(NumberedRequest):
    """Set by the gate: who acts, in which membership, and which others the person could work in.

    The client and portal gates (clients.gates) add `client`, the `Client` that the view gets too, and `can_write`: does the actor write in
    this record, or read only? `glass` is set where an admin reads it in an emergency, and nowhere else.
    """

    actor: Actor
    membership: Membership
    memberships: list[Membership]
    client: models.Model
    can_write: bool
    glass: Glass
