"""Self-talk caught and answered: nothing twice, nothing lost, counts that only go up, and nothing private for staff to see."""

from datetime import timedelta

import pytest
from django.utils import timezone

from access.acting import acting_as
from access.selectors import private_counts
from clients.models import TimelineEntry
from core.errors import Refused, Stale
from core.ids import uuid7
from selfcare.matching import alike, same_talk
from selfcare.models import CompassionNote
from selfcare.selectors.compassion import answered_before, kindness_of
from selfcare.services import add_good_enough, answer_talk, catch_talk, show_note, take_back_note, use_again

pytestmark = pytest.mark.django_db
TALK, ANSWER = "I am a bad mother", "I am a tired mother who came back to say sorry."


def caught(person, client, self_talk=TALK, **said):
    with acting_as(person.actor):
        return catch_talk(client=client, new_id=said.pop("new_id", uuid7()), self_talk=self_talk, by=person.actor, **said)


def kind(person, client):
    with acting_as(person.actor):
        return kindness_of(client, staff=person.membership.role == "therapist")


SAME = [
    ("I am a bad mother", "i am a BAD mother!", True),
    ("I'm lazy", "I’m lazy.", True),
    ("I am lazy", "I am not lazy", False),
    ("", "", False),
    ("...", "!", False),
]
ALIKE = [
    ("I am a bad mother", "I'm such a bad mother", True),
    ("I am a bad mother", "I am a bad cook and everybody knows that", False),
    ("I am never good enough", "I am not good enough", True),
    ("I am so", "I am no", False),
    ("Ich bin nie gut genug", "Nie bin ich gut genug!", True),
]


@pytest.mark.parametrize(("one", "other", "same"), SAME, ids=range(len(SAME)))
def test_the_same_sentence(one, other, same):
    assert same_talk(one, other) is same


@pytest.mark.parametrize(("one", "other", "like"), ALIKE, ids=range(len(ALIKE)))
def test_much_the_same(one, other, like):
    assert alike(one, other) is like and alike(other, one) is like


def test_a_second_send_is_the_same_note(ben, ben_portal, as_owner):
    twice = uuid7()
    assert caught(ben_portal, ben, new_id=twice).pk == caught(ben_portal, ben, new_id=twice).pk
    with as_owner():
        assert CompassionNote.objects.count() == TimelineEntry.objects.filter(kind="kind_note", pillar="selfcare").count() == 1


def test_the_same_self_talk_is_counted_up_and_its_belief_stands_from_first_to_last(ben, ben_portal, tara):
    first = caught(ben_portal, ben, belief_before=8, belief_after=7, kinder_answer=ANSWER, occurred_at=timezone.now() - timedelta(days=9))
    caught(ben_portal, ben, "i am a bad mother.", occurred_at=timezone.now() - timedelta(days=5))
    caught(ben_portal, ben, "A bad mother again", same_as=first, belief_before=5, belief_after=4, kinder_answer="Enough for today.")
    caught(ben_portal, ben, "I am lazy")
    found = kind(tara, ben)
    mother = next(line for line in found.lines if line.caught == 3)
    assert (mother.counted, mother.moved, mother.moved_words) == ("Caught 3 times, answered 2 times.", (8, 4), "from 8 to 4")
    assert found.sentence == "Caught 4 times, answered 2 times." and mother.answer == "Enough for today."
    assert [line.moved for line in found.lines if line.said == "I am lazy"] == [None]


def test_nothing_unsaid_becomes_a_number(ben, ben_portal):
    row = caught(ben_portal, ben, belief_before=8)
    assert (row.belief_before, row.belief_after, kind(ben_portal, ben).lines[0].moved) == (8, None, None)


def test_an_answer_comes_back_for_the_same_and_for_what_is_much_like_it(ben, ben_portal):
    earlier = caught(ben_portal, ben, kinder_answer=ANSWER)
    caught(ben_portal, ben, "I am lazy", kinder_answer="I rested.")
    now = caught(ben_portal, ben, "I'm such a bad mother")
    assert [row.kinder_answer for row in answered_before(now, kind(ben_portal, ben))] == [ANSWER] and now.line != earlier.line
    with acting_as(ben_portal.actor):
        for _tap in range(2):
            used = use_again(note=CompassionNote.objects.get(pk=now.pk), earlier=earlier, by=ben_portal.actor)
    assert (used.kinder_answer, used.line) == (ANSWER, earlier.line) and kind(ben_portal, ben).lines[0].counted == "Caught twice, answered 2 times.".replace(
        "twice", "2 times"
    )
    with acting_as(ben_portal.actor), pytest.raises(Refused):
        use_again(note=used, earlier=caught(ben_portal, ben, "x", kinder_answer="Another"), by=ben_portal.actor)


