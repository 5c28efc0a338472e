"""The seven domains of looking after oneself, with small things to do in each."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Domain:
    """`note` is a rule for staff, such as when to hide the domain for a client."""

    key: str
    name: str
    activities: tuple[str, ...]
    note: str = ""


PART = "part:"  # what the axis calls a log by: the key of its domain


def part_name(item_key: str) -> str:
    """The domain that a line of the axis names."""
    key = item_key.removeprefix(PART)
    return next((one.name for one in domains() if one.key == key), key)


@lru_cache(maxsize=1)
def domains() -> tuple[Domain, ...]:
    content = yaml.safe_load((DATA / "domains.yaml").read_text("utf-8"))["selfcare_domains"]
    return tuple(Domain(entry["key"], entry["name"], tuple(entry["activities"]), entry.get("note", "")) for entry in content)
