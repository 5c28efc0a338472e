"""A client's map."""

from uuid import UUID

from django.db.models import Max, Q, Value

from clients.models import Client, Visibility
from strengths.models import Strength, Supporter
from strengths.people_then import can_be_called, state_of
from strengths.selectors.common import seen_by


def my_people(client: Client, *, staff: bool = False) -> list[Supporter]:
    """Everybody and everything on the client's map, the closest ring first, those in her heart last; for `staff` what she shares of it."""
    found = Supporter.objects.filter(client=client, withdrawn_at=None, **seen_by(staff))
    return list(found.order_by("in_heart", "ring", "occurred_at", "pk"))


def words_of_picks(client: Client, *, staff: bool = False) -> tuple[dict[str, str], dict[str, str]]:
    """What an answer to an exercise may name by its id: strengths in words of the client's own, also those taken off the list; and who is on the map.

    One statement.
    """
    strengths = Strength.objects.filter(client=client, key="", **seen_by(staff)).values_list("pk", "own_words", Value("strength"))
    people = Supporter.objects.filter(client=client, withdrawn_at=None, **seen_by(staff)).values_list("pk", "name", Value("person"))
    found = list(strengths.union(people, all=True))
    own, mine = ({str(pk): words for pk, words, what in found if what == kind} for kind in ("strength", "person"))
    return own, mine


def whole_map(client: Client, *, staff: bool = False) -> list[Supporter]:
    """Also what was taken off the map. Each with `reached_at`: when she last reached out. One statement."""
    standing = Q(reach_outs__withdrawn_at=None)
    if staff:
        standing &= Q(reach_outs__visibility=Visibility.MY_THERAPIST)
    found = Supporter.objects.filter(client=client, **seen_by(staff)).annotate(reached_at=Max("reach_outs__occurred_at", filter=standing))
    return list(found.order_by("in_heart", "ring", "occurred_at", "pk"))


def supporter_of(client: Client, pk: UUID, *, staff: bool = False) -> Supporter | None:
    return Supporter.objects.filter(client=client, pk=pk, **seen_by(staff)).first()


def callable_people(client: Client, *, staff: bool = False) -> list[Supporter]:
    """Those one can tell or call, at night too: never anybody in her heart, not to contact or off the map. The closest first."""
    return [row for row in my_people(client, staff=staff) if can_be_called(state_of(row))]
