"""When a client reached out, and to whom."""

from uuid import UUID

from clients.models import Client, Visibility
from strengths.models import ReachOut, Supporter


def reach_outs_of(client: Client, *, supporter: Supporter | None = None, staff: bool = False, limit: int = 20) -> list[ReachOut]:
    """The latest, to one or to all, newest first; what was taken back is not among them."""
    found = ReachOut.objects.filter(client=client, withdrawn_at=None).select_related("supporter")
    if supporter is not None:
        found = found.filter(supporter=supporter)
    if staff:
        found = found.filter(visibility=Visibility.MY_THERAPIST, supporter__visibility=Visibility.MY_THERAPIST)
    return list(found.order_by("-occurred_at", "-pk")[:limit])


def reach_out_of(client: Client, pk: UUID) -> ReachOut | None:
    """Also one that was taken back."""
    return ReachOut.objects.select_related("supporter").filter(client=client, pk=pk).first()
