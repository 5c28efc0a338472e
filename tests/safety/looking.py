"""Looks at crisis lines, as the office makes them."""

from typing import Any

from access.acting import acting_as
from core.ids import uuid7
from safety.content import shipped_line
from safety.models import LineCheck
from safety.services import check_line
from tests.cast import Person

SAMARITANS = "samaritans"


def look(who: Person, key: str = SAMARITANS, *, country: str = "GB", version: int = 1, **said: Any) -> LineCheck:
    with acting_as(who.actor):
        said = {"how": "called", "is_right": True, "new_id": uuid7(), **said}
        return check_line(country=country, key=key, version=version, by=who.actor, **said)


def looked_twice(first: Person, second: Person, key: str = SAMARITANS, **said: Any) -> None:
    for who in (first, second):
        look(who, key, **said)


def facts_of(key: str = SAMARITANS, country: str = "GB", **changes: Any) -> dict[str, Any]:
    shipped = shipped_line(country, key)
    assert shipped is not None
    return {name: value for name, value in {**shipped.facts, **changes}.items() if value is not None}
