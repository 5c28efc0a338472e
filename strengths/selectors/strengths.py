"""A client's strengths."""

from clients.models import Client
from strengths.content import strengths
from strengths.models import Strength
from strengths.selectors.common import seen_by


def shared_names(client: Client) -> list[str]:
    """What the strengths are called that she shares, newest first, her own words among them."""
    names = {strength.key: strength.name for strength in strengths()}
    return [names.get(row.key, row.own_words) if row.key else row.own_words for row in my_strengths(client, staff=True)]


def my_strengths(client: Client, *, staff: bool = False) -> list[Strength]:
    """The client's list, newest first, each key once (her therapist may have noted the same one); for `staff` what she shares of it."""
    found: dict[str, Strength] = {}
    for row in Strength.objects.filter(client=client, **seen_by(staff)).order_by("-occurred_at"):
        found.setdefault(row.key or str(row.pk), row)
    return list(found.values())
