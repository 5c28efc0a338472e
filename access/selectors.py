"""Reads that only a database function may answer."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection


def private_counts(client_ids: Iterable[UUID]) -> dict[tuple[UUID, str], int]:
    """How many entries the acting therapist's clients keep to themselves: {(client, pillar or ""): n}."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT client_id, pillar, n FROM sec.private_counts(%s::uuid[])", [[str(each) for each in client_ids]])
        return {(client_id, pillar): n for client_id, pillar, n in cursor.fetchall()}


@dataclass(frozen=True)
class PlanWanted:
    """A reminder preference whose outbox no longer fits. `over`: nothing of it is to be sent any more; else `recipient_id` is who plans it."""

    preference_id: UUID
    client_id: UUID
    recipient_id: UUID
    over: bool


def reminders_to_plan(until: datetime) -> list[PlanWanted]:
    """Of the acting worker's clinic: what is to be planned up to `until`, or to be called off."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT preference_id, client_id, recipient_id, over FROM sec.reminders_to_plan(%s)", [until])
        return [PlanWanted(*row) for row in cursor.fetchall()]


@dataclass(frozen=True)
class LookedAt:
    """A crisis line's public facts and the looks at them: (number of the person, when, found right). `zone` is the clock of the clinic that looked."""

    key: str
    facts: dict[str, Any]
    zone: str
    looks: tuple[tuple[int, datetime, bool], ...]


def looked_at_lines(country: str, clinic_id: UUID | None) -> list[LookedAt]:
    """What a clinic has looked at of the country's lines, or every real clinic of this installation. For the login that knows nobody."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT key, facts::text, zone, looks::text FROM sec.looked_at_lines(%s, %s)", [country, clinic_id])
        rows = cursor.fetchall()
    return [
        LookedAt(key, json.loads(facts), zone, tuple((who, datetime.fromisoformat(at), right) for who, at, right in json.loads(looks)))
        for key, facts, zone, looks in rows
    ]
