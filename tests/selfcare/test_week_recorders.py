"""What exercises leave in the week: once a run, read by whom the run is read by, and edited like anything else."""

from typing import Any

import pytest

from access.acting import acting_as
from clients.models import Client
from core.ids import uuid7
from homework.models import ExerciseRun
from homework.services.runs import finish_run
from homework.services.sharing import share
from selfcare.models import SelfCareActivity, SelfCareEntry
from selfcare.recorders import LEAVES
from selfcare.services import add_activity, put_away, show_activity, take_back
from tests.cast import Person
from tests.homework.agreed import answer, run_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]
# What is answered; the activities it leaves (domain, name, tiny, standard, stretch); the logs (domain, name, size); nights (minutes, quality).
CASES: dict[str, tuple[dict[str, Any], list[tuple[str, ...]], list[tuple[str, ...]], list[tuple[int | None, int | None]]]] = {
    "activity_plan": ({"kind": "fun", "what": "Old records", "done": "Part of it"}, [], [("leisure", "Old records", "tiny")], []),
    "ten_minute_move": ({"what": "Walk"}, [], [("physical", "Walk", "")], []),
    "step_outside": ({"where": "Water"}, [], [("physical", "Outside: Water", "")], []),
    "sleep_evening": (
        {"wake": "7:00", "wind": ["Dim the lights", "Quiet music"]},
        [("sleep", "A calm last hour", "Dim the lights", "Dim the lights, Quiet music", ""), ("sleep", "Up at 7:00", "", "", "")],
        [],
        [],
    ),
    "sleep_diary": ({"bed": "23:15", "out": "07:10", "quality": 6}, [], [], [(475, 6)]),
    "eating_rhythm": ({"easy": "Banana at work"}, [("nutrition", "Banana at work", "", "", "")], [], []),
    "hobby_menu": (
        {"small": "One song\nDoodle", "medium": "A film", "big": "The sea", "pick": "One song", "after": 7},
        [("leisure", "My fun menu", "One song, Doodle", "A film", "The sea")],
        [("leisure", "One song", "tiny")],
        [],
    ),
    "selfcare_check": ({"dry": "sleep", "act": "Cool, dark room"}, [("sleep", "Cool, dark room", "", "", "")], [], []),
    "kind_no": ({"how": "They were upset"}, [], [("social", "A kind no", "")], []),
}
TAPS = {"ten_minute_move", "step_outside", "selfcare_check", "kind_no"}


def begun(portal: Person, client: Client, key: str, **said: Any) -> ExerciseRun:
    run = run_of(portal, client, None, key=key, state="started", words_shared=True, ratings_shared=True)
    for step, value in {**CASES[key][0], **said}.items():
        answer(portal, run, step, value, shared=True)
    return run


def finish(portal: Person, run: ExerciseRun) -> None:
    with acting_as(portal.actor):
        finish_run(run=run, by=portal.actor)


def shares(portal: Person, run: ExerciseRun, *, ratings: bool, words: bool) -> None:
    with acting_as(portal.actor):
        share(run=run, ratings=ratings, words=words, by=portal.actor)


def left(person: Person) -> tuple[list[Any], list[Any], list[Any]]:
    with acting_as(person.actor):
        activities = sorted((row.domain, row.name, row.tiny, row.standard, row.stretch) for row in SelfCareActivity.objects.all())
        entries = list(SelfCareEntry.objects.filter(withdrawn_at=None).select_related("activity"))
        logs = [(row.domain, row.name or str(row.activity), row.size) for row in entries if row.kind == "log"]
        return activities, logs, [(row.slept, row.quality) for row in entries if row.kind == "night"]


def test_every_one_of_them_has_a_case() -> None:
    assert set(LEAVES) == set(CASES)


@pytest.mark.parametrize("key", sorted(CASES))
def test_it_leaves_this_once(key: str, tara: Person, ben: Client, ben_portal: Person) -> None:
    run = begun(ben_portal, ben, key)
    for _press in range(2):
        finish(ben_portal, run)
    assert left(tara) == left(ben_portal) == CASES[key][1:]


