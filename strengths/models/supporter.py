"""Who and what stands on a client's map."""

from django.db import models
from django.db.models import Q

from clients.models.base import Visibility, entry_rules
from clients.models.entries import ENTRY
from core.models import one_of
from strengths.models.base import ResourceModel


class Supporter(ResourceModel):
    """A person, pet, place, group, service or activity on her map; `ring` 1 is closest.

    A first name or nickname is enough. The software never contacts anyone here.
    """

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=40, blank=True)
    ring = models.PositiveSmallIntegerField(default=2)

    words = ("name",)
    codes = ("kind", "source_kind", "visibility")
    rules = entry_rules(f"{ENTRY}, kind, ring, source_kind, source_id")

    class Meta:
        constraints = [
            one_of("visibility", Visibility, "supporter_visibility"),
            models.CheckConstraint(name="supporter_ring", condition=Q(ring__gte=1, ring__lte=3)),
        ]
        indexes = [models.Index(fields=["client", "ring"], name="supporter_client_ring")]

    def __str__(self) -> str:
        return self.name
