"""The end of care, with what ends with it."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from clients.models import Client
from clients.models.client import Status
from clients.services import end_episode
from core.actor import Actor
from homework.services.agreement import stop_open
from homework.services.reading import stop_open_reading
from reminders.services import turn_off_with_care


@transaction.atomic
def end_care(*, client: Client, version: int, status: str, ended_on: date, reason: str, by: Actor) -> Client:
    """Discharge, or contact was lost. Either stops reminders, a discharge also the open homework (DATA_MODEL.md 5). Raises Refused, and Stale."""
    ended: Client = end_episode(client=client, version=version, status=status, ended_on=ended_on, reason=reason, by=by)
    turn_off_with_care(client=ended, by=by)
    if ended.status == Status.DISCHARGED:
        stop_open(client=ended, why=_("Care has ended."), by=by)
        stop_open_reading(client=ended, by=by)
    return ended
