""" "Not today" is an answer like any other."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from access.acting import acting_as
from clients.models import TimelineEntry, Visibility
from core.errors import Refused
from core.ids import uuid7
from core.zones import today_in
from homework.models import Assignment, NotToday
from homework.services.agreement import stop_assignment
from homework.services.not_today import not_today
from tests.homework.agreed import agree

pytestmark = pytest.mark.usefixtures("library")


def put_off(ben_portal, ben, task, **terms):
    with acting_as(ben_portal.actor):
        given = {"new_id": uuid7(), "choice": "another_day", **terms}
        return not_today(client=ben, assignment=Assignment.objects.get(pk=task.pk), by=ben_portal.actor, **given)


@pytest.mark.parametrize(
    ("choice", "until", "comes_back_in", "for_session"),
    [("another_day", None, 1, False), ("another_day", 5, 5, False), ("skip", None, 7, False), ("talk", None, None, True), ("smaller", None, None, False)],
)
def test_what_is_chosen_says_when_it_comes_back(tara, ben, ben_portal, choice, until, comes_back_in, for_session):
    today = today_in(ben.timezone)
    row = put_off(
        ben_portal, ben, agree(tara, ben), choice=choice, until=today + timedelta(days=until) if until else None, barrier="too_tired", note="Long day"
    )
    assert row.until == (today + timedelta(days=comes_back_in) if comes_back_in else None)
    assert (row.for_session, row.barrier, row.note) == (for_session, "too_tired", "Long day")
    with acting_as(tara.actor):
        entry = TimelineEntry.objects.get(kind="not_today")
        assert (entry.item_key, entry.source_id, entry.for_session) == ("slow_breathing", row.pk, for_session)


def test_sent_twice_it_is_one_answer(tara, ben, ben_portal):
    task, new_id = agree(tara, ben), uuid7()
    assert put_off(ben_portal, ben, task, new_id=new_id) == put_off(ben_portal, ben, task, new_id=new_id)
    with acting_as(ben_portal.actor):
        assert NotToday.objects.count() == TimelineEntry.objects.filter(kind="not_today").count() == 1


@pytest.mark.parametrize(
    ("terms", "field"),
    [({"choice": "never"}, "choice"), ({"barrier": "lazy"}, "barrier"), ({"until": 0}, "until"), ({"until": 61}, "until"), ({"until": -3}, "until")],
)
def test_anything_else_is_refused_beside_its_field(tara, ben, ben_portal, terms, field):
    if "until" in terms:
        terms = {"until": today_in(ben.timezone) + timedelta(days=terms["until"])}
    with pytest.raises(Refused) as caught:
        put_off(ben_portal, ben, agree(tara, ben), **terms)
    assert caught.value.field == field
    with acting_as(ben_portal.actor):
        assert not NotToday.objects.exists()


def test_what_was_said_of_a_task_that_ended_meanwhile_is_kept(tara, ben, ben_portal):
    task = agree(tara, ben)
    with acting_as(tara.actor):
        stop_assignment(assignment=task, by=tara.actor)
    put_off(ben_portal, ben, task)
    with acting_as(tara.actor):
        assert NotToday.objects.filter(assignment=task).count() == 1


def test_a_task_of_somebody_else_cannot_be_put_off(tara, ben, cleo, ben_portal):
    task = agree(tara, cleo)
    with acting_as(ben_portal.actor), pytest.raises(Refused):
        not_today(client=ben, assignment=task, new_id=uuid7(), choice="skip", by=ben_portal.actor)


def test_it_may_be_kept_private_and_staff_write_none(tara, ben, ben_portal):
    task = agree(tara, ben)
    put_off(ben_portal, ben, task, visibility=Visibility.ONLY_ME)
    with acting_as(tara.actor):
        assert not NotToday.objects.exists() and not TimelineEntry.objects.filter(kind="not_today").exists()
    with pytest.raises(DatabaseError), transaction.atomic():
        put_off(tara, ben, task)
