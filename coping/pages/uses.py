"""The uses of strategies in words."""

from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clients.content import measure_name
from clients.models import Client, Visibility
from coping.models import StrategyUse
from coping.selectors import uses_of
from homework.feelings import Felt, felt

YES, A_BIT, NO = gettext_lazy("helped"), gettext_lazy("helped a bit"), gettext_lazy("did not help")
HELPED = {5: YES, 4: YES, 3: A_BIT, 2: NO, 1: NO}


@dataclass(frozen=True)
class Row:
    """One use. `said` holds the numbers, `feelings` what was felt."""

    use: StrategyUse
    name: str
    when: str
    said: str
    feelings: tuple[Felt, ...]
    private: bool


def use_rows(client: Client, *, line: UUID | None = None, staff: bool = False) -> list[Row]:
    """The latest, newest first; one statement."""
    return [row_of(use) for use in uses_of(client, line=line, staff=staff)]


def row_of(use: StrategyUse) -> Row:
    when = date_format(timezone.localtime(use.occurred_at), "D j M, H:i")
    return Row(use, use.strategy.name, when, use_words(use), felt(use.feelings), use.visibility == Visibility.ONLY_ME)


def use_words(use: StrategyUse) -> str:
    """`Distress 7 to 4, 10 minutes, helped`."""
    parts = []
    measure = measure_name(use.measure).capitalize()
    if use.before is not None and use.after is not None:
        parts.append(_("%(measure)s %(before)s to %(after)s") % {"measure": measure, "before": use.before, "after": use.after})
    elif use.before is not None or use.after is not None:
        said = _("%(measure)s %(n)s before") if use.after is None else _("%(measure)s %(n)s after")
        parts.append(said % {"measure": measure, "n": use.before if use.after is None else use.after})
    if use.minutes:
        parts.append(ngettext("%(n)s minute", "%(n)s minutes", use.minutes) % {"n": use.minutes})
    if use.helped:
        parts.append(str(HELPED[use.helped]))
    return ", ".join(parts)
