"""Records that an admin opened in an emergency: for the team, the office and the client herself."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.utils import timezone

from clients.models import CareAssignment
from clients.models.care import Kind
from clients.selectors.care import ACTIVE, TEAM, in_order

LATELY = timedelta(days=30)  # for so long the team and the office have it before their eyes; the team's page and the trail keep it
RUNNING = ExpressionWrapper(ACTIVE, output_field=BooleanField())


@dataclass(frozen=True)
class Emergency:
    """`who` opened it; `reason` in words; `why` empty for the client, who does not get it; `running` until `ends_at`."""

    id: UUID
    client_id: UUID
    who_id: UUID
    who: str
    reason: str
    starts_at: datetime
    ends_at: datetime
    running: bool
    why: str


def emergencies(back: timedelta | None, *, why: bool = True, **only: Any) -> list[Emergency]:
    """Those that ended no longer than `back` ago (None: all), the newest first. One statement."""
    found = CareAssignment.objects.filter(kind=Kind.BREAK_GLASS, **only)
    if back is not None:
        found = found.filter(ends_at__gt=timezone.now() - back)
    return [_emergency(row, why) for row in _read(found, why).order_by("-starts_at")]


def team_and_emergencies(back: timedelta, **only: Any) -> tuple[list[CareAssignment], list[Emergency]]:
    """Who cares now, in the order of `team_of`, and what `emergencies` answers: of one client or of a clinic, in one statement. For staff."""
    glass = Q(kind=Kind.BREAK_GLASS, ends_at__gt=timezone.now() - back)
    rows: list[Any] = list(_read(CareAssignment.objects.filter(ACTIVE | glass, **only), why=True).order_by("-starts_at"))
    return in_order(row for row in rows if row.running), [_emergency(row, why=True) for row in rows if row.kind == Kind.BREAK_GLASS]


def _read(rows: QuerySet[CareAssignment], why: bool) -> QuerySet[CareAssignment]:
    return rows.annotate(running=RUNNING).select_related("therapist").only(*TEAM, "reason", *(["why"] if why else []))


def _emergency(row: Any, why: bool) -> Emergency:
    reason = str(row.get_reason_display())
    return Emergency(row.pk, row.client_id, row.therapist_id, row.therapist.name, reason, row.starts_at, row.ends_at, row.running, row.why if why else "")
