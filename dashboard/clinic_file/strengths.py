"""Her strengths, her people, and what else holds her."""

import re

from access.acting import acting_as
from core.ids import uuid7
from dashboard.clinic_file.entry import Entry
from dashboard.clinic_file.scene import Case, Part
from strengths.content import help_kinds, resource_kinds, strengths
from strengths.services import RINGS, add_strength, add_supporter

# What a person of the file is good for, in the words of the map; any other word is kept as said of the person.
HELPS = {
    "listens": "listens",
    "practical help": "practical",
    "advice": "advice",
    "night call": "night_call",
    "night help": "night_call",
    "company": "company",
    "laugh": "laugh",
    "fun": "laugh",
    "love": "love",
    "faith": "faith",
    "belonging": "belonging",
}
NAME = re.compile(r"(?P<name>[^()]+?) \((?P<relation>[^()]+)\)")
FURTHER_OUT = RINGS[-1]  # where a place or a thing stands when the file does not say


def check(client: Entry, last: int) -> None:
    client.keys("strengths", {one.key for one in strengths()})
    kinds = {one.key for one in resource_kinds()}
    for person in client.entries("people"):
        _check_one(person, kinds)
        person.texts("roles")
        person.only("name", "kind", "ring", "roles")
    for resource in client.entries("resources"):
        _check_one(resource, kinds)
        resource.only("name", "kind", "ring")


def _check_one(entry: Entry, kinds: set[str]) -> None:
    if not entry.text("name", most=200).strip():
        raise entry.error("name", "a name is needed")
    entry.key("kind", kinds, "")
    entry.whole("ring", RINGS[0], RINGS[-1], 2)


def load(case: Case) -> None:
    """Named in the first session: she tells, and it is written down as hers."""
    when = case.met(case.began)
    with acting_as(case.by_client):
        for key in case.entry.texts("strengths"):
            add_strength(client=case.client, new_id=uuid7(), key=key, occurred_at=when, by=case.by_client)
        listed = [(entry, 2) for entry in case.entry.entries("people")] + [(entry, FURTHER_OUT) for entry in case.entry.entries("resources")]
        for entry, ring in listed:
            name, relation, helps = _said(entry)
            add_supporter(
                client=case.client,
                new_id=uuid7(),
                name=name,
                kind=entry.text("kind", ""),
                relation=relation,
                helps=helps,
                ring=entry.whole("ring", RINGS[0], RINGS[-1], ring),
                occurred_at=when,
                by=case.by_client,
            )


def _said(entry: Entry) -> tuple[str, str, list[str]]:
    """The name, who it is, and the kinds of help: `Obi (partner)` is Obi, and a role that is no kind of help stands with who it is."""
    whole = NAME.fullmatch(entry.text("name").strip())
    name, relation = (whole["name"], whole["relation"]) if whole else (entry.text("name"), "")
    roles = entry.texts("roles")
    helps = [key for key in help_kinds() if key in {HELPS.get(role) for role in roles}]
    words = [relation, *(role for role in roles if role not in HELPS)]
    return name, ", ".join(word for word in words if word)[:200], helps


PART = Part(("strengths", "people", "resources"), check, load)
