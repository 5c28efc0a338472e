"""A practice big enough to measure: clinics, caseloads and months of entries, written in bulk as the owner of the tables."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import Clinic, Membership, User
from clients.models import CareAssignment, Client, Episode
from core.ids import uuid7
from homework.models import Assignment, ExerciseVersion
from homework.services.library import load_library

AWAY = 6  # every sixth therapist works in the other clinic

COMMON = "gen_random_uuid(), t, {by}, 1, t, c.clinic_id, c.id"
ENTRIES = f"""
INSERT INTO clients_timelineentry (id, created_at, created_by_id, version, updated_at, clinic_id, client_id, occurred_at, recorded_at, visibility, for_session,
  pillar, kind, item_key, value, source_kind, source_id)
SELECT {COMMON.format(by="c.portal_user_id")}, t, t, CASE WHEN n %% 9 = 0 THEN 'only_me' ELSE 'my_therapist' END, n %% 23 = 0,
  (ARRAY['', 'strengths', 'coping', 'selfcare', 'mindset'])[n %% 5 + 1], CASE WHEN n %% 5 = 0 THEN 'check_in' ELSE 'exercise' END,
  CASE WHEN n %% 5 = 0 THEN '' ELSE 'slow_breathing' END, n %% 5 + 1, 'bench', gen_random_uuid()
FROM clients_client c, generate_series(%s, %s) n, LATERAL (SELECT now() - n * interval '9 hours' AS t) times
"""
PRACTICE = """
INSERT INTO clients_practice (id, created_at, created_by_id, version, updated_at, clinic_id, client_id, occurred_at, recorded_at, visibility, for_session,
  pillar, item_key, name, measure, before, after, helped, minutes, source_kind, source_id)
SELECT gen_random_uuid(), e.occurred_at, e.created_by_id, 1, e.occurred_at, e.clinic_id, e.client_id, e.occurred_at, e.occurred_at, e.visibility, false,
  e.pillar, e.item_key, 'Slow breathing', 'distress', 7, 4, 4, 5, 'bench', e.id
FROM clients_timelineentry e WHERE e.pillar <> '' AND e.id::text < '4' AND NOT EXISTS (SELECT FROM clients_practice p WHERE p.source_id = e.id)
"""
SESSIONS = f"""
INSERT INTO therapy_therapysession (id, created_at, created_by_id, version, updated_at, clinic_id, client_id, therapist_id, starts_at, ends_at, format, state,
  risk, risk_note, focus, did, homework_review, felt, one_line)
SELECT {COMMON.format(by="a.therapist_id")}, a.therapist_id, t, t + interval '50 seconds', 'in_person', CASE WHEN t < now() THEN 'attended' ELSE 'planned' END,
  '', '', '[]', '[]', '', '', ''
FROM (SELECT c.*, row_number() OVER (ORDER BY c.id) AS place FROM clients_client c) c JOIN clients_careassignment a ON a.client_id = c.id,
  generate_series(-20, 1) week, LATERAL (SELECT now() + week * interval '7 days' + c.place * interval '1 minute' AS t) times
"""


@dataclass
class Practice:
    """`big` has the biggest caseload, `small` a single client; `client` is one of the big one's, `one` the small one's."""

    big: User
    small: User
    client: Client
    one: Client
    clinic: Clinic
    admin: User
    clients: int
    entries: int = 0


@transaction.atomic
def practice(*, therapists: int, biggest: int, usual: int) -> Practice:
    """People, sessions and homework; no entries yet. Call it as the owner."""
    load_library()
    here, away = (Clinic.objects.create(name=f"Clinic {number}", timezone="Europe/London", country="GB") for number in (1, 2))
    admin = staff(here, "admin", "office")
    caseloads = [(staff(here, "therapist", "big"), here, biggest), (staff(here, "therapist", "small"), here, 1)]
    caseloads += [(staff(clinic, "therapist", f"t{n}"), clinic, usual) for n in range(therapists - 1) for clinic in [away if n % AWAY == 0 else here]]
    loads = [clients_of(user, clinic, number) for user, clinic, number in caseloads]
    agree([client for load in loads for client in load])
    with connection.cursor() as cursor:
        cursor.execute(SESSIONS)
    big, small = caseloads[0][0], caseloads[1][0]
    return Practice(big, small, loads[0][biggest // 2], loads[1][0], here, admin, sum(map(len, loads)))


def staff(clinic: Clinic, role: str, name: str) -> User:
    user = User.objects.create_user(f"{name}@example.org", name=name, timezone=clinic.timezone)
    Membership.objects.create(user=user, clinic=clinic, role=role)
    return user


def clients_of(therapist: User, clinic: Clinic, number: int) -> list[Client]:
    """Each with her own sign-in and a primary therapist since before the first entry."""
    now = timezone.now()
    names = [f"Client {place:03} of {therapist.name}" for place in range(number)]
    people = User.objects.bulk_create(User(id=uuid7(), email=f"{uuid7()}@example.org", name=name, password="!") for name in names)
    Membership.objects.bulk_create(Membership(user=user, clinic=clinic, role="client") for user in people)
    about: dict[str, Any] = {"clinic": clinic, "created_by": therapist}
    began = (now - timedelta(days=400)).date()
    clients = Client.objects.bulk_create(Client(called=user.name, timezone=clinic.timezone, started_on=began, portal_user=user, **about) for user in people)
    Episode.objects.bulk_create(Episode(client=client, started_on=began, **about) for client in clients)
    starts = now - timedelta(days=400)
    CareAssignment.objects.bulk_create(CareAssignment(client=client, therapist=therapist, kind="primary", starts_at=starts, **about) for client in clients)
    return clients


def agree(clients: list[Client]) -> None:
    """Three tasks each."""
    versions = ExerciseVersion.objects.filter(current=True).select_related("exercise").order_by("exercise__key")[:3]
    today = timezone.now().date()
    Assignment.objects.bulk_create(
        Assignment(
            client=client,
            clinic_id=client.clinic_id,
            created_by_id=client.created_by_id,
            exercise_version=each,
            item_key=each.exercise.key,
            starts_on=today,
        )
        for client in clients
        for each in versions
    )


def fill(practice: Practice, entries: int) -> None:
    """Entries of all clients up to this number, older ones after newer ones; and statistics for the planner. Call it as the owner."""
    with connection.cursor() as cursor:
        cursor.execute(ENTRIES, [practice.entries // practice.clients + 1, max(1, entries // practice.clients)])
        cursor.execute(PRACTICE)
        cursor.execute("VACUUM ANALYZE")
    practice.entries = entries
