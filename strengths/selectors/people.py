"""A client's map."""

from clients.models import Client
from strengths.models import Supporter
from strengths.selectors.common import seen_by


def my_people(client: Client, *, staff: bool = False) -> list[Supporter]:
    """Everybody and everything on the client's map, the closest ring first; for `staff` what she shares of it."""
    return list(Supporter.objects.filter(client=client, **seen_by(staff)).order_by("ring", "occurred_at"))
