"""Wins and good things: written once, put right, shown or kept, taken back; a tie shows nobody what they may not read."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from access.acting import acting_as
from access.selectors import private_counts
from clients.models import Client, TimelineEntry
from clients.selectors import PillarRows
from core.errors import Refused, Stale
from core.ids import uuid7
from mindset.models import Accomplishment, GratitudeEntry
from mindset.selectors.good import JarEntry, comforting, entry_of, good_things_of, has_jar, jar_ids, jar_line, jar_section, ties, wins_of
from mindset.services import add_good_thing, add_win, change_entry, show_entry, take_back_entry
from strengths.models import Strength, Supporter
from strengths.services import add_strength, add_supporter, take_off_map
from tests.cast import Person

pytestmark = pytest.mark.django_db


def win(person: Person, client: Client, text: str = "Sang at the show.", **said: Any) -> Accomplishment:
    with acting_as(person.actor):
        return add_win(client=client, new_id=said.pop("new_id", uuid7()), text=text, by=person.actor, **said)


def good(person: Person, client: Client, text: str = "Sun on the wall", **said: Any) -> GratitudeEntry:
    with acting_as(person.actor):
        return add_good_thing(client=client, new_id=said.pop("new_id", uuid7()), text=text, by=person.actor, **said)


def tied(person: Person, client: Client, visibility: str) -> tuple[Strength, Supporter]:
    with acting_as(person.actor):
        strength = add_strength(client=client, new_id=uuid7(), own_words="Stubborn", visibility=visibility, by=person.actor)
        return strength, add_supporter(client=client, new_id=uuid7(), name="Obi", visibility=visibility, by=person.actor)


def test_sent_twice_it_is_one_and_stands_once_on_the_axis(ben: Client, ben_portal: Person, as_owner: Any) -> None:
    one, two = uuid7(), uuid7()
    for _press in range(2):
        win(ben_portal, ben, new_id=one)
        good(ben_portal, ben, new_id=two)
    with as_owner():
        assert (Accomplishment.objects.count(), GratitudeEntry.objects.count()) == (1, 1)
        assert sorted(TimelineEntry.objects.values_list("kind", "pillar")) == [("good_thing", "mindset"), ("win", "mindset")]


@pytest.mark.parametrize("said", [{"text": "  "}, {"occurred_at": "tomorrow"}, {"supporter": "of another"}], ids=["empty", "tomorrow", "another's person"])
def test_what_makes_no_sense_is_refused(ben: Client, cleo: Client, tara: Person, ben_portal: Person, said: dict[str, Any]) -> None:
    if "occurred_at" in said:
        said = {"occurred_at": timezone.now() + timedelta(days=1)}
    if "supporter" in said:
        with acting_as(tara.actor):
            said = {"supporter": add_supporter(client=cleo, new_id=uuid7(), name="Kit", by=tara.actor)}
    with pytest.raises(Refused):
        win(ben_portal, ben, **said)


def test_a_change_asks_for_the_version_and_takes_its_line_along(ben: Client, ben_portal: Person) -> None:
    row, before = win(ben_portal, ben), timezone.now() - timedelta(days=3)
    with acting_as(ben_portal.actor):
        changed = change_entry(entry=row, version=1, text="Sang twice.", occurred_at=before, for_session=True, visibility="only_me", by=ben_portal.actor)
        line = TimelineEntry.objects.get(kind="win")
        assert (changed.text, line.occurred_at, line.for_session, line.visibility) == ("Sang twice.", before, True, "only_me")
        with pytest.raises(Stale) as late:
            change_entry(entry=row, version=1, text="Hummed.", by=ben_portal.actor)
        assert late.value.current.text == "Sang twice."


def test_taken_back_it_is_nowhere(ben: Client, ben_portal: Person) -> None:
    row = good(ben_portal, ben)
    with acting_as(ben_portal.actor):
        assert has_jar(ben)
        for _press in range(2):
            take_back_entry(entry=row, by=ben_portal.actor)
        assert not has_jar(ben) and jar_section(ben).total == 0 and not TimelineEntry.objects.exists()
        gone = entry_of(ben, row.pk, taken_back=True)
        assert entry_of(ben, row.pk) is None and gone is not None
        with pytest.raises(Refused):
            change_entry(entry=gone, version=1, text="x", by=ben_portal.actor)


def test_what_is_only_hers_is_in_no_list_and_no_count_of_staff(tara: Person, ben: Client, ben_portal: Person) -> None:
    kept, shown = win(ben_portal, ben, visibility="only_me"), win(ben_portal, ben, "Called back.")
    good(ben_portal, ben, visibility="only_me")
    with acting_as(tara.actor):
        assert [row.pk for row in wins_of(ben, staff=True)] == [shown.pk] and not good_things_of(ben, staff=True)
        assert jar_section(ben, staff=True).total == 1 and private_counts([ben.pk]) == {(ben.pk, "mindset"): 2}
        assert not Accomplishment.objects.filter(pk=kept.pk).exists(), "the wall"
    with acting_as(ben_portal.actor):
        assert jar_section(ben).total == 3
        show_entry(entry=kept, visibility="my_therapist", by=ben_portal.actor)
    with acting_as(tara.actor):
        assert jar_section(ben, staff=True).wins == 2


@pytest.mark.parametrize("visibility", ["my_therapist", "only_me"])
def test_a_tie_shows_staff_what_they_may_read_alone(tara: Person, ben: Client, ben_portal: Person, visibility: str) -> None:
    strength, friend = tied(ben_portal, ben, visibility)
    row = win(ben_portal, ben, strength=strength, supporter=friend)
    with acting_as(tara.actor):
        names = ("Stubborn", "Obi") if visibility == "my_therapist" else ("", "")
        assert ties(wins_of(ben, staff=True)[0], staff=True) == names
    with acting_as(ben_portal.actor):
        mine = wins_of(ben)[0]
        assert ties(mine) == ("Stubborn", "Obi") and mine.pk == row.pk
        assert ties(mine, staff=True) == names, "the selector, without the wall"


def test_the_jar_opens_on_what_is_good(ben: Client, ben_portal: Person) -> None:
    _strength, friend = tied(ben_portal, ben, "my_therapist")
    out: list[JarEntry] = [win(ben_portal, ben), *(good(ben_portal, ben, kind=kind) for kind in ("good_thing", "savoured", "letter", "both"))]
    out.append(good(ben_portal, ben, kind="planned", guess=3, real=8))
    for kind, real in (("planned", None), ("planned", 1), ("future", None)):
        good(ben_portal, ben, kind=kind, real=real)
    with_friend = good(ben_portal, ben, supporter=friend)
    with acting_as(ben_portal.actor):
        assert set(jar_ids(ben)) == {row.pk for row in [*out, with_friend]}
        take_off_map(supporter=friend, by=ben_portal.actor)
        assert set(jar_ids(ben)) == {row.pk for row in out} and ties(good_things_of(ben)[0]) == ("", "")
        assert comforting(ben).count() == 6


def test_the_line_counts_wins_and_runs_of_the_wins_log() -> None:
    entries = [TimelineEntry(kind="win"), TimelineEntry(kind="exercise", item_key="wins_log"), TimelineEntry(kind="exercise", item_key="x")]
    assert jar_line(PillarRows(tuple(entries), ())) == "2 wins in the jar"
    assert jar_line(PillarRows(tuple(entries[:1]), ())) == "1 win in the jar" and jar_line(PillarRows((), ())) == ""
