"""One log of an activity, or one night."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clients.models.base import EntryModel, Visibility, entry_rules
from clients.models.entries import ENTRY
from core.models import one_of
from selfcare.models.activity import SelfCareActivity


class EntryKind(models.TextChoices):
    LOG = "log", "an activity"
    NIGHT = "night", "a night"


class Size(models.TextChoices):
    TINY = "tiny", _("Tiny")
    STANDARD = "standard", _("Standard")
    STRETCH = "stretch", _("Stretch")


class SelfCareEntry(EntryModel):
    """One log: `activity` in the wording of that time and its `line`, or `name` for what is not in the week; `size` may be unsaid.

    A night has `bed`, `wake` and `quality` (0 to 10), each may be unsaid; its `day` is the morning. `day` is the day by the client's own clock.
    One log of an activity a day and one night a morning; what a run of an exercise left (`source_*`) stands beside them.
    `withdrawn_at`: taken back, with its copies.
    """

    kind = models.CharField(max_length=5, choices=EntryKind, default=EntryKind.LOG)
    activity = models.ForeignKey(SelfCareActivity, models.PROTECT, null=True, blank=True, related_name="entries")
    line = models.UUIDField(null=True, blank=True)
    domain = models.CharField(max_length=20)
    name = models.CharField(max_length=200, blank=True)
    size = models.CharField(max_length=8, choices=Size, blank=True)
    day = models.DateField()
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.CharField(max_length=2000, blank=True)
    bed = models.DateTimeField(null=True, blank=True)
    wake = models.DateTimeField(null=True, blank=True)
    quality = models.PositiveSmallIntegerField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    source_kind = models.CharField(max_length=60, blank=True)
    source_id = models.UUIDField(null=True, blank=True)
    source_step = models.CharField(max_length=60, blank=True)

    words = ("name", "note")
    codes = ("kind", "domain", "size", "source_kind", "source_step", "visibility")
    rules = entry_rules(f"{ENTRY}, kind, activity_id, line, domain, size, day, minutes, bed, wake, quality, withdrawn_at, source_kind, source_id, source_step")

    class Meta:
        constraints = [
            one_of("kind", EntryKind, "selfcare_kind"),
            one_of("visibility", Visibility, "selfcare_visibility"),
            models.CheckConstraint(name="selfcare_size", condition=Q(size="") | Q(size__in=Size.values)),
            models.CheckConstraint(name="selfcare_quality", condition=Q(quality=None) | Q(quality__lte=10)),
            models.CheckConstraint(name="selfcare_night_order", condition=Q(bed=None) | Q(wake=None) | Q(wake__gt=F("bed"))),
            models.CheckConstraint(
                name="selfcare_line_pair", condition=Q(activity=None, line=None) | Q(activity__isnull=False, line__isnull=False, kind="log")
            ),
            models.UniqueConstraint(fields=["line", "day"], condition=Q(withdrawn_at=None, source_id=None), name="selfcare_log_once"),
            models.UniqueConstraint(fields=["client", "day"], condition=Q(kind="night", withdrawn_at=None, source_id=None), name="selfcare_night_once"),
            models.UniqueConstraint(fields=["source_kind", "source_id", "source_step"], condition=~Q(source_id=None), name="selfcare_source_once"),
        ]
        indexes = [models.Index(fields=["client", "-day"], name="selfcare_client_day")]

    @property
    def slept(self) -> int | None:
        """Minutes from bed to getting up, as they really went by, also over a change of the clocks; None when one of the two is unsaid."""
        if self.bed is None or self.wake is None:
            return None
        return int((self.wake - self.bed).total_seconds() // 60)

    @property
    def own(self) -> bool:
        """Written here, not left by a run of an exercise."""
        return self.source_id is None

    def __str__(self) -> str:
        return f"{self.kind} {self.day}"
