"""What the record says about this pillar."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients.models import Client
from clients.pillars import Pillar, PillarLine, PillarSummary
from clients.selectors import Period, PillarRows
from clients.summaries import summary_from_practice
from mindset.models import ThoughtRecord
from mindset.selectors.thoughts import thoughts_of

LATEST = 50


def pillar_summary(client: Client, period: Period, rows: PillarRows) -> PillarSummary:
    """Thoughts looked at and the latest change, the latest fairer thought in the client's words, then what practice says. One statement of its own."""
    shared = [row for row in thoughts_of(client, staff=True)[:LATEST] if row.occurred_at >= period.starts_at]
    first = ngettext("%(n)s thought looked at.", "%(n)s thoughts looked at.", len(shared)) % {"n": len(shared)} if shared else ""
    return summary_from_practice(Pillar.MINDSET, rows, period, first=first, lines=tuple(_lines(shared)))


def _lines(shared: list[ThoughtRecord]) -> list[PillarLine]:
    fairer = next((row for row in shared if row.fairer), None)
    step = next((row for row in shared if row.next_step), None)
    lines = []
    if fairer is not None:
        lines.append(PillarLine(bold=_("Fairer thought"), said=fairer.fairer, text=_shift(fairer)))
    elif shared:
        lines.append(PillarLine(bold=_("Thought"), said=shared[0].thought, text=_shift(shared[0])))
    if step is not None:
        lines.append(PillarLine(bold=_("Next step"), said=step.next_step))
    return lines


def _shift(row: ThoughtRecord) -> str:
    """`belief 9 to 4`; empty where not both were said."""
    if row.measure != "belief" or row.belief_before is None or row.belief_after is None:
        return ""
    return _("belief %(before)s to %(after)s") % {"before": row.belief_before, "after": row.belief_after}
