"""The people of the starter clinic, for the parts that write what they did."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from access.gates import KIND_OF_ROLE
from accounts.models import Membership
from clients.models import Client
from core.actor import Actor
from core.zones import today_in, zone

ZONE = "Europe/London"


def actor_of(membership: Membership) -> Actor:
    """For `with acting_as(actor_of(cast.tara)):`."""
    return Actor(KIND_OF_ROLE[membership.role], membership.user_id, membership.clinic_id)


def days_ago(days: int, hour: int, minute: int = 0) -> datetime:
    """A moment on the clinic's clock, counted back from today; a negative number lies ahead."""
    return datetime.combine(today_in(ZONE) - timedelta(days=days), time(hour, minute), zone(ZONE))


@dataclass(frozen=True)
class Cast:
    """Ben signs in himself; Cleo is not invited yet; Dana is Sam's."""

    ada: Membership
    tara: Membership
    sam: Membership
    ben_portal: Membership
    ben: Client
    cleo: Client
    dana: Client
