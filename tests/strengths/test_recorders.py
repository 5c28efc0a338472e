"""What exercises leave on the list: strengths and, where the answers tell what happened, one moment a run, as visible as the run's words."""

from typing import Any

import pytest

from access.acting import acting_as
from clients.models import TimelineEntry
from core.ids import uuid7
from homework.services.runs import finish_run
from homework.services.sharing import share
from strengths.models import Strength, StrengthEpisode
from strengths.selectors import moments_of, my_strengths
from strengths.services import (
    add_moment,
    add_strength,
    add_supporter,
    change_moment,
    show_moment,
    show_strength,
    take_back_moment,
    take_off_strength,
)
from tests.homework.agreed import agree, answer
from tests.homework.test_runs import begin, post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]


def done(person, client, key, task=None, **answers: Any):
    run = begin(client, person, key, task)
    for step, value in answers.items():
        post(person, run, step, answer=value if isinstance(value, list) else [value])
    with acting_as(person.actor):
        for _twice in range(2):
            run = finish_run(run=run, by=person.actor)
    return run


def shared(person, run, *, ratings=True, words=True):
    with acting_as(person.actor):
        share(run=run, by=person.actor, ratings=ratings, words=words)


def told(person, client, **which):
    with acting_as(person.actor):
        return [(row.strength.key, row.happened, row.said_by, row.eyes) for row in moments_of(client, **which).select_related("strength")]


def test_a_moment_is_left_once_for_a_run_on_the_first_strength(ben, ben_portal, tara, as_owner):
    run = done(ben_portal, ben, "strengths_spotting", moment="I carried her bags", picks=["kindness", "hope"])
    assert told(ben_portal, ben) == [("kindness", "I carried her bags", "client", "")]
    with as_owner():
        assert TimelineEntry.objects.filter(kind="strength_moment").count() == 1 and StrengthEpisode.objects.get().source_id == run.pk


@pytest.mark.parametrize(
    ("key", "answers", "left"),
    [
        ("hard_time_story", {"title": "A new country", "did": "I rang my sister", "strengths": ["bravery"]}, ("bravery", "A new country: I rang my sister")),
        ("hard_time_story", {"title": "A new country", "strengths": ["bravery"]}, None),
        ("wins_log", {"win": "I opened the letter", "strength": "bravery"}, ("bravery", "I opened the letter")),
        ("wins_log", {"win": "I opened the letter"}, None),
        ("strengths_spotting", {"picks": ["hope"]}, None),
    ],
    ids=["story", "title_alone", "win", "win_of_no_strength", "picks_alone"],
)
def test_what_each_exercise_tells(tara, ben, ben_portal, key, answers, left):
    with acting_as(ben_portal.actor):
        add_strength(client=ben, new_id=uuid7(), key="bravery", by=ben_portal.actor)
    done(ben_portal, ben, key, agree(tara, ben, key), **answers)
    assert [row[:2] for row in told(ben_portal, ben)] == ([left] if left else [])


def test_borrowed_eyes_say_whose(ben, ben_portal):
    with acting_as(ben_portal.actor):
        carys = add_supporter(client=ben, new_id=uuid7(), name="Carys", by=ben_portal.actor)
    run = begin(ben, ben_portal, "borrowed_eyes")
    answer(ben_portal, run, "who", [str(carys.pk)], shared=True)
    post(ben_portal, run, "say", answer=["You listen to me"])
    post(ben_portal, run, "strengths", answer=["love"])
    with acting_as(ben_portal.actor):
        finish_run(run=run, by=ben_portal.actor)
    assert told(ben_portal, ben) == [("love", "You listen to me", "borrowed", "Carys")]


def test_whose_eyes_are_not_said_of_one_who_is_hers_alone(ben, ben_portal, tara):
    with acting_as(ben_portal.actor):
        carys = add_supporter(client=ben, new_id=uuid7(), name="Carys", visibility="only_me", by=ben_portal.actor)
    run = begin(ben, ben_portal, "borrowed_eyes")
    answer(ben_portal, run, "who", [str(carys.pk)], shared=True)
    post(ben_portal, run, "say", answer=["You listen to me"])
    post(ben_portal, run, "strengths", answer=["love"])
    with acting_as(ben_portal.actor):
        finish_run(run=run, by=ben_portal.actor)
    assert told(tara, ben, staff=True) == [("love", "You listen to me", "borrowed", "")]


