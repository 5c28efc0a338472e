"""What goes into the jar: wins, and the good things of a life."""

from django.db import models
from django.db.models import Q

from clients.models.base import EntryModel, Visibility, entry_rules
from clients.models.entries import ENTRY
from core.models import one_of

KEPT = f"{ENTRY}, withdrawn_at, source_kind, source_id, source_step"


class JarModel(EntryModel):
    """Something good in the client's own words, tied to a strength and to somebody on the map where that is wanted.

    A tie is no reading right: who may not read the strength or the person is not told of it (mindset.selectors.good). `withdrawn_at`: taken back.
    `source_*` name the run of an exercise that it came from, and the step; empty when it was put in by itself.
    """

    text = models.CharField(max_length=10_000)  # the form asks for 1000; an answer to an exercise may be longer
    why = models.CharField(max_length=10_000, blank=True)
    strength = models.ForeignKey("strengths.Strength", models.PROTECT, null=True, blank=True, related_name="+")
    supporter = models.ForeignKey("strengths.Supporter", models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    source_kind = models.CharField(max_length=60, blank=True)
    source_id = models.UUIDField(null=True, blank=True)
    source_step = models.CharField(max_length=60, blank=True)

    class Meta:
        abstract = True


class GoodKind(models.TextChoices):
    GOOD_THING = "good_thing", "a good thing"
    SAVOURED = "savoured", "a savoured moment"
    PLANNED = "planned", "something to look forward to"
    LETTER = "letter", "a thank-you letter"
    FUTURE = "future", "a good day, one year on"
    BOTH = "both", "hard and okay"


class GratitudeEntry(JarModel):
    """A good thing. `why` is what goes with it: why it happened, the title of a savoured moment, the best bit of a planned one, the hard part of a day
    that was also okay, the small step to a good day. `guess` and `real` are 0 to 10: how nice a planned thing was thought to be, and was.

    A letter is sent to nobody by the software.
    """

    kind = models.CharField(max_length=10, choices=GoodKind, default=GoodKind.GOOD_THING)
    guess = models.PositiveSmallIntegerField(null=True, blank=True)
    real = models.PositiveSmallIntegerField(null=True, blank=True)

    words = ("text", "why")
    codes = ("kind", "source_kind", "source_step", "visibility")
    rules = entry_rules(f"{KEPT}, kind")

    class Meta:
        constraints = [
            one_of("kind", GoodKind, "good_kind"),
            one_of("visibility", Visibility, "good_visibility"),
            models.CheckConstraint(name="good_guess", condition=Q(guess=None) | Q(guess__lte=10)),
            models.CheckConstraint(name="good_real", condition=Q(real=None) | Q(real__lte=10)),
            models.UniqueConstraint(fields=["source_kind", "source_id", "source_step"], condition=~Q(source_id=None), name="good_source_once"),
        ]
        indexes = [models.Index(fields=["client", "-occurred_at"], name="good_client_when")]

    def __str__(self) -> str:
        return f"{self.kind} {self.occurred_at:%Y-%m-%d}"


class Accomplishment(JarModel):
    """A win: something that took effort and was done. `why` is what it says about the person."""

    words = ("text", "why")
    codes = ("source_kind", "source_step", "visibility")
    rules = entry_rules(KEPT)

    class Meta:
        constraints = [
            one_of("visibility", Visibility, "win_visibility"),
            models.UniqueConstraint(fields=["source_kind", "source_id", "source_step"], condition=~Q(source_id=None), name="win_source_once"),
        ]
        indexes = [models.Index(fields=["client", "-occurred_at"], name="win_client_when")]

    def __str__(self) -> str:
        return f"win {self.occurred_at:%Y-%m-%d}"
