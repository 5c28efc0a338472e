"""The lists a step may offer: those of the content, and the client's own, read only when a step asks for them."""

from collections.abc import Callable
from functools import lru_cache

from clients.content import direction_of
from clients.ledger import Line
from clients.models import Client
from clients.selectors import what_works
from homework.lists import content_lists
from homework.player.exercise import PEOPLE, SELFCARE_DOMAINS, Option, Step
from homework.player.options import Lists, list_name
from mindset.content import thinking_patterns
from selfcare.content import domains
from selfcare.selectors import left_out
from strengths.content import resource_kinds, strengths
from strengths.selectors import my_people, my_strengths, noted_ever

MARKED_HELPFUL = 4  # a median vote of "Yes" (5) or between it and "A bit" (3)


@lru_cache(maxsize=1)
def fixed_lists() -> dict[str, tuple[Option, ...]]:
    """What is the same for everybody."""
    return content_lists(strengths=strengths(), resource_kinds=resource_kinds(), patterns=thinking_patterns(), domains=domains())


def lists_for(client: Client, *steps: Step, reading: bool = False) -> Lists:
    """Everything these steps may offer, or for `reading` what was ever answered; one statement for each list of the client's own."""
    found: dict[str, tuple[Option, ...]] = dict(fixed_lists())
    own = OWN | {"my_strengths": ever_strengths} if reading else OWN | {SELFCARE_DOMAINS: own_parts}
    for name in {list_name(step) for step in steps} & own.keys():
        found[name] = own[name](client)
    return found


def own_strengths(client: Client) -> tuple[Option, ...]:
    """Her list, in the words of the 24 or her own."""
    known = {one.value: one for one in fixed_lists()["strengths"]}
    return tuple(known.get(row.key) or Option(str(row.pk), row.own_words or row.key) for row in my_strengths(client))


def ever_strengths(client: Client) -> tuple[Option, ...]:
    """For reading an answer back: also what is on her list no more."""
    known = {one.value: one for one in fixed_lists()["strengths"]}
    return (*known.values(), *(Option(str(row.pk), row.own_words) for row in noted_ever(client) if not row.key))


def own_parts(client: Client) -> tuple[Option, ...]:
    """The parts of looking after oneself that nobody left out for her."""
    hidden = left_out(client)
    return tuple(one for one in fixed_lists()[SELFCARE_DOMAINS] if one.value not in hidden)


def own_people(client: Client) -> tuple[Option, ...]:
    return tuple(Option(str(row.pk), row.name, group=str(row.ring)) for row in my_people(client))


def helpful_exercises(client: Client) -> tuple[Option, ...]:
    """What moved the right way over three or more uses with both ratings, or was marked "helped me"."""
    ledger = what_works(client)
    found = {line.item_key: line.name for line in (*ledger.shown, *ledger.too_few) if _helped(line)}
    return tuple(Option(key, name) for key, name in found.items())


def _helped(line: Line) -> bool:
    moved = line.change is not None and line.change * direction_of(line.measure) > 0
    return moved or (line.helped is not None and line.helped >= MARKED_HELPFUL)


OWN: dict[str, Callable[[Client], tuple[Option, ...]]] = {
    "my_strengths": own_strengths,
    "my_helpful_exercises": helpful_exercises,
    PEOPLE: own_people,
}