def test_who_reads_the_moment_follows_the_words_of_the_run(ben, ben_portal, tara):
    run = done(ben_portal, ben, "strengths_spotting", moment="I carried her bags", picks=["kindness"])
    assert len(told(tara, ben, staff=True)) == 1
    shared(ben_portal, run, words=False)
    with acting_as(tara.actor):
        assert [row.key for row in my_strengths(ben, staff=True)] == ["kindness"] and not StrengthEpisode.objects.exists()
    shared(ben_portal, run, ratings=False, words=False)
    with acting_as(tara.actor):
        assert not Strength.objects.exists()
    shared(ben_portal, run)
    assert len(told(tara, ben, staff=True)) == 1


@pytest.mark.parametrize("whole", [True, False], ids=["the strength", "its moment"])
def test_what_she_hid_by_itself_is_shown_by_nothing_else_she_does_with_the_run(ben, ben_portal, tara, whole):
    run = done(ben_portal, ben, "strengths_spotting", moment="I carried her bags", picks=["kindness"])
    with acting_as(ben_portal.actor):
        moment = moments_of(ben).select_related("strength").get()
        if whole:
            show_strength(strength=moment.strength, visibility="only_me", by=ben_portal.actor)
        else:
            show_moment(moment=moment, visibility="only_me", by=ben_portal.actor)
        finish_run(run=run, helped=5, by=ben_portal.actor)
        share(run=run, ratings=True, words=True, for_session=True, by=ben_portal.actor)
    assert told(tara, ben, staff=True) == []
    with acting_as(tara.actor):
        assert len(my_strengths(ben, staff=True)) == (0 if whole else 1)


def test_a_new_use_is_told_in_its_second_part_on_the_day_of_it(tara, ben, ben_portal):
    with acting_as(ben_portal.actor):
        own = add_strength(client=ben, new_id=uuid7(), own_words="I make people laugh", by=ben_portal.actor)
    run = begin(ben, ben_portal, "", agree(tara, ben, "strength_new_way"))
    answer(ben_portal, run, "strength", str(own.pk), shared=True)
    answer(ben_portal, run, "done", "She laughed out loud", shared=True)
    with acting_as(ben_portal.actor):
        run = finish_run(run=run, by=ben_portal.actor)
        made = StrengthEpisode.objects.get()
    assert (made.strength_id, made.happened, made.occurred_at) == (own.pk, "She laughed out loud", run.finished_at)


def test_what_was_put_right_taken_back_or_taken_off_meanwhile_stays_so(ben, ben_portal):
    first = done(ben_portal, ben, "strengths_spotting", moment="first", picks=["kindness"])
    second = done(ben_portal, ben, "strengths_spotting", moment="second", picks=["hope"])
    third = done(ben_portal, ben, "strengths_spotting", moment="third", picks=["love"])
    with acting_as(ben_portal.actor):
        made = {row.happened: row for row in moments_of(ben).select_related("strength__client")}
        day = made["first"].occurred_at.date()
        change_moment(moment=made["first"], version=1, happened="in better words", day=day, said_by="client", by=ben_portal.actor)
        take_back_moment(moment=made["second"], by=ben_portal.actor)
        take_off_strength(strength=made["third"].strength, by=ben_portal.actor)
    for run in (first, second, third):
        shared(ben_portal, run, words=False)
        shared(ben_portal, run)
    with acting_as(ben_portal.actor):
        assert [row.happened for row in moments_of(ben) if row.earlier_of_id is None] == ["in better words"]
        assert sorted(row.key for row in my_strengths(ben)) == ["hope", "kindness"]


def test_a_strength_picked_again_in_a_later_run_comes_back(ben, ben_portal):
    done(ben_portal, ben, "strengths_spotting", moment="first", picks=["kindness"])
    with acting_as(ben_portal.actor):
        take_off_strength(strength=Strength.objects.get(), by=ben_portal.actor)
    done(ben_portal, ben, "strengths_spotting", moment="second", picks=["kindness"])
    assert [row[1] for row in told(ben_portal, ben)] == ["second", "first"]


def test_a_strength_with_a_moment_shown_elsewhere_stays_read(ben, ben_portal, tara):
    run = done(ben_portal, ben, "strengths_spotting", moment="of the run", picks=["kindness"])
    with acting_as(ben_portal.actor):
        add_moment(strength=Strength.objects.get(), new_id=uuid7(), happened="by hand", by=ben_portal.actor)
    shared(ben_portal, run, ratings=False, words=False)
    assert [row[1] for row in told(tara, ben, staff=True)] == ["by hand"]
