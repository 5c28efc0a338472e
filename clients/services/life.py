"""The life of a client's care: waiting, active, ended, begun again."""

from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record_event
from clients.models import Client, Episode
from clients.models.care import EndReason
from clients.models.client import ENDED, Status
from clients.services.entries import add_timeline_entry
from core.actor import Actor
from core.errors import Refused
from core.versions import save_version
from core.zones import today_in, zone


@transaction.atomic
def begin_care(*, client: Client, version: int, new_id: UUID, started_on: date, by: Actor) -> Client:
    """Care begins after waiting, or anew after it ended: a new episode with the id `new_id`. Raises Refused, and Stale.

    Sent again with the same id, it answers with what is there.
    """
    if Episode.objects.filter(pk=new_id, client=client).exists():
        return Client.objects.select_related("clinic").get(pk=client.pk)
    if client.status == Status.ACTIVE:
        raise Refused(_("Care is going on already."))
    _refuse_ahead(client, started_on, "started_on")
    last = Episode.objects.filter(client=client).order_by("-started_on").first()
    if last is not None and last.ended_on is not None and started_on < last.ended_on:
        raise Refused(_("That is before the care ended last time."), "started_on")
    current = save_version(client, version=version, changes={"status": Status.ACTIVE, "started_on": started_on})
    episode = Episode(id=new_id, client=client, clinic_id=client.clinic_id, started_on=started_on, created_by_id=by.user_id)
    episode.save(force_insert=True)
    add_timeline_entry(source=episode, kind="care_began", occurred_at=_moment(client, started_on), by=by)
    record_event(verb="care_began", by=by, row=episode, client_id=client.pk)
    return current


@transaction.atomic
def end_episode(*, client: Client, version: int, status: str, ended_on: date, reason: str, by: Actor) -> Client:
    """Care ends: `status` is discharged or lost_contact. What else ends with it is `therapy.services.end_care`'s. Raises Refused, and Stale."""
    if status not in ENDED or reason not in EndReason.values:
        raise ValueError(f"care does not end as {status} for {reason}")
    if client.status in ENDED and client.version > version:
        return Client.objects.select_related("clinic").get(pk=client.pk)  # the second press of the same button
    episode = Episode.objects.filter(client=client, ended_on=None).first()
    if episode is None or client.status != Status.ACTIVE:
        raise Refused(_("There is no care that could end: it has ended, or has not begun."))
    _refuse_ahead(client, ended_on, "ended_on")
    if ended_on < episode.started_on:
        raise Refused(_("That is before the care began."), "ended_on")
    current = save_version(client, version=version, changes={"status": status})
    save_version(episode, version=episode.version, changes={"ended_on": ended_on, "reason": reason})
    add_timeline_entry(source=episode, kind="care_ended", occurred_at=_moment(client, ended_on), by=by)
    record_event(verb="care_ended", by=by, row=episode, client_id=client.pk, detail={"status": status, "reason": reason})
    return current


def _refuse_ahead(client: Client, day: date, field: str) -> None:
    if day > today_in(client.clinic.timezone):
        raise Refused(_("That day lies ahead."), field)


def _moment(client: Client, day: date) -> datetime:
    """Now, or noon of a day that lies behind, by the clinic's clock."""
    name = client.clinic.timezone
    return timezone.now() if day == today_in(name) else datetime.combine(day, time(12), zone(name))
