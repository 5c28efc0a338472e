"""What a finished run leaves on the map: a move, a reach-out, once, read by whoever reads its words, and hers to edit afterwards."""

import pytest

from access.acting import acting_as
from core.ids import uuid7
from homework.services.runs import finish_run
from homework.services.sharing import share
from strengths.models import ReachOut, Supporter
from strengths.services import add_supporter, change_reach_out, move_supporter, show_supporter, take_back_reach_out
from tests.homework.agreed import answer, run_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]


@pytest.fixture
def obi(ben, ben_portal):
    with acting_as(ben_portal.actor):
        return add_supporter(client=ben, new_id=uuid7(), name="Obi", ring=3, by=ben_portal.actor)


@pytest.fixture
def finished(ben, ben_portal):
    """Finishes a run of an exercise with these answers, whose words are shared unless said otherwise."""

    def do(key, words=True, **answers):
        run = run_of(ben_portal, ben, None, key=key, state="started", words_shared=words)
        for step, value in answers.items():
            answer(ben_portal, run, step, value, shared=words)
        with acting_as(ben_portal.actor):
            return finish_run(run=run, by=ben_portal.actor)

    return do


def left(person):
    with acting_as(person.actor):
        return list(ReachOut.objects.filter(withdrawn_at=None).values_list("supporter__name", "how", "visibility"))


def test_a_hello_that_was_said_is_a_reach_out_once(ben_portal, obi, finished, tara):
    run = finished("small_hello", who=[str(obi.pk)], how="Voice message", sent=["I said hello"])
    with acting_as(ben_portal.actor):
        finish_run(run=run, by=ben_portal.actor)
    assert left(ben_portal) == left(tara) == [("Obi", "wrote", "my_therapist")]
    with acting_as(ben_portal.actor):
        share(run=run, ratings=True, words=False, by=ben_portal.actor)
    assert left(tara) == [] and left(ben_portal) == [("Obi", "wrote", "only_me")]


def test_one_taken_back_does_not_come_again(ben_portal, obi, finished):
    run = finished("small_hello", who=[str(obi.pk)], sent=["I said hello"])
    with acting_as(ben_portal.actor):
        take_back_reach_out(reach_out=ReachOut.objects.get(), by=ben_portal.actor)
        share(run=run, ratings=True, words=True, by=ben_portal.actor)
    assert left(ben_portal) == []


@pytest.mark.parametrize(
    ("key", "answers"),
    [
        ("small_hello", {"sent": []}),
        ("small_hello", {"sent": ["I said hello"], "who": ["not an id", str(uuid7())]}),
        ("ask_for_help", {"result": "I did not ask"}),
        ("ask_for_help", {}),
        ("thank_you_letter", {"do": "Send it"}),
    ],
    ids=["not said", "nobody", "not asked", "not yet", "a plan"],
)
def test_what_was_not_done_is_no_reach_out(ben_portal, obi, finished, key, answers):
    finished(key, **{"who": [str(obi.pk)], **answers})
    assert left(ben_portal) == []


def test_an_ask_counts_whatever_came_of_it(ben_portal, obi, finished):
    finished("ask_for_help", who=[str(obi.pk)], result="They said no, kindly")
    assert left(ben_portal) == [("Obi", "asked", "my_therapist")]


def test_the_map_exercise_moves_somebody_once(ben_portal, obi, finished):
    run = finished("support_map", close=[str(obi.pk)], outer=[str(obi.pk)])
    with acting_as(ben_portal.actor):
        moved = Supporter.objects.get(pk=obi.pk)
        assert (moved.ring, [was["ring"] for was in moved.history]) == (1, [3])
        move_supporter(supporter=moved, ring=2, version=moved.version, by=ben_portal.actor)
        share(run=run, ratings=True, words=True, by=ben_portal.actor)
        assert Supporter.objects.get(pk=obi.pk).ring == 2


def test_what_she_hid_by_itself_is_shown_by_nothing_else_she_does_with_the_run(ben, ben_portal, obi, finished, tara):
    run = finished("small_hello", who=[str(obi.pk)], sent=["I said hello"])
    with acting_as(ben_portal.actor):
        typed = add_supporter(client=ben, new_id=uuid7(), name="Ife", source=run, by=ben_portal.actor)
        show_supporter(supporter=typed, visibility="only_me", by=ben_portal.actor)
        made = ReachOut.objects.select_related("supporter").get()
        change_reach_out(reach_out=made, version=1, visibility="only_me", occurred_at=made.occurred_at, note="It was hard", by=ben_portal.actor)
        finish_run(run=run, helped=5, by=ben_portal.actor)
        share(run=run, ratings=False, words=True, for_session=True, by=ben_portal.actor)
    assert left(tara) == []
    with acting_as(tara.actor):
        assert [row.name for row in Supporter.objects.all()] == ["Obi"]


def test_words_that_are_kept_move_nobody_whose_place_is_read(ben, ben_portal, obi, finished, tara):
    with acting_as(ben_portal.actor):
        ife = add_supporter(client=ben, new_id=uuid7(), name="Ife", ring=3, visibility="only_me", by=ben_portal.actor)
    run = finished("support_map", words=False, close=[str(obi.pk), str(ife.pk)])
    with acting_as(ben_portal.actor):
        assert {row.name: row.ring for row in Supporter.objects.all()} == {"Obi": 3, "Ife": 1}
        share(run=run, ratings=True, words=True, by=ben_portal.actor)
    with acting_as(tara.actor):
        assert Supporter.objects.get().ring == 1
