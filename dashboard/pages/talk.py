"""What is to be talked about, as the therapist reads it: lines of either side, and what the client marked and shares."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from clients.models import Client, Visibility
from core.actor import Actor
from dashboard.pages.record import entry_title
from homework.selectors import titles
from therapy.models import AgendaItem, TherapySession
from therapy.models.agenda import AgendaState
from therapy.selectors import Point, agenda_of
from therapy.services import close_agenda_item, entry_talked_about

LINE, ENTRY = "line", "entry"


@dataclass(frozen=True)
class TalkRow:
    """One thing: `said` when the words are a person's own; `by` who wrote or marked it; `key` is what its button sends."""

    point: Point
    words: str
    said: bool
    by: str
    mine: bool

    @property
    def key(self) -> str:
        return f"{LINE if self.point.item else ENTRY}:{self.point.row.pk}"

    @property
    def pillar(self) -> str:
        return self.point.entry.pillar if self.point.entry else ""


def talk_rows(client: Client, viewer: UUID) -> list[TalkRow]:
    """Three statements at most."""
    points = agenda_of(client, staff=True)
    names = titles() if any(point.entry and point.entry.item_key for point in points) else {}
    return [_row(client, point, names, viewer) for point in points]


def _row(client: Client, point: Point, names: dict[str, str], viewer: UUID) -> TalkRow:
    if point.item is None:
        assert point.entry is not None
        return TalkRow(point, entry_title(point.entry, names), False, _("%(name)s marked it") % {"name": client.called}, False)
    item = point.item
    by = client.called if item.created_by_id == client.portal_user_id else item.created_by.name if item.created_by is not None else ""
    return TalkRow(point, item.text, True, by, item.created_by_id == viewer)


def note_talked(client: Client, key: str, actor: Actor, session: TherapySession | None = None) -> bool:
    """What one button sent: a line or a marked entry was talked about. Whether there is such a one."""
    kind, _colon, raw = key.partition(":")
    try:
        pk = UUID(raw)
    except ValueError:
        return False
    if kind == ENTRY:
        return entry_talked_about(client=client, entry_id=pk, session=session, by=actor)
    item = AgendaItem.objects.filter(pk=pk, client=client, source_id=None, visibility=Visibility.MY_THERAPIST).first() if kind == LINE else None
    if item is None:
        return False
    close_agenda_item(item=item, state=AgendaState.TALKED, session=session, by=actor)
    return True
