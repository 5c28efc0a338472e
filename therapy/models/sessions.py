"""A session: the appointment, and later its log."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from clients.models.base import STAFF_WRITES, ClinicalModel, Visibility
from core.models import one_of
from core.rules import BY_ME, MY_CLINIC, OWN_RECORD, READABLE_CLIENT, Rule


class SessionState(models.TextChoices):
    PLANNED = "planned", "planned"
    ATTENDED = "attended", "attended"
    LATE = "late", "attended late"
    CANCELLED_BY_CLIENT = "cancelled_by_client", "cancelled by client"
    CANCELLED_BY_CLINIC = "cancelled_by_clinic", "cancelled by clinic"
    NO_SHOW = "no_show", "did not attend"


HELD = (SessionState.ATTENDED, SessionState.LATE)


class Format(models.TextChoices):
    IN_PERSON = "in_person", "in person"
    VIDEO = "video", "video"
    PHONE = "phone", "phone"


TIMES = "id, clinic_id, client_id, created_at, version, updated_at, therapist_id, starts_at, ends_at, format, state"


class TherapySession(ClinicalModel):
    """Planned and past = "to log". No two planned sessions of a therapist overlap (an exclusion constraint, migration 0002).

    `risk` holds what was tapped (never pre-filled); it is empty for a session that was not held, where nobody could be asked.
    `focus` and `did` are lists of keys of therapy/data/notes.yaml. Signing the note sets `locked_at`: from then on the database
    lets nobody change the log.
    """

    therapist = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    format = models.CharField(max_length=10, choices=Format, default=Format.IN_PERSON)
    state = models.CharField(max_length=20, choices=SessionState, default=SessionState.PLANNED)
    risk = models.CharField(max_length=20, blank=True)
    risk_note = models.CharField(max_length=1000, blank=True)
    focus = models.JSONField(default=list)
    did = models.JSONField(default=list)
    homework_review = models.CharField(max_length=20, blank=True)
    felt = models.CharField(max_length=20, blank=True)
    one_line = models.CharField(max_length=500, blank=True)
    locked_at = models.DateTimeField(null=True, blank=True)

    # what the client's axis asks of everything that goes on it
    visibility = Visibility.MY_THERAPIST
    for_session = False

    words = ("risk_note", "one_line")
    codes = ("format", "state", "risk", "focus", "did", "homework_review", "felt")
    rules = [
        Rule("therapist", "select", READABLE_CLIENT),
        Rule("therapist", "insert", f"{STAFF_WRITES} AND {BY_ME}"),
        Rule("therapist", "update", f"{STAFF_WRITES} AND locked_at IS NULL", check=STAFF_WRITES),
        Rule("portal", "select", OWN_RECORD, columns=TIMES),
        Rule("admin", "select", MY_CLINIC, columns=TIMES),
        Rule("admin", "insert", MY_CLINIC, columns=TIMES),
        Rule("admin", "update", f"{MY_CLINIC} AND locked_at IS NULL", columns="therapist_id, starts_at, ends_at, format, version, updated_at"),
    ]

    class Meta:
        constraints = [
            one_of("state", SessionState, "session_state"),
            one_of("format", Format, "session_format"),
            models.CheckConstraint(name="session_ends_after", condition=Q(ends_at__gt=F("starts_at"))),
        ]
        indexes = [
            models.Index(fields=["client", "-starts_at"], include=["state"], name="session_client_when"),
            models.Index(fields=["therapist", "starts_at"], name="session_therapist_when"),
        ]

    @property
    def occurred_at(self) -> datetime:
        return self.starts_at

    @property
    def minutes(self) -> int:
        return round((self.ends_at - self.starts_at).total_seconds() / 60)

    @property
    def held(self) -> bool:
        return self.state in HELD

    def __str__(self) -> str:
        return f"{self.state} {self.starts_at:%Y-%m-%d %H:%M}"
