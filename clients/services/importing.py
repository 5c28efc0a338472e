"""Clients that come from another system, all at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from access.clock import database_now
from accounts.models import Clinic
from audit.services import record_event
from clients.models import CareAssignment, Client, Episode
from clients.models.care import Kind
from clients.models.client import Status
from clients.selectors.importing import People
from clients.services.handover import refuse_who_does_not_treat
from core.actor import Actor


@dataclass(frozen=True)
class NewClient:
    """`contact`: fields of `clients.services.care.CONTACT`. With a therapist her care has begun on `started_on`; without one she waits since then."""

    id: UUID
    contact: dict[str, Any]
    started_on: date
    therapist_id: UUID | None


@transaction.atomic
def import_clients(*, people: Iterable[NewClient], by: Actor) -> int:
    """Writes those who are not there yet, all or none of them; answers how many of `people` are there now.

    Sent again with the same ids, it writes nothing. Whoever is the same person as a client of the clinic, or as one before her, is left out.
    Raises Refused when somebody named does not work as therapist here (any more).
    """
    people = list(people)
    Clinic.objects.select_for_update(of=("self",)).only("pk").get(pk=by.clinic_id)  # two imports come one after the other
    here = set(Client.objects.filter(clinic_id=by.clinic_id, pk__in=[person.id for person in people]).values_list("pk", flat=True))
    known = People(by.clinic_id)
    for therapist_id in sorted({person.therapist_id for person in people if person.therapist_id}):
        refuse_who_does_not_treat(therapist_id, by)
    new = [person for person in people if person.id not in here and known.add(person.contact) is None]
    clients = [_client(person, by) for person in new]
    Client.objects.bulk_create(clients)
    treated = [(client, person.therapist_id) for client, person in zip(clients, new, strict=True) if person.therapist_id]
    Episode.objects.bulk_create(
        [Episode(client=client, clinic_id=by.clinic_id, started_on=client.started_on, created_by_id=by.user_id) for client, _who in treated]
    )
    now = database_now()
    CareAssignment.objects.bulk_create(
        [
            CareAssignment(client=client, clinic_id=by.clinic_id, therapist_id=who, kind=Kind.PRIMARY, starts_at=now, created_by_id=by.user_id)
            for client, who in treated
        ]
    )
    for client, person in zip(clients, new, strict=True):
        record_event(verb="client_imported", by=by, row=client, client_id=client.pk, detail={"therapist": str(person.therapist_id or "")})
    return len(here) + len(new)


def _client(person: NewClient, by: Actor) -> Client:
    status = Status.ACTIVE if person.therapist_id else Status.WAITING
    return Client(id=person.id, clinic_id=by.clinic_id, created_by_id=by.user_id, started_on=person.started_on, status=status, **person.contact)
