"""What the rule of "Fits now" looks at, and what the library says about one client."""

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta

from django.db.models import Avg
from django.utils import timezone

from clients.content import Direction, direction_of
from clients.ledger import Line
from clients.models import CheckIn, Client, Visibility
from clients.pillars import Pillar
from clients.selectors import shared_practice, what_works
from homework.choosing import FitFacts, Use, effort_limit

MOOD_OF_LAST = timedelta(days=7)


def use_lines(client: Client) -> dict[str, Line]:
    """The ledger's main line of each exercise: the measure with most pairs. From what she shares. One statement."""
    found: dict[str, Line] = {}
    ledger = what_works(client, shared_practice(client))
    for line in (*ledger.shown, *ledger.wrong_way, *ledger.too_few):
        if line.item_key not in found or line.pairs > found[line.item_key].pairs:
            found[line.item_key] = line
    return found


def fit_facts(client: Client, *, lines: Mapping[str, Line], active: Collection[str], focus: Iterable[str] = ()) -> FitFacts:
    """What the rule of "Fits now" looks at; `focus` are the taps of the latest session. One statement."""
    recent = CheckIn.objects.filter(client=client, visibility=Visibility.MY_THERAPIST, occurred_at__gte=timezone.now() - MOOD_OF_LAST)
    mood = recent.aggregate(mood=Avg("mood"))["mood"]
    return FitFacts(
        focus=frozenset(focus) & frozenset(Pillar.values),
        tried=frozenset(line.pillar for line in lines.values()),
        uses={key: Use(line.used, _toward_better(line), line.helped) for key, line in lines.items()},
        active=frozenset(active),
        effort_limit=effort_limit(mood),
        mood_known=mood is not None,
    )


def _toward_better(line: Line) -> float | None:
    """Points in the wanted direction; None when too few, or when the measure has no wanted direction."""
    direction = direction_of(line.measure)
    if line.change is None or direction == Direction.NEUTRAL:
        return None
    return direction * line.change
