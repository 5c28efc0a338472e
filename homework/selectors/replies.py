"""A therapist's replies, as both sides read them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, QuerySet

from clients.models import Client, TimelineEntry, Visibility
from homework.models import Reply


@dataclass(frozen=True)
class Said:
    """One reply: who said it when, and whether its author is the one who looks."""

    reply: Reply
    by: str
    mine: bool

    @property
    def text(self) -> str:
        return self.reply.text

    @property
    def at(self) -> datetime:
        return self.reply.occurred_at


def replies_of(client: Client) -> QuerySet[Reply]:
    """All that stand, newest first, each with its author."""
    columns = [field.name for field in Reply._meta.concrete_fields]
    found = Reply.objects.filter(client=client, withdrawn_at=None).select_related("created_by").only(*columns, "created_by__name")
    return found.order_by("-occurred_at", "-pk")


def replies_to(client: Client, sources: Iterable[UUID], viewer: UUID | None = None) -> dict[UUID, list[Said]]:
    """The replies to these entries by the id of the entry, oldest first; `viewer` is who looks. One statement."""
    found: dict[UUID, list[Said]] = defaultdict(list)
    for row in replies_of(client).filter(source_id__in=list(sources)):
        author = row.created_by
        found[row.source_id].insert(0, Said(row, author.name if author else "", row.created_by_id == viewer))
    return found


def said_to(client: Client, source: UUID, viewer: UUID | None = None) -> list[Said]:
    """The replies to one entry, oldest first."""
    return replies_to(client, [source], viewer).get(source, [])


def entry_to_answer(client: Client, source: UUID) -> TimelineEntry | None:
    """What stands on the client's axis for staff to read and the client entered; None for what is private, taken back or staff's own."""
    found = TimelineEntry.objects.filter(client=client, source_id=source, visibility=Visibility.MY_THERAPIST)
    return found.filter(created_by=F("client__portal_user")).exclude(kind="care_note").order_by("recorded_at").first()
