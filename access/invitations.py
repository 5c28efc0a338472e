"""The only way to an invitation before anybody is signed in: two database functions, by the hash of the link's token."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils import timezone


@dataclass(frozen=True)
class FoundInvitation:
    """What the link's page may show. `state` is sent, accepted or withdrawn."""

    id: UUID
    clinic_id: UUID
    clinic_name: str
    role: str
    email: str
    name: str
    state: str
    expires_at: datetime

    @property
    def is_open(self) -> bool:
        return self.state == "sent" and self.expires_at > timezone.now()


def find_invitation(token_hash: str) -> FoundInvitation | None:
    """Reads; never uses it up."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, clinic_id, clinic_name, role, email, name, state, expires_at FROM sec.invitation(%s)", [token_hash])
        row = cursor.fetchone()
    return FoundInvitation(*row) if row else None


def use_invitation(token_hash: str, user_id: UUID) -> str:
    """Uses it for this person under one row lock.

    Answers 'accepted' (also when she had used it before), 'used' (by somebody else), 'expired', 'withdrawn', 'other_address' or 'unknown'.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT sec.accept_invitation(%s, %s)", [token_hash, user_id])
        outcome: str = cursor.fetchone()[0]
    return outcome