@pytest.mark.parametrize("key", sorted(CASES))
def test_who_reads_it_follows_the_run(key: str, tara: Person, ben: Client, ben_portal: Person) -> None:
    run = begun(ben_portal, ben, key)
    finish(ben_portal, run)
    everything, nothing = CASES[key][1:], ([], [], [])
    calm = ([("sleep", "A calm last hour", "Dim the lights", "Dim the lights, Quiet music", "")], [], [])
    taps = everything if key in TAPS else calm if key == "sleep_evening" else nothing
    for ratings, words, read in ((False, False, nothing), (True, False, taps), (True, True, everything), (False, True, nothing), (True, True, everything)):
        shares(ben_portal, run, ratings=ratings, words=words)
        assert left(tara) == read and left(ben_portal) == everything


@pytest.mark.parametrize(
    ("key", "said"),
    [
        pytest.param("activity_plan", {"done": "Not this time"}, id="not done"),
        pytest.param("activity_plan", {"done": "Yes", "what": " "}, id="no words"),
        pytest.param("sleep_diary", {"bed": "late", "out": "early", "quality": None}, id="no times"),
        pytest.param("sleep_diary", {"bed": "23:00", "out": "22:30"}, id="no night"),
        pytest.param("kind_no", {"how": "Not done yet"}, id="not said yet"),
        pytest.param("sleep_evening", {"wake": "", "wind": []}, id="nothing chosen"),
    ],
)
def test_what_did_not_happen_leaves_nothing(key: str, said: dict[str, Any], ben: Client, ben_portal: Person) -> None:
    run = begun(ben_portal, ben, key, **said)
    finish(ben_portal, run)
    assert left(ben_portal) == ([], [], [])


def test_it_joins_what_stands_in_the_week_under_that_name(ben: Client, ben_portal: Person) -> None:
    with acting_as(ben_portal.actor):
        walk = add_activity(client=ben, new_id=uuid7(), domain="physical", name="walk", by=ben_portal.actor)
    finish(ben_portal, begun(ben_portal, ben, "ten_minute_move"))
    with acting_as(ben_portal.actor):
        assert SelfCareEntry.objects.get().line == walk.line


def test_a_plan_that_stands_in_the_week_is_left_as_it_is(tara: Person, ben: Client, ben_portal: Person) -> None:
    with acting_as(ben_portal.actor):
        there = add_activity(client=ben, new_id=uuid7(), domain="nutrition", name="banana at work", tiny="half", by=ben_portal.actor)
    run = begun(ben_portal, ben, "eating_rhythm")
    finish(ben_portal, run)
    with acting_as(ben_portal.actor):
        put_away(activity=there, by=ben_portal.actor)
    shares(ben_portal, run, ratings=False, words=False)
    shares(ben_portal, run, ratings=True, words=True)
    assert left(tara)[0] == left(ben_portal)[0] == [("nutrition", "banana at work", "half", "", "")]


def test_what_was_hidden_taken_back_or_put_away_by_hand_stays_so(tara: Person, ben: Client, ben_portal: Person) -> None:
    moved, menu = begun(ben_portal, ben, "ten_minute_move"), begun(ben_portal, ben, "hobby_menu")
    finish(ben_portal, moved)
    finish(ben_portal, menu)
    with acting_as(ben_portal.actor):
        take_back(entry=SelfCareEntry.objects.get(source_id=moved.pk), by=ben_portal.actor)
        row = SelfCareActivity.objects.get()
        show_activity(activity=row, visibility="only_me", by=ben_portal.actor)
        put_away(activity=row, by=ben_portal.actor)
        finish_run(run=menu, helped=5, by=ben_portal.actor)
    shares(ben_portal, moved, ratings=False, words=False)
    shares(ben_portal, moved, ratings=True, words=True)
    assert left(tara) == ([], [("leisure", "One song", "tiny")], [])
    with acting_as(ben_portal.actor):
        assert SelfCareActivity.objects.get().state == "retired"
