"""What exercises leave in the jar: once for a run, read by whom the run's words are read by, and edited like anything else."""

from typing import Any

import pytest

from access.acting import acting_as
from clients.models import Client, TimelineEntry
from core.ids import uuid7
from homework.models import ExerciseRun
from homework.services.runs import finish_run
from homework.services.sharing import share
from mindset.models import Accomplishment, GratitudeEntry
from mindset.selectors.good import good_things_of, ties, wins_of
from mindset.services import change_entry, show_entry, take_back_entry
from strengths.models import StrengthEpisode
from strengths.services import add_strength, add_supporter
from tests.cast import Person
from tests.homework.agreed import answer, run_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]
THREE = {"g1": "Tea in the sun", "w1": "I sat down", "g2": "Kit rang", "g3": "  "}


def begun(portal: Person, client: Client, key: str, said: dict[str, Any], **row: Any) -> ExerciseRun:
    run = run_of(portal, client, None, key=key, state="started", **{"words_shared": True, "ratings_shared": True, **row})
    for step, value in said.items():
        answer(portal, run, step, value, shared=True)
    return run


def finish(portal: Person, run: ExerciseRun) -> None:
    with acting_as(portal.actor):
        finish_run(run=run, by=portal.actor)


def shares(portal: Person, run: ExerciseRun, *, ratings: bool = True, words: bool) -> None:
    with acting_as(portal.actor):
        share(run=run, ratings=ratings, words=words, by=portal.actor)


def read_by(person: Person, client: Client) -> list[GratitudeEntry]:
    with acting_as(person.actor):
        return list(good_things_of(client, staff=person.membership.role == "therapist").order_by("created_at", "source_step"))


def test_three_good_things_are_as_many_as_were_told(tara: Person, ben: Client, ben_portal: Person) -> None:
    run = begun(ben_portal, ben, "three_good_things", THREE)
    assert read_by(ben_portal, ben) == []
    for _press in range(2):
        finish(ben_portal, run)
    assert [(row.kind, row.text, row.why) for row in read_by(tara, ben)] == [("good_thing", "Tea in the sun", "I sat down"), ("good_thing", "Kit rang", "")]
    with acting_as(tara.actor):
        assert not TimelineEntry.objects.filter(kind="good_thing").exists(), "the run's own line says it"


def test_a_win_stands_on_the_strength_of_its_moment(tara: Person, ben: Client, ben_portal: Person) -> None:
    finish(ben_portal, begun(ben_portal, ben, "wins_log", {"win": "Rang the bank", "hard": 7, "strength": "bravery", "says": "I do hard things"}))
    with acting_as(tara.actor):
        row = wins_of(ben, staff=True).get()
        moment = StrengthEpisode.objects.get()
        assert (row.text, row.why, row.strength_id) == ("Rang the bank", "I do hard things", moment.strength_id)
        assert sorted(TimelineEntry.objects.values_list("kind", flat=True)) == ["exercise", "strength", "strength_moment"]


@pytest.mark.parametrize(
    ("key", "said", "left"),
    [
        ("savour_moment", {"what": "Rain on the roof", "title": "Drums"}, ("savoured", "Rain on the roof", "Drums")),
        ("thank_you_letter", {"letter": "Dear Obi, you rang."}, ("letter", "Dear Obi, you rang.", "")),
        ("best_future_day", {"write": "I wake early", "step": "One tap a day", "block": "fear"}, ("future", "I wake early", "One tap a day")),
        ("hard_and_okay", {"hard": "The call", "okay": "I made soup"}, ("both", "I made soup", "The call")),
        ("plan_good_moment", {"what": "The lake", "guess": 4, "detail": "cold water", "was": 8}, ("planned", "The lake", "cold water")),
    ],
)
def test_each_leaves_its_own(ben: Client, ben_portal: Person, key: str, said: dict[str, Any], left: tuple[str, str, str]) -> None:
    finish(ben_portal, begun(ben_portal, ben, key, said))
    (row,) = read_by(ben_portal, ben)
    assert (row.kind, row.text, row.why) == left
    assert (row.guess, row.real) == ((4, 8) if key == "plan_good_moment" else (None, None))


