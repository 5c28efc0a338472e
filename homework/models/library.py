"""The exercise library: each exercise keeps its versions, so that old answers keep their own wording.

What comes with the product belongs to no clinic and is written by the owner's login alone. A clinic's own exercises are its staff's to write and
its own people's to read (docs/decisions/0015).
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from clients.pillars import Pillar
from core.models import BaseModel, one_of
from core.rules import BY_ME, MY_CLINIC, Rule, RuleKind
from homework.player.exercise import OWN_PREFIX

READ = f"(clinic_id IS NULL OR {MY_CLINIC})"
OWN_EXERCISE = "EXISTS (SELECT FROM homework_exercise e WHERE e.id = exercise_id AND e.clinic_id = {my_clinic})"
OWN_KEY = Q(clinic=None) & ~Q(key__startswith=OWN_PREFIX) | Q(clinic__isnull=False) & Q(key__startswith=OWN_PREFIX)
READERS: tuple[RuleKind, ...] = ("therapist", "portal", "admin")
WRITERS: tuple[RuleKind, ...] = ("therapist", "admin")


class Exercise(BaseModel):
    """`key` is permanent; the version that is `current` is the one that new work uses.

    `clinic` is empty for what comes with the product. `adapted_from` is the key of the exercise that an own one was made from.
    """

    clinic = models.ForeignKey("accounts.Clinic", models.PROTECT, null=True, blank=True, related_name="+")
    key = models.SlugField(max_length=80)
    pillar = models.CharField(max_length=10, choices=Pillar)
    adapted_from = models.SlugField(max_length=80, blank=True)
    retired = models.BooleanField(default=False)
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    codes = ("key", "pillar", "adapted_from")
    rules = [
        *(Rule(kind, "select", READ) for kind in READERS),
        *(Rule(kind, "insert", f"{MY_CLINIC} AND {BY_ME}") for kind in WRITERS),
        *(Rule(kind, "update", MY_CLINIC, columns="pillar, retired, retired_at, retired_by_id") for kind in WRITERS),
    ]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key"], name="exercise_key_unique"),
            one_of("pillar", Pillar, "exercise_pillar"),
            models.CheckConstraint(name="exercise_own_key", condition=OWN_KEY),
        ]

    def __str__(self) -> str:
        return self.key


class ExerciseVersion(BaseModel):
    """One wording of an exercise; `content` is the dict of `homework/data/exercises.yaml`. Never changed once made. `clinic` is the exercise's."""

    clinic = models.ForeignKey("accounts.Clinic", models.PROTECT, null=True, blank=True, related_name="+")
    exercise = models.ForeignKey(Exercise, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    current = models.BooleanField(default=True)

    names = ("content",)
    codes = ("content_hash",)
    rules = [
        *(Rule(kind, "select", READ) for kind in READERS),
        *(Rule(kind, "insert", f"{MY_CLINIC} AND {BY_ME} AND {OWN_EXERCISE}") for kind in WRITERS),
        *(Rule(kind, "update", MY_CLINIC, columns="current") for kind in WRITERS),
    ]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["exercise", "number"], name="exercise_version_once"),
            models.UniqueConstraint(fields=["exercise"], condition=models.Q(current=True), name="exercise_one_current"),
        ]

    def __str__(self) -> str:
        return f"{self.exercise_id} v{self.number}"

    @property
    def title(self) -> str:
        return str(self.content["title"])
