"""Reads about clients that other apps use."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from clients.models import CareAssignment, Client


def active_assignments(client: Client | None = None) -> QuerySet[CareAssignment]:
    """Assignments that hold now, of one client or of all the actor may see."""
    now = timezone.now()
    found = CareAssignment.objects.filter(Q(ends_at=None) | Q(ends_at__gt=now), starts_at__lte=now)
    return found.filter(client=client) if client is not None else found
