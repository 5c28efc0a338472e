"""What exercises leave among the kinder answers: once for a run, read by whom the run's words are read by, and edited like anything else."""

import pytest

from access.acting import acting_as
from homework.services.runs import finish_run
from homework.services.sharing import share
from selfcare.models import CompassionNote
from selfcare.selectors.compassion import kindness_of, notes_of
from selfcare.services import show_note, take_back_note
from tests.homework.agreed import answer, run_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]
SAID = {
    "compassion_break": {"before": 7, "words": "It is hard. I am trying.", "after": 4},
    "best_friend_letter": {"what": "I forgot the form", "before": 2, "letter": "Dear me, you had so much on.", "after": 5},
    "critic_to_coach": {"critic": "You are so lazy", "before": 8, "coach": "Ben, ten minutes, then rest.", "fit": 6, "after": 4},
    "good_enough": {"task": "Send the email after one read", "fear": "They will laugh", "b1": 8, "did": "Nobody did.", "b2": 3},
}
LEFT = {
    "compassion_break": ("break", "", "It is hard. I am trying.", None, None),
    "best_friend_letter": ("letter", "I forgot the form", "Dear me, you had so much on.", None, None),
    "critic_to_coach": ("coach", "You are so lazy", "Ben, ten minutes, then rest.", None, None),
    "good_enough": ("good_enough", "They will laugh", "Send the email after one read: Nobody did.", 8, 3),
}


def done(portal, client, key, *, ratings=True, words=True, **said):
    run = run_of(portal, client, None, key=key, state="started", ratings_shared=ratings, words_shared=words)
    for step, value in {**SAID[key], **said}.items():
        answer(portal, run, step, value, shared=True)
    for _press in range(2):
        with acting_as(portal.actor):
            finish_run(run=run, by=portal.actor)
    return run


def shares(portal, run, *, ratings=True, words=True):
    with acting_as(portal.actor):
        share(run=run, ratings=ratings, words=words, by=portal.actor)


def read_by(person, client):
    with acting_as(person.actor):
        return list(notes_of(client, staff=person.membership.role == "therapist"))


@pytest.mark.parametrize("key", LEFT, ids=list(LEFT))
def test_each_leaves_its_words_once(tara, ben, ben_portal, key):
    done(ben_portal, ben, key)
    rows = read_by(tara, ben)
    assert [(row.kind, row.self_talk, row.kinder_answer, row.belief_before, row.belief_after) for row in rows] == [LEFT[key]]


def test_nothing_said_leaves_nothing_and_another_exercise_neither(ben, ben_portal):
    run = run_of(ben_portal, ben, None, key="compassion_break", state="started", words_shared=True)
    answer(ben_portal, run, "before", 7, shared=True)
    other = run_of(ben_portal, ben, None, key="kind_no", state="started", words_shared=True)
    for each in (run, other):
        with acting_as(ben_portal.actor):
            finish_run(run=each, by=ben_portal.actor)
    assert read_by(ben_portal, ben) == []


def test_who_reads_it_follows_the_words(tara, ben, ben_portal):
    run = done(ben_portal, ben, "critic_to_coach", ratings=False)
    assert len(read_by(tara, ben)) == 1
    for words in (False, True, False):
        shares(ben_portal, run, words=words)
        assert len(read_by(tara, ben)) == int(words) and len(read_by(ben_portal, ben)) == 1


def test_one_that_holds_ratings_follows_both(tara, ben, ben_portal):
    run = done(ben_portal, ben, "good_enough", ratings=False)
    assert read_by(tara, ben) == []
    shares(ben_portal, run, ratings=True, words=False)
    assert read_by(tara, ben) == []
    shares(ben_portal, run)
    assert len(read_by(tara, ben)) == 1


def test_what_was_hidden_or_taken_back_by_hand_stays_so(tara, ben, ben_portal):
    hidden, gone = done(ben_portal, ben, "critic_to_coach"), done(ben_portal, ben, "best_friend_letter")
    with acting_as(ben_portal.actor):
        show_note(note=CompassionNote.objects.get(source_id=hidden.pk), visibility="only_me", by=ben_portal.actor)
        take_back_note(note=CompassionNote.objects.get(source_id=gone.pk), by=ben_portal.actor)
        finish_run(run=hidden, helped=5, by=ben_portal.actor)
    for run in (hidden, gone):
        shares(ben_portal, run, ratings=False)
    assert read_by(tara, ben) == []
    for words in (False, True):
        for run in (hidden, gone):
            shares(ben_portal, run, words=words)
    assert [row.kind for row in read_by(tara, ben)] == ["coach"]


def test_the_same_critic_twice_is_one_line(ben, ben_portal):
    done(ben_portal, ben, "critic_to_coach")
    done(ben_portal, ben, "critic_to_coach", critic="you are so lazy!")
    with acting_as(ben_portal.actor):
        assert [line.counted for line in kindness_of(ben).lines] == ["Caught 2 times, answered 2 times."]
