"""Reminders planned, and claimed and booked with a channel that hands over to nobody: in one process, and with ten times the rows in the table."""

import time
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from bench import place
from bench.clinics import Practice
from bench.report import Report
from clients.models import Client
from core.actor import worker_of
from core.ids import uuid7
from reminders.models import Reminder, ReminderPreference, ReminderTime
from reminders.services import sending
from reminders.services.planning import plan_clinic

# Old rows, sent long ago: what a clinic's outbox looks like after years.
OLD = """
INSERT INTO reminders_reminder (id, created_at, created_by_id, version, updated_at, clinic_id, client_id, preference_id, recipient_id, local_date, local_time,
  zone, due_at, state, reason, ready_at, attempts, sent_at)
SELECT gen_random_uuid(), t, p.created_by_id, 1, t, p.clinic_id, p.client_id, p.id, p.created_by_id, t::date, '09:00',
  'Europe/London', t, 'sent', '', NULL, 1, t
FROM reminders_reminderpreference p, generate_series(1, 50) n, LATERAL (SELECT now() - (n + 30) * interval '1 day' AS t) times
"""


class NullChannel:
    """Takes every message."""

    def send(self, reminder: Reminder, recipient: object) -> None:
        pass


def planned_and_drained(practice: Practice, number: int, report: Report) -> None:
    with place.owner():
        preferences = prefer(practice, number)
    plans, drains = [], []
    for old in (False, True):
        with place.owner(), connection.cursor() as cursor:
            if old:
                cursor.execute(OLD)
                cursor.execute("VACUUM ANALYZE reminders_reminder")
            Reminder.objects.filter(due_at__gt=timezone.now() - timedelta(days=7)).delete()
            ReminderPreference.objects.update(planned_until=None)
        plans.append(rate(practice, number))
        with place.owner():
            due(preferences)
        drains.append(drain(practice))
    report.head(f"Reminders of {number} clients in one process, null sender; the second with 50 old ones each in the table")
    report.line("planned", f"{plans[0]:.0f}/s, {plans[1]:.0f}/s: clients whose next 48 hours were filled")
    report.rate("claimed, asked, booked", drains[0], 5000)
    report.ratio("falling with the table", drains[0] / drains[1], 1.3, f"{drains[1]:.0f}/s")


def prefer(practice: Practice, number: int) -> list[ReminderPreference]:
    """Every day at an hour that is never now, so that planning makes two rows each."""
    clients = list(Client.objects.filter(clinic=practice.clinic, portal_user__isnull=False).order_by("pk")[:number])
    at = (timezone.now() + timedelta(hours=12)).time().replace(second=0, microsecond=0)
    never = at.replace(minute=0)
    rows = ReminderPreference.objects.bulk_create(
        ReminderPreference(
            client=client, clinic_id=client.clinic_id, created_by_id=client.portal_user_id, kind="homework", is_on=True, quiet_from=never, quiet_until=never
        )
        for client in clients
    )
    ReminderTime.objects.bulk_create(
        ReminderTime(preference=row, client_id=row.client_id, clinic_id=row.clinic_id, created_by_id=row.created_by_id, weekday=day, at=at)
        for row in rows
        for day in range(7)
    )
    return rows


def rate(practice: Practice, number: int) -> float:
    began = time.perf_counter()
    plan_clinic(practice.clinic.pk, worker_of(practice.clinic.pk))
    return number / (time.perf_counter() - began)


def due(preferences: list[ReminderPreference]) -> None:
    """One for each, two minutes ago."""
    Reminder.objects.filter(sent_at=None).delete()
    at = timezone.now() - timedelta(minutes=2)
    chosen = ReminderTime.objects.filter(preference=preferences[0]).values_list("at", flat=True)[0]
    Reminder.objects.bulk_create(
        Reminder(
            id=uuid7(),
            preference=row,
            client_id=row.client_id,
            clinic_id=row.clinic_id,
            recipient_id=row.created_by_id,
            local_date=at.date(),
            local_time=chosen,
            zone="Europe/London",
            due_at=at,
            ready_at=at,
        )
        for row in preferences
    )


def drain(practice: Practice) -> float:
    """Sent ones a second: claimed with a lease, asked whether still due, the day taken, handed over, marked."""
    began = time.perf_counter()
    done = sending._drain(worker_of(practice.clinic.pk), NullChannel(), time.monotonic() + 600)  # type: ignore[arg-type]
    seconds = time.perf_counter() - began
    assert done["sent"], done
    return sum(done.values()) / seconds
