"""Who and what stands on a client's map."""

from django.db import models
from django.db.models import Q

from clients.models.base import Visibility, entry_rules
from clients.models.entries import ENTRY
from core.models import one_of
from strengths.models.base import ResourceModel


class Ease(models.TextChoices):
    """How it is to ask them; empty where nobody has said."""

    EASY = "easy", "easy"
    COURAGE = "courage", "takes some courage"
    HARD = "hard", "hard right now"


class Supporter(ResourceModel):
    """A person, pet, place, group, service or activity on her map; `ring` 1 is closest. `in_heart`: died or out of reach; kept, and in no list of calls.

    A first name or nickname is enough; `relation` says in her words who it is. `helps` are keys of strengths/data/helps.yaml. `withdrawn_at`: off the map.
    `history` is what it was before each change of place, help or state, oldest first (strengths.people_then); the service only ever adds to it.
    The software never contacts anyone here, and no number of theirs is kept.
    """

    name = models.CharField(max_length=200)
    relation = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=40, blank=True)
    ring = models.PositiveSmallIntegerField(default=2)
    in_heart = models.BooleanField(default=False)
    helps = models.JSONField(default=list)
    ease = models.CharField(max_length=10, choices=Ease, blank=True)
    do_not_contact = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    history = models.JSONField(default=list, editable=False)

    words = ("name", "relation")
    codes = ("kind", "helps", "ease", "history", "source_kind", "visibility")
    rules = entry_rules(f"{ENTRY}, kind, ring, source_kind, source_id, withdrawn_at")

    class Meta:
        constraints = [
            one_of("visibility", Visibility, "supporter_visibility"),
            models.CheckConstraint(name="supporter_ring", condition=Q(ring__gte=1, ring__lte=3)),
            models.CheckConstraint(name="supporter_ease", condition=Q(ease="") | Q(ease__in=Ease.values)),
        ]
        indexes = [models.Index(fields=["client", "ring"], name="supporter_client_ring")]

    def __str__(self) -> str:
        return self.name
