"""An exercise as a clinic would write it, and its makers."""

from typing import Any

from access.acting import acting_as
from core.ids import uuid7
from homework.models import Exercise
from homework.services.own import write_exercise
from tests.cast import Person

CONTENT: dict[str, Any] = {
    "title": "Window walk",
    "pillar": "coping",
    "area": "own",
    "technique": "",
    "purpose": "To look up for a moment.",
    "minutes": 5,
    "effort": 1,
    "setting": "anywhere",
    "self_start": True,
    "sharing_default": "shared",
    "intro": "Walk to a window.",
    "steps": [
        {"id": "before", "type": "rating", "text": "How tense are you?", "when": "before", "measure": "tension", "low": "calm", "high": "very tense"},
        {"id": "saw", "type": "long_text", "text": "What did you see?"},
        {"id": "who", "type": "choice", "text": "Alone?", "options": ["Alone", "With somebody"]},
        {"id": "after", "type": "rating", "text": "And now?", "when": "after", "measure": "tension", "low": "calm", "high": "very tense"},
    ],
    "close": {"text": "You looked up."},
    "therapist_sees": {"headline": "Saw {saw}. Tension {before} to {after}.", "fields": ["before", "saw", "who", "after"], "flag": ""},
    "frequency": {"text": "Every day", "per_week": 7, "weeks": 2},
    "not_for": ["Fear of heights"],
    "take_care": [],
    "evidence": {"technique_source": "Our clinic", "outcome_source": "", "strength": "practice", "note": "", "checked": "seen"},
}


def written(by: Person, **changes: Any) -> Exercise:
    with acting_as(by.actor):
        return write_exercise(new_id=uuid7(), content={**CONTENT, **changes}, by=by.actor)