def test_a_letter_is_tied_to_whom_it_is_for_and_a_hope_to_a_strength_on_the_list(ben: Client, ben_portal: Person) -> None:
    with acting_as(ben_portal.actor):
        obi = add_supporter(client=ben, new_id=uuid7(), name="Obi", by=ben_portal.actor)
        add_strength(client=ben, new_id=uuid7(), key="hope", by=ben_portal.actor)
    finish(ben_portal, begun(ben_portal, ben, "thank_you_letter", {"who": [str(obi.pk)], "letter": "Dear Obi"}))
    finish(ben_portal, begun(ben_portal, ben, "best_future_day", {"write": "I wake early", "strengths": ["bravery", "hope"]}))
    letter, hope = read_by(ben_portal, ben)
    with acting_as(ben_portal.actor):
        assert ties(letter) == ("", "Obi") and hope.strength is not None and hope.strength.key == "hope"


def test_who_reads_it_follows_the_words_and_a_planned_thing_both(tara: Person, ben: Client, ben_portal: Person) -> None:
    run = begun(ben_portal, ben, "three_good_things", THREE, words_shared=False)
    planned = begun(ben_portal, ben, "plan_good_moment", {"what": "The lake", "guess": 4, "was": 8}, ratings_shared=False)
    for each in (run, planned):
        finish(ben_portal, each)
    assert read_by(tara, ben) == [] and len(read_by(ben_portal, ben)) == 3
    shares(ben_portal, run, words=True)
    assert len(read_by(tara, ben)) == 2
    shares(ben_portal, planned, words=True, ratings=True)
    assert len(read_by(tara, ben)) == 3
    shares(ben_portal, planned, words=True, ratings=False)
    assert len(read_by(tara, ben)) == 2


def test_what_was_done_by_hand_stays(tara: Person, ben: Client, ben_portal: Person) -> None:
    run = begun(ben_portal, ben, "three_good_things", THREE)
    finish(ben_portal, run)
    first, second = read_by(ben_portal, ben)
    with acting_as(ben_portal.actor):
        change_entry(entry=first, version=1, text="Tea", by=ben_portal.actor)
        show_entry(entry=first, visibility="only_me", by=ben_portal.actor)
        take_back_entry(entry=second, by=ben_portal.actor)
        finish_run(run=run, helped=5, by=ben_portal.actor)
    assert read_by(tara, ben) == []
    shares(ben_portal, run, words=False)
    shares(ben_portal, run, words=True)
    assert [row.text for row in read_by(tara, ben)] == ["Tea"]


def test_where_nothing_was_told_nothing_is_left(ben: Client, ben_portal: Person) -> None:
    finish(ben_portal, begun(ben_portal, ben, "wins_log", {"win": " "}))
    finish(ben_portal, begun(ben_portal, ben, "savour_moment", {"title": "Drums"}))
    with acting_as(ben_portal.actor):
        assert not Accomplishment.objects.exists() and not GratitudeEntry.objects.exists()


def test_a_strength_that_was_tapped_is_read_with_the_taps_alone(tara: Person, ben: Client, ben_portal: Person) -> None:
    with acting_as(ben_portal.actor):
        add_strength(client=ben, new_id=uuid7(), key="bravery", by=ben_portal.actor)
    run = begun(ben_portal, ben, "best_future_day", {"write": "I wake early", "strengths": ["bravery"]}, ratings_shared=False)
    finish(ben_portal, run)
    assert read_by(tara, ben) == [], "it would tell which strength was picked"
    shares(ben_portal, run, words=True)
    (row,) = read_by(tara, ben)
    assert ties(row, staff=True)[0] == "Bravery"
    shares(ben_portal, run, ratings=False, words=True)
    assert read_by(tara, ben) == []
    untied = begun(ben_portal, ben, "best_future_day", {"write": "I sleep late"}, ratings_shared=False)
    finish(ben_portal, untied)
    assert [row.text for row in read_by(tara, ben)] == ["I sleep late"], "nothing was tapped"
