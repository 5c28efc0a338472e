"""Each time a client reached out to somebody on the map."""

from django.db import models
from django.db.models import Q

from clients.models.base import Visibility, entry_rules
from clients.models.entries import ENTRY
from core.models import one_of
from strengths.models.base import ResourceModel
from strengths.models.supporter import Supporter


class How(models.TextChoices):
    CALLED = "called", "called"
    WROTE = "wrote", "wrote"
    MET = "met", "met"
    ASKED = "asked", "asked for help"
    OTHER = "other", "another way"


class ReachOut(ResourceModel):
    """She did it herself: the software writes to nobody. `felt` is how it was, 1 (hard) to 5 (good), or unsaid. `withdrawn_at`: taken back, with its copies."""

    supporter = models.ForeignKey(Supporter, models.PROTECT, related_name="reach_outs")
    how = models.CharField(max_length=10, choices=How)
    note = models.CharField(max_length=2000, blank=True)
    felt = models.PositiveSmallIntegerField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    words = ("note",)
    codes = ("how", "source_kind", "visibility")
    rules = entry_rules(f"{ENTRY}, supporter_id, how, felt, source_kind, source_id, withdrawn_at")

    class Meta:
        constraints = [
            one_of("visibility", Visibility, "reach_out_visibility"),
            one_of("how", How, "reach_out_how"),
            models.CheckConstraint(name="reach_out_felt", condition=Q(felt=None) | Q(felt__gte=1, felt__lte=5)),
            models.UniqueConstraint(fields=["source_kind", "source_id", "supporter"], condition=~Q(source_id=None), name="reach_out_source_once"),
        ]
        indexes = [models.Index(fields=["client", "-occurred_at"], name="reach_out_client_when")]

    def __str__(self) -> str:
        return f"{self.how} {self.occurred_at:%Y-%m-%d}"
