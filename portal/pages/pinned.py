"""What the client asked to have on Today at the end of the toolbox, the thing in reach in five minutes; and a letter that was to come back."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, Subquery

from clients.models import Client
from homework.models import ExerciseAnswer
from portal.pages.letter import Letter, asked_in, letter_back, waiting_in
from selfcare.models import CompassionNote

TOOLBOX, PIN, YES = "resource_toolbox", "pin", "Yes, pin it"
NAMES = ("quick", "free")  # the one in reach, else the one that costs nothing
PLACE = 6  # of the step that asks, in the toolbox
LETTER = ("id", "line", "self_talk", "occurred_at")  # what Today needs of one


@dataclass(frozen=True)
class Pinned:
    """In the client's own words, and the run in which it can be taken off again."""

    words: str
    run_id: UUID
    place: int = PLACE


def kept_for_today(client: Client) -> tuple[Pinned | None, Letter | None]:
    """What was pinned in the newest toolbox in which that was asked, and a letter that comes back. One statement."""
    toolbox = Q(run__item_key=TOOLBOX, step__in=(PIN, *NAMES))
    mine = ExerciseAnswer.objects.filter(toolbox | asked_in(), client=client, created_by_id=client.portal_user_id)
    letter = {name: Subquery(waiting_in(client).values(name)[:1]) for name in LETTER}
    runs: dict[UUID, dict[str, Any]] = {}
    notes = []
    for answer in mine.order_by("-run__occurred_at", "-run__created_at").annotate(**{f"letter_{name}": found for name, found in letter.items()}):
        if answer.step in (PIN, *NAMES):
            runs.setdefault(answer.run_id, {})[answer.step] = answer.value
        elif answer.letter_id is not None:  # type: ignore[attr-defined]  # annotated
            notes.append(CompassionNote(**{name: getattr(answer, f"letter_{name}") for name in LETTER}))
    return _pinned(runs), letter_back(notes)


def _pinned(runs: dict[UUID, dict[str, Any]]) -> Pinned | None:
    for run_id, answers in runs.items():
        if answers.get(PIN) is not None:
            words = next((text for name in NAMES if isinstance(text := answers.get(name), str) and text), "")
            return Pinned(words, run_id) if answers[PIN] == YES and words else None
    return None
