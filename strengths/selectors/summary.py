"""What the record says about this pillar."""

from django.utils.translation import ngettext

from clients.models import Client, Visibility
from clients.pillars import Pillar, PillarLine, PillarSummary
from clients.selectors import Period, PillarRows
from clients.summaries import summary_from_practice
from strengths.content import strengths
from strengths.models import Strength, Supporter


def pillar_summary(client: Client, period: Period, rows: PillarRows) -> PillarSummary:
    """How many strengths and supporters she shares, then what practice says. Two statements of its own."""
    shared = {"client": client, "visibility": Visibility.MY_THERAPIST}
    mine = list(Strength.objects.filter(**shared).order_by("-occurred_at"))
    people = Supporter.objects.filter(**shared, withdrawn_at=None).count()
    parts = []
    if mine:
        parts.append(ngettext("%(n)s strength", "%(n)s strengths", len(mine)) % {"n": len(mine)})
    if people:
        parts.append(ngettext("%(n)s supporter", "%(n)s supporters", people) % {"n": people})
    names = {strength.key: strength.name for strength in strengths()}
    lines = tuple(PillarLine(bold=str(names.get(row.key, ""))) if row.key else PillarLine(said=row.own_words) for row in mine[:2])
    first = ", ".join(parts) + "." if parts else ""
    return summary_from_practice(Pillar.STRENGTHS, rows, period, first=first, lines=lines)
