"""What happened in a life: a mark on the client's own picture, and on the axis where it is shared."""

from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record_event
from clients.models import Client, LifeEvent, Visibility
from clients.services.entries import add_timeline_entry, withdraw_copies
from core.actor import Actor
from core.errors import Refused
from core.once import create_once
from core.zones import today_in, zone

OLDEST = 1900


@transaction.atomic
def add_life_event(*, client: Client, new_id: UUID, text: str, day: date, by: Actor, visibility: str = Visibility.MY_THERAPIST) -> LifeEvent:
    """A few words and a day of the client's own calendar. Sent twice, it is one. Raises Refused."""
    if not text.strip():
        raise Refused(_("A few words are enough."), "text")
    today = today_in(client.timezone)
    if day > today:
        raise Refused(_("That day has not come yet."), "day")
    if day.year < OLDEST:
        raise Refused(_("Please check the year."), "day")

    def make() -> LifeEvent:
        row = LifeEvent(id=new_id, client=client, clinic_id=client.clinic_id, text=text.strip(), created_by_id=by.user_id)
        row.occurred_at = timezone.now() if day == today else datetime.combine(day, time(12), zone(client.timezone))
        row.visibility = visibility
        row.save(force_insert=True)
        add_timeline_entry(source=row, kind="life_event", by=by)
        record_event(verb="life_event_added", by=by, row=row, client_id=client.pk)
        return row

    return create_once(LifeEvent, new_id, make, by=by, client_id=client.pk)[0]


@transaction.atomic
def take_back_life_event(*, event: LifeEvent, by: Actor) -> None:
    """It is not there any more. Done twice it changes nothing."""
    now = timezone.now()
    if LifeEvent.objects.filter(pk=event.pk, withdrawn_at=None).update(withdrawn_at=now, updated_at=now):
        withdraw_copies(source=event)
        record_event(verb="life_event_taken_back", by=by, row=event, client_id=event.client_id)
