"""Emergency numbers of each country, where else to look, and the warning signs. Crisis lines stay drafts until two people have checked them."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class EmergencyNumber:
    """`label` says for what ("ambulance")."""

    number: str
    label: str

    @property
    def dial(self) -> str:
        """For a `tel:` link: without blanks and dashes."""
        return self.number.replace(" ", "").replace("-", "")


@dataclass(frozen=True, slots=True)
class Country:
    """`code` is ISO 3166 alpha-2. The first emergency number is the main button; all of them are always shown."""

    code: str
    name: str
    emergency: tuple[EmergencyNumber, ...]


@dataclass(frozen=True, slots=True)
class Directory:
    """Where to find a line in a country whose own lines are not checked."""

    url: str
    text: str


@dataclass(frozen=True, slots=True)
class WarningSign:
    """`level` is `early` (staying-well plan) or `crisis` (opens the help page link; a plan entry, not an alarm)."""

    key: str
    group: str
    text: str
    level: str


def _read(name: str) -> Any:
    return yaml.safe_load((DATA / name).read_text("utf-8"))


@lru_cache(maxsize=1)
def countries() -> dict[str, Country]:
    """By code, in the order of their names."""
    content = sorted(_read("countries.yaml")["crisis_lines"], key=lambda entry: entry["country_name"])
    return {
        entry["country"]: Country(
            entry["country"], entry["country_name"], tuple(EmergencyNumber(number["number"], number["label"]) for number in entry["emergency"])
        )
        for entry in content
    }


@lru_cache(maxsize=1)
def directory() -> Directory:
    policy = _read("countries.yaml")["crisis_lines_policy"]
    return Directory(policy["fallback_url"], policy["fallback_text"])


@lru_cache(maxsize=1)
def warning_signs() -> tuple[WarningSign, ...]:
    groups = _read("warning_signs.yaml")["warning_signs"]
    return tuple(WarningSign(sign["key"], group, sign["text"], sign["level"]) for group, signs in groups.items() for sign in signs)
