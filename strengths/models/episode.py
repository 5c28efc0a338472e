"""The moments a strength stands on."""

from django.db import models
from django.db.models import Q

from clients.models.base import Visibility, entry_rules
from clients.models.entries import ENTRY
from core.models import one_of
from strengths.models.base import ResourceModel
from strengths.models.strength import Strength


class SaidBy(models.TextChoices):
    CLIENT = "client", "the client"
    THERAPIST = "therapist", "the therapist"
    BORROWED = "borrowed", "somebody else"


class StrengthEpisode(ResourceModel):
    """One moment that shows a strength: what happened, on which day, and who said it; `eyes` is the first name of somebody else who did.

    A change of words keeps the row and puts the older ones beside it as a row of its own, with `earlier_of`: who could not read them then cannot now.
    `withdrawn_at`: taken back by its author. `occurred_at` is noon of the day by the client's own clock, where no hour is known.
    """

    strength = models.ForeignKey(Strength, models.PROTECT, related_name="episodes")
    happened = models.CharField(max_length=10_000)  # the page asks for 2000; an answer to an exercise may be longer
    said_by = models.CharField(max_length=10, choices=SaidBy, default=SaidBy.CLIENT)
    eyes = models.CharField(max_length=200, blank=True)
    earlier_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="earlier")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    words = ("happened", "eyes")
    codes = ("said_by", "source_kind", "visibility")
    rules = entry_rules(f"{ENTRY}, strength_id, said_by, earlier_of_id, withdrawn_at, source_kind, source_id")

    class Meta:
        constraints = [
            one_of("said_by", SaidBy, "episode_said_by"),
            one_of("visibility", Visibility, "episode_visibility"),
            models.CheckConstraint(name="episode_eyes", condition=Q(said_by="borrowed") | Q(eyes="")),
            models.UniqueConstraint(fields=["source_kind", "source_id"], condition=~Q(source_id=None), name="episode_source_once"),
        ]
        indexes = [models.Index(fields=["client", "-occurred_at"], name="episode_client_when")]

    def __str__(self) -> str:
        return f"moment {self.occurred_at:%Y-%m-%d}"
