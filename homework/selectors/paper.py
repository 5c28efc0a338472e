"""Whose page of paper a code stands on, and what was typed from it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from clients.models import Client
from core.zones import zone
from homework.models import Assignment, BlankSheet, ExerciseRun, ExerciseVersion, PaperSheet
from homework.models.paper import CODE_LENGTH, DIGITS, LETTERS, shown_code


@dataclass(frozen=True)
class Found:
    """A page of paper: whose it is, unless it is a blank one, and which wording stands on it."""

    code: str
    version: ExerciseVersion
    assignment: Assignment | None = None

    @property
    def shown(self) -> str:
        return shown_code(self.code)

    @property
    def client_id(self) -> UUID | None:
        return self.assignment.client_id if self.assignment is not None else None


def plain_code(typed: str) -> str:
    """`k7p-42m ` as it is stored; empty for what cannot be a code."""
    code = "".join(typed.upper().split()).replace("-", "")
    return code if len(code) == CODE_LENGTH and set(code) <= set(DIGITS + LETTERS) else ""


def page_with(code: str, *, clinic_id: UUID, writes: Iterable[UUID]) -> Found | None:
    """The page with this code in the clinic: a blank one, or one of a client among those whom the actor may write for. Anything else is unknown."""
    if not code:
        return None
    if code[0] in DIGITS:
        blank = BlankSheet.objects.filter(clinic_id=clinic_id, code=code).select_related("exercise_version__exercise").first()
        return Found(code, blank.exercise_version) if blank is not None else None
    found = PaperSheet.objects.filter(clinic_id=clinic_id, code=code, client_id__in=writes)
    sheet = found.select_related("exercise_version__exercise", "assignment").first()
    return Found(code, sheet.exercise_version, sheet.assignment) if sheet is not None else None


def sheet_of(assignment: Assignment) -> PaperSheet | None:
    return PaperSheet.objects.filter(client_id=assignment.client_id, assignment=assignment).first()


def entered_on(client: Client, code: str, day: date) -> ExerciseRun | None:
    """What was typed from this page for that day by the client's clock."""
    begins = datetime.combine(day, time(0), tzinfo=zone(client.timezone)).astimezone(UTC)
    ends = datetime.combine(day + timedelta(days=1), time(0), tzinfo=zone(client.timezone)).astimezone(UTC)
    return ExerciseRun.objects.filter(client=client, paper_code=code, occurred_at__gte=begins, occurred_at__lt=ends).first()
