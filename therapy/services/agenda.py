"""What is to be talked about next time: adding a line, taking it off, saying that it was talked about; marking an entry."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record_event
from clients.models import Client, EntryModel, TimelineEntry, Visibility
from clients.services import talk_about
from core.actor import Actor
from core.errors import Refused
from core.once import create_once
from therapy.models import AgendaItem, TherapySession
from therapy.models.agenda import AgendaState
from therapy.selectors.agenda import marked_entries

PLACES = ("progress",)  # pages that lead to the list and are remembered with a line


@transaction.atomic
def add_agenda_item(*, client: Client, new_id: UUID, text: str, by: Actor, visibility: str = Visibility.MY_THERAPIST, about: str = "") -> AgendaItem:
    """A line for the next session, of the client or the therapist. Sent twice, it is one line. Raises Refused for nothing."""
    if not text:
        raise Refused(_("A word or two, please."), "text")

    def make() -> AgendaItem:
        row = AgendaItem(id=new_id, client=client, clinic_id=client.clinic_id, created_by_id=by.user_id, text=text)
        row.visibility, row.for_session, row.about = visibility, True, about if about in PLACES else ""
        row.save(force_insert=True)
        record_event(verb="agenda_added", by=by, row=row, client_id=client.pk)
        return row

    return create_once(AgendaItem, new_id, make, by=by, client_id=client.pk)[0]


@transaction.atomic
def close_agenda_item(*, item: AgendaItem, state: str, by: Actor, session: TherapySession | None = None) -> AgendaItem:
    """`talked`: it was talked about, in `session` if that is known; `let_go`: its author takes it off. Sent twice it changes nothing.

    Raises Refused when somebody else would take it off.
    """
    if state not in (AgendaState.TALKED, AgendaState.LET_GO):
        raise ValueError(f"an open line is talked about or let go, not {state}")
    if state == AgendaState.LET_GO and item.created_by_id != by.user_id:
        raise Refused(_("Only whoever wrote this can take it off."))
    if session is not None and session.client_id != item.client_id:
        raise Refused(_("This form belongs to another record. Please open it anew."))
    now = timezone.now()
    changed = {"state": state, "state_changed_at": now, "session": session, "updated_at": now}
    if AgendaItem.objects.filter(pk=item.pk, state=AgendaState.OPEN).update(**changed):
        record_event(verb=f"agenda_{state}", by=by, row=item, client_id=item.client_id)
    item.refresh_from_db()
    return item


@transaction.atomic
def bring_entry(*, source: EntryModel, on: bool, by: Actor) -> None:
    """The client marks one of her entries, or takes the mark off; marked again, it is on the list again though it was talked about before."""
    talk_about(source=source, on=on, by=by)
    if on:
        mine = {"source_kind": source._meta.label_lower, "source_id": source.pk}
        AgendaItem.objects.filter(**mine, client_id=source.client_id).update(state=AgendaState.OPEN, updated_at=timezone.now())


@transaction.atomic
def entry_talked_about(*, client: Client, entry_id: UUID, by: Actor, session: TherapySession | None = None) -> bool:
    """The therapist says that a marked entry was talked about: it leaves the list, and the mark stays on it. Whether it was on the list."""
    entry = marked_entries(client, staff=True).filter(pk=entry_id).first()
    if entry is None:
        return False
    now = timezone.now()
    said = {"state": AgendaState.TALKED, "state_changed_at": now, "session": session, "updated_at": now}
    mine = {"source_kind": entry.source_kind, "source_id": entry.source_id}
    if not AgendaItem.objects.filter(**mine, client=client).update(**said):
        AgendaItem.objects.bulk_create([_settled(entry, by, said)], ignore_conflicts=True)
    record_event(verb="agenda_talked", by=by, row=entry, client_id=client.pk)
    return True


def _settled(entry: TimelineEntry, by: Actor, said: dict[str, object]) -> AgendaItem:
    row = AgendaItem(client_id=entry.client_id, clinic_id=entry.clinic_id, created_by_id=by.user_id, occurred_at=entry.occurred_at, for_session=True)
    row.source_kind, row.source_id = entry.source_kind, entry.source_id
    for name, value in said.items():
        setattr(row, name, value)
    return row
