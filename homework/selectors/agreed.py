"""What is agreed, and what came back. Shared rows only: the wall hides the others from staff, and so do these."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from clients.content import measure_name
from clients.models import Client, Practice, Visibility
from clients.selectors import shared_practice
from homework.content import Barrier, barriers
from homework.models import Assignment, ExerciseRun, NotToday
from homework.models.agreement import AssignmentState
from homework.models.paper import shown_code
from homework.models.run import RunState
from homework.player.exercise import Exercise
from homework.selectors.library import exercise_of
from homework.words import dose_words, helped_words

RUN_KIND = ExerciseRun._meta.label_lower  # what practice and timeline rows of a run name as their source


def active_assignments(client: Client) -> QuerySet[Assignment]:
    """What is agreed now, oldest first."""
    found = Assignment.objects.filter(client=client, state=AssignmentState.ACTIVE)
    return found.select_related("exercise_version__exercise").order_by("starts_on", "created_at")


def last_agreed(client: Client, key: str = "") -> Assignment | None:
    """The task agreed last, of one exercise or of any; whatever became of it."""
    found = Assignment.objects.filter(client=client, **({"item_key": key} if key else {}))
    return found.select_related("exercise_version__exercise").order_by("-created_at").first()


@dataclass(frozen=True)
class Moved:
    """Medians of one measure before and after, over `n` uses with both ratings."""

    measure: str
    before: float
    after: float
    n: int

    @property
    def measure_words(self) -> str:
        return measure_name(self.measure)


@dataclass(frozen=True)
class PutOff:
    """A "not today" and the words of its barrier; `barrier` is None when she gave none."""

    row: NotToday
    barrier: Barrier | None


@dataclass(frozen=True)
class Progress:
    """A task with what came back. `runs` are newest first; `done` of `planned` were finished; `helped` is the median vote, 1 to 5."""

    assignment: Assignment
    exercise: Exercise
    runs: tuple[ExerciseRun, ...]
    moved: tuple[Moved, ...]
    put_off: tuple[PutOff, ...]
    changed_by: str = ""  # who ended it

    @property
    def title(self) -> str:
        return self.exercise.title

    @property
    def pillar(self) -> str:
        return self.exercise.pillar

    @property
    def code(self) -> str:
        """Of its page of paper; empty until that is first opened to be printed."""
        code = getattr(self.assignment, "paper_code", None)
        return shown_code(code) if code else ""

    @property
    def reason(self) -> str:
        return self.assignment.reason

    @property
    def done(self) -> int:
        return sum(run.state == RunState.FINISHED for run in self.runs)

    @property
    def planned(self) -> int:
        return self.assignment.planned

    @property
    def waiting(self) -> bool:
        """A first part is done, and its second is still to come."""
        return any(run.state == RunState.WAITING for run in self.runs)

    @property
    def helped(self) -> float | None:
        votes = [run.helped for run in self.runs if run.helped is not None]
        return float(median(votes)) if votes else None

    @property
    def dose(self) -> str:
        return dose_words(self.assignment.per_week, self.assignment.weeks)

    @property
    def done_words(self) -> str:
        """`done 3 of 8, helped 4 of 5`."""
        done = _("done %(done)s of %(planned)s") % {"done": self.done, "planned": self.planned}
        return f"{done}, {helped_words(self.helped)}" if self.helped is not None else done


def assignments_with_progress(
    client: Client, *, states: Collection[str] = (AssignmentState.ACTIVE,), since: datetime | None = None, practice: Iterable[Practice] | None = None
) -> list[Progress]:
    """Tasks in these states, active ones first and the latest first among the others, with what came back (`since` then). For staff.

    Four statements; three for a page that has read `clients.selectors.shared_practice` already and gives it as `practice`.
    """
    found = Assignment.objects.filter(client=client, state__in=states).select_related("exercise_version__exercise").order_by("created_at", "pk")
    found = found.annotate(changed_by_name=F("state_changed_by__name"), paper_code=F("sheets__code"))
    rows = sorted(found, key=lambda row: row.starts_on, reverse=True)
    rows.sort(key=lambda row: row.state != AssignmentState.ACTIVE)
    ids = [row.pk for row in rows]
    shared = {"client": client, "visibility": Visibility.MY_THERAPIST}
    after = {"occurred_at__gte": since} if since is not None else {}
    runs: dict[UUID, list[ExerciseRun]] = defaultdict(list)
    for run in ExerciseRun.objects.filter(**shared, **after, assignment__in=ids).order_by("-occurred_at"):
        runs[run.assignment_id].append(run)  # type: ignore[index]  # never None: filtered by it
    uses: dict[UUID, list[Practice]] = defaultdict(list)
    for use in shared_practice(client).filter(**after, source_kind=RUN_KIND) if practice is None else practice:
        if use.source_kind == RUN_KIND and use.before is not None and use.after is not None:
            uses[use.source_id].append(use)
    put_off: dict[UUID, list[PutOff]] = defaultdict(list)
    words = {barrier.key: barrier for barrier in barriers()}
    for off in NotToday.objects.filter(**shared, **after, assignment__in=ids).order_by("-occurred_at"):
        put_off[off.assignment_id].append(PutOff(off, words.get(off.barrier)))
    return [
        Progress(
            row,
            exercise_of(row.exercise_version),
            tuple(runs[row.pk]),
            _moved(use for run in runs[row.pk] for use in uses[run.pk]),
            tuple(put_off[row.pk]),
            row.changed_by_name or "",
        )
        for row in rows
    ]


def _moved(uses: Iterable[Practice]) -> tuple[Moved, ...]:
    by_measure: dict[str, list[Practice]] = defaultdict(list)
    for use in uses:
        by_measure[use.measure].append(use)
    return tuple(
        Moved(measure, float(median(use.before or 0 for use in found)), float(median(use.after or 0 for use in found)), len(found))
        for measure, found in by_measure.items()
    )


def homework_since(client: Client, since: datetime) -> list[Progress]:
    """For the session log and the brief: what was agreed at any time since then, each with what came back since then."""
    found = assignments_with_progress(client, states=AssignmentState.values, since=since)
    return [one for one in found if one.assignment.state == AssignmentState.ACTIVE or _ended_since(one.assignment, since)]


def _ended_since(assignment: Assignment, since: datetime) -> bool:
    return assignment.state_changed_at is not None and assignment.state_changed_at >= since
