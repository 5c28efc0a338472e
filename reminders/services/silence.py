"""Reminders stopped because several were not opened: asked once on Today, answered by one tap."""

from django.db import transaction
from django.utils import timezone

from clients.models import Client
from core.actor import Actor
from reminders.calendar import occurrences
from reminders.models import ReminderPreference, SetHow
from reminders.selectors import WEEK, gone_silent
from reminders.services.preferences import choose_reminders, turn_off

ANSWERS = ("on", "weekly", "off")


@transaction.atomic
def answer_silence(*, client: Client, answer: str, by: Actor) -> bool:
    """`on`: as they were chosen; `weekly`: on the next of those days alone; `off`. False, and nothing changes, where the question no longer stands.

    Raises Refused where e-mail is no safe way any more.
    """
    if answer not in ANSWERS:
        raise ValueError(f"the answers are {', '.join(ANSWERS)}, not {answer}")
    ReminderPreference.objects.select_for_update().filter(client=client).first()
    preference = gone_silent(client)
    if preference is None:
        return False
    if answer == "off":
        turn_off(preference=preference, by=by, how=SetHow.PORTAL)
        return True
    times = {row.weekday: row.at for row in preference.times.exclude(at=None) if row.at is not None}
    if answer == "weekly":
        first = next(iter(occurrences(times, client.timezone, timezone.now(), timezone.now() + WEEK)))
        times = {first.local_date.weekday(): first.local_time}
    choose_reminders(
        client=client,
        kind=preference.kind,
        version=preference.version,
        times=times,
        quiet_from=preference.quiet_from,
        quiet_until=preference.quiet_until,
        by=by,
    )
    return True
