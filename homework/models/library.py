"""The exercise library: each exercise keeps its versions, so that old answers keep their own wording."""

from django.db import models

from clients.pillars import Pillar
from core.models import BaseModel, one_of
from core.rules import Rule

FOR_ALL = [Rule("therapist", "select", "true"), Rule("portal", "select", "true"), Rule("admin", "select", "true")]


class Exercise(BaseModel):
    """`key` is permanent; `current` is the version that new work uses."""

    key = models.SlugField(max_length=80)
    pillar = models.CharField(max_length=10, choices=Pillar)
    retired = models.BooleanField(default=False)

    codes = ("key", "pillar")
    rules = FOR_ALL

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key"], name="exercise_key_unique"), one_of("pillar", Pillar, "exercise_pillar")]

    def __str__(self) -> str:
        return self.key


class ExerciseVersion(BaseModel):
    """One wording of an exercise; `content` is the dict of `homework/data/exercises.yaml`. Never changed once made."""

    exercise = models.ForeignKey(Exercise, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    current = models.BooleanField(default=True)

    codes = ("content", "content_hash")
    rules = FOR_ALL

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
