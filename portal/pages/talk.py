"""What is collected for the next session, in the client's words and as marked entries."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clients.models import Client, EntryModel, TimelineEntry
from clients.names import called
from homework.models import ExerciseRun
from homework.selectors import titles
from portal.pages.me import CHANGEABLE, RUN, entry_words
from portal.pages.today import day_words
from therapy.models import AgendaItem
from therapy.selectors import Point, agenda_of, next_time

MARKABLE: dict[str, type[EntryModel]] = {**CHANGEABLE, RUN: ExerciseRun}
FROM = {"progress": _("You came from your progress. What stood out?")}


@dataclass(frozen=True)
class Line:
    """One thing to talk about. `words` are a person's own (serif) unless it is an entry; `by` when the therapist wrote it; `kind` names an entry's source."""

    point: Point
    words: str
    by: str
    kind: str
    source: UUID | None
    share_at: str

    @property
    def item(self) -> AgendaItem | None:
        return self.point.item

    @property
    def only_me(self) -> bool:
        return self.point.only_me

    @property
    def shareable(self) -> bool:
        """By one tap here; a run is shared on its own page, in parts."""
        return self.only_me and not self.share_at


def talk_context(client: Client, therapist: str, about: str = "") -> dict[str, Any]:
    """Five statements at most."""
    points = agenda_of(client)
    names = titles() if any(point.entry and point.entry.item_key for point in points) else {}
    meeting = next_time(client)
    return {
        "lines": [_line(client, point, names, therapist) for point in points],
        "day": day_words(timezone.localdate(meeting)) if meeting is not None else "",
        "about": about if about in FROM else "",
        "came_from": FROM.get(about, ""),
        "therapist": therapist,
    }


def _line(client: Client, point: Point, names: dict[str, str], therapist: str) -> Line:
    if point.item is not None:
        item = point.item
        by = "" if item.created_by_id == client.portal_user_id else called(item.created_by.name) if item.created_by is not None else therapist
        return Line(point, item.text, by, "", None, "")
    entry = point.entry
    assert isinstance(entry, TimelineEntry)
    share_at = reverse("portal:sharing", args=[entry.source_id]) if entry.source_kind == RUN else ""
    return Line(point, entry_words(entry, names), "", entry.source_kind, entry.source_id, share_at)


def entry_to_mark(client: Client, kind: str, source_id: UUID) -> EntryModel | None:
    """The client's own row behind a line of the axis; None for anything else."""
    model = MARKABLE.get(kind)
    found = model._default_manager.filter(pk=source_id, client=client).first() if model is not None else None
    if found is not None:
        found.client = client
    return found
