"""Changing the week: each part of life with its ideas, and which parts are left out."""

from dataclasses import dataclass

from clients.models import Client
from selfcare.content import Domain, domains
from selfcare.models import ActivityState, SelfCareActivity
from selfcare.models.activity import HiddenBy
from selfcare.selectors import activities_of, left_out


@dataclass(frozen=True)
class Idea:
    """One of a domain's eight. `number` is its place, by which an address names it."""

    number: int
    text: str


@dataclass(frozen=True)
class Part:
    """One domain. `by_me`, `by_other`: which side left it out; `ideas` are those that stand in the week under no such name yet."""

    domain: Domain
    active: tuple[SelfCareActivity, ...]
    retired: tuple[SelfCareActivity, ...]
    ideas: tuple[Idea, ...]
    by_me: bool
    by_other: bool

    @property
    def hidden(self) -> bool:
        return self.by_me or self.by_other


def parts_of(client: Client, *, staff: bool = False) -> list[Part]:
    """All seven, in the order of the file. Two statements. What her therapist left out is not put before her eyes: it is not among hers."""
    rows, hidden = activities_of(client, staff=staff), left_out(client)
    mine, other = (HiddenBy.STAFF, HiddenBy.CLIENT) if staff else (HiddenBy.CLIENT, HiddenBy.STAFF)
    found = []
    for domain in domains():
        sides = hidden.get(domain.key, set())
        here = [row for row in rows if row.domain == domain.key]
        names = {row.name.casefold() for row in here}
        ideas = tuple(Idea(number, text) for number, text in enumerate(domain.activities) if text.casefold() not in names)
        active = tuple(row for row in here if row.state == ActivityState.ACTIVE)
        retired = tuple(row for row in here if row.state == ActivityState.RETIRED)
        found.append(Part(domain, active, retired, ideas, mine in sides, other in sides))
    return found if staff else [part for part in found if not part.by_other]


def offered(client: Client) -> list[Domain]:
    """The parts that nobody left out. One statement."""
    hidden = left_out(client)
    return [domain for domain in domains() if domain.key not in hidden]
