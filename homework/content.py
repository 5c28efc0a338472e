"""The exercise library and the barriers as they come with the product. What a client works with is the version in the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class PillarText:
    key: str
    title: str
    client_line: str


@dataclass(frozen=True, slots=True)
class Library:
    """`exercises` holds the content of each exercise as `parse_exercise` takes it and as `ExerciseVersion` stores it.

    `long_text_notice` stands once under every long text; `default_if_worse` is said when a rating got 2 or more points worse.
    """

    version: int
    language: str
    pillars: tuple[PillarText, ...]
    long_text_notice: str
    default_if_worse: str
    exercises: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Barrier:
    """What got in the way: `client` is tapped, `say` is the portal's reply, `therapist` a hint for staff."""

    key: str
    client: str
    say: str
    therapist: str


@lru_cache(maxsize=1)
def library() -> Library:
    content = yaml.load((DATA / "exercises.yaml").read_text("utf-8"), Loader=LOADER)
    return Library(
        version=content["version"],
        language=content["language"],
        pillars=tuple(PillarText(**pillar) for pillar in content["pillars"]),
        long_text_notice=content["long_text_notice"],
        default_if_worse=content["default_if_worse"],
        exercises=tuple(content["exercises"]),
    )


@lru_cache(maxsize=1)
def barriers() -> tuple[Barrier, ...]:
    content = yaml.load((DATA / "barriers.yaml").read_text("utf-8"), Loader=LOADER)
    return tuple(Barrier(**barrier) for barrier in content["barriers"])


@lru_cache(maxsize=1)
def flag_entries() -> Mapping[str, Any]:
    """The rules of flags.yaml by exercise, as they stand there (homework.player.flag_rules reads them)."""
    found: Mapping[str, Any] = yaml.load((DATA / "flags.yaml").read_text("utf-8"), Loader=LOADER)
    return found
