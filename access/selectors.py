"""Reads that only a database function may answer."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection


def private_counts(client_ids: Iterable[UUID]) -> dict[tuple[UUID, str], int]:
    """How many entries the acting therapist's clients keep to themselves: {(client, pillar or ""): n}."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT client_id, pillar, n FROM sec.private_counts(%s::uuid[])", [[str(each) for each in client_ids]])
        return {(client_id, pillar): n for client_id, pillar, n in cursor.fetchall()}
