"""What is collected for the next session, as either side reads it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from clients.models import Client, TimelineEntry, Visibility
from clients.services.entries import CARE_NOTE
from therapy.models import AgendaItem
from therapy.models.agenda import AgendaState

MOST = 50  # of marked entries; more than a session holds


@dataclass(frozen=True)
class Point:
    """One thing to talk about: a line (`item`) or an entry that she marked (`entry`)."""

    item: AgendaItem | None = None
    entry: TimelineEntry | None = None

    @property
    def row(self) -> AgendaItem | TimelineEntry:
        found = self.item or self.entry
        assert found is not None
        return found

    @property
    def at(self) -> datetime:
        return self.row.occurred_at

    @property
    def only_me(self) -> bool:
        return self.row.visibility == Visibility.ONLY_ME


def open_items(client: Client, *, staff: bool = False) -> QuerySet[AgendaItem]:
    """Lines of either side that are still to be talked about, each with its author; for `staff` what is shared."""
    columns = [field.name for field in AgendaItem._meta.concrete_fields]
    found = AgendaItem.objects.filter(client=client, state=AgendaState.OPEN, source_id=None)
    found = found.select_related("created_by").only(*columns, "created_by__name")
    return found.filter(visibility=Visibility.MY_THERAPIST) if staff else found


def talked_about() -> QuerySet[AgendaItem]:
    """For a query of lines of the axis: what says that the outer one was talked about."""
    same = {name: OuterRef(name) for name in ("client", "source_kind", "source_id")}
    return AgendaItem.objects.filter(**same, state=AgendaState.TALKED)


def marked_entries(client: Client, *, staff: bool = False) -> QuerySet[TimelineEntry]:
    """Entries marked "I want to talk about this" that were not talked about since; one for each source, its latest line."""
    found = TimelineEntry.objects.filter(~Exists(talked_about()), client=client, for_session=True).exclude(kind=CARE_NOTE)
    return found.filter(visibility=Visibility.MY_THERAPIST) if staff else found


def agenda_of(client: Client, *, staff: bool = False) -> tuple[Point, ...]:
    """What is to be talked about, the newest first. For `staff` only what is shared. Two statements."""
    points = [Point(item=item) for item in open_items(client, staff=staff)]
    seen = set()
    for entry in marked_entries(client, staff=staff).order_by("-occurred_at")[:MOST]:
        if (entry.source_kind, entry.source_id) not in seen:
            seen.add((entry.source_kind, entry.source_id))
            points.append(Point(entry=entry))
    return tuple(sorted(points, key=lambda point: point.at, reverse=True))
