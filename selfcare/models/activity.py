"""What is in a client's week, and which parts of looking after oneself are left out of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.models.base import CLIENT_WRITES, STAFF_WRITES, ClinicalModel, EntryModel, Visibility, entry_rules
from clients.models.entries import ENTRY
from core.models import one_of
from core.rules import BY_ME, MY_CLINIC, READABLE_CLIENT, Rule


class ActivityState(models.TextChoices):
    ACTIVE = "active", "in the week"
    RETIRED = "retired", "put away"
    REPLACED = "replaced", "replaced by a newer wording"


class Often(models.TextChoices):
    """How often it is meant to be. It is a wish: nothing counts against it."""

    DAILY = "daily", _("Every day")
    FEW = "few", _("A few times a week")
    WEEKLY = "weekly", _("Once a week")
    SUITS = "suits", _("When it suits")


class SelfCareActivity(EntryModel):
    """Something she does for herself: its domain (selfcare/data/domains.yaml), a name, how often, and three sizes in her own words.

    Other words make a new row of the same `line` (the id of the first), and the old one stays as `replaced`. `source_*` name the run of an exercise
    that it came from, and the step.
    """

    line = models.UUIDField()
    domain = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    often = models.CharField(max_length=6, choices=Often, default=Often.SUITS)
    tiny = models.CharField(max_length=300, blank=True)
    standard = models.CharField(max_length=300, blank=True)
    stretch = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=8, choices=ActivityState, default=ActivityState.ACTIVE)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    source_kind = models.CharField(max_length=60, blank=True)
    source_id = models.UUIDField(null=True, blank=True)
    source_step = models.CharField(max_length=60, blank=True)

    words = ("name", "tiny", "standard", "stretch")
    codes = ("domain", "often", "state", "source_kind", "source_step", "visibility")
    rules = entry_rules(f"{ENTRY}, line, domain, often, state, ended_at, ended_by_id, source_kind, source_id, source_step")

    class Meta:
        constraints = [
            one_of("often", Often, "activity_often"),
            one_of("state", ActivityState, "activity_state"),
            one_of("visibility", Visibility, "activity_visibility"),
            models.UniqueConstraint(fields=["line"], condition=~Q(state="replaced"), name="activity_line_once"),
            models.UniqueConstraint(fields=["source_kind", "source_id", "source_step"], condition=~Q(source_id=None), name="activity_source_once"),
            models.CheckConstraint(name="activity_ended_pair", condition=Q(state="active", ended_at=None) | (~Q(state="active") & Q(ended_at__isnull=False))),
        ]
        indexes = [models.Index(fields=["client", "state"], name="activity_client_state")]

    def words_of(self, size: str) -> str:
        """What this size is, in her own words."""
        return {"tiny": self.tiny, "standard": self.standard, "stretch": self.stretch}.get(size, "")

    def __str__(self) -> str:
        return self.name


class HiddenBy(models.TextChoices):
    CLIENT = "client", "the client"
    STAFF = "staff", "the team"


class DomainHidden(ClinicalModel):
    """A domain that is left out of one client's week. Each side says so for itself, and only that side takes it back; `hidden` is false by then."""

    domain = models.CharField(max_length=20)
    side = models.CharField(max_length=6, choices=HiddenBy)
    hidden = models.BooleanField(default=True)

    codes = ("domain", "side")
    rules = [
        Rule("portal", "select", CLIENT_WRITES),
        Rule("portal", "insert", f"{CLIENT_WRITES} AND {BY_ME} AND side = 'client'"),
        Rule("portal", "update", f"{CLIENT_WRITES} AND side = 'client'"),
        Rule("therapist", "select", READABLE_CLIENT),
        Rule("therapist", "insert", f"{STAFF_WRITES} AND {BY_ME} AND side = 'staff'"),
        Rule("therapist", "update", f"{STAFF_WRITES} AND side = 'staff'"),
        Rule("admin", "select", MY_CLINIC),
    ]

    class Meta:
        constraints = [
            one_of("side", HiddenBy, "domain_hidden_side"),
            models.UniqueConstraint(fields=["client", "domain", "side"], name="domain_hidden_once"),
        ]

    def __str__(self) -> str:
        return f"{self.domain} left out by {self.side}"
