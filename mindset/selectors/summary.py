"""What the record says about this pillar."""

from clients.models import Client
from clients.pillars import Pillar, PillarSummary
from clients.selectors import Period, PillarRows
from clients.summaries import summary_from_practice


def pillar_summary(client: Client, period: Period, rows: PillarRows) -> PillarSummary:
    """This pillar's card, from the timeline and practice rows of the period."""
    return summary_from_practice(Pillar.MINDSET, rows, period)
