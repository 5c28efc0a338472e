"""What finishing an exercise leaves behind in this pillar (settings.EXERCISE_RECORDERS)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from clients.models import Client, Visibility
from core.actor import Actor
from core.errors import Refused
from core.ids import uuid7
from strengths.content import strengths
from strengths.models import SaidBy, SpottedBy, Strength, StrengthEpisode, Supporter
from strengths.services import add_strength, record_moment, show_strength


@dataclass(frozen=True)
class Left:
    """The step in which strengths of her own are picked and whose eyes saw them; the steps that tell what happened, and the one that says who saw it.

    Imagined strengths ("best_future_day") are not among them.
    """

    picks: str
    spotted_by: str
    told: tuple[str, ...]
    who: str = ""


LEFT = {
    "strengths_spotting": Left("picks", SpottedBy.CLIENT, ("moment",)),
    "borrowed_eyes": Left("strengths", SpottedBy.BORROWED, ("say",), "who"),
    "hard_time_story": Left("strengths", SpottedBy.CLIENT, ("title", "did")),
    "strength_new_way": Left("strength", SpottedBy.CLIENT, ("done",)),
    "wins_log": Left("strength", SpottedBy.CLIENT, ("win",)),
}
NOTHING = Left("", SpottedBy.CLIENT, ())


class Opened(Protocol):
    """What of a run is read from now on and was not before."""

    ratings: bool
    words: bool


class Run(Protocol):
    """What this floor may know of a run of homework."""

    pk: UUID
    client: Client
    item_key: str
    visibility: str
    ratings_shared: bool
    words_shared: bool
    occurred_at: datetime
    finished_at: datetime | None


def record_strengths(*, run: Any, answers: dict[str, Any], opened: Opened, by: Actor) -> None:
    """The strengths picked in a run go on the client's list, the first of them with what happened; who may read follows the run.

    Taps for strengths, words for what happened. Called when a run is finished and whenever its sharing changes;
    repeating it changes nothing but who may read: not what was put right, taken back or taken off meanwhile.
    """
    found: Run = run
    shared = found.visibility == Visibility.MY_THERAPIST
    taps = Visibility.MY_THERAPIST if shared and found.ratings_shared else Visibility.ONLY_ME
    words = Visibility.MY_THERAPIST if shared and found.words_shared else Visibility.ONLY_ME
    left = LEFT.get(found.item_key, NOTHING)
    picked = [row for pick in _keys(answers.get(left.picks)) if (row := _strength(run, pick, left.spotted_by, taps, by)) is not None]
    for row in Strength.objects.filter(source_id=found.pk).exclude(visibility=taps):
        if opened.ratings if taps == Visibility.MY_THERAPIST else not _stands_without(row, found):
            show_strength(strength=row, visibility=taps, by=by)
    first = Strength.objects.filter(pk=picked[0].pk, withdrawn_at=None).first() if picked else None
    said = {"said_by": SaidBy.BORROWED, "eyes": _who(found, answers.get(left.who))} if left.who else {"said_by": SaidBy.CLIENT}
    when = found.finished_at if left.told == ("done",) else found.occurred_at  # tried later, told when the second part was finished
    record_moment(strength=first, source=run, happened=_told(answers, left), occurred_at=when, visibility=words, show=opened.words, by=by, **said)


def _strength(run: Run, pick: str, spotted_by: str, visibility: str, by: Actor) -> Strength | None:
    """The noting of what was picked: one of the 24, or of her own words by its id. One that was taken off after the run stays off."""
    if pick not in {one.key for one in strengths()}:
        return Strength.objects.filter(client=run.client, pk=pick, key="").first() if _is_id(pick) else None
    there = Strength.objects.filter(client=run.client, key=pick, created_by_id=by.user_id).first()
    if there is not None and there.withdrawn_at is not None and (run.finished_at is None or there.withdrawn_at > run.finished_at):
        return there
    try:
        return add_strength(client=run.client, new_id=uuid7(), key=pick, spotted_by=spotted_by, visibility=visibility, source=run, by=by)  # type: ignore[arg-type]
    except Refused:
        return None  # entered from paper, and the client took it off the list


def _stands_without(strength: Strength, run: Run) -> bool:
    """Whether she showed another moment of it: then it stays on the list that is read, whatever this run does."""
    found = StrengthEpisode.objects.filter(strength=strength, visibility=Visibility.MY_THERAPIST, withdrawn_at=None, earlier_of=None)
    return found.exclude(source_id=run.pk).exists()


def _told(answers: dict[str, Any], left: Left) -> str:
    """What happened in her words, after the title she gave it where there is one; nothing when the step that tells it was left out."""
    said = [value.strip() for step in left.told if isinstance(value := answers.get(step), str)]
    return ": ".join(text for text in said if text) if said and len(said) == len(left.told) and said[-1] else ""


def _who(run: Run, value: Any) -> str:
    """The name of whom she thought of, from her map; not of one who is hers alone, for who reads the moment may change."""
    ids = [pick for pick in _keys(value) if _is_id(pick)][:1]
    found = Supporter.objects.filter(client=run.client, pk__in=ids, visibility=Visibility.MY_THERAPIST)
    return found.values_list("name", flat=True).first() or ""


def _is_id(value: str) -> bool:
    try:
        return bool(UUID(value))
    except ValueError:
        return False


def _keys(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [value] if isinstance(value, str) else []
