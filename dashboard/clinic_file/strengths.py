"""Her strengths, her people, and what else holds her."""

import re
from typing import Any

from access.acting import acting_as
from core.ids import uuid7
from dashboard.clinic_file.entry import Entry
from dashboard.clinic_file.scene import Case, Part
from strengths.content import help_kinds, resource_kinds, strengths
from strengths.models import SaidBy, SpottedBy
from strengths.services import RINGS, add_moment, add_strength, add_supporter, change_supporter

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
EVENING = (2, 19)  # Wednesday at seven: when a moment of a week was told
FURTHER_OUT = RINGS[-1]  # where a place or a thing stands when the file does not say


def check(client: Entry, last: int) -> None:
    client.keys("strengths", {one.key for one in strengths()})
    for moment in client.entries("moments"):
        _check_moment(moment, last)
    kinds = {one.key for one in resource_kinds()}
    for person in client.entries("people"):
        _check_one(person, kinds)
        person.texts("roles")
        person.whole("since", 0, last, 0)
        person.only("name", "kind", "ring", "roles", "since")
    for resource in client.entries("resources"):
        _check_one(resource, kinds)
        resource.only("name", "kind", "ring")


def _check_moment(moment: Entry, last: int) -> None:
    moment.key("strength", {one.key for one in strengths()})
    moment.whole("week", 0, last)
    if not moment.text("text", most=2000).strip():
        raise moment.error("text", "say what happened")
    moment.text("who", "", most=60)
    moment.key("by", {"client", "therapist"}, "client")
    if moment.text("who", "") and moment.text("by", "client") == "therapist":
        raise moment.error("who", "the therapist's own words are nobody else's")
    moment.only("strength", "week", "text", "who", "by")


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
            since = entry.whole("since", 0, case.weeks.last, 0)
            now: dict[str, Any] = {"ring": entry.whole("ring", RINGS[0], RINGS[-1], ring), "helps": helps}
            first = now if since <= case.began else {"ring": FURTHER_OUT, "helps": []}
            about: dict[str, Any] = {"name": name, "kind": entry.text("kind", ""), "relation": relation, **first}
            row = add_supporter(client=case.client, new_id=uuid7(), occurred_at=when, by=case.by_client, **about)
            if first is not now:
                change_supporter(supporter=row, version=row.version, at=case.met(since), by=case.by_client, **now)
    _show(case)


def _show(case: Case) -> None:
    """What shows a strength: in her own words or somebody's close to her she writes it down, in her therapist's the therapist."""
    for moment in case.entry.entries("moments"):
        spotted = moment.text("by", "client") == "therapist"
        by, who, week = case.by_therapist if spotted else case.by_client, moment.text("who", ""), moment.whole("week", 0, case.weeks.last)
        said_by = SaidBy.THERAPIST if spotted else SaidBy.BORROWED if who else SaidBy.CLIENT
        when = case.met(week) if spotted else max(case.weeks.at(week, EVENING[0], EVENING[1]), case.met(case.began))
        with acting_as(by):
            key, spotted_by = moment.text("strength"), SpottedBy.THERAPIST if spotted else SpottedBy.CLIENT
            row = add_strength(client=case.client, new_id=uuid7(), key=key, spotted_by=spotted_by, occurred_at=when, by=by)
            add_moment(strength=row, new_id=uuid7(), happened=moment.text("text"), said_by=said_by, eyes=who, occurred_at=when, by=by)


def _said(entry: Entry) -> tuple[str, str, list[str]]:
    """The name, who it is, and the kinds of help: `Obi (partner)` is Obi, and a role that is no kind of help stands with who it is."""
    whole = NAME.fullmatch(entry.text("name").strip())
    name, relation = (whole["name"], whole["relation"]) if whole else (entry.text("name"), "")
    roles = entry.texts("roles")
    helps = [key for key in help_kinds() if key in {HELPS.get(role) for role in roles}]
    words = [relation, *(role for role in roles if role not in HELPS)]
    return name, ", ".join(word for word in words if word)[:200], helps


PART = Part(("strengths", "moments", "people", "resources"), check, load)
