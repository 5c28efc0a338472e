"""The directory, searched."""

from uuid import UUID

from django.db.models import F, Q, QuerySet

from clients.models import Client
from core.text import plain
from strengths.models import CommunityService
from strengths.models.community import FOR_CLIENTS
from strengths.selectors.people import my_people

MOST = 200  # on one page; whoever has more searches


def directory(clinic_id: UUID, *, search: str = "", need: str = "", kind: str = "", area: str = "", away: bool = False) -> QuerySet[CommunityService]:
    """By name; those that were put away instead when `away`."""
    found = CommunityService.objects.filter(clinic_id=clinic_id, retired_at__isnull=not away)
    if search:
        found = found.filter(Q(name__icontains=search) | Q(for_whom__icontains=search) | Q(address__icontains=search))
    if need:
        found = found.filter(needs__contains=[need])
    if kind:
        found = found.filter(kind=kind)
    if area:
        found = found.filter(area__iexact=area)
    return found.order_by("name", "id")


def directory_for_client(clinic_id: UUID, *, need: str = "") -> list[CommunityService]:
    """What a client reads of it: no note of staff. Looked at last first."""
    columns = FOR_CLIENTS.replace("_id", "").split(", ")
    found = CommunityService.objects.filter(clinic_id=clinic_id, retired_at=None).only(*columns)
    if need:
        found = found.filter(needs__contains=[need])
    return list(found.order_by(F("checked_on").desc(nulls_last=True), "name", "id")[:MOST])


def areas(clinic_id: UUID) -> list[str]:
    found = CommunityService.objects.filter(clinic_id=clinic_id, retired_at=None).exclude(area="")
    return list(found.order_by("area").values_list("area", flat=True).distinct())


def names_on_map(client: Client, *, staff: bool = False) -> set[str]:
    return {plain(each.name) for each in my_people(client, staff=staff)}
