"""What works for one client: an honest ledger of practice, as a pure function. It counts and juxtaposes; it does not conclude."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from clients.content import Direction

PAIRS_NEEDED = 3  # under three paired uses it is "too few to say" (DATA_MODEL 2)


@dataclass(frozen=True)
class Use:
    """One use: `before` and `after` are 0-10 ratings of `measure`, None when not rated; `helped` is 1-5."""

    item_key: str
    name: str
    pillar: str
    measure: str
    before: int | None
    after: int | None
    helped: int | None


@dataclass(frozen=True)
class Line:
    """One item and measure. `change` is the median of (after - before) over paired uses, `before` and `after` their medians; all None under three pairs."""

    item_key: str
    name: str
    pillar: str
    measure: str
    used: int
    pairs: int
    before: float | None
    after: float | None
    change: float | None
    helped: float | None
    wrong_way: bool


@dataclass(frozen=True)
class Ledger:
    """`shown` in order of times used; `wrong_way` apart; `too_few` named only."""

    shown: tuple[Line, ...]
    wrong_way: tuple[Line, ...]
    too_few: tuple[Line, ...]


def ledger(uses: Iterable[Use], directions: dict[str, Direction]) -> Ledger:
    """Group uses by item and measure. The order of the uses never matters; a use with one rating only counts as used, not as a pair."""
    groups: dict[tuple[str, str], list[Use]] = defaultdict(list)
    for use in uses:
        groups[use.item_key, use.measure].append(use)
    lines = sorted((_line(group, directions) for group in groups.values()), key=lambda line: (-line.used, line.name, line.measure))
    enough = [line for line in lines if line.change is not None]
    return Ledger(
        shown=tuple(line for line in enough if not line.wrong_way),
        wrong_way=tuple(line for line in enough if line.wrong_way),
        too_few=tuple(line for line in lines if line.change is None),
    )


def _line(group: list[Use], directions: dict[str, Direction]) -> Line:
    first = min(group, key=lambda use: (use.name, use.pillar))
    pairs = [(use.before, use.after) for use in group if use.before is not None and use.after is not None]
    votes = [use.helped for use in group if use.helped is not None]
    enough = len(pairs) >= PAIRS_NEEDED
    change = float(median(after - before for before, after in pairs)) if enough else None
    direction = directions.get(first.measure, Direction.NEUTRAL)
    wrong = change is not None and change * direction < 0
    return Line(
        item_key=first.item_key,
        name=first.name,
        pillar=first.pillar,
        measure=first.measure,
        used=len(group),
        pairs=len(pairs),
        before=float(median(before for before, _after in pairs)) if enough else None,
        after=float(median(after for _before, after in pairs)) if enough else None,
        change=change,
        helped=float(median(votes)) if votes else None,
        wrong_way=wrong,
    )
