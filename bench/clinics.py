"""A practice big enough to measure: clinics, caseloads and years of entries, written with SQL in seconds."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from accounts.models import Clinic, Membership, User
from clients.models import CareAssignment, Client
from core.ids import uuid7
from homework.models import Assignment, ExerciseVersion
from homework.services.library import load_library
from therapy.models import TherapySession

ENTRIES = """
INSERT INTO clients_timelineentry (id, created_at, created_by_id, version, updated_at, clinic_id, client_id, occurred_at, recorded_at, visibility, for_session,
  pillar, kind, item_key, value, source_kind, source_id)
SELECT gen_random_uuid(), t, c.portal_user_id, 1, t, c.clinic_id, c.id, t, t, CASE WHEN n %% 9 = 0 THEN 'only_me' ELSE 'my_therapist' END, n %% 23 = 0,
  (ARRAY['', 'strengths', 'coping', 'selfcare', 'mindset'])[n %% 5 + 1], CASE WHEN n %% 5 = 0 THEN 'check_in' ELSE 'homework' END,
  CASE WHEN n %% 5 = 0 THEN '' ELSE 'slow_breathing' END, n %% 5 + 1, 'bench', gen_random_uuid()
FROM clients_client c, generate_series(1, %s) n, LATERAL (SELECT now() - n * interval '9 hours' AS t) times
"""
PRACTICE = """
INSERT INTO clients_practice (id, created_at, created_by_id, version, updated_at, clinic_id, client_id, occurred_at, recorded_at, visibility, for_session,
  pillar, item_key, name, measure, before, after, helped, minutes, source_kind, source_id)
SELECT gen_random_uuid(), e.occurred_at, e.created_by_id, 1, e.occurred_at, e.clinic_id, e.client_id, e.occurred_at, e.occurred_at, e.visibility, false,
  e.pillar, e.item_key, 'Slow breathing', 'distress', 7, 4, 4, 5, 'bench', e.id
FROM clients_timelineentry e WHERE e.pillar <> '' AND e.id::text < '4'
"""


def practice(*, caseload: int, others: int, entries: int) -> tuple[User, Client]:
    """One therapist with `caseload` clients beside `others` clients of colleagues, half of them in another clinic; `entries` on the axis of all together.

    Call it as the owner. Answers the therapist and one of her clients.
    """
    load_library()
    clinics = [Clinic.objects.create(name=f"Clinic {number}", timezone="Europe/London", country="GB") for number in (1, 2)]
    me = therapist(clinics[0], "bench@example.org")
    mine = [client_of(me, clinics[0], number) for number in range(caseload)]
    for place, clinic in enumerate(clinics):
        colleague = therapist(clinic, f"colleague{place}@example.org")
        for number in range(others // 2):
            client_of(colleague, clinic, number)
    with connection.cursor() as cursor:
        cursor.execute(ENTRIES, [max(1, entries // (caseload + others))])
        cursor.execute(PRACTICE)
        cursor.execute("ANALYZE")
    return me, mine[caseload // 2]


def therapist(clinic: Clinic, address: str) -> User:
    user = User.objects.create_user(address, name=address.split("@")[0], timezone=clinic.timezone)
    Membership.objects.create(user=user, clinic=clinic, role="therapist")
    return user


def client_of(therapist: User, clinic: Clinic, number: int) -> Client:
    """A client with her own sign-in, a session each week and three tasks."""
    now = timezone.now()
    portal = User(id=uuid7(), email=f"{uuid7()}@example.org", name=f"Client {number}", password="!")
    portal.save(force_insert=True)
    Membership.objects.create(user=portal, clinic=clinic, role="client")
    client = Client(clinic=clinic, called=f"Client {number:03}", timezone=clinic.timezone, started_on=now.date(), portal_user=portal, created_by=therapist)
    client.save(force_insert=True)
    row: dict[str, Any] = {"client": client, "clinic": clinic, "created_by": therapist}
    CareAssignment(therapist=therapist, kind="primary", starts_at=now - timedelta(days=400), **row).save(force_insert=True)
    starts = [now + timedelta(days=7 * week, minutes=number) for week in range(-20, 2)]
    held = [{"starts_at": at, "ends_at": at + timedelta(seconds=50), "state": "attended" if at < now else "planned"} for at in starts]
    TherapySession.objects.bulk_create(TherapySession(therapist=therapist, **each, **row) for each in held)
    versions = ExerciseVersion.objects.filter(current=True).select_related("exercise").order_by("exercise__key")[:3]
    Assignment.objects.bulk_create(Assignment(exercise_version=each, item_key=each.exercise.key, starts_on=now.date(), **row) for each in versions)
    return client
