"""What a client chose, and the outbox."""

from datetime import time

from django.db import models
from django.db.models import Q
from django.utils import timezone

from clients.models.base import CLIENT_WRITES, STAFF_WRITES, ClinicalModel
from core.models import one_of
from core.rules import BY_ME, MY_CLINIC, READABLE_CLIENT, Rule

BOTH_WRITE = [
    Rule("portal", "select update", CLIENT_WRITES),
    Rule("portal", "insert", f"{CLIENT_WRITES} AND {BY_ME}"),
    Rule("therapist", "select", READABLE_CLIENT),
    Rule("therapist", "insert", f"{STAFF_WRITES} AND {BY_ME}"),
    Rule("therapist", "update", STAFF_WRITES),
    Rule("admin", "select", MY_CLINIC),
]


class SetHow(models.TextChoices):
    PORTAL = "portal", "on the portal"
    IN_SESSION = "in_session", "together, in session"
    DESK = "desk", "by staff"
    MAIL = "mail", "by the link in a message"
    CARE_ENDED = "care_ended", "when the work together ended"


class ReminderPreference(ClinicalModel):
    """What one client chose for one kind of reminder; off until chosen. Times and quiet hours are local, in the client's own zone.

    `paused_until` is the last day of a pause. `planned_until` and `planned_zone` say how far, and by which clock, the outbox is filled.
    `refused_address` is an address that a mail server would not take: nothing goes there again.
    """

    kind = models.CharField(max_length=30)
    is_on = models.BooleanField(default=False)
    quiet_from = models.TimeField(default=time(21))
    quiet_until = models.TimeField(default=time(8))
    paused_until = models.DateField(null=True, blank=True)
    set_how = models.CharField(max_length=10, choices=SetHow, default=SetHow.PORTAL)
    set_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)
    refused_address = models.EmailField(max_length=254, blank=True)
    planned_until = models.DateTimeField(null=True, blank=True)
    planned_zone = models.CharField(max_length=64, blank=True)

    names = ("refused_address",)
    codes = ("kind", "set_how", "planned_zone")
    rules = BOTH_WRITE

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "kind"], name="reminders_kind_once"), one_of("set_how", SetHow, "reminders_set_how")]
        indexes = [models.Index(fields=["clinic", "planned_until"], condition=Q(is_on=True), name="reminders_to_plan")]

    def __str__(self) -> str:
        return f"{self.kind} {'on' if self.is_on else 'off'}"


class ReminderTime(ClinicalModel):
    """At which local time on one weekday (0 is Monday); none = not on this day."""

    preference = models.ForeignKey(ReminderPreference, models.PROTECT, related_name="times")
    weekday = models.PositiveSmallIntegerField()
    at = models.TimeField(null=True, blank=True)

    rules = BOTH_WRITE

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["preference", "weekday"], name="reminder_time_once"),
            models.CheckConstraint(name="reminder_time_weekday", condition=Q(weekday__lte=6)),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.at}"


class State(models.TextChoices):
    PLANNED = "planned", "planned"
    SENDING = "sending", "sending"
    SENT = "sent", "sent"
    OPENED = "opened", "opened"
    HELD = "held", "held back"
    FAILED = "failed", "could not be sent"
    EXPIRED = "expired", "too late to be useful"
    CANCELLED = "cancelled", "cancelled"


class Reason(models.TextChoices):
    """Why one was held, cancelled or not sent; reminders/words.py says it to both sides."""

    PAUSED = "paused", "paused"
    QUIET = "quiet", "quiet hours"
    ONE_A_DAY = "one_a_day", "one that day already"
    FOUR_A_WEEK = "four_a_week", "four that week already"
    NOTHING_DUE = "nothing_due", "nothing was due"
    CHANGED = "changed", "the settings were changed"
    OFF = "off", "turned off"
    CARE_ENDED = "care_ended", "care ended"
    NO_SIGN_IN = "no_sign_in", "no sign-in"
    UNSAFE = "unsafe", "e-mail is not a safe way"
    ADDRESS = "address", "the address was refused"
    MESSAGE = "message", "the message was refused"
    LATE = "late", "too late"
    SLOWED = "slowed", "some were not opened"
    STOPPED = "stopped", "several were not opened"


PENDING, OVER = (State.PLANNED, State.SENDING), (State.SENT, State.OPENED, State.FAILED, State.EXPIRED, State.CANCELLED)


class Reminder(ClinicalModel):
    """The outbox: one message to one person for one local day. No text: what is sent is the same for all.

    Key: preference, local date, local time, zone. `ready_at`: from when a worker may take it; while it is being sent, the end of the lease,
    after which another may; empty when it is over. `claim` is the token of the worker that took it last: only that one may mark it.
    `sent_on`: the local day it takes in the client's one a day, set before it is sent.
    """

    preference = models.ForeignKey(ReminderPreference, models.PROTECT, related_name="reminders")
    recipient = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    local_date = models.DateField()
    local_time = models.TimeField()
    zone = models.CharField(max_length=64)
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    reason = models.CharField(max_length=12, choices=Reason, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)
    claim = models.UUIDField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_on = models.DateField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)

    codes = ("zone", "state", "reason")
    rules = [
        Rule("portal", "select", CLIENT_WRITES),
        Rule("portal", "insert", f"{CLIENT_WRITES} AND {BY_ME} AND recipient_id = {{me}}"),
        Rule("portal", "update", CLIENT_WRITES, columns="state, reason, ready_at, opened_at"),
        Rule("therapist", "select", READABLE_CLIENT),
        Rule("therapist", "update", STAFF_WRITES, columns="state, reason, ready_at"),
        Rule("worker", "select", MY_CLINIC),
        Rule("worker", "update", MY_CLINIC, columns="state, reason, ready_at, claim, attempts, sent_on, sent_at"),
        Rule("admin", "select", MY_CLINIC),
    ]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["preference", "local_date", "local_time", "zone"], name="reminder_key"),
            models.UniqueConstraint(fields=["client", "sent_on"], name="reminder_one_a_day"),
            one_of("state", State, "reminder_state"),
            models.CheckConstraint(name="reminder_reason", condition=Q(reason="") | Q(reason__in=Reason.values)),
            models.CheckConstraint(
                name="reminder_ready",
                condition=Q(state__in=PENDING, ready_at__isnull=False) | Q(state__in=OVER, ready_at=None) | Q(state=State.HELD),
            ),
            models.CheckConstraint(name="reminder_sent", condition=Q(sent_at__isnull=False) | ~Q(state__in=(State.SENT, State.OPENED))),
        ]
        indexes = [
            models.Index(fields=["clinic", "ready_at"], condition=Q(ready_at__isnull=False), name="reminder_ready_now"),
            models.Index(fields=["client", "-due_at"], name="reminder_client_due"),
        ]

    def __str__(self) -> str:
        return f"{self.local_date} {self.state}"
