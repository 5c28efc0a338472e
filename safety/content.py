"""Emergency numbers of each country, where else to look, and the warning signs. Crisis lines stay drafts until two people have checked them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.text import slugify

DATA = Path(__file__).parent / "data"
# The public values of a line, in the order in which they are asked for; what else the file says of one is for the staff who check it.
NUMBERS = ("call", "call_2", "call_3", "text", "sms_callback", "whatsapp")
FACTS = (
    "name", "call", "call_2", "call_3", "text", "text_word", "sms_callback", "sms_callback_words", "whatsapp", "chat", "web",
    "hours", "free", "for", "languages",
)  # fmt: skip
ROUTES = (*NUMBERS, "chat")  # without one of these nobody is reached


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
class ShippedLine:
    """A line as it comes with the software: a draft, whatever it says. `about`: source, date, confidence, note and warning, for who checks it."""

    country: str
    key: str
    facts: Mapping[str, Any]
    is_emergency: bool = False
    about: Mapping[str, str] = field(default_factory=dict)
    hold: str = ""  # why it is not offered to be checked


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
def shipped_lines() -> dict[str, tuple[ShippedLine, ...]]:
    """By country: the emergency numbers, then the lines, in the order of the file."""
    found = {}
    for entry in _read("countries.yaml")["crisis_lines"]:
        country = entry["country"]
        found[country] = (*(_number(country, number) for number in entry["emergency"]), *(_line(country, line) for line in entry["lines"]))
    return found


def _number(country: str, number: Mapping[str, Any]) -> ShippedLine:
    about = {} if number["seen"] else {"note": "Not seen on a page: check this one first."}
    facts = {"name": number["label"], "call": number["number"]}
    return ShippedLine(country, slugify(f"emergency {number['number']}"), facts, is_emergency=True, about=about)


def _line(country: str, line: Mapping[str, Any]) -> ShippedLine:
    facts = {name: line[name] for name in FACTS if line.get(name) not in (None, "", "check")}
    about = {name: str(line[name]) for name in ("source", "source_date", "confidence", "note", "warning") if line.get(name)}
    return ShippedLine(country, slugify(line["name"])[:80], facts, about=about, hold=str(line["hold_reason"]) if line.get("hold") else "")


def shipped_line(country: str, key: str) -> ShippedLine | None:
    return next((line for line in shipped_lines().get(country, ()) if line.key == key), None)


@lru_cache(maxsize=1)
def max_age_days() -> int:
    """How long two checks hold."""
    return int(_read("countries.yaml")["crisis_lines_policy"]["max_age_days"])


@lru_cache(maxsize=1)
def directory() -> Directory:
    policy = _read("countries.yaml")["crisis_lines_policy"]
    return Directory(policy["fallback_url"], policy["fallback_text"])


@lru_cache(maxsize=1)
def warning_signs() -> tuple[WarningSign, ...]:
    groups = _read("warning_signs.yaml")["warning_signs"]
    return tuple(WarningSign(sign["key"], group, sign["text"], sign["level"]) for group, signs in groups.items() for sign in signs)
