"""Thoughts looked at as a client looks at them: a run with answers, finished through the service."""

from typing import Any

from access.acting import acting_as
from clients.models import Client
from core.ids import uuid7
from homework.models import ExerciseRun
from homework.services.runs import finish_run
from mindset.models import ThoughtRecord
from mindset.selectors import thought_of_run
from strengths.models import StrengthEpisode
from strengths.services import add_moment, add_strength
from tests.cast import Person
from tests.homework.agreed import answer, run_of

SAID: dict[str, Any] = {
    "sit": "Baby cried for an hour",
    "feel": [{"word": "guilty", "intensity": 8}, {"word": "overwhelmed", "intensity": 7}],
    "thought": "A good mother would know what to do",
    "b1": 9,
    "pattern": ["shoulds"],
    "for": "She cried.\nI did not know why.",
    "against": "She cries with Obi too",
    "fair": "Babies cry. I stayed and held her.",
    "bnew": 7,
    "b2": 4,
    "feel2": [{"word": "guilty", "intensity": 4}],
}


def moment(portal: Person, client: Client, happened: str, *, visibility: str = "my_therapist", strength: str = "kindness") -> StrengthEpisode:
    with acting_as(portal.actor):
        row = add_strength(client=client, new_id=uuid7(), key=strength, visibility=visibility, by=portal.actor)
        return add_moment(strength=row, new_id=uuid7(), happened=happened, visibility=visibility, by=portal.actor)


def thinking(portal: Person, client: Client, key: str = "thought_record", *, shared: bool = True, days_ago: int = 0, **said: Any) -> ExerciseRun:
    """Answered and all but finished; ratings are shared, words as `shared` says."""
    run = run_of(portal, client, None, key=key, state="started", days_ago=days_ago, words_shared=shared, ratings_shared=True)
    for step, value in said.items():
        answer(portal, run, step.replace("__", "."), value, shared=shared and "__" not in step)
    return run


def finish(portal: Person, run: ExerciseRun) -> ThoughtRecord:
    with acting_as(portal.actor):
        finish_run(run=run, by=portal.actor)
        found = thought_of_run(run)
    assert found is not None
    return found


def looked_at(portal: Person, client: Client, *, shared: bool = True, days_ago: int = 0, **said: Any) -> ThoughtRecord:
    """A full record, finished."""
    return finish(portal, thinking(portal, client, shared=shared, days_ago=days_ago, **{**SAID, **said}))
