"""Reminders as people choose them, and the clock moved to where they are due."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from access.acting import acting_as
from clients.models import Client
from core.zones import zone
from reminders.models import Reminder, ReminderPreference
from reminders.services import choose_reminders
from tests.cast import Person

TODAY = timezone.now().date()
MONDAY = TODAY + timedelta(days=14 - TODAY.weekday())  # to come: a signed token of the past is no longer one, so the clock is moved forward only
EVENING = time(18, 30)
QUIET = {"quiet_from": time(21), "quiet_until": time(8)}


def at(day: int, hour: int, minute: int = 0, *, zone_name: str = "Europe/London") -> datetime:
    """`day` days after that Monday, by the clock there."""
    return datetime.combine(MONDAY + timedelta(days=day), time(hour, minute), zone(zone_name)).astimezone(UTC)


def chosen(portal: Person, client: Client, times: dict[int, time] | None = None, *, version: int = 0, **given: Any) -> ReminderPreference:
    """By the client herself; Monday, Tuesday and Friday at half past six unless said otherwise."""
    with acting_as(portal.actor):
        client.refresh_from_db()
        wanted = {0: EVENING, 1: EVENING, 4: EVENING} if times is None else times
        return choose_reminders(client=client, kind="homework", version=version, times=wanted, by=portal.actor, **{**QUIET, **given})


def rows(as_owner: Callable[[], Any], **filters: Any) -> list[Reminder]:
    """The whole outbox as it stands, in the order of what is due."""
    with as_owner():
        return list(Reminder.objects.filter(**filters).order_by("due_at", "created_at"))


def states(as_owner: Callable[[], Any], **filters: Any) -> list[tuple[str, str]]:
    return [(row.state, row.reason) for row in rows(as_owner, **filters)]
