"""What finishing an exercise leaves on the map (settings.EXERCISE_RECORDERS): somebody moved to the ring they were named for, a reach-out.

Names typed in a run are on the map since they were typed. Once for a run; what it left is edited like anything else, and later calls change
only who may read it. All of it is words, so it follows the words of the run.
"""

from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from clients.models import Client, EntryModel, Visibility
from clients.services import change_visibility
from core.actor import Actor
from core.ids import uuid7
from strengths.models import How, ReachOut, Supporter
from strengths.services import move_supporter, record_reach_out, show_supporter

RINGS_OF = {"support_map": (("close", 1), ("middle", 2), ("outer", 3))}
# A small hello counts once it is ticked as said, an ask once its answer says that it was asked.
HELLO, ASK, SENT = "small_hello", "ask_for_help", "I said hello"
HOW_SAID = {"Text": How.WROTE, "Voice message": How.WROTE, "Photo or funny thing": How.WROTE, "Call": How.CALLED, "Wave or chat in person": How.MET}
ASKED = ("They said yes", "They said no, kindly", "They said no, and it hurt", "No answer yet")


class Opened(Protocol):
    """What of a run is read from now on and was not before."""

    words: bool


class Run(Protocol):
    """What this floor may know of a run of homework."""

    pk: UUID
    client: Client
    item_key: str
    visibility: str
    words_shared: bool
    finished_at: datetime | None


def record_people(*, run: Any, answers: dict[str, Any], opened: Opened, by: Actor) -> None:
    """Called when a run is finished and whenever its sharing changes; repeating it changes nothing but who may read."""
    found: Run = run
    visibility = Visibility.MY_THERAPIST if found.visibility == Visibility.MY_THERAPIST and found.words_shared else Visibility.ONLY_ME
    changes = opened.words or visibility == Visibility.ONLY_ME
    for row in Supporter.objects.filter(source_id=found.pk).exclude(visibility=visibility) if changes else ():
        show_supporter(supporter=row, visibility=visibility, by=by)
    if found.item_key in RINGS_OF:
        _place(found, answers, visibility, by)
    how = _reached(found.item_key, answers)
    if how:
        _reach(run, _named(found.client, answers.get("who")), how, visibility, changes, by)


def _place(run: Run, answers: dict[str, Any], visibility: str, by: Actor) -> None:
    """Each goes to the first ring they were named for; whoever was changed since the run was finished stays where they are.

    Words that are kept move nobody whose place is read.
    """
    placed: set[UUID] = set()
    for step, ring in RINGS_OF[run.item_key]:
        for row in _named(run.client, answers.get(step)):
            changed = [was["until"] for was in row.history[-1:]]
            since = run.finished_at is not None and any(datetime.fromisoformat(until) > run.finished_at for until in changed)
            told = row.visibility == Visibility.MY_THERAPIST and visibility == Visibility.ONLY_ME
            if row.pk not in placed and not since and not told:
                move_supporter(supporter=row, ring=ring, version=row.version, by=by)
            placed.add(row.pk)


def _reached(item_key: str, answers: dict[str, Any]) -> str:
    """How she reached out in the run; empty when she has not, or not yet."""
    if item_key == HELLO and SENT in (answers.get("sent") or ()):
        return HOW_SAID.get(str(answers.get("how") or ""), How.OTHER)
    return How.ASKED if item_key == ASK and answers.get("result") in ASKED else ""


def _reach(run: EntryModel, people: list[Supporter], how: str, visibility: str, changes: bool, by: Actor) -> None:
    """To one person: of two it is not known which was asked. `changes`: who reads one that is there."""
    mine = {"source_kind": run._meta.label_lower, "source_id": run.pk}
    there = ReachOut.objects.filter(**mine).first()
    if (
        there is not None
        and changes
        and there.visibility != visibility
        and (visibility == Visibility.ONLY_ME or there.supporter.visibility != Visibility.ONLY_ME)
    ):
        change_visibility(source=there, visibility=visibility, by=by)
    if there is None and len(people) == 1:
        record_reach_out(supporter=people[0], new_id=uuid7(), how=how, visibility=visibility, occurred_at=run.occurred_at, source=run, by=by)


def _named(client: Client, value: Any) -> list[Supporter]:
    """The supporters that an answer names, in its order; what is no id of this client's map is left out."""
    ids = [UUID(str(one)) for one in value if _is_id(one)] if isinstance(value, list) else []
    found = Supporter.objects.filter(client=client).in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def _is_id(value: Any) -> bool:
    try:
        UUID(str(value))
    except ValueError:
        return False
    return True
