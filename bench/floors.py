"""The least SQL that answers what a page shows, by hand and without a wall: what the pages' own statements are measured against."""

import os
import time
from collections.abc import Sequence
from typing import Any

import psycopg2
from django.db import connection

CASELOAD = """
SELECT c.id, c.called, c.pronouns, c.status, c.started_on, held.starts_at, upcoming.starts_at, news.n, news.checks, news.mood, news.talk,
  moods.line, moods.pillars
FROM clients_careassignment a
JOIN clients_client c ON c.id = a.client_id
LEFT JOIN LATERAL (SELECT s.starts_at FROM therapy_therapysession s WHERE s.client_id = c.id AND s.state IN ('attended', 'late')
  ORDER BY s.starts_at DESC LIMIT 1) held ON true
LEFT JOIN LATERAL (SELECT s.starts_at FROM therapy_therapysession s WHERE s.client_id = c.id AND s.state = 'planned' AND s.starts_at > now()
  ORDER BY s.starts_at LIMIT 1) upcoming ON true
LEFT JOIN LATERAL (SELECT count(*) AS n, count(*) FILTER (WHERE e.kind = 'check_in') AS checks, avg(e.value) FILTER (WHERE e.kind = 'check_in') AS mood,
    bool_or(e.for_session) AS talk
  FROM clients_timelineentry e WHERE e.client_id = c.id AND e.visibility = 'my_therapist' AND e.occurred_at >= held.starts_at) news ON true
LEFT JOIN LATERAL (SELECT array_agg(e.value ORDER BY e.occurred_at) FILTER (WHERE e.kind = 'check_in') AS line,
    array_agg(DISTINCT e.pillar) FILTER (WHERE e.occurred_at >= now() - interval '14 days') AS pillars
  FROM clients_timelineentry e WHERE e.client_id = c.id AND e.visibility = 'my_therapist' AND e.occurred_at >= now() - interval '28 days') moods ON true
WHERE a.therapist_id = %(therapist)s::uuid AND a.starts_at <= now() AND (a.ends_at IS NULL OR a.ends_at > now())
ORDER BY c.called
"""
RECORD = (
    "SELECT * FROM clients_client WHERE id = %(client)s::uuid",
    "SELECT a.*, u.name FROM clients_careassignment a JOIN accounts_user u ON u.id = a.therapist_id WHERE a.client_id = %(client)s::uuid",
    "SELECT * FROM clients_timelineentry WHERE client_id = %(client)s::uuid AND visibility = 'my_therapist' ORDER BY occurred_at DESC LIMIT 12",
    """SELECT pillar, date_trunc('week', occurred_at), count(*), max(occurred_at) FROM clients_timelineentry
       WHERE client_id = %(client)s::uuid AND visibility = 'my_therapist' AND pillar <> '' AND occurred_at >= now() - interval '16 weeks' GROUP BY 1, 2""",
    """SELECT item_key, measure, count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY before), percentile_cont(0.5) WITHIN GROUP (ORDER BY after),
         percentile_cont(0.5) WITHIN GROUP (ORDER BY helped)
       FROM clients_practice WHERE client_id = %(client)s::uuid AND visibility = 'my_therapist' GROUP BY 1, 2""",
    "SELECT starts_at, state FROM therapy_therapysession WHERE client_id = %(client)s::uuid AND starts_at >= now() - interval '16 weeks' ORDER BY starts_at",
    """SELECT g.*, (SELECT r.level FROM therapy_goalrating r WHERE r.goal_id = g.id ORDER BY r.rated_on DESC LIMIT 1)
       FROM therapy_goal g WHERE g.client_id = %(client)s::uuid""",
    """SELECT a.*, (SELECT count(*) FROM homework_exerciserun r WHERE r.assignment_id = a.id AND r.state = 'finished')
       FROM homework_assignment a WHERE a.client_id = %(client)s::uuid AND a.state = 'active'""",
    "SELECT key, own_words FROM strengths_strength WHERE client_id = %(client)s::uuid AND visibility = 'my_therapist'",
    "SELECT count(*) FROM strengths_supporter WHERE client_id = %(client)s::uuid AND visibility = 'my_therapist'",
    "SELECT pillar, count(*) FROM clients_timelineentry WHERE client_id = %(client)s::uuid AND visibility = 'only_me' GROUP BY 1",
)


class Floor:
    """A connection of its own as superuser, to whom no policy applies. Each call answers the milliseconds inside the driver."""

    def __init__(self) -> None:
        self.link = psycopg2.connect(os.environ["TEST_SUPERUSER_URL"], dbname=connection.settings_dict["NAME"])
        self.link.autocommit = True

    def caseload(self, therapist: Any) -> float:
        return self._run([CASELOAD], {"therapist": therapist})

    def record(self, client: Any) -> float:
        return self._run(RECORD, {"client": client})

    def _run(self, statements: Sequence[str], about: dict[str, Any]) -> float:
        began = time.perf_counter()
        with self.link.cursor() as cursor:
            for sql in statements:
                cursor.execute(sql, {name: str(value) for name, value in about.items()})
                assert cursor.fetchall() is not None
        return (time.perf_counter() - began) * 1000
