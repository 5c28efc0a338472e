"""Words every pillar uses: feelings, the two-tap check-in, and which way is better for a measure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"
HEAVY = 7  # of 10


class Direction(IntEnum):
    """Which way is better for a measure. A change times its direction counts the points towards better; without a wanted direction they are 0."""

    LOWER = -1
    NEUTRAL = 0
    HIGHER = 1


@dataclass(frozen=True, slots=True)
class EmotionWord:
    """`care_flag`: at strength 7 or more the page offers the help page in one soft line."""

    key: str
    name: str
    plain: str
    care_flag: bool = False


@dataclass(frozen=True, slots=True)
class EmotionFamily:
    """`shape` goes with the colour, so that colour is never the only cue."""

    key: str
    name: str
    shape: str
    words: tuple[EmotionWord, ...]


@dataclass(frozen=True, slots=True)
class Emotions:
    """`skip_options` are answers too ("Not sure"), each on its own and without a strength."""

    families: tuple[EmotionFamily, ...]
    skip_options: tuple[EmotionWord, ...]


@dataclass(frozen=True, slots=True)
class CheckInOption:
    """`value` is 1 (very hard) to 5 (good) for the mood, a key for the need."""

    value: int | str
    name: str
    shape: str = ""


@dataclass(frozen=True, slots=True)
class CheckInTap:
    key: str
    label: str
    options: tuple[CheckInOption, ...]


@dataclass(frozen=True, slots=True)
class CheckInWords:
    """`after_low` is said when the mood is 1."""

    mood: CheckInTap
    need: CheckInTap
    after_low: str


def _read(name: str) -> Any:
    return yaml.safe_load((DATA / name).read_text("utf-8"))


@lru_cache(maxsize=1)
def emotions() -> Emotions:
    content = _read("emotions.yaml")
    families = tuple(
        EmotionFamily(family["key"], family["name"], family["shape"], tuple(EmotionWord(**word) for word in family["words"])) for family in content["emotions"]
    )
    skip = tuple(EmotionWord(option["key"], option["name"], "") for option in content["emotion_extras"]["skip_options"])
    return Emotions(families, skip)


@lru_cache(maxsize=1)
def heavy_words() -> frozenset[str]:
    return frozenset(word.key for family in emotions().families for word in family.words if word.care_flag)


def is_heavy(feelings: Iterable[Mapping[str, Any]]) -> bool:
    """Is one of them ({"word", "intensity"}) a heavy word at 7 of 10 or more (emotions.yaml: care_flag_rule)? Then a soft line offers the help page."""
    return any(each.get("word") in heavy_words() and (each.get("intensity") or 0) >= HEAVY for each in feelings)


@lru_cache(maxsize=1)
def checkin() -> CheckInWords:
    content = _read("checkin.yaml")["checkin"]
    return CheckInWords(mood=_tap(content["tap_1"]), need=_tap(content["tap_2"]), after_low=content["after_low"]["say"])


def _tap(content: dict[str, Any]) -> CheckInTap:
    return CheckInTap(content["key"], content["label"], tuple(CheckInOption(**option) for option in content["options"]))


@lru_cache(maxsize=1)
def measure_directions() -> dict[str, Direction]:
    """Every measure a rating may name, and which way is better."""
    content = _read("measure_directions.yaml")["measure_directions"]
    groups = {"lower_is_better": Direction.LOWER, "higher_is_better": Direction.HIGHER, "neutral": Direction.NEUTRAL}
    return {measure: direction for group, direction in groups.items() for measure in content[group]}


def direction_of(measure: str) -> Direction:
    return measure_directions().get(measure, Direction.NEUTRAL)


def measure_name(measure: str) -> str:
    """How a measure reads in a sentence: `body_tension` is `body tension`."""
    return measure.replace("_", " ")
