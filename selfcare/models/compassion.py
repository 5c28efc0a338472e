"""Negative self-talk and the kinder answer to it."""

from django.db import models
from django.db.models import Q

from clients.models.base import EntryModel, Visibility, entry_rules
from clients.models.entries import ENTRY
from core.models import one_of


class NoteKind(models.TextChoices):
    CAUGHT = "caught", "self-talk that was caught"
    BREAK = "break", "kind words from a kind minute"
    LETTER = "letter", "a letter from a best friend"
    COACH = "coach", "a coach in place of the critic"
    GOOD_ENOUGH = "good_enough", "good enough"


class CompassionNote(EntryModel):
    """Self-talk that was caught, and the kinder answer, as soon as there is one. `belief_*`: how true the self-talk felt, 0 to 10, each may be unsaid.

    The same self-talk caught again is a row of its own with the `line` of the first, which is the first one's id. In `good_enough` the answer is the own
    sentence and the self-talk the rule that was let go. `withdrawn_at`: taken back. `source_*` name the run of an exercise that it came from.
    `put_away_at`: when a letter that she asked to have back was put away from Today; nobody else reads that.
    """

    line = models.UUIDField()
    kind = models.CharField(max_length=12, choices=NoteKind, default=NoteKind.CAUGHT)
    self_talk = models.CharField(max_length=5000, blank=True)  # the form asks for 500; an answer to an exercise may be longer
    kinder_answer = models.CharField(max_length=10_000, blank=True)
    belief_before = models.PositiveSmallIntegerField(null=True, blank=True)
    belief_after = models.PositiveSmallIntegerField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    source_kind = models.CharField(max_length=60, blank=True)
    source_id = models.UUIDField(null=True, blank=True)
    put_away_at = models.DateTimeField(null=True, blank=True)

    words = ("self_talk", "kinder_answer")
    codes = ("kind", "source_kind", "visibility")
    rules = entry_rules(f"{ENTRY}, line, kind, belief_before, belief_after, withdrawn_at, source_kind, source_id")

    class Meta:
        constraints = [
            one_of("kind", NoteKind, "compassion_kind"),
            one_of("visibility", Visibility, "compassion_visibility"),
            models.CheckConstraint(name="compassion_said", condition=~Q(self_talk="", kinder_answer="")),
            models.CheckConstraint(name="compassion_before", condition=Q(belief_before=None) | Q(belief_before__lte=10)),
            models.CheckConstraint(name="compassion_after", condition=Q(belief_after=None) | Q(belief_after__lte=10)),
            models.UniqueConstraint(fields=["source_kind", "source_id"], condition=~Q(source_id=None), name="compassion_source_once"),
        ]
        indexes = [models.Index(fields=["client", "-occurred_at"], name="compassion_client_when")]

    def __str__(self) -> str:
        return f"{self.kind} {self.occurred_at:%Y-%m-%d}"
