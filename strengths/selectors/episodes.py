"""The moments that show a client's strengths."""

from uuid import UUID

from django.db.models import QuerySet

from clients.models import Client
from strengths.models import StrengthEpisode
from strengths.selectors.common import seen_by


def moments_of(client: Client, *, staff: bool = False) -> QuerySet[StrengthEpisode]:
    """What stands on the list, the older words of each moment among them, newest first; for `staff` what is shared."""
    shared = {f"strength__{name}": value for name, value in seen_by(staff).items()} | seen_by(staff)
    found = StrengthEpisode.objects.filter(client=client, withdrawn_at=None, strength__withdrawn_at=None, **shared)
    return found.order_by("-occurred_at", "-recorded_at", "-created_at")


def moment_of(client: Client, pk: UUID, *, staff: bool = False, taken_back: bool = False) -> StrengthEpisode | None:
    """One moment as it is worded now; `taken_back`: also when its author took it back."""
    found = moments_of(client, staff=staff) if not taken_back else StrengthEpisode.objects.filter(client=client, **seen_by(staff))
    return found.select_related("strength__client").filter(pk=pk, earlier_of=None).first()
