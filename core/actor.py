"""Who acts: one person, in one clinic, in one kind of role."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

Kind = Literal["admin", "therapist", "portal", "worker"]
KINDS: tuple[Kind, ...] = ("admin", "therapist", "portal", "worker")


@dataclass(frozen=True)
class Actor:
    """`kind` picks the database role `app_<kind>`; `user_id` and `clinic_id` are what the policies compare with."""

    kind: Kind
    user_id: UUID
    clinic_id: UUID


NOBODY = UUID(int=0)


def worker_of(clinic_id: UUID) -> Actor:
    """The software itself, at work for one clinic, as no person."""
    return Actor("worker", NOBODY, clinic_id)
