"""Reads for the office: whose clients are whose, what is planned, who has nobody. Names and structure, never what was said."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from accounts.models import Membership, Role, Supervision
from clients.models import CareAssignment, Client
from clients.models.care import Kind
from clients.models.client import ENDED
from clients.selectors.care import active_assignments

NOT_OVER = Q(ends_at=None) | (Q(ends_at__gt=Now()) & Q(ends_at__gt=F("starts_at")))
TO_COME = Q(starts_at__gt=Now()) & (Q(ends_at=None) | Q(ends_at__gt=F("starts_at")))


def primaries_of(user_id: UUID, clinic_id: UUID) -> QuerySet[CareAssignment]:
    """This person's as primary therapist, now or from a day ahead on."""
    return CareAssignment.objects.filter(NOT_OVER, therapist_id=user_id, clinic_id=clinic_id, kind=Kind.PRIMARY)


def caseload_of(user_id: UUID, clinic_id: UUID) -> QuerySet[Client]:
    """Clients whose primary therapist this person is now, by name; those whose care has ended among them."""
    mine = active_assignments().filter(kind=Kind.PRIMARY, therapist_id=user_id, clinic_id=clinic_id)
    return Client.objects.filter(pk__in=mine.values("client_id"), clinic_id=clinic_id).order_by("called", "pk")


def in_need_of_another(user_id: UUID, clinic_id: UUID) -> QuerySet[Client]:
    """Clients in care, or waiting for it, who would be without a therapist if this person left, by name."""
    mine = primaries_of(user_id, clinic_id)
    return Client.objects.filter(pk__in=mine.values("client_id"), clinic_id=clinic_id).exclude(status__in=ENDED).order_by("called", "pk")


def unassigned(clinic_id: UUID) -> QuerySet[Client]:
    """Clients in care, or waiting for it, whom no working therapist treats now, the longest first."""
    working = Membership.objects.filter(clinic_id=clinic_id, role=Role.THERAPIST, active=True).values("user_id")
    treated = active_assignments().filter(kind=Kind.PRIMARY, clinic_id=clinic_id, therapist_id__in=working).values("client_id")
    return Client.objects.filter(clinic_id=clinic_id).exclude(status__in=ENDED).exclude(pk__in=treated).order_by("started_on", "called", "pk")


@dataclass(frozen=True)
class Stretch:
    """What one press of a button made: one therapist, from when to when, for these clients. `id` is that of one of its assignments."""

    id: UUID
    kind: str
    therapist: str
    starts_at: datetime
    ends_at: datetime | None
    to_come: bool
    clients: tuple[str, ...]


def planned_changes(clinic_id: UUID, now: datetime) -> list[Stretch]:
    """Changes of therapist that are to come, the next first."""
    return _stretches(CareAssignment.objects.filter(TO_COME, clinic_id=clinic_id, kind=Kind.PRIMARY), now)


def covers(clinic_id: UUID, now: datetime) -> list[Stretch]:
    """Cover that runs or is to come, by its beginning."""
    return _stretches(CareAssignment.objects.filter(NOT_OVER, clinic_id=clinic_id, kind=Kind.COVER), now)


def same_stretch(row: CareAssignment) -> QuerySet[CareAssignment]:
    """All that one press made together with this one."""
    same = CareAssignment.objects.filter(clinic_id=row.clinic_id, kind=row.kind, therapist_id=row.therapist_id)
    return same.filter(starts_at=row.starts_at, ends_at=row.ends_at).select_related("client")


def _stretches(rows: QuerySet[CareAssignment], now: datetime) -> list[Stretch]:
    columns = ("kind", "starts_at", "ends_at", "therapist__name", "client__called")
    found: dict[tuple[object, ...], list[CareAssignment]] = {}
    for row in rows.select_related("therapist", "client").only(*columns).order_by("starts_at", "therapist__name", "client__called"):
        found.setdefault((row.therapist_id, row.starts_at, row.ends_at), []).append(row)
    return [
        Stretch(
            together[0].pk,
            together[0].kind,
            together[0].therapist.name,
            together[0].starts_at,
            together[0].ends_at,
            together[0].starts_at > now,
            tuple(row.client.called for row in together),
        )
        for together in found.values()
    ]


@dataclass(frozen=True)
class Link:
    """A supervision, as the page of one of the two shows it: who the other is, and whether she supervises."""

    id: UUID
    other: str
    other_supervises: bool
    starts_at: datetime
    ends_at: datetime | None
    to_come: bool


def supervisions_of(user_id: UUID, clinic_id: UUID, now: datetime) -> list[Link]:
    """Those that run or are to come."""
    either = Q(supervisor_id=user_id) | Q(supervisee_id=user_id)
    columns = ("supervisor__name", "supervisee__name", "starts_at", "ends_at")
    rows: Iterable[Supervision] = Supervision.objects.filter(NOT_OVER, either, clinic_id=clinic_id).select_related("supervisor", "supervisee").only(*columns)
    return [_link(row, user_id, now) for row in sorted(rows, key=lambda row: row.starts_at)]


def _link(row: Supervision, user_id: UUID, now: datetime) -> Link:
    other_supervises = row.supervisee_id == user_id
    other = row.supervisor if other_supervises else row.supervisee
    return Link(row.pk, other.name, other_supervises, row.starts_at, row.ends_at, row.starts_at > now)
