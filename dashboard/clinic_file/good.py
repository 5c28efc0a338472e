"""The jar: wins and good things, each in the words of whoever put it in, some with a strength or somebody in it."""

from typing import Any

from access.acting import acting_as
from core.ids import uuid7
from dashboard.clinic_file.entry import Entry
from dashboard.clinic_file.scene import Case, Part
from dashboard.clinic_file.strengths import NAME
from dashboard.clinic_file.weeks import DAYS
from mindset.models import GoodKind
from mindset.services import add_good_thing, add_win
from strengths.content import strengths
from strengths.selectors import my_people, my_strengths

EVENING = 21


def check(client: Entry, last: int) -> None:
    jar = client.entry("jar")
    if jar is None:
        return
    jar.only("wins", "good")
    picked = set(client.keys("strengths", {one.key for one in strengths()}))
    named = {_name(each) for field in ("people", "resources") for each in client.entries(field)}
    for thing in (*jar.entries("wins"), *jar.entries("good")):
        thing.whole("week", 0, last)
        thing.key("day", DAYS, "sat")
        if not thing.text("text", most=2000).strip():
            raise thing.error("text", "say what it was")
        thing.text("why", "", most=2000)
        thing.key("strength", picked, "")
        thing.key("person", named, "")
    for win in jar.entries("wins"):
        win.only("week", "day", "text", "why", "strength", "person")
    for good in jar.entries("good"):
        good.key("kind", GoodKind.values, GoodKind.GOOD_THING)
        for name in ("guess", "real"):
            if good.has(name):
                good.whole(name, 0, 10)
        good.only("week", "day", "text", "why", "strength", "person", "kind", "guess", "real")


def load(case: Case) -> None:
    """In the order in which they happened, written down by the client in the evening of the day."""
    jar = case.entry.entry("jar")
    if jar is None:
        return
    with acting_as(case.by_client):
        listed = {row.key: row for row in my_strengths(case.client)}
        people = {row.name: row for row in my_people(case.client)}
        found = [(thing, add) for field, add in (("wins", add_win), ("good", add_good_thing)) for thing in jar.entries(field)]
        for when, _place, thing, add in sorted((_when(case, thing), place, thing, add) for place, (thing, add) in enumerate(found)):
            said: dict[str, Any] = {"text": thing.text("text"), "why": thing.text("why", ""), "occurred_at": when}
            said |= {"strength": listed.get(thing.text("strength", "")), "supporter": people.get(thing.text("person", ""))}
            if add is add_good_thing:
                said["kind"] = thing.text("kind", GoodKind.GOOD_THING)
                said |= {name: thing.whole(name, 0, 10) for name in ("guess", "real") if thing.has(name)}
            add(client=case.client, new_id=uuid7(), by=case.by_client, **said)


def _when(case: Case, thing: Entry) -> Any:
    """Not before care began."""
    week, day = thing.whole("week", 0, case.weeks.last), DAYS.index(thing.text("day", "sat"))
    return max(case.weeks.at(week, day, EVENING), case.met(case.began))


def _name(entry: Entry) -> str:
    """As the map calls them: `Obi (partner)` is Obi."""
    text = entry.text("name").strip()
    whole = NAME.fullmatch(text)
    return whole["name"] if whole else text


PART = Part(("jar",), check, load)
