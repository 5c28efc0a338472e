"""Something to read: the short explanations as they come with the product, one for each pillar and for the main techniques.

What stands in the file is checked when it is read: an unknown name, pillar or exercise is an error with the text and the field named.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from clients.pillars import Pillar
from homework.content import DATA, LOADER, library

FIELDS = {"key", "number", "pillar", "whole_pillar", "title", "minutes", "exercises", "parts", "sources"}
KINDS = ("text", "heading", "try")
PREFIX = "reading:"  # what it is called on the axis


class ReadingError(Exception):
    """What is wrong in the file."""


@dataclass(frozen=True, slots=True)
class Part:
    """One paragraph: `kind` is text, heading, or try (something to try at once)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """One text. `number` is its address on the portal, which names no feeling; `whole_pillar`: it is about the pillar as a whole."""

    key: str
    number: int
    pillar: str
    title: str
    minutes: int
    exercises: tuple[str, ...]
    parts: tuple[Part, ...]
    sources: tuple[str, ...]
    whole_pillar: bool

    @property
    def axis_key(self) -> str:
        return f"{PREFIX}{self.key}"


@lru_cache(maxsize=1)
def texts() -> tuple[Text, ...]:
    return parse(yaml.load((DATA / "reading.yaml").read_text("utf-8"), Loader=LOADER))


def parse(content: Mapping[str, Any]) -> tuple[Text, ...]:
    """Raises ReadingError."""
    known = {str(exercise["key"]) for exercise in library().exercises}
    found = tuple(_text(entry, known) for entry in content["texts"])
    for name in ("key", "number", "title"):
        values = [getattr(one, name) for one in found]
        twice = next((value for value in values if values.count(value) > 1), None)
        if twice is not None:
            raise ReadingError(f"{name}: “{twice}” stands there twice")
    return found


def by_key(key: str) -> Text | None:
    return next((one for one in texts() if one.key == key), None)


def by_number(number: int) -> Text | None:
    return next((one for one in texts() if one.number == number), None)


def going_with(exercise: str) -> tuple[Text, ...]:
    """What there is to read about an exercise, its technique before its pillar."""
    return tuple(sorted((one for one in texts() if exercise in one.exercises), key=lambda one: one.whole_pillar))


def reading_titles() -> dict[str, str]:
    """By the name on the axis."""
    return {one.axis_key: one.title for one in texts()}


def _text(entry: Mapping[str, Any], known: set[str]) -> Text:
    key = str(entry.get("key"))

    def need(right: bool, field: str, wrong: str) -> None:
        if not right:
            raise ReadingError(f"{key}: {field}: {wrong}")

    for name in entry:
        need(name in FIELDS, str(name), "this field is not known")
    need(isinstance(entry.get("number"), int) and entry["number"] > 0, "number", "a whole number is needed")
    need(entry.get("pillar") in Pillar.values, "pillar", "this pillar is not known")
    need(bool(entry.get("title")), "title", "a text is needed")
    need(entry.get("minutes") in range(1, 6), "minutes", "1 to 5")
    exercises, parts, sources = entry.get("exercises") or [], entry.get("parts") or [], entry.get("sources") or []
    for exercise in exercises:
        need(exercise in known, "exercises", f"“{exercise}” is not known")
    need(bool(parts), "parts", "something to read is needed")
    for part in parts:
        need(len(part) == 1 and next(iter(part)) in KINDS and isinstance(next(iter(part.values())), str), "parts", f"one of {', '.join(KINDS)} with a text")
    need(all(isinstance(source, str) for source in sources), "sources", "texts are needed")
    return Text(
        key=key,
        number=entry["number"],
        pillar=entry["pillar"],
        title=entry["title"],
        minutes=entry["minutes"],
        exercises=tuple(exercises),
        parts=tuple(Part(kind, text) for part in parts for kind, text in part.items()),
        sources=tuple(sources),
        whole_pillar=bool(entry.get("whole_pillar", False)),
    )
