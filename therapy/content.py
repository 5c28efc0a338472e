"""The session log's taps, the note formats and the goal levels."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Tap:
    """`short`: its words on the button. `note_label`: what it asks the therapist to write beside it. `pillar`: the pillar a focus belongs to."""

    key: str
    name: str
    short: str = ""
    note_label: str = ""
    pillar: str = ""

    @property
    def button(self) -> str:
        return self.short or self.name


@dataclass(frozen=True, slots=True)
class NoteField:
    key: str
    label: str
    prompt: str


@dataclass(frozen=True, slots=True)
class NoteFormat:
    key: str
    name: str
    fields: tuple[NoteField, ...]


@dataclass(frozen=True, slots=True)
class SessionTaps:
    attendance: tuple[Tap, ...]
    mode: tuple[Tap, ...]
    risk_reviewed: tuple[Tap, ...]
    focus: tuple[Tap, ...]
    technique: tuple[Tap, ...]
    homework_review: tuple[Tap, ...]
    session_feel: tuple[Tap, ...]


@dataclass(frozen=True, slots=True)
class GoalLevel:
    """`name` is for therapists, `client` for the portal. The value runs from -2 to 2; 0 is the goal."""

    value: int
    name: str
    client: str


@dataclass(frozen=True, slots=True)
class GoalScale:
    levels: tuple[GoalLevel, ...]
    baseline_default: int
    weights: tuple[int, ...]
    weight_default: int
    writing_rules: tuple[str, ...]
    example_goal: str
    example_levels: dict[int, str]


@lru_cache(maxsize=1)
def _notes() -> Any:
    return yaml.safe_load((DATA / "notes.yaml").read_text("utf-8"))


@lru_cache(maxsize=1)
def note_formats() -> dict[str, NoteFormat]:
    """DAP, SOAP and BIRP by key, DAP first."""
    return {entry["key"]: NoteFormat(entry["key"], entry["name"], tuple(NoteField(**field) for field in entry["fields"])) for entry in _notes()["note_formats"]}


@lru_cache(maxsize=1)
def session_taps() -> SessionTaps:
    common = _notes()["note_common"]
    return SessionTaps(**{name: tuple(Tap(**tap) for tap in common[name]) for name in SessionTaps.__dataclass_fields__})


@lru_cache(maxsize=1)
def goal_scale() -> GoalScale:
    gas = _notes()["gas"]
    return GoalScale(
        levels=tuple(GoalLevel(**level) for level in gas["levels"]),
        baseline_default=gas["baseline_default"],
        weights=tuple(gas["weights"]["importance"]),
        weight_default=gas["weights"]["default"],
        writing_rules=tuple(gas["writing_rules"]),
        example_goal=gas["example"]["goal"],
        example_levels={int(value): text for value, text in gas["example"]["levels"].items()},
    )
