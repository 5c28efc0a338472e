"""Who treats the client, and a change of it, said in plain words for a while: before it comes, and two weeks after."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from clients.models import CareAssignment, Client
from clients.models.care import Kind
from clients.names import called

TOLD_FOR = timedelta(days=14)


@dataclass(frozen=True)
class TherapistNow:
    """`called` as the pages call her; `new` is her whole name while she is new; `coming` the one who begins on `begins_on`. Empty where nothing changes."""

    called: str
    new: str = ""
    coming: str = ""
    begins_on: date | None = None


def therapist_now(client: Client) -> TherapistNow:
    """One statement. A first therapist is no change."""
    found = CareAssignment.objects.filter(client=client, kind=Kind.PRIMARY).order_by("starts_at")
    rows = [row for row in found.values_list("therapist__name", "starts_at", "ends_at", "therapist_id") if row[1] != row[2]]  # never began
    now = timezone.now()
    begun = [row for row in rows if row[1] <= now]
    standing = [row for row in begun if row[2] is None or row[2] > now]
    coming = next((row for row in rows if row[1] > now), None)
    name = standing[-1][0] if standing else ""
    changed = len(begun) > 1 and begun[-2][3] != begun[-1][3] and begun[-1][1] > now - TOLD_FOR
    return TherapistNow(
        called=called(name) if name else _("Your therapist"),
        new=name if changed else "",
        coming=coming[0] if coming is not None else "",
        begins_on=timezone.localdate(coming[1]) if coming is not None else None,
    )
