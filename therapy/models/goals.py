"""Goals in the client's own words, with five levels (goal attainment scaling, Kiresuk & Sherman 1968, Community Ment Health J 4:443-453)."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from clients.models.base import CLIENT_WRITES, STAFF_WRITES, ClinicalModel, Visibility
from core.models import one_of
from core.rules import BY_ME, MY_CLINIC, READABLE_CLIENT, Rule


class GoalState(models.TextChoices):
    ACTIVE = "active", "active"
    CLOSED = "closed", "closed"


class Goal(ClinicalModel):
    """`text` is what she wants, in her words; `levels` is {"-2": text, ... "2": text}; `baseline` is where she began, -1 by convention."""

    text = models.CharField(max_length=5000)  # the form asks for 300 at most; a loaded goal may be longer
    levels = models.JSONField(default=dict)
    baseline = models.SmallIntegerField(default=-1)
    importance = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=6, choices=GoalState, default=GoalState.ACTIVE)

    words = ("text", "levels")
    codes = ("state",)
    rules = [
        Rule("therapist", "select", READABLE_CLIENT),
        Rule("therapist", "insert", f"{STAFF_WRITES} AND {BY_ME}"),
        Rule("therapist", "update", STAFF_WRITES),
        Rule("portal", "select update", CLIENT_WRITES),
        Rule("portal", "insert", f"{CLIENT_WRITES} AND {BY_ME}"),
        Rule("admin", "select", MY_CLINIC, columns="id, clinic_id, client_id, created_at, baseline, importance, state"),
    ]

    class Meta:
        constraints = [
            one_of("state", GoalState, "goal_state"),
            models.CheckConstraint(name="goal_baseline", condition=Q(baseline__gte=-2, baseline__lte=2)),
            models.CheckConstraint(name="goal_importance", condition=Q(importance__gte=1, importance__lte=3)),
        ]

    def __str__(self) -> str:
        return "goal"


class GoalRating(ClinicalModel):
    """Where she is on a goal on one day, -2 to 2."""

    goal = models.ForeignKey(Goal, models.PROTECT, related_name="ratings")
    level = models.SmallIntegerField()
    rated_on = models.DateField()

    # what the client's axis asks of everything that goes on it
    visibility = Visibility.MY_THERAPIST
    for_session = False

    rules = [
        Rule("therapist", "select", READABLE_CLIENT),
        Rule("therapist", "insert", f"{STAFF_WRITES} AND {BY_ME}"),
        Rule("therapist", "update", STAFF_WRITES),
        Rule("portal", "select update", CLIENT_WRITES),
        Rule("portal", "insert", f"{CLIENT_WRITES} AND {BY_ME}"),
        Rule("admin", "select", MY_CLINIC, columns="id, clinic_id, client_id, created_at, goal_id, level, rated_on"),
    ]

    class Meta:
        constraints = [
            models.CheckConstraint(name="goal_rating_level", condition=Q(level__gte=-2, level__lte=2)),
            models.UniqueConstraint(fields=["goal", "rated_on"], name="goal_rating_once_a_day"),
        ]

    @property
    def occurred_at(self) -> datetime:
        return self.created_at

    def __str__(self) -> str:
        return str(self.level)
