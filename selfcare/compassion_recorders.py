"""What finishing an exercise leaves among the kinder answers (settings.EXERCISE_RECORDERS). Once for a run; what it left is edited like anything else.

A note holds words, so who may read it follows the words of the run; one that holds ratings too follows both. Belief in the self-talk is taken from an
exercise that asks for it alone: how much a critic stings is another question.
"""

from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from clients.models import Client, Visibility
from core.actor import Actor
from selfcare.models import NoteKind
from selfcare.services.compassion import record_note

TALK_MAX, ANSWER_MAX = 5000, 10_000  # as the columns hold


@dataclass(frozen=True)
class Left:
    """The steps that hold the self-talk, the kinder answer (its parts joined), and how likely or true the self-talk seemed before and after."""

    kind: str
    talk: str
    answer: tuple[str, ...]
    before: str = ""
    after: str = ""


LEFT = {
    "compassion_break": Left(NoteKind.BREAK, "", ("words",)),
    "best_friend_letter": Left(NoteKind.LETTER, "what", ("letter",)),
    "critic_to_coach": Left(NoteKind.COACH, "critic", ("coach",)),
    "good_enough": Left(NoteKind.GOOD_ENOUGH, "fear", ("task", "did"), "b1", "b2"),
}


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


def record_compassion(*, run: Any, answers: dict[str, Any], opened: Opened, by: Actor) -> None:
    """Called when a run is finished and whenever its sharing changes; repeating it changes nothing but who may read."""
    found: Run = run
    left = LEFT.get(found.item_key)
    if left is None:
        return
    rated = bool(left.before)
    shared = found.visibility == Visibility.MY_THERAPIST and found.words_shared and (found.ratings_shared or not rated)
    record_note(
        client=found.client,
        source=run,
        visibility=Visibility.MY_THERAPIST if shared else Visibility.ONLY_ME,
        show=opened.words or (rated and opened.ratings),
        kind=left.kind,
        self_talk=_text(answers, left.talk)[:TALK_MAX],
        kinder_answer=": ".join(text for step in left.answer if (text := _text(answers, step)))[:ANSWER_MAX],
        belief_before=_number(answers, left.before),
        belief_after=_number(answers, left.after),
        by=by,
    )


def _text(answers: dict[str, Any], step: str) -> str:
    value = answers.get(step) if step else None
    return value.strip() if isinstance(value, str) else ""


def _number(answers: dict[str, Any], step: str) -> int | None:
    value = answers.get(step) if step else None
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 10 else None
