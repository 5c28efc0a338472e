"""The four, in their fixed order."""

from collections.abc import Callable

import coping.selectors
import mindset.selectors
import selfcare.selectors
import strengths.selectors
from clients.models import Client
from clients.pillars import Pillar, PillarSummary
from clients.selectors import Period, PillarRows

Summarise = Callable[[Client, Period, PillarRows], PillarSummary]

PILLARS: tuple[tuple[str, Summarise], ...] = (
    (Pillar.STRENGTHS, strengths.selectors.pillar_summary),
    (Pillar.COPING, coping.selectors.pillar_summary),
    (Pillar.SELFCARE, selfcare.selectors.pillar_summary),
    (Pillar.MINDSET, mindset.selectors.pillar_summary),
)


def summaries(client: Client, period: Period, rows: dict[str, PillarRows]) -> list[PillarSummary]:
    """All four, from their rows and what each pillar's own tables add."""
    return [summarise(client, period, rows[pillar]) for pillar, summarise in PILLARS]
