"""What the office may see of a clinic's sessions and notes: times, states and authors, no words. Each is one statement, however many clients."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count

from therapy.models import SessionNote, TherapySession
from therapy.models.notes import NoteState


class Appointment(NamedTuple):
    """The structural columns of a session."""

    client_id: UUID
    therapist_id: UUID
    starts_at: datetime
    ends_at: datetime
    state: str


def appointments_between(clinic_id: UUID, since: datetime, until: datetime) -> list[Appointment]:
    """Every session of the clinic that began or begins in this time, in order."""
    found = TherapySession.objects.filter(clinic_id=clinic_id, starts_at__gte=since, starts_at__lt=until).order_by("starts_at")
    return [Appointment._make(row) for row in found.values_list(*Appointment._fields)]


def unsigned_notes(clinic_id: UUID) -> dict[UUID, int]:
    """How many notes wait for their author's signature, by author."""
    found = SessionNote.objects.filter(clinic_id=clinic_id, state=NoteState.DRAFT).values_list("created_by_id")
    return dict(found.annotate(n=Count("id")))
