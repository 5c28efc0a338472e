"""The uses of strategies in words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clients.content import measure_name
from clients.models import Client, Practice, Visibility
from clients.selectors import shared_practice
from coping.models import CopingStrategy, StrategyUse
from coping.selectors import uses_of
from homework.feelings import Felt, felt

YES, A_BIT, NO = gettext_lazy("helped"), gettext_lazy("helped a bit"), gettext_lazy("did not help")
LISTED = 20
HELPED = {5: YES, 4: YES, 3: A_BIT, 2: NO, 1: NO}


@dataclass(frozen=True)
class Row:
    """One use: of a strategy, with `use`, or a run of an exercise, known by its ratings alone. `said` holds the numbers, `feelings` what was felt."""

    use: StrategyUse | None
    name: str
    at: datetime
    when: str
    said: str
    feelings: tuple[Felt, ...]
    private: bool


def use_rows(client: Client, *, strategy: CopingStrategy | None = None, staff: bool = False) -> list[Row]:
    """The latest, newest first, of one strategy or of all, runs of exercises among them; for `staff` what is shared. Two statements."""
    uses = uses_of(client, line=strategy.line if strategy is not None else None, staff=staff, limit=LISTED)
    runs = shared_practice(client) if staff else Practice.objects.filter(client=client).order_by("-occurred_at")
    if strategy is not None:
        runs = runs.filter(item_key=strategy.practice_key)
    rows = [*map(row_of, uses), *map(run_row, runs.exclude(source_kind=StrategyUse._meta.label_lower)[:LISTED])]
    return sorted(rows, key=lambda row: row.at, reverse=True)[:LISTED]


def row_of(use: StrategyUse) -> Row:
    words = use_words(use.measure, use.before, use.after, use.minutes, use.helped)
    return Row(use, use.strategy.name, use.occurred_at, moment(use.occurred_at), words, felt(use.feelings), use.visibility == Visibility.ONLY_ME)


def run_row(run: Practice) -> Row:
    words = use_words(run.measure, run.before, run.after, run.minutes, run.helped)
    return Row(None, run.name, run.occurred_at, moment(run.occurred_at), words, (), run.visibility == Visibility.ONLY_ME)


def moment(at: datetime) -> str:
    return date_format(timezone.localtime(at), "D j M, H:i")


def use_words(measure: str, before: int | None, after: int | None, minutes: int | None, helped: int | None) -> str:
    """`Distress 7 to 4, 10 minutes, helped`."""
    parts = []
    measure = measure_name(measure).capitalize()
    if before is not None and after is not None:
        parts.append(_("%(measure)s %(before)s to %(after)s") % {"measure": measure, "before": before, "after": after})
    elif before is not None or after is not None:
        said = _("%(measure)s %(n)s before") if after is None else _("%(measure)s %(n)s after")
        parts.append(said % {"measure": measure, "n": before if after is None else after})
    if minutes:
        parts.append(ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes})
    if helped:
        parts.append(str(HELPED[helped]))
    return ", ".join(parts)
