"""The safety plan, as versions."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from clients.models.base import CLIENT_WRITES, STAFF_WRITES, ClinicalModel, Visibility
from core.rules import BY_ME, MY_CLINIC, READABLE_CLIENT, Rule
from core.sealed import seal, unseal


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a step: words or the key of a warning sign, and a number to call where the step has them."""

    text: str
    phone: str = ""


Steps = Mapping[str, Sequence[Line]]


class SafetyPlan(ClinicalModel):
    """One version of the plan: seven steps of lines, and when it was looked at together. `number` counts from 1; the highest is the plan.

    Every word of it is encrypted (`sealed`, docs/decisions/0012). It is made together, so both read it; a version is never changed. A review is
    a version too, with the same words and new dates. `occurred_at` is when it was made.
    """

    number = models.PositiveIntegerField()
    occurred_at = models.DateTimeField(default=timezone.now)
    sealed = models.TextField()
    reviewed_on = models.DateField()
    next_review = models.DateField()

    # what the client's axis asks of everything that goes on it
    visibility = Visibility.MY_THERAPIST
    for_session = False

    words = ("sealed",)
    rules = [
        Rule("portal", "select", CLIENT_WRITES),
        Rule("portal", "insert", f"{CLIENT_WRITES} AND {BY_ME}"),
        Rule("therapist", "select", READABLE_CLIENT),
        Rule("therapist", "insert", f"{STAFF_WRITES} AND {BY_ME}"),
        Rule("admin", "select", MY_CLINIC, columns="id, clinic_id, client_id, created_at, number, occurred_at, reviewed_on, next_review"),
    ]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "number"], name="safety_plan_number"),
            models.CheckConstraint(name="safety_plan_review_dates", condition=Q(next_review__gt=F("reviewed_on"))),
        ]

    @property
    def about(self) -> str:
        return f"safety_plan:{self.client_id}:{self.pk}"

    @cached_property
    def steps(self) -> dict[str, tuple[Line, ...]]:
        """By key of the step; a step without lines is not there. Raises core.sealed.Unreadable."""
        opened = json.loads(unseal(self.sealed, about=self.about))
        return {key: tuple(Line(*line) for line in lines) for key, lines in opened.items()}

    def close(self, steps: Steps) -> None:
        """Put these steps in, encrypted."""
        self.sealed = seal(json.dumps({key: [(line.text, line.phone) for line in lines] for key, lines in steps.items() if lines}), about=self.about)
        self.__dict__.pop("steps", None)

    def __str__(self) -> str:
        return f"safety plan {self.number}"
