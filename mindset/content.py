"""The thinking patterns (never "errors", never "irrational"), and one worked example."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class ThinkingPattern:
    """`question` is the one a client may ask about the thought."""

    key: str
    name: str
    also_called: str
    plain: str
    example: str
    question: str


@dataclass(frozen=True, slots=True)
class ThinkingPatterns:
    """`none_*`: the answer that no pattern fits. `therapist_note`: when not to offer the picker at all."""

    patterns: tuple[ThinkingPattern, ...]
    none_key: str
    none_name: str
    none_plain: str
    therapist_note: str


@lru_cache(maxsize=1)
def thinking_patterns() -> ThinkingPatterns:
    content = yaml.safe_load((DATA / "distortions.yaml").read_text("utf-8"))
    none = content["distortion_extras"]["none_option"]
    return ThinkingPatterns(
        patterns=tuple(ThinkingPattern(**pattern) for pattern in content["distortions"]),
        none_key=none["key"],
        none_name=none["name"],
        none_plain=none["plain"],
        therapist_note=content["distortion_extras"]["therapist_note"],
    )


@dataclass(frozen=True, slots=True)
class WorkedExample:
    """One thought record from beginning to end; `before` and `after` are how much its first thought is believed."""

    who: str
    lines: tuple[tuple[str, str], ...]
    before: int
    after: int
    close: str


@lru_cache(maxsize=1)
def worked_example() -> WorkedExample:
    found = yaml.safe_load((DATA / "worked_example.yaml").read_text("utf-8"))["example"]
    return WorkedExample(found["who"], tuple((line["question"], line["answer"]) for line in found["lines"]), found["before"], found["after"], found["close"])
