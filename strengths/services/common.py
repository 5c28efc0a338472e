"""What every new row of this pillar does."""

from datetime import datetime
from typing import TypeVar

from audit.services import record_event
from clients.models import EntryModel
from clients.pillars import Pillar
from clients.services import add_timeline_entry
from core.actor import Actor
from strengths.models import ReachOut, Strength, StrengthEpisode, Supporter

Row = TypeVar("Row", Strength, StrengthEpisode, Supporter, ReachOut)


def save_new(row: Row, kind: str, source: EntryModel | None, occurred_at: datetime | None, by: Actor) -> Row:
    """Insert it with its place on the axis and its line on the trail."""
    row.created_by_id = by.user_id
    row.occurred_at = occurred_at or row.occurred_at
    if source is not None:
        row.source_kind, row.source_id = source._meta.label_lower, source.pk
    row.save(force_insert=True)
    add_timeline_entry(source=row, kind=kind, pillar=Pillar.STRENGTHS, by=by)
    record_event(verb=f"{kind}_added", by=by, row=row, client_id=row.client_id)
    return row