def test_a_private_answer_or_its_self_talk_used_again_stays_private(ben, ben_portal, tara):
    earlier = caught(ben_portal, ben, kinder_answer=ANSWER, visibility="only_me")
    again = caught(ben_portal, ben, "", same_as=earlier, visibility="my_therapist")
    assert (again.self_talk, again.visibility) == (TALK, "only_me")
    typed = caught(ben_portal, ben, "Such a bad mother, I am", visibility="my_therapist")
    assert [line.said for line in kind(tara, ben).lines] == ["Such a bad mother, I am"]
    with acting_as(ben_portal.actor):
        use_again(note=typed, earlier=earlier, by=ben_portal.actor)
    assert kind(tara, ben).empty and kind(ben_portal, ben).answered == 2
    with acting_as(tara.actor):
        assert sum(private_counts([ben.pk]).values()) == 3


def test_a_late_answer_is_stale_and_shows_the_newer_one(ben, ben_portal):
    row = caught(ben_portal, ben)
    with acting_as(ben_portal.actor):
        changed = answer_talk(
            note=row, version=row.version, kinder_answer=ANSWER, belief_after=4, for_session=True, visibility="my_therapist", by=ben_portal.actor
        )
        with pytest.raises(Stale) as late:
            answer_talk(note=row, version=row.version, kinder_answer="b", visibility="my_therapist", by=ben_portal.actor)
        entry = TimelineEntry.objects.get(source_id=row.pk)
    assert late.value.current.kinder_answer == ANSWER == changed.kinder_answer and changed.belief_after == 4 and entry.for_session


def test_only_its_author_answers_or_takes_back_and_what_is_taken_back_is_nowhere(ben, ben_portal, tara, as_owner):
    row = caught(ben_portal, ben, kinder_answer=ANSWER)
    with acting_as(tara.actor):
        for act in (take_back_note, lambda note, by: answer_talk(note=note, version=1, kinder_answer="", visibility="my_therapist", by=by)):
            with pytest.raises(Refused):
                act(note=row, by=tara.actor)
    for _tap in range(2):
        with acting_as(ben_portal.actor):
            take_back_note(note=CompassionNote.objects.get(pk=row.pk), by=ben_portal.actor)
    assert kind(ben_portal, ben).empty and kind(tara, ben).empty
    with acting_as(ben_portal.actor):
        assert not TimelineEntry.objects.filter(source_id=row.pk).exists()
        with pytest.raises(Refused):
            answer_talk(note=CompassionNote.objects.get(pk=row.pk), version=1, kinder_answer="b", visibility="my_therapist", by=ben_portal.actor)


def test_hidden_and_shown_with_its_line_on_the_axis(ben, ben_portal, tara):
    row = caught(ben_portal, ben)
    for visibility, seen in (("only_me", 0), ("my_therapist", 1)):
        with acting_as(ben_portal.actor):
            show_note(note=row, visibility=visibility, by=ben_portal.actor)
        assert len(kind(tara, ben).lines) == seen
        with acting_as(tara.actor):
            assert TimelineEntry.objects.filter(kind="kind_note").count() == seen


def test_good_enough_is_a_list_of_its_own(ben, ben_portal):
    with acting_as(ben_portal.actor):
        add_good_enough(client=ben, new_id=uuid7(), sentence="Fish fingers are dinner.", rule="A good mother cooks", by=ben_portal.actor)
        with pytest.raises(Refused):
            add_good_enough(client=ben, new_id=uuid7(), sentence=" ", by=ben_portal.actor)
    found = kind(ben_portal, ben)
    assert [row.kinder_answer for row in found.good_enough] == ["Fish fingers are dinner."] and not found.lines


@pytest.mark.parametrize(
    "said",
    [{"self_talk": " "}, {"belief_before": 11}, {"belief_after": -1}, {"occurred_at": timezone.now() + timedelta(days=2)}],
    ids=["empty", "11", "-1", "day"],
)
def test_what_is_refused(ben, ben_portal, said):
    with pytest.raises(Refused):
        caught(ben_portal, ben, **said)
