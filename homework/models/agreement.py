"""What is agreed with a client, and "not today"."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from clients.models.base import CLIENT_WRITES, STAFF_WRITES, ClinicalModel, EntryModel, Visibility, entry_rules
from core.models import one_of
from core.rules import BY_ME, MY_CLINIC, READABLE_CLIENT, Rule
from homework.models.library import ExerciseVersion


class AssignmentState(models.TextChoices):
    ACTIVE = "active", "active"
    FINISHED = "finished", "finished"
    STOPPED = "stopped", "stopped"
    REPLACED = "replaced", "replaced"


STRUCTURE = (
    "id, clinic_id, client_id, created_at, created_by_id, version, updated_at, exercise_version_id, item_key, per_week, weeks,"
    " starts_on, look_at_on, confidence, state, state_changed_at, state_changed_by_id, replaced_by_id"
)


class Assignment(ClinicalModel):
    """An exercise agreed with a client: why, how often, and when both look at it.

    `confidence` is her 0-10 answer to "how sure are you?"; the author of the row confirmed the care notes by sending it.
    """

    exercise_version = models.ForeignKey(ExerciseVersion, models.PROTECT, related_name="+")
    item_key = models.CharField(max_length=80)
    per_week = models.PositiveSmallIntegerField(default=1)
    weeks = models.PositiveSmallIntegerField(default=1)
    starts_on = models.DateField()
    look_at_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    if_then = models.CharField(max_length=500, blank=True)
    confidence = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=AssignmentState, default=AssignmentState.ACTIVE)
    state_changed_at = models.DateTimeField(null=True, blank=True)
    state_changed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    stop_why = models.CharField(max_length=500, blank=True)
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    words = ("reason", "if_then", "stop_why")
    codes = ("item_key", "state")
    rules = [
        Rule("therapist", "select", READABLE_CLIENT),
        Rule("therapist", "insert", f"{STAFF_WRITES} AND {BY_ME}"),
        Rule("therapist", "update", STAFF_WRITES),
        Rule("portal", "select", CLIENT_WRITES),
        Rule("portal", "update", CLIENT_WRITES, columns="state, state_changed_at, state_changed_by_id, stop_why, version, updated_at"),
        Rule("admin", "select", MY_CLINIC, columns=STRUCTURE),
    ]

    class Meta:
        constraints = [
            one_of("state", AssignmentState, "homework_state"),
            models.CheckConstraint(name="homework_confidence", condition=Q(confidence=None) | Q(confidence__lte=10)),
            models.CheckConstraint(name="homework_dose", condition=Q(per_week__gte=1, per_week__lte=70, weeks__gte=1, weeks__lte=52)),
            models.UniqueConstraint(fields=["client", "item_key"], condition=Q(state="active"), name="homework_once_active"),
        ]
        indexes = [models.Index(fields=["client", "state"], name="homework_client_state")]

    def __str__(self) -> str:
        return self.item_key

    # what the client's axis asks of everything that goes on it: an agreement is never private to one side
    visibility = Visibility.MY_THERAPIST
    for_session = False

    @property
    def occurred_at(self) -> datetime:
        return self.created_at

    @property
    def planned(self) -> int:
        """How often in all."""
        return self.per_week * self.weeks


class NotTodayChoice(models.TextChoices):
    SMALLER = "smaller", "a smaller version"
    ANOTHER_DAY = "another_day", "another day"
    TALK = "talk", "talk about it"
    SKIP = "skip", "skip it"


class NotToday(EntryModel):
    """One tap on what got in the way (a key of homework/data/barriers.yaml) and what to do instead. No blame, no default."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="not_today")
    barrier = models.CharField(max_length=40, blank=True)
    choice = models.CharField(max_length=12, choices=NotTodayChoice)
    until = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)

    words = ("note",)
    codes = ("barrier", "choice", "visibility")
    rules = entry_rules(
        "id, clinic_id, client_id, created_at, occurred_at, recorded_at, visibility, for_session, assignment_id, barrier, choice, until", staff_write=False
    )

    class Meta:
        constraints = [one_of("choice", NotTodayChoice, "not_today_choice"), one_of("visibility", Visibility, "not_today_visibility")]
        indexes = [models.Index(fields=["client", "-occurred_at"], name="not_today_client_when")]

    def __str__(self) -> str:
        return self.choice
