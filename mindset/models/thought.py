"""A thought that was looked at, and the facts for and against it."""

from django.db import models
from django.db.models import Q

from clients.models.base import EntryModel, Visibility, entry_rules
from clients.models.entries import ENTRY
from core.models import one_of
from strengths.models import StrengthEpisode

MEASURES = ("belief", "distress", "likelihood")


class ThoughtKind(models.TextChoices):
    FULL = "full", "all questions"
    SHORT = "short", "the short version"
    TEST = "test", "tried out"
    RULE = "rule", "an old rule and a new one"


class ThoughtRecord(EntryModel):
    """One thought and what became of it. `belief_before` and `belief_after` are 0 to 10 of `measure`: belief, for some exercises distress or likelihood.

    `feelings` is [{"word": key, "intensity": 0-10 or None, "after": 0-10 or None}]; `patterns` are keys of data/distortions.yaml, ["none"] where none fits.
    `fairer` is the fairer thought, the kept view, the new rule, or what a test taught; `expected` and `happened` belong to a test, `next_step` to all.
    `short_next`: the short version is to be offered next time. `source_*` name the run it was made in. `withdrawn_at`: taken back.
    """

    kind = models.CharField(max_length=5, choices=ThoughtKind)
    situation = models.CharField(max_length=10_000, blank=True)
    feelings = models.JSONField(default=list)
    thought = models.CharField(max_length=10_000)
    measure = models.CharField(max_length=30, default=MEASURES[0])
    belief_before = models.PositiveSmallIntegerField(null=True, blank=True)
    belief_after = models.PositiveSmallIntegerField(null=True, blank=True)
    patterns = models.JSONField(default=list)
    fairer = models.CharField(max_length=10_000, blank=True)
    fairer_belief = models.PositiveSmallIntegerField(null=True, blank=True)
    expected = models.CharField(max_length=2000, blank=True)
    happened = models.CharField(max_length=10_000, blank=True)
    next_step = models.CharField(max_length=2000, blank=True)
    short_next = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    source_kind = models.CharField(max_length=60, blank=True)
    source_id = models.UUIDField(null=True, blank=True)

    words = ("situation", "feelings", "thought", "patterns", "fairer", "expected", "happened", "next_step")
    codes = ("kind", "measure", "source_kind", "visibility")
    rules = entry_rules(f"{ENTRY}, kind, withdrawn_at, source_kind, source_id")

    class Meta:
        constraints = [
            one_of("kind", ThoughtKind, "thought_kind"),
            one_of("visibility", Visibility, "thought_visibility"),
            *(
                models.CheckConstraint(name=f"thought_{name}", condition=Q(**{name: None}) | Q(**{f"{name}__lte": 10}))
                for name in ("belief_before", "belief_after", "fairer_belief")
            ),
            models.UniqueConstraint(fields=["source_kind", "source_id"], condition=~Q(source_id=None), name="thought_source_once"),
        ]
        indexes = [models.Index(fields=["client", "-occurred_at"], name="thought_client_when")]

    def __str__(self) -> str:
        return f"thought {self.occurred_at:%Y-%m-%d}"


class Side(models.TextChoices):
    FOR = "for", "fits with the thought"
    AGAINST = "against", "does not fit with it"


class Evidence(EntryModel):
    """One fact: in words, or a moment kept under a strength. `rank` counts from 0 on each side.

    Visibility is the record's, and never wider than the moment's: what points at a private moment is private. `withdrawn_at`: taken out of the record.
    """

    record = models.ForeignKey(ThoughtRecord, models.PROTECT, related_name="evidence")
    side = models.CharField(max_length=7, choices=Side)
    text = models.CharField(max_length=10_000, blank=True)
    moment = models.ForeignKey(StrengthEpisode, models.PROTECT, null=True, blank=True, related_name="+")
    rank = models.PositiveSmallIntegerField(default=0)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    words = ("text",)
    codes = ("side", "visibility")
    rules = entry_rules(f"{ENTRY}, record_id, side, rank, withdrawn_at")

    class Meta:
        constraints = [
            one_of("side", Side, "evidence_side"),
            one_of("visibility", Visibility, "evidence_visibility"),
            models.CheckConstraint(name="evidence_one", condition=Q(moment=None) & ~Q(text="") | Q(moment__isnull=False, text="")),
        ]
        indexes = [models.Index(fields=["record", "side", "rank"], name="evidence_record_rank")]

    def __str__(self) -> str:
        return f"{self.side} {self.rank}"
