"""What the client asked to have on Today at the end of the toolbox: the thing that is in reach in five minutes."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from clients.models import Client
from homework.models import ExerciseAnswer

TOOLBOX, PIN, YES = "resource_toolbox", "pin", "Yes, pin it"
NAMES = ("quick", "free")  # the one in reach, else the one that costs nothing
PLACE = 6  # of the step that asks, in the toolbox


@dataclass(frozen=True)
class Pinned:
    """In the client's own words, and the run in which it can be taken off again."""

    words: str
    run_id: UUID
    place: int = PLACE


def pinned(client: Client) -> Pinned | None:
    """By the newest toolbox in which the question was answered; one statement."""
    found = ExerciseAnswer.objects.filter(client=client, run__item_key=TOOLBOX, step__in=(PIN, *NAMES), created_by_id=client.portal_user_id)
    runs: dict[UUID, dict[str, Any]] = {}
    for run_id, step, value in found.order_by("-run__occurred_at", "-run__created_at").values_list("run_id", "step", "value"):
        runs.setdefault(run_id, {})[step] = value
    for run_id, answers in runs.items():
        if answers.get(PIN) is not None:
            words = next((text for name in NAMES if isinstance(text := answers.get(name), str) and text), "")
            return Pinned(words, run_id) if answers[PIN] == YES and words else None
    return None
