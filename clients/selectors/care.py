"""Who cares for whom now, and how long a client reads on after it."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from accounts.models import Supervision
from clients.models import CareAssignment, Client, Episode
from clients.models.care import Kind
from core.actor import Actor

ACTIVE = (Q(ends_at=None) | Q(ends_at__gt=Now())) & Q(starts_at__lte=Now())
TEAM = ("kind", "starts_at", "ends_at", "client", "clinic", "therapist__name")  # columns that the portal may read too
ORDER = {Kind.PRIMARY: 0, Kind.CO: 1, Kind.COVER: 2, Kind.BREAK_GLASS: 3}


def my_care(actor: Actor) -> QuerySet[CareAssignment]:
    """Assignments that let the acting therapist read: her own, and those of the colleagues she supervises."""
    return own_care(actor) | supervised_care(actor)


def own_care(actor: Actor) -> QuerySet[CareAssignment]:
    return active_assignments().filter(therapist_id=actor.user_id, clinic_id=actor.clinic_id)


def supervised_care(actor: Actor) -> QuerySet[CareAssignment]:
    """Those of the colleagues she supervises now, but for a glass one of them broke."""
    theirs = active_assignments().filter(therapist_id__in=supervisions(actor).values("supervisee_id"), clinic_id=actor.clinic_id)
    return theirs.exclude(kind=Kind.BREAK_GLASS)


def supervisions(actor: Actor) -> QuerySet[Supervision]:
    """In which the acting therapist supervises, now."""
    running = Q(ends_at=None) | Q(ends_at__gt=Now())
    return Supervision.objects.filter(running, supervisor_id=actor.user_id, clinic_id=actor.clinic_id, starts_at__lte=Now())


def active_assignments(client: Client | None = None) -> QuerySet[CareAssignment]:
    """Assignments that hold now, of one client or of all the actor may see."""
    found = CareAssignment.objects.filter(ACTIVE)
    return found.filter(client=client) if client is not None else found


def reads_until(client: Client) -> date | None:
    """The last day on which a discharged client may read her own pages; None while no end of her care is written down."""
    ends = list(Episode.objects.filter(client=client).values_list("ended_on", flat=True))
    known = [day for day in ends if day is not None]
    return max(known) + timedelta(days=client.clinic.portal_days_after_discharge) if known and len(known) == len(ends) else None


def episodes_of(client: Client) -> list[Episode]:
    """Her stretches of care, the latest first."""
    return list(Episode.objects.filter(client=client).order_by("-started_on"))


def team_of(client: Client, *also: str) -> list[CareAssignment]:
    """Who works with her now, the primary therapist first; `therapist` holds id and name only.

    `also`: columns beside those that the portal may read too, such as `why`.
    """
    return in_order(active_assignments(client).select_related("therapist").only(*TEAM, *also))


def in_order(team: Iterable[CareAssignment]) -> list[CareAssignment]:
    return sorted(team, key=lambda care: (ORDER[Kind(care.kind)], care.starts_at))
