"""One row for one thing that somebody did, tried or looked at."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from core.ids import uuid7
from core.rules import MY_CLINIC, READABLE_CLIENT, Rule

MINE = f"{MY_CLINIC} AND actor_id = {{me}}"
ABOUT_ME = "client_id = (SELECT sec.own_client_id())"  # what she does to her record after her care has ended is noted too
BEFORE_SIGN_IN = (
    "verb IN ('refused', 'signed_in', 'signed_out', 'sign_in_refused', 'password_changed', 'profile_changed', 'second_factor_changed', 'session_ended')"
)


class AuditEvent(models.Model):
    """Insert only: no role that the software uses may change or delete a row.

    `detail` holds keys, states and counts, never what a person wrote.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField(default=timezone.now)
    clinic_id = models.UUIDField(null=True)
    actor_id = models.UUIDField(null=True)
    actor_kind = models.TextField(blank=True)
    verb = models.TextField()
    object_kind = models.TextField(blank=True)
    object_id = models.UUIDField(null=True)
    client_id = models.UUIDField(null=True)
    request_id = models.TextField(blank=True)
    detail = models.JSONField(default=dict)

    codes: ClassVar[tuple[str, ...]] = ("actor_kind", "verb", "object_kind", "request_id", "detail")
    rules: ClassVar[list[Rule]] = [
        Rule("web", "insert", BEFORE_SIGN_IN),
        Rule("therapist", "insert", f"{MINE} AND actor_kind = 'therapist' AND (verb <> 'record_opened' OR {READABLE_CLIENT})"),
        Rule("therapist", "select", f"{MINE} OR ({READABLE_CLIENT} AND verb = 'record_opened')"),
        Rule("portal", "insert", f"{MINE} AND actor_kind = 'portal' AND (client_id IS NULL OR {ABOUT_ME})"),
        Rule("portal", "select", f"{ABOUT_ME} AND verb = 'record_opened'"),
        Rule("admin", "insert", f"{MINE} AND actor_kind = 'admin'"),
        Rule("admin", "select", MY_CLINIC),
        Rule("worker", "insert", f"{MINE} AND actor_kind = 'worker'"),
        Rule("worker", "select", MY_CLINIC),
    ]

    class Meta:
        indexes = [
            models.Index(fields=["client_id", "-at"], name="audit_client_at"),
            models.Index(fields=["clinic_id", "-at"], name="audit_clinic_at"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_kind}"


class AuditSeal(models.Model):
    """One link of a clinic's chain: `hash` is over the link before it and every event of the clinic from its `until` up to this one's.

    Insert only, as the events are. `number` counts from 1; `events` is how many were sealed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    clinic_id = models.UUIDField()
    number = models.PositiveIntegerField()
    until = models.DateTimeField()
    events = models.PositiveIntegerField()
    hash = models.CharField(max_length=64)

    codes: ClassVar[tuple[str, ...]] = ("hash",)
    rules: ClassVar[list[Rule]] = [
        Rule("admin", "select", MY_CLINIC),
        Rule("worker", "select insert", MY_CLINIC),
    ]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clinic_id", "number"], name="audit_seal_once")]

    def __str__(self) -> str:
        return f"{self.number} of {self.clinic_id}"
