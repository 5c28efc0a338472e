"""One doing of an exercise, and its answers, a row each, so that ratings can be shared and words kept."""

from django.db import models
from django.db.models import Q

from clients.models.base import CLIENT_WRITES, STAFF_WRITES, ClinicalModel, EntryModel, Visibility, entry_rules
from core.models import one_of
from core.rules import BY_ME, READABLE_CLIENT, SHARED, Rule
from homework.models.agreement import Assignment
from homework.models.library import ExerciseVersion


class RunState(models.TextChoices):
    STARTED = "started", "started"
    LEFT = "left", "left"
    WAITING = "waiting", "waiting for its later part"
    FINISHED = "finished", "finished"


class ExerciseRun(EntryModel):
    """That, when and how far. A run of an agreed exercise is always visible to the therapist, and the page says so.

    `step` is where she was; `part` is 2 once the `later` steps have begun; `helped` is 1 to 5.
    `words_shared` is her choice for what she wrote, made or changed at the end.
    `paper_code`: typed from this page of paper by `created_by`, for the client; empty for what was done here.
    """

    exercise_version = models.ForeignKey(ExerciseVersion, models.PROTECT, related_name="+")
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="runs")
    item_key = models.CharField(max_length=80)
    state = models.CharField(max_length=10, choices=RunState, default=RunState.STARTED)
    step = models.CharField(max_length=60, blank=True)
    part = models.PositiveSmallIntegerField(default=1)
    finished_at = models.DateTimeField(null=True, blank=True)
    helped = models.PositiveSmallIntegerField(null=True, blank=True)
    ratings_shared = models.BooleanField(default=True)
    words_shared = models.BooleanField(default=False)
    paper_code = models.CharField(max_length=6, blank=True)

    codes = ("item_key", "state", "step", "visibility", "paper_code")
    rules = entry_rules(
        "id, clinic_id, client_id, created_at, occurred_at, recorded_at, visibility, for_session,"
        " exercise_version_id, assignment_id, item_key, state, part, finished_at, helped, paper_code"
    )

    class Meta:
        constraints = [
            one_of("state", RunState, "run_state"),
            one_of("visibility", Visibility, "run_visibility"),
            models.CheckConstraint(name="run_helped", condition=Q(helped=None) | Q(helped__gte=1, helped__lte=5)),
            models.CheckConstraint(name="run_part", condition=Q(part__in=[1, 2])),
            models.CheckConstraint(
                name="run_finished_pair", condition=Q(state="finished", finished_at__isnull=False) | (~Q(state="finished") & Q(finished_at=None))
            ),
            models.CheckConstraint(name="run_agreed_is_seen", condition=Q(assignment=None) | Q(visibility="my_therapist")),
        ]
        indexes = [
            models.Index(fields=["client", "-occurred_at"], name="run_client_when"),
            models.Index(fields=["assignment", "state"], name="run_assignment_state"),
        ]

    def __str__(self) -> str:
        return f"{self.item_key} {self.state}"


class ExerciseAnswer(ClinicalModel):
    """The answer to one step: `value` as content schema 1.2 says, null = skipped. Visibility is this row's own."""

    run = models.ForeignKey(ExerciseRun, models.PROTECT, related_name="answers")
    step = models.CharField(max_length=60)
    value = models.JSONField(null=True)
    visibility = models.CharField(max_length=12, choices=Visibility, default=Visibility.ONLY_ME)

    words = ("value",)
    codes = ("step", "visibility")
    rules = [
        Rule("portal", "select update", CLIENT_WRITES),
        Rule("portal", "insert", f"{CLIENT_WRITES} AND {BY_ME}"),
        Rule("therapist", "select", f"{READABLE_CLIENT} AND {SHARED}"),
        Rule("therapist", "insert", f"{STAFF_WRITES} AND {SHARED} AND {BY_ME}"),
        Rule("therapist", "update", f"{STAFF_WRITES} AND {SHARED}"),
    ]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "step"], name="answer_once"),
            one_of("visibility", Visibility, "answer_visibility"),
        ]

    def __str__(self) -> str:
        return self.step
