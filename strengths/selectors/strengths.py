"""A client's strengths."""

from uuid import UUID

from django.db.models import Count, Q, QuerySet

from clients.models import Client
from core.text import plain
from strengths.content import strengths
from strengths.models import Strength
from strengths.selectors.common import seen_by


def shared_names(client: Client) -> list[str]:
    """What the strengths are called that she shares, newest first, her own words among them."""
    names = {strength.key: strength.name for strength in strengths()}
    return [names.get(row.key, row.own_words) if row.key else row.own_words for row in my_strengths(client, staff=True)]


def my_strengths(client: Client, *, staff: bool = False) -> list[Strength]:
    """The client's list, newest first, each once (her therapist may have noted the same one); for `staff` what she shares of it."""
    found: dict[str, Strength] = {}
    for row in standing(client, staff=staff):
        found.setdefault(group_of(row), row)
    return list(found.values())


def standing(client: Client, *, staff: bool = False) -> QuerySet[Strength]:
    """Every noting on the list, newest first; for `staff` what is shared."""
    return Strength.objects.filter(client=client, withdrawn_at=None, **seen_by(staff)).order_by("-occurred_at", "-created_at")


def noted_ever(client: Client, *, staff: bool = False) -> QuerySet[Strength]:
    """Every noting, also one that was taken off the list: an answer to an exercise may name it."""
    return Strength.objects.filter(client=client, **seen_by(staff))


def taken_off(client: Client) -> QuerySet[Strength]:
    """What the client took off the list, each with how many moments would come back (`told`)."""
    told = Count("episodes", filter=Q(episodes__withdrawn_at=None, episodes__earlier_of=None))
    return Strength.objects.filter(client=client, withdrawn_by_id=client.portal_user_id).exclude(withdrawn_at=None).annotate(told=told).order_by("withdrawn_at")


def strength_of(client: Client, pk: UUID, *, staff: bool = False, withdrawn: bool = False) -> Strength | None:
    """One noting on the list; `withdrawn`: also when it was taken off."""
    found = noted_ever(client, staff=staff) if withdrawn else standing(client, staff=staff)
    return found.select_related("client").filter(pk=pk).first()


def same_strength(strength: Strength, *, withdrawn: bool = False) -> list[Strength]:
    """Everybody's noting of this strength, as far as the actor may read them: on the list, or taken off it."""
    found = Strength.objects.filter(client_id=strength.client_id, key=strength.key, withdrawn_at__isnull=not withdrawn)
    return [row for row in found if group_of(row) == group_of(strength)]


def group_of(row: Strength) -> str:
    """What makes two notings the same strength: the key, or the same words whatever their case and accents."""
    return row.key or f"own:{plain(row.own_words)}"
