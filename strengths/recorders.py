"""What finishing an exercise leaves behind in this pillar (settings.EXERCISE_RECORDERS)."""

from typing import Any, Protocol
from uuid import UUID

from clients.models import Client, Visibility
from clients.services import change_visibility
from core.actor import Actor
from core.ids import uuid7
from strengths.content import strengths
from strengths.models import SpottedBy, Strength
from strengths.services import add_strength

# Exercise to the step in which strengths of her own are picked, and whose eyes saw them. Imagined ones ("best_future_day") are not among them.
PICKED = {
    "strengths_spotting": ("picks", SpottedBy.CLIENT),
    "borrowed_eyes": ("strengths", SpottedBy.BORROWED),
    "hard_time_story": ("strengths", SpottedBy.CLIENT),
    "strength_new_way": ("strength", SpottedBy.CLIENT),
    "wins_log": ("strength", SpottedBy.CLIENT),
}


class Run(Protocol):
    """What this floor may know of a run of homework."""

    pk: UUID
    client: Client
    item_key: str
    visibility: str
    ratings_shared: bool
    words_shared: bool


def record_strengths(*, run: Any, answers: dict[str, Any], by: Actor) -> None:
    """The strengths picked in a run go on the client's list, and who may read them follows the run; picked by taps.

    Called when a run is finished and whenever its sharing changes; repeating it changes nothing.
    """
    found: Run = run
    shared = found.visibility == Visibility.MY_THERAPIST
    taps = Visibility.MY_THERAPIST if shared and found.ratings_shared else Visibility.ONLY_ME
    step, spotted_by = PICKED.get(found.item_key, ("", SpottedBy.CLIENT))
    known = {one.key for one in strengths()}
    for key in _keys(answers.get(step)):
        if key in known:
            add_strength(client=found.client, new_id=uuid7(), key=key, spotted_by=spotted_by, visibility=taps, source=run, by=by)
    for row in Strength.objects.filter(source_id=found.pk).exclude(visibility=taps):
        change_visibility(source=row, visibility=taps, by=by)


def _keys(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [value] if isinstance(value, str) else []
