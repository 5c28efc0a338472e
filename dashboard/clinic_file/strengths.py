"""Her strengths, her people, and what else holds her."""

from access.acting import acting_as
from core.ids import uuid7
from dashboard.clinic_file.entry import Entry
from dashboard.clinic_file.scene import Case, Part
from strengths.content import resource_kinds, strengths
from strengths.services import RINGS, add_strength, add_supporter


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
        for entry in (*case.entry.entries("people"), *case.entry.entries("resources")):
            add_supporter(
                client=case.client,
                new_id=uuid7(),
                name=entry.text("name"),
                kind=entry.text("kind", ""),
                ring=entry.whole("ring", RINGS[0], RINGS[-1], 2),
                occurred_at=when,
                by=case.by_client,
            )


PART = Part(("strengths", "people", "resources"), check, load)
