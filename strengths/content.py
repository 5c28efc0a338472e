"""The 24 strengths, the kinds of resource and the kinds of help. The wording is ours; `data/strengths.yaml` says why that matters."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class StrengthText:
    """`common_name` is what therapists may know it as, where that differs. `group` is for layout only."""

    key: str
    group: str
    name: str
    line: str
    common_name: str = ""


@dataclass(frozen=True, slots=True)
class ResourceKind:
    """`person` kinds appear in the people map."""

    key: str
    name: str
    hint: str
    person: bool


@dataclass(frozen=True, slots=True)
class HelpKind:
    """What somebody or something gives. `call`: one may tell or call them when it is hard."""

    key: str
    name: str
    mark: str
    call: bool


NO_ANSWER = {"pet", "place", "nature", "activity", "media", "object"}  # kinds that comfort and cannot be called


def _read(name: str) -> Any:
    return yaml.safe_load((DATA / name).read_text("utf-8"))


@lru_cache(maxsize=1)
def strengths() -> tuple[StrengthText, ...]:
    return tuple(StrengthText(**strength) for strength in _read("strengths.yaml")["strengths"])


@lru_cache(maxsize=1)
def resource_kinds() -> tuple[ResourceKind, ...]:
    return tuple(ResourceKind(**kind) for kind in _read("resource_kinds.yaml")["resource_kinds"])


@lru_cache(maxsize=1)
def help_kinds() -> dict[str, HelpKind]:
    """By key, in the order of the file."""
    return {each["key"]: HelpKind(**each) for each in _read("helps.yaml")["helps"]}
