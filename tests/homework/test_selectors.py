"""What staff read about homework, what fits now, and the one card of Today."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from access.acting import acting_as
from clients.models import Visibility
from clients.services import record_check_in
from core.ids import uuid7
from core.zones import today_in
from homework.choosing import Use
from homework.models import Assignment
from homework.models.run import RunState
from homework.selectors import (
    active_assignments,
    assignments_with_progress,
    came_back,
    card_for_today,
    fit_facts,
    homework_since,
    use_lines,
)
from homework.services.agreement import finish_assignment, stop_assignment
from homework.services.not_today import not_today
from tests.homework.agreed import agree, rated, run_of

pytestmark = pytest.mark.usefixtures("library")


def progress(tara, ben, **which):
    with acting_as(tara.actor):
        return assignments_with_progress(ben, **which)


def test_a_task_with_what_came_back(tara, ben, ben_portal):
    task = agree(tara, ben, per_week=3, weeks=2)
    for days_ago, before, after, helped in ((3, 7, 4, 4), (2, 8, 4, 3), (1, 6, 5, 5)):
        rated(ben_portal, run_of(ben_portal, ben, task, days_ago=days_ago, helped=helped), before, after)
    run_of(ben_portal, ben, task, state=RunState.LEFT)
    put_off(ben_portal, ben, task, barrier="forgot")
    (found,) = progress(tara, ben)
    assert (found.title, found.pillar, found.done, found.planned, found.helped) == ("Slow breathing", "coping", 3, 6, 4.0)
    assert [(one.measure, one.before, one.after, one.n) for one in found.moved] == [("tension", 7.0, 4.0, 3)]
    assert found.done_words == "done 3 of 6, helped 4 of 5"
    assert found.runs[0].state == RunState.LEFT
    assert [off.barrier.client for off in found.put_off] == ["I forgot"]


def put_off(portal, client, task, **terms):
    with acting_as(portal.actor):
        return not_today(client=client, assignment=Assignment.objects.get(pk=task.pk), new_id=uuid7(), by=portal.actor, **{"choice": "another_day", **terms})


def test_nothing_yet_is_not_zero_helped(tara, ben):
    agree(tara, ben)
    (found,) = progress(tara, ben)
    assert (found.done, found.helped, found.moved, found.runs, found.waiting) == (0, None, (), (), False)
    assert found.done_words == "done 0 of 12"


def test_what_is_private_is_neither_shown_nor_counted(tara, ben, ben_portal):
    task = agree(tara, ben)
    rated(ben_portal, run_of(ben_portal, ben, task, ratings_shared=False), 9, 1)
    put_off(ben_portal, ben, task, visibility=Visibility.ONLY_ME)
    run_of(ben_portal, ben, None, key="name_it", visibility=Visibility.ONLY_ME)
    shown = run_of(ben_portal, ben, None, key="name_it")
    (found,) = progress(tara, ben)
    assert (found.done, found.moved, found.put_off) == (1, (), ())
    with acting_as(tara.actor):
        assert [back.run for back in came_back(ben, 10) if back.run.assignment_id is None] == [shown]
        assert use_lines(ben) == {}


def test_the_filters_hold_without_the_wall(tara, ben, ben_portal, as_owner):
    """The second lock alone: as the owner, who sees every row."""
    task = agree(tara, ben)
    rated(ben_portal, run_of(ben_portal, ben, task, ratings_shared=False), 9, 1)
    put_off(ben_portal, ben, task, visibility=Visibility.ONLY_ME)
    run_of(ben_portal, ben, None, key="name_it", visibility=Visibility.ONLY_ME)
    with as_owner():
        assert all(back.run.visibility == Visibility.MY_THERAPIST and back.answers == {} for back in came_back(ben, 10))
        (found,) = assignments_with_progress(ben)
        assert (found.moved, found.put_off, use_lines(ben)) == ((), (), {})


def test_the_active_ones_come_first_and_the_others_on_request(tara, ben):
    first, second = agree(tara, ben, "worry_time"), agree(tara, ben, "name_it")
    with acting_as(tara.actor):
        finish_assignment(assignment=first, by=tara.actor)
        assert list(active_assignments(ben)) == [second]
    assert [one.assignment for one in progress(tara, ben)] == [second]
    assert [one.assignment for one in progress(tara, ben, states=("active", "finished"))] == [second, first]


def test_since_a_moment_it_counts_from_there_and_leaves_out_what_ended_before(tara, ben, ben_portal):
    gone, task = agree(tara, ben, "worry_time"), agree(tara, ben)
    with acting_as(tara.actor), time_machine.travel(timezone.now() - timedelta(days=10)):
        stop_assignment(assignment=gone, by=tara.actor)
    run_of(ben_portal, ben, task, days_ago=9)
    run_of(ben_portal, ben, task, days_ago=2)
    with acting_as(tara.actor):
        (found,) = homework_since(ben, timezone.now() - timedelta(days=7))
        assert (found.assignment, found.done) == (task, 1)
        assert [one.assignment for one in homework_since(ben, timezone.now() - timedelta(days=11))] == [task, gone]


def test_the_number_of_statements_does_not_grow(tara, ben, ben_portal):
    def statements():
        with (
            acting_as(tara.actor),
            CaptureQueriesContext(
                connection,
            ) as caught,
        ):
            assignments_with_progress(ben)
        return len(caught)

    task = agree(tara, ben)
    rated(ben_portal, run_of(ben_portal, ben, task), 5, 4)
    one = statements()
    for key in ("worry_time", "name_it", "activity_plan", "compassion_break"):
        other = agree(tara, ben, key)
        for days_ago in range(6):
            run_of(ben_portal, ben, other, days_ago=days_ago)
        put_off(ben_portal, ben, other)
    assert statements() == one == 4


def test_facts_for_what_fits_now(tara, ben, ben_portal):
    task = agree(tara, ben)
    for before, after, helped in ((7, 4, 4), (8, 4, 4), (6, 5, 5)):
        rated(ben_portal, run_of(ben_portal, ben, task, helped=helped), before, after)
    with acting_as(ben_portal.actor):
        for mood in (1, 2):
            record_check_in(client=ben, new_id=uuid7(), mood=mood, by=ben_portal.actor)
        record_check_in(client=ben, new_id=uuid7(), mood=5, visibility=Visibility.ONLY_ME, by=ben_portal.actor)
    with acting_as(tara.actor):
        facts = fit_facts(ben, lines=use_lines(ben), active=["slow_breathing"], focus=["mindset", "ending"])
    assert facts.uses == {"slow_breathing": Use(3, 3.0, 4.0)}  # tension fell by 3: points towards better
    assert (facts.focus, facts.tried, facts.active, facts.effort_limit) == ({"mindset"}, {"coping"}, {"slow_breathing"}, 1)


# ---- Today


def card(ben_portal, ben, now=None):
    with acting_as(ben_portal.actor):
        return card_for_today(ben, now)


def test_nothing_agreed_is_no_card(ben, ben_portal):
    assert card(ben_portal, ben) is None


def test_the_agreed_task_is_the_card_from_its_first_day(tara, ben, ben_portal):
    task = agree(tara, ben, starts_on=today_in(ben.timezone) + timedelta(days=1))
    assert card(ben_portal, ben) is None
    found = card(ben_portal, ben, timezone.now() + timedelta(days=1))
    assert (found.assignment, found.run, found.later, found.exercise.title) == (task, None, False, "Slow breathing")


def test_a_waiting_second_part_comes_before_everything(tara, ben, ben_portal):
    agree(tara, ben)
    planned = agree(tara, ben, "strength_new_way")
    run = run_of(ben_portal, ben, planned, state=RunState.WAITING, days_ago=1)
    found = card(ben_portal, ben)
    assert (found.run, found.assignment, found.later) == (run, planned, True)


def test_a_waiting_part_of_her_own_comes_too_one_of_a_stopped_task_does_not(tara, ben, ben_portal):
    planned = agree(tara, ben, "strength_new_way")
    run_of(ben_portal, ben, planned, state=RunState.WAITING)
    with acting_as(tara.actor):
        stop_assignment(assignment=planned, by=tara.actor)
    assert card(ben_portal, ben) is None
    own = run_of(ben_portal, ben, None, key="strength_new_way", state=RunState.WAITING, visibility=Visibility.ONLY_ME)
    found = card(ben_portal, ben)
    assert (found.run, found.assignment, found.later) == (own, None, True)


@pytest.mark.parametrize(("choice", "days", "there"), [("another_day", 0, False), ("another_day", 1, True), ("skip", 6, False), ("skip", 7, True)])
def test_what_was_put_off_comes_back_on_its_day(tara, ben, ben_portal, choice, days, there):
    put_off(ben_portal, ben, agree(tara, ben), choice=choice)
    assert (card(ben_portal, ben, timezone.now() + timedelta(days=days)) is not None) is there


def test_talk_about_it_is_away_for_the_day_and_a_smaller_one_is_not(tara, ben, ben_portal):
    task = agree(tara, ben)
    put_off(ben_portal, ben, task, choice="talk")
    assert card(ben_portal, ben) is None
    assert card(ben_portal, ben, timezone.now() + timedelta(days=1)).assignment == task
    put_off(ben_portal, ben, task, choice="smaller")
    assert card(ben_portal, ben).assignment == task


def test_done_as_often_as_agreed_this_week_is_done(tara, ben, ben_portal):
    task = agree(tara, ben, per_week=2, weeks=4, starts_on=today_in(ben.timezone) - timedelta(days=3))
    run_of(ben_portal, ben, task, days_ago=2)
    assert card(ben_portal, ben).assignment == task
    run_of(ben_portal, ben, task, days_ago=1)
    assert card(ben_portal, ben) is None
    assert card(ben_portal, ben, timezone.now() + timedelta(days=4)).assignment == task  # its second week


@pytest.mark.parametrize(("per_week", "enough"), [(7, 1), (14, 2)])
def test_a_daily_task_is_done_for_today_and_back_tomorrow(tara, ben, ben_portal, per_week, enough):
    task = agree(tara, ben, per_week=per_week, starts_on=today_in(ben.timezone) - timedelta(days=1))
    for _number in range(enough):
        assert card(ben_portal, ben).assignment == task
        run_of(ben_portal, ben, task)
    assert card(ben_portal, ben) is None
    assert card(ben_portal, ben, timezone.now() + timedelta(days=1)).assignment == task


def test_the_day_is_the_clients_own(tara, ben, ben_portal):
    """Half past midnight in Auckland is still the day before in London."""
    ben.timezone = "Pacific/Auckland"
    moment = datetime.fromisoformat("2026-11-20T12:30:00+13:00")
    task = agree(tara, ben, starts_on=moment.date())
    assert card(ben_portal, ben, datetime.fromisoformat("2026-11-19T23:59:00+13:00")) is None
    assert card(ben_portal, ben, datetime.fromisoformat("2026-11-20T00:30:00+13:00")).assignment == task


def test_what_is_begun_comes_first_then_what_was_not_touched_for_longest(tara, ben, ben_portal):
    old, new, begun = (agree(tara, ben, key) for key in ("worry_time", "name_it", "activity_plan"))
    run_of(ben_portal, ben, old, days_ago=2)
    run_of(ben_portal, ben, new, days_ago=1)
    open_run = run_of(ben_portal, ben, begun, state=RunState.LEFT)
    found = card(ben_portal, ben)
    assert (found.assignment, found.run) == (begun, open_run)
    with acting_as(tara.actor):
        stop_assignment(assignment=begun, by=tara.actor)
    assert card(ben_portal, ben).assignment == old
