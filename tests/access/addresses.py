"""The addresses of the running URLconf, filled with ids; and what an attacker would post to them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from access.wall import walled_models
from tests.access.canaries import Record

# what a parameter of an address is filled with when it is no id of a row
WORDS = {
    "key": "slow_breathing", "side": "portal", "uidb36": "1", "token": "0" * 64, "pk": "1", "step_key": "ask", "number": "1",
    "text_key": "sleep", "code": "AAAAAA",
}  # fmt: skip
# names that only the forms have; every column of every model comes by itself
FORM_FIELDS = {
    "step": "save", "button": "next", "answer": "an attack", "mood": "1", "level": "1", "choice": "talk", "barrier": "too_tired", "need": "calm",
    "checked": "on", "paper": "on", "date": date.today().isoformat(), "time": "10:00", "minutes": "50", "shown": str(uuid4()), "session_version": "1",
    "fresh": "on", "seen": "therapist", "ratings": "therapist", "words": "therapist", "theme": "dark", "next": "//elsewhere.example/", "ends_on": "2999-01-01",
    "name_0": "an attack", "phone_0": "999", "own_lines": "an attack",
    "on": "off", "days": "0", "agreed": "on", "pause": "7", "List-Unsubscribe": "One-Click",
    "login": "ben@example.org", "password1": "a quiet lantern 8", "password2": "a quiet lantern 8", "is_staff": "on", "is_superuser": "on", "author_id": "1",
}  # fmt: skip
CHANGES = re.compile(r'(csrfmiddlewaretoken|new_id|shown)" value="[^"]*"|data-exit-token="\w+"|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|Set-Cookie[^\n]*')


@dataclass(frozen=True)
class Address:
    """One pattern of the URLconf."""

    name: str
    gate: str
    parameters: tuple[str, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(name for name in self.parameters if name not in WORDS)

    def url(self, ids: dict[str, Any]) -> str:
        return reverse(self.name, kwargs={name: WORDS.get(name) or ids[name] for name in self.parameters})


def addresses(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[Address]:
    """Every address that is there; a new one joins by itself."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, f"{pattern.namespace}:" if pattern.namespace else namespace)
        else:
            yield Address(f"{namespace}{pattern.name}", getattr(pattern.callback, "gate", "none"), parameters_of(pattern))


def parameters_of(pattern: URLPattern) -> tuple[str, ...]:
    named = getattr(pattern.pattern, "converters", {})
    return tuple(named) or tuple(pattern.pattern.regex.groupindex)


def filled(address: Address, record: Record, *, every: bool) -> Iterator[dict[str, Any]]:
    """The address with ids of this record's own rows; each of them once with `every`."""
    pools = {name: [record.client.pk] if name == "client_id" else record.ids(name.removesuffix("_id")) for name in address.ids}
    longest = max((len(pool) for pool in pools.values()), default=1) if every else 1
    for number in range(longest):
        yield {name: pool[number % len(pool)] for name, pool in pools.items()}


def missing(address: Address) -> dict[str, Any]:
    return {name: uuid4() for name in address.ids}


def attack_fields(record: Record, me: Any, new_id: UUID) -> dict[str, Any]:
    """Every column of every model by name, with this record's rows where an id is asked for; `me` wherever a person is."""
    found: dict[str, Any] = dict(FORM_FIELDS)
    for model in walled_models():
        for column in model._meta.concrete_fields:
            found[column.name] = found[column.attname] = sample(column, record, me)
    own = {row._meta.model_name: row.pk for rows in record.rows.values() for row in rows}
    found |= {"new_id": new_id, "entry": own["checkin"], "kind": "clients.checkin", "stop": own["assignment"], "replaces": own["assignment"]}
    return {name: str(value) for name, value in found.items()}


def sample(column: Any, record: Record, me: Any) -> Any:
    if column.is_relation:
        label = column.related_model._meta.label
        people = {"accounts.User": me, "accounts.Clinic": record.client.clinic_id}
        return people.get(label) or record.rows.get(label, [record.client])[0].pk
    if isinstance(column, models.UUIDField):
        return record.client.pk
    if column.choices:
        return "admin" if column.name == "role" else column.choices[-1][0]
    kinds = {models.BooleanField: "on", models.DateField: date.today().isoformat(), models.TimeField: "18:30", models.IntegerField: 1, models.FloatField: 1}
    return next((value for kind, value in kinds.items() if isinstance(column, kind)), "an.attack@example.org")


def as_sent(response: Any, *, exact: bool) -> tuple[Any, ...]:
    """An answer for comparing: `exact` = byte for byte; else without what differs from one showing to the next."""
    headers = {name: value for name, value in response.headers.items() if name != "X-Request-Id"}
    if exact:
        return response.status_code, response.content, tuple(sorted(headers.items()))
    text = "\n".join([*(f"{name}: {value}" for name, value in sorted(headers.items())), response.content.decode(errors="replace")])
    return response.status_code, CHANGES.sub("", text)
