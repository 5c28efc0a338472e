"""Who cares for whom, from when to when; consents; episodes of care."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clients.models.base import CLIENT_WRITES, STAFF_WRITES, ClinicalModel, Visibility
from core.models import one_of
from core.rules import BY_ME, MY_CLINIC, OWN_RECORD, READABLE_CLIENT, WRITABLE_CLIENT, Rule


class Kind(models.TextChoices):
    PRIMARY = "primary", _("primary therapist")
    CO = "co", _("co-therapist")
    COVER = "cover", _("cover")
    BREAK_GLASS = "break_glass", _("reads in an emergency")


class EmergencyReason(models.TextChoices):
    """Why an admin opened a record in an emergency, as the client reads it too."""

    DANGER = "danger", _("somebody may be in danger")
    AWAY = "away", _("the therapist cannot be reached")
    LAW = "law", _("the law asks for it")
    OTHER = "other", _("another reason")


GLASS_AT_MOST = timedelta(hours=4)

FIRST = "kind = 'primary' AND therapist_id = {me} AND (SELECT sec.may_take_first(client_id))"
COLLEAGUE = f"kind IN ('co', 'cover') AND {WRITABLE_CLIENT}"
OTHERS = "therapist_id <> {me}"  # nobody lets herself in, or stays longer than she was let in for
NOT_LONGER = "ends_at <= statement_timestamp() + interval '1 minute'"
NOW_OR_SO = "abs(extract(epoch FROM starts_at - statement_timestamp())) < 60"
MY_GLASS = f"kind <> 'break_glass' OR (therapist_id = {{me}} AND {BY_ME} AND {NOW_OR_SO})"  # an admin breaks it for herself, and not ahead of time
STAFF_OF_MINE = "therapist_id = ANY ((SELECT sec.staff_user_ids())::uuid[])"


class CareAssignment(ClinicalModel):
    """The one key to content. Active while `starts_at <= now < ends_at` (or no end); all policies ask this table, through two functions."""

    therapist = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    starts_at = models.DateTimeField()  # by access.clock: no default, so that no web server's clock slips in
    ends_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=500, blank=True)
    reason = models.CharField(max_length=10, choices=EmergencyReason, blank=True)  # of break_glass alone, which has a `why` beside it

    names = ("why",)
    codes = ("kind", "reason")
    rules = [
        Rule("therapist", "select", READABLE_CLIENT),
        Rule("therapist", "insert", f"{MY_CLINIC} AND {BY_ME} AND {STAFF_OF_MINE} AND (({FIRST}) OR ({COLLEAGUE} AND {OTHERS}))"),
        Rule(
            "therapist",
            "update",
            f"{MY_CLINIC} AND {COLLEAGUE}",
            columns="ends_at, version, updated_at",
            check=f"{MY_CLINIC} AND {COLLEAGUE} AND ({OTHERS} OR {NOT_LONGER})",
        ),
        Rule("portal", "select", OWN_RECORD, columns="id, clinic_id, client_id, therapist_id, kind, starts_at, ends_at, reason"),
        Rule("admin", "select", f"{MY_CLINIC} AND {STAFF_OF_MINE}"),
        Rule("admin", "insert", f"{MY_CLINIC} AND {STAFF_OF_MINE} AND ({MY_GLASS})"),
        Rule(
            "admin",
            "update",
            f"{MY_CLINIC} AND {STAFF_OF_MINE}",
            columns="ends_at, version, updated_at",
            check=f"{MY_CLINIC} AND {STAFF_OF_MINE} AND (kind <> 'break_glass' OR {NOT_LONGER})",
        ),
    ]

    class Meta:
        constraints = [
            one_of("kind", Kind, "assignment_kind"),
            models.CheckConstraint(name="assignment_ends_after", condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at"))),
            models.CheckConstraint(name="assignment_cover_ends", condition=~Q(kind__in=["cover", "break_glass"]) | Q(ends_at__isnull=False)),
            models.CheckConstraint(
                name="assignment_glass_reason",
                condition=(~Q(kind="break_glass") & Q(reason="")) | (Q(kind="break_glass", reason__in=EmergencyReason.values) & ~Q(why="")),
            ),
            models.CheckConstraint(name="assignment_glass_hours", condition=~Q(kind="break_glass") | Q(ends_at__lte=F("starts_at") + GLASS_AT_MOST)),
            models.UniqueConstraint(fields=["client"], condition=Q(kind="primary", ends_at=None), name="assignment_one_primary"),
            models.UniqueConstraint(fields=["client", "therapist"], condition=Q(kind__in=["primary", "co"], ends_at=None), name="assignment_once"),
        ]
        indexes = [
            models.Index(fields=["therapist", "client"], include=["clinic", "kind", "starts_at", "ends_at"], name="assignment_care"),
            models.Index(fields=["client", "starts_at"], condition=Q(kind="break_glass"), name="assignment_glass"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.client_id}"


class ConsentKind(models.TextChoices):
    PORTAL = "portal", "uses the portal"
    SHARING = "sharing", "who reads what"
    REMINDERS = "reminders", "reminders, set together in session"


SET_TOGETHER = f"{STAFF_WRITES} AND kind = 'reminders'"


class Consent(ClinicalModel):
    """A dated yes to one version of a text, and its withdrawal."""

    kind = models.CharField(max_length=20, choices=ConsentKind)
    text_version = models.CharField(max_length=20)
    given_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    codes = ("kind", "text_version")
    rules = [
        Rule("portal", "select update", CLIENT_WRITES),
        Rule("portal", "insert", f"{CLIENT_WRITES} AND {BY_ME}"),
        Rule("therapist", "select", READABLE_CLIENT),
        Rule("therapist", "insert", f"{SET_TOGETHER} AND {BY_ME}"),
        Rule("therapist", "update", SET_TOGETHER, columns="withdrawn_at, version, updated_at"),
        Rule("admin", "select", MY_CLINIC, columns="id, clinic_id, client_id, kind, text_version, given_at, withdrawn_at"),
    ]

    class Meta:
        constraints = [
            one_of("kind", ConsentKind, "consent_kind"),
            models.CheckConstraint(name="consent_withdrawn_after", condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("given_at"))),
            models.UniqueConstraint(fields=["client", "kind"], condition=Q(withdrawn_at=None), name="consent_one_standing"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.text_version}"


class EndReason(models.TextChoices):
    """Why care ended, as structure that the office may count; never a judgement."""

    COMPLETED = "completed", _("what we set out to do is done")
    OWN_WISH = "own_wish", _("the client’s own wish")
    NO_REPLY = "no_reply", _("no reply to our messages")
    REFERRED = "referred", _("goes on with somebody else")
    MOVED = "moved", _("moved away")
    OTHER = "other", _("another reason")


class Episode(ClinicalModel):
    """A stretch of care; a client who comes back has a new one."""

    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=20, choices=EndReason, blank=True)

    # what the client's axis asks of everything that goes on it
    visibility = Visibility.MY_THERAPIST
    for_session = False

    codes = ("reason",)
    rules = [
        Rule("therapist", "select", READABLE_CLIENT),
        Rule("therapist", "insert", f"{STAFF_WRITES} AND {BY_ME}"),
        Rule("therapist", "update", STAFF_WRITES),
        Rule("portal", "select", OWN_RECORD),
        Rule("admin", "select insert update", MY_CLINIC),
    ]

    class Meta:
        constraints = [
            models.CheckConstraint(name="episode_ends_after", condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on"))),
            models.UniqueConstraint(fields=["client"], condition=Q(ended_on=None), name="episode_one_open"),
            models.CheckConstraint(name="episode_reason", condition=Q(reason__in=["", *EndReason.values])),
        ]

    def __str__(self) -> str:
        return f"from {self.started_on}"

    @property
    def occurred_at(self) -> datetime:
        return self.created_at
