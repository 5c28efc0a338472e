"""The one way into the trail, and to its seal."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models.functions import Now

from audit.models import AuditEvent, AuditSeal
from core.actor import Actor

ONLY_ME = "only_me"  # clients.models.Visibility, two floors up
SAID_OF_PRIVATE = ("visibility", "seen", "for_session")  # who reads it


def record_event(
    *, verb: str, by: Actor, row: models.Model | None = None, client_id: UUID | None = None, request_id: str = "", detail: dict[str, Any] | None = None
) -> None:
    """Note that `by` did `verb` to `row`. `detail` holds keys, states and counts only. Call it inside `acting_as(by)`.

    Of a row that is its client's alone the office reads that something was done and who reads it, and nothing of what it is.
    """
    if getattr(row, "visibility", "") == ONLY_ME:
        detail = {name: value for name, value in (detail or {}).items() if name in SAID_OF_PRIVATE}
    AuditEvent.objects.create(
        at=Now(),  # PostgreSQL's clock, by which the seal goes on
        clinic_id=by.clinic_id,
        actor_id=by.user_id,
        actor_kind=by.kind,
        verb=verb,
        object_kind=row._meta.label_lower if row is not None else "",
        object_id=row.pk if row is not None else None,
        client_id=client_id,
        request_id=request_id,
        detail=detail or {},
    )


def record_at_the_door(
    *, verb: str, user_id: UUID | None = None, clinic_id: UUID | None = None, request_id: str = "", detail: dict[str, Any] | None = None
) -> None:
    """Note what happened before or without an actor: sign-in and its refusals, refused requests. Works as `app_web`."""
    AuditEvent.objects.create(at=Now(), clinic_id=clinic_id, actor_id=user_id, actor_kind="", verb=verb, request_id=request_id, detail=detail or {})


def add_seal(*, clinic_id: UUID, number: int, until: datetime, events: int, value: str) -> None:
    """The next link of a clinic's chain; what its hash is made of, `access.sealing` knows. Raises IntegrityError where it is there already."""
    AuditSeal(clinic_id=clinic_id, number=number, until=until, events=events, hash=value).save(force_insert=True)
