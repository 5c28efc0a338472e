"""A client's coping plan, its strategies, and each use of one."""

from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from clients.models.base import CLIENT_WRITES, STAFF_WRITES, ClinicalModel, EntryModel, Visibility, entry_rules
from clients.models.entries import ENTRY
from core.models import one_of
from core.rules import BY_ME, MY_CLINIC, READABLE_CLIENT, Rule

OWN_PREFIX = "own:"  # item_key in practice of a strategy that is no exercise: with the id of the first of its line


class CopingPlan(ClinicalModel):
    """One version of the plan: how she notices, what sets it off, a phrase to hold on to. `number` counts from 1; the highest is the plan.

    A sign is a key of safety/data/warning_signs.yaml or words; triggers are words. It is made together, so both read it; a version is never changed.
    `occurred_at` is when it was made; `source_*` name the run of an exercise that it came from.
    """

    number = models.PositiveIntegerField()
    occurred_at = models.DateTimeField(default=timezone.now)
    early_signs = models.JSONField(default=list)
    triggers = models.JSONField(default=list)
    phrase = models.CharField(max_length=5000, blank=True)  # the form asks for 300 at most; a loaded one may be longer
    source_kind = models.CharField(max_length=60, blank=True)
    source_id = models.UUIDField(null=True, blank=True)

    # what the client's axis asks of everything that goes on it
    visibility = Visibility.MY_THERAPIST
    for_session = False

    words = ("early_signs", "triggers", "phrase")
    codes = ("source_kind",)
    rules = [
        Rule("portal", "select", CLIENT_WRITES),
        Rule("portal", "insert", f"{CLIENT_WRITES} AND {BY_ME}"),
        Rule("therapist", "select", READABLE_CLIENT),
        Rule("therapist", "insert", f"{STAFF_WRITES} AND {BY_ME}"),
        Rule("admin", "select", MY_CLINIC, columns="id, clinic_id, client_id, created_at, number, occurred_at, source_kind, source_id"),
    ]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "number"], name="coping_plan_number"),
            models.UniqueConstraint(fields=["source_kind", "source_id"], condition=~Q(source_id=None), name="coping_plan_source_once"),
        ]

    def __str__(self) -> str:
        return f"coping plan {self.number}"


class StrategyState(models.TextChoices):
    ACTIVE = "active", "in the plan"
    RETIRED = "retired", "retired"
    REPLACED = "replaced", "replaced by a newer wording"


class CopingStrategy(EntryModel):
    """Something that helps: of one of the 17 kinds, in her words, with when and how. `item_key` names an exercise of the library, or is empty.

    Other words make a new row of the same `line` (the id of the first), and the old one stays as `replaced`: so the ledger goes on and nothing is lost.
    `measure` is what its uses rate, 0 to 10. `source_*` name the run of an exercise that it came from, and the step.
    """

    line = models.UUIDField()
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    how = models.CharField(max_length=2000, blank=True)
    when_to = models.CharField(max_length=300, blank=True)
    item_key = models.CharField(max_length=80, blank=True)
    measure = models.CharField(max_length=30)
    state = models.CharField(max_length=8, choices=StrategyState, default=StrategyState.ACTIVE)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    source_kind = models.CharField(max_length=60, blank=True)
    source_id = models.UUIDField(null=True, blank=True)
    source_step = models.CharField(max_length=60, blank=True)

    words = ("name", "how", "when_to")
    codes = ("kind", "item_key", "measure", "state", "source_kind", "source_step", "visibility")
    rules = entry_rules(f"{ENTRY}, line, kind, item_key, measure, state, ended_at, ended_by_id, source_kind, source_id, source_step")

    class Meta:
        constraints = [
            one_of("state", StrategyState, "strategy_state"),
            one_of("visibility", Visibility, "strategy_visibility"),
            models.UniqueConstraint(fields=["line"], condition=~Q(state="replaced"), name="strategy_line_once"),
            models.UniqueConstraint(fields=["source_kind", "source_id", "source_step"], condition=~Q(source_id=None), name="strategy_source_once"),
            models.CheckConstraint(name="strategy_ended_pair", condition=Q(state="active", ended_at=None) | (~Q(state="active") & Q(ended_at__isnull=False))),
        ]
        indexes = [models.Index(fields=["client", "state"], name="strategy_client_state")]

    @property
    def practice_key(self) -> str:
        """What its uses are called in practice and on the axis."""
        return self.item_key or own_key(self.line)

    def __str__(self) -> str:
        return self.name


def own_key(line: UUID) -> str:
    return f"{OWN_PREFIX}{line}"


class StrategyUse(EntryModel):
    """One use of a strategy: `before` and `after` are 0 to 10 of `measure`, each may be unsaid; `helped` is 1 to 5; `minutes`; the situation in words.

    `feelings` is [{"word": key, "intensity": 0-10 or None, "after": 0-10 or None}], at most three. `withdrawn_at`: taken back, with its copies.
    """

    strategy = models.ForeignKey(CopingStrategy, models.PROTECT, related_name="uses")
    measure = models.CharField(max_length=30)
    before = models.PositiveSmallIntegerField(null=True, blank=True)
    after = models.PositiveSmallIntegerField(null=True, blank=True)
    helped = models.PositiveSmallIntegerField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    situation = models.CharField(max_length=2000, blank=True)
    feelings = models.JSONField(default=list)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    words = ("situation", "feelings")
    codes = ("measure", "visibility")
    rules = entry_rules(f"{ENTRY}, strategy_id, measure, before, after, helped, minutes, withdrawn_at")

    class Meta:
        constraints = [
            one_of("visibility", Visibility, "use_visibility"),
            models.CheckConstraint(name="use_before", condition=Q(before=None) | Q(before__lte=10)),
            models.CheckConstraint(name="use_after", condition=Q(after=None) | Q(after__lte=10)),
            models.CheckConstraint(name="use_helped", condition=Q(helped=None) | Q(helped__gte=1, helped__lte=5)),
        ]
        indexes = [models.Index(fields=["strategy", "-occurred_at"], name="use_strategy_when")]

    def __str__(self) -> str:
        return f"use {self.occurred_at:%Y-%m-%d}"
