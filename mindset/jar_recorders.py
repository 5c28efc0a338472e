"""What finishing an exercise leaves in the jar (settings.EXERCISE_RECORDERS). Once for a run; what it left is edited like anything else.

Who may read it follows the words of the run; what holds ratings or a tapped strength too follows both.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from clients.models import Client, Visibility
from core.actor import Actor
from mindset.models import Accomplishment, GoodKind, GratitudeEntry
from mindset.services import keep_from_run
from strengths.models import Strength, StrengthEpisode, Supporter


@dataclass(frozen=True)
class Left:
    """The step that tells it, the one that says what goes with it, whom or which strength it is tied to, and the two ratings."""

    kind: str
    text: str
    why: str = ""
    supporter: str = ""
    strength: str = ""
    numbers: dict[str, str] = field(default_factory=dict)


LEFT: dict[str, tuple[Left, ...]] = {
    "three_good_things": tuple(Left(GoodKind.GOOD_THING, f"g{number}", f"w{number}") for number in (1, 2, 3)),
    "savour_moment": (Left(GoodKind.SAVOURED, "what", "title"),),
    "plan_good_moment": (Left(GoodKind.PLANNED, "what", "detail", numbers={"guess": "guess", "real": "was"}),),
    "thank_you_letter": (Left(GoodKind.LETTER, "letter", supporter="who"),),
    "best_future_day": (Left(GoodKind.FUTURE, "write", "step", strength="strengths"),),
    "hard_and_okay": (Left(GoodKind.BOTH, "okay", "hard"),),
}
WIN = "wins_log"


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


def record_good(*, run: Any, answers: dict[str, Any], opened: Opened, by: Actor) -> None:
    """Called when a run is finished and whenever its sharing changes; repeating it changes nothing but who may read."""
    found: Run = run
    shared = found.visibility == Visibility.MY_THERAPIST and found.words_shared
    if found.item_key == WIN:
        said: dict[str, Any] = {"text": _text(answers, "win"), "why": _text(answers, "says"), "strength": _shown_by(found), "occurred_at": found.occurred_at}
        keep_from_run(model=Accomplishment, run=run, step="win", visibility=_who(shared), show=opened.words, by=by, **said)
    for left in LEFT.get(found.item_key, ()):
        tapped = bool(left.numbers) or answers.get(left.strength) is not None
        seen = shared and (found.ratings_shared or not tapped)
        show = opened.words or (opened.ratings and tapped)
        said = {"kind": left.kind, "text": _text(answers, left.text), "why": _text(answers, left.why), **dict(_numbers(answers, left))}
        said |= {"strength": _strength(found.client, answers.get(left.strength)), "supporter": _person(found.client, answers.get(left.supporter))}
        said["occurred_at"] = found.finished_at if left.numbers else found.occurred_at  # planned, and told when it had been
        keep_from_run(model=GratitudeEntry, run=run, step=left.text, visibility=_who(seen), show=show, by=by, **said)


def _who(shared: bool) -> str:
    return Visibility.MY_THERAPIST if shared else Visibility.ONLY_ME


def _text(answers: dict[str, Any], step: str) -> str:
    value = answers.get(step) if step else None
    return value.strip() if isinstance(value, str) else ""


def _numbers(answers: dict[str, Any], left: Left) -> Iterator[tuple[str, int]]:
    for name, step in left.numbers.items():
        value = answers.get(step)
        if isinstance(value, int) and not isinstance(value, bool):
            yield name, value


def _shown_by(run: Run) -> Strength | None:
    """The strength that this win stands on already, as its moment (strengths.recorders)."""
    moment = StrengthEpisode.objects.filter(client=run.client, source_id=run.pk, withdrawn_at=None).select_related("strength").first()
    return moment.strength if moment is not None else None


def _strength(client: Client, value: Any) -> Strength | None:
    """The first of the picks that stands on the client's list; an imagined one that does not is put there by nobody."""
    for pick in value if isinstance(value, list) else [value] if isinstance(value, str) else []:
        named = {"pk": pick} if _is_id(pick) else {"key": str(pick)}
        found = Strength.objects.filter(client=client, withdrawn_at=None, **named).first()
        if found is not None:
            return found
    return None


def _person(client: Client, value: Any) -> Supporter | None:
    ids = [pick for pick in value if _is_id(pick)] if isinstance(value, list) else []
    return Supporter.objects.filter(client=client, pk__in=ids[:1], withdrawn_at=None).first()


def _is_id(value: Any) -> bool:
    try:
        UUID(str(value))
    except ValueError:
        return False
    return True
