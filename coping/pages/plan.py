"""The plan as both sides see it: signs, triggers, phrase, strategies with what the ledger says of each, and the ledger itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients.content import direction_of, measure_name
from clients.ledger import Ledger, Line
from clients.models import Client, Visibility
from clients.selectors import shared_practice, what_works
from coping.content import kinds
from coping.models import CopingPlan, CopingStrategy, StrategyState
from coping.selectors import Sign, current_plan, lines_by_key, own_pillars, pillar_of, signs_of, strategies_of
from strengths.content import help_kinds
from strengths.selectors import callable_people


@dataclass(frozen=True)
class Item:
    """One strategy. `line` is its ledger line, None before its first use; `said` puts it in words."""

    strategy: CopingStrategy
    pillar: str
    kind: str
    line: Line | None
    said: str

    @property
    def private(self) -> bool:
        return self.strategy.visibility == Visibility.ONLY_ME


@dataclass(frozen=True)
class Plan:
    """`version` is None before the first; `others` are ledger lines that are no strategy of the plan."""

    version: CopingPlan | None
    signs: tuple[Sign, ...]
    active: tuple[Item, ...]
    retired: tuple[Item, ...]
    ledger: Ledger
    others: tuple[Line, ...]

    @property
    def empty(self) -> bool:
        return self.version is None and not self.active

    @property
    def crisis(self) -> bool:
        return any(sign.crisis for sign in self.signs)

    @property
    def rows(self) -> tuple["Row", ...]:
        """The whole ledger as a table, what went the wrong way at its end."""
        return tuple(row_of(line) for line in (*self.ledger.shown, *self.ledger.wrong_way))


@dataclass(frozen=True)
class Row:
    line: Line
    measure: str
    said: str


def plan_of(client: Client, *, staff: bool = False) -> Plan:
    """Three statements. For `staff` from what is shared."""
    version = current_plan(client)
    ledger = what_works(client, shared_practice(client) if staff else None)
    found = lines_by_key(ledger)
    rows = strategies_of(client, staff=staff)
    own = own_pillars(rows)
    items = {state: tuple(item_of(row, found.get(row.practice_key), own) for row in rows if row.state == state) for state in StrategyState}
    known = {row.practice_key for row in rows}
    return Plan(
        version=version,
        signs=tuple(signs_of(version.early_signs)) if version else (),
        active=items[StrategyState.ACTIVE],
        retired=items[StrategyState.RETIRED],
        ledger=ledger,
        others=tuple(line for line in ledger.shown if line.item_key not in known),
    )


@dataclass(frozen=True)
class Tell:
    """Somebody to tell, from the support map: what they are good for, in words."""

    name: str
    helps: str


def who_to_tell(client: Client, *, staff: bool = False) -> list[Tell]:
    """Whom the map names for listening or for a call at night, the closest first. One statement."""
    known = help_kinds()
    return [Tell(row.name, ", ".join(str(known[key].name) for key in row.helps if key in known)) for row in callable_people(client, staff=staff)]


def item_of(strategy: CopingStrategy, line: Line | None, own: Mapping[str, str] | None = None) -> Item:
    kind = kinds().get(strategy.kind)
    return Item(strategy, pillar_of(strategy, own), kind.name if kind else strategy.kind, line, line_words(line))


def row_of(line: Line) -> Row:
    return Row(line, measure_name(line.measure).capitalize(), line_words(line))


def line_words(line: Line | None) -> str:
    """`Connected from 3 to 5.5, 3 times`; with fewer than three pairs how often, and that this is too few to say."""
    if line is None:
        return _("Not used yet.")
    times = ngettext("once", "%(n)s times", line.used) % {"n": line.used}
    if line.change is None:
        return _("Used %(times)s. Too few ratings to say.") % {"times": times}
    said = {"measure": measure_name(line.measure).capitalize(), "before": line.before, "after": line.after, "times": times}
    return _("%(measure)s from %(before)g to %(after)g, %(times)s.") % said


def lead_sentence(plan: Plan) -> str:
    """A sentence first: what moved most, in the client's own numbers."""
    moved = [line for line in plan.ledger.shown if line.change and line.change * direction_of(line.measure) > 0]
    if not moved:
        return ""
    names = _joined([line.name for line in moved[:2]])
    return ngettext("%(names)s moved the right way over three uses or more.", "%(names)s moved the right way over three uses or more each.", len(moved[:2])) % {
        "names": names
    }


def _joined(names: Iterable[str]) -> str:
    return _(" and ").join(names)
