"""The codes of printed pages: which wording a page of paper holds, and whose it is, for whoever types it back."""

import secrets

from django.db import models
from django.db.models import Q

from clients.models.base import STAFF_WRITES, ClinicalModel
from core.models import BaseModel
from core.rules import BY_ME, MY_CLINIC, READABLE_CLIENT, Rule, RuleKind
from homework.models.agreement import Assignment
from homework.models.library import ExerciseVersion

DIGITS, LETTERS = "23456789", "ABCDEFGHJKMNPQRTUVWXYZ"  # without what is mistaken for something else in handwriting
CODE_LENGTH = 6
WRITERS: tuple[RuleKind, ...] = ("therapist", "admin")


def sheet_code() -> str:
    """Six by chance, so that they say nothing about anybody. Somebody's own page begins with a letter, a blank one with a digit: no two are alike."""
    return secrets.choice(LETTERS) + _rest()


def blank_code() -> str:
    return secrets.choice(DIGITS) + _rest()


def _rest() -> str:
    return "".join(secrets.choice(DIGITS + LETTERS) for _place in range(CODE_LENGTH - 1))


def shown_code(code: str) -> str:
    """`K7P42M` as it is printed: `K7P-42M`."""
    return f"{code[:3]}-{code[3:]}"


class PaperSheet(ClinicalModel):
    """One agreed task on paper. Made when its page is first opened to be printed, by who opened it (`created_by`, `created_at`); one for each task."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="sheets")
    exercise_version = models.ForeignKey(ExerciseVersion, models.PROTECT, related_name="+")
    code = models.CharField(max_length=CODE_LENGTH, default=sheet_code)

    codes = ("code",)
    rules = [Rule("therapist", "select", READABLE_CLIENT), Rule("therapist", "insert", f"{STAFF_WRITES} AND {BY_ME}")]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clinic", "code"], name="paper_code_once"),
            models.UniqueConstraint(fields=["assignment"], name="paper_assignment_once"),
            models.CheckConstraint(name="paper_code_letter", condition=Q(code__regex="^[A-Z][0-9A-Z]{5}$")),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def shown(self) -> str:
        return shown_code(self.code)


class BlankSheet(BaseModel):
    """A page of the library that is nobody's: printed without a task, filled in by anybody. One for each wording of a clinic."""

    clinic = models.ForeignKey("accounts.Clinic", models.PROTECT, related_name="+")
    exercise_version = models.ForeignKey(ExerciseVersion, models.PROTECT, related_name="+")
    code = models.CharField(max_length=CODE_LENGTH, default=blank_code)

    codes = ("code",)
    rules = [
        *(Rule(kind, "select", MY_CLINIC) for kind in WRITERS),
        *(Rule(kind, "insert", f"{MY_CLINIC} AND {BY_ME}") for kind in WRITERS),
    ]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clinic", "code"], name="blank_code_once"),
            models.UniqueConstraint(fields=["clinic", "exercise_version"], name="blank_version_once"),
            models.CheckConstraint(name="blank_code_digit", condition=Q(code__regex="^[0-9][0-9A-Z]{5}$")),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def shown(self) -> str:
        return shown_code(self.code)
