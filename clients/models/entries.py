"""What a client reports, and the two tables that every pillar writes: the timeline and practice."""

from typing import TypeVar

from django.db import models
from django.db.models import Q

from clients.models.base import EntryModel, Visibility, entry_rules
from clients.pillars import Pillar
from core.models import one_of

ENTRY = "id, clinic_id, client_id, created_at, occurred_at, recorded_at, visibility, for_session"


class CheckIn(EntryModel):
    """How are you right now: mood 1 (very hard) to 5 (good), what would help, and a few words and feelings if she likes.

    `feelings` is [{"word": key, "intensity": 0-10 or None}], at most three.
    """

    mood = models.PositiveSmallIntegerField()
    need = models.CharField(max_length=20, blank=True)
    note = models.CharField(max_length=5000, blank=True)  # the tap offers 500; a loaded or carried-over diary may be longer
    feelings = models.JSONField(default=list)

    words = ("note", "feelings")
    codes = ("need", "visibility")
    rules = entry_rules(f"{ENTRY}, mood, need", staff_write=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="checkin_mood", condition=Q(mood__gte=1, mood__lte=5)),
            one_of("visibility", Visibility, "checkin_visibility"),
        ]
        indexes = [models.Index(fields=["client", "-occurred_at"], name="checkin_client_when")]

    def __str__(self) -> str:
        return f"check-in {self.mood}"


Copy = TypeVar("Copy", bound="CopyModel")


class StandingManager(models.Manager[Copy]):
    """What stands: everybody reads copies through this, so that one whose source was taken back is on no page and in no count."""

    def get_queryset(self) -> models.QuerySet[Copy]:
        return super().get_queryset().filter(withdrawn_at=None)


class CopyModel(EntryModel):
    """A copy of an entry for a table that every pillar writes. Nothing clinical is ever deleted: `withdrawn_at` says that its source was taken back."""

    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class TimelineEntry(CopyModel):
    """One line on a client's one axis, written by the service that wrote its source, in the same transaction.

    `value` is empty unless the ratings are shared; `item_key` names an exercise of the library. Visibility is the source's.
    """

    pillar = models.CharField(max_length=10, choices=Pillar, blank=True)
    kind = models.CharField(max_length=30)
    item_key = models.CharField(max_length=80, blank=True)
    value = models.FloatField(null=True, blank=True)
    source_kind = models.CharField(max_length=60)
    source_id = models.UUIDField()

    objects = StandingManager()

    codes = ("pillar", "kind", "item_key", "source_kind", "visibility")
    rules = entry_rules(f"{ENTRY}, pillar, kind, item_key, value, source_kind, source_id, withdrawn_at")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source_kind", "source_id", "kind"], name="timeline_source_once"),
            one_of("visibility", Visibility, "timeline_visibility"),
            models.CheckConstraint(name="timeline_pillar", condition=Q(pillar="") | Q(pillar__in=Pillar.values)),
        ]
        indexes = [models.Index(fields=["client", "-occurred_at"], include=["visibility", "pillar", "kind"], name="timeline_client_when")]

    def __str__(self) -> str:
        return f"{self.kind} {self.item_key}"


class Practice(CopyModel):
    """One use of an exercise or strategy. `before` and `after` are the 0-10 ratings of `measure`, both or none; `helped` is 1 to 5."""

    pillar = models.CharField(max_length=10, choices=Pillar)
    item_key = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    measure = models.CharField(max_length=30, blank=True)
    before = models.PositiveSmallIntegerField(null=True, blank=True)
    after = models.PositiveSmallIntegerField(null=True, blank=True)
    helped = models.PositiveSmallIntegerField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    source_kind = models.CharField(max_length=60)
    source_id = models.UUIDField()

    objects = StandingManager()

    words = ("name",)
    codes = ("pillar", "item_key", "measure", "source_kind", "visibility")
    rules = entry_rules(f"{ENTRY}, pillar, item_key, measure, before, after, helped, minutes, source_kind, source_id, withdrawn_at")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source_kind", "source_id", "measure"], name="practice_source_once"),
            one_of("visibility", Visibility, "practice_visibility"),
            one_of("pillar", Pillar, "practice_pillar"),
            models.CheckConstraint(name="practice_before", condition=Q(before=None) | Q(before__lte=10)),
            models.CheckConstraint(name="practice_after", condition=Q(after=None) | Q(after__lte=10)),
            models.CheckConstraint(name="practice_helped", condition=Q(helped=None) | Q(helped__gte=1, helped__lte=5)),
        ]
        indexes = [models.Index(fields=["client", "item_key"], name="practice_client_item")]

    def __str__(self) -> str:
        return self.name
