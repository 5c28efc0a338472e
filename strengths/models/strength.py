"""Strengths, and who spotted them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from clients.models.base import Visibility, entry_rules
from clients.models.entries import ENTRY
from core.models import one_of
from strengths.models.base import ResourceModel


class SpottedBy(models.TextChoices):
    CLIENT = "client", "the client"
    THERAPIST = "therapist", "the therapist"
    BORROWED = "borrowed", "somebody else's eyes"


class Strength(ResourceModel):
    """One strength: a key of strengths/data/strengths.yaml, or her own words.

    A key stands once per person who noted it: what the client keeps to herself must not show by her therapist's being refused the same one.
    `withdrawn_at`: taken off the list by `withdrawn_by`; chosen again it comes back with its moments.
    """

    key = models.CharField(max_length=40, blank=True)
    own_words = models.CharField(max_length=200, blank=True)
    spotted_by = models.CharField(max_length=10, choices=SpottedBy)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    words = ("own_words",)
    codes = ("key", "spotted_by", "source_kind", "visibility")
    rules = entry_rules(f"{ENTRY}, key, spotted_by, withdrawn_at, withdrawn_by_id, source_kind, source_id")

    class Meta:
        constraints = [
            one_of("spotted_by", SpottedBy, "strength_spotted_by"),
            one_of("visibility", Visibility, "strength_visibility"),
            models.CheckConstraint(name="strength_named", condition=~Q(key="", own_words="")),
            models.UniqueConstraint(fields=["client", "key", "created_by"], condition=~Q(key=""), name="strength_once"),
        ]

    def __str__(self) -> str:
        return self.key or self.own_words
