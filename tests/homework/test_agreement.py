"""Agreeing on homework and ending it."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from access.acting import acting_as
from audit.models import AuditEvent
from clients.models import Client, TimelineEntry
from core.errors import Refused
from core.ids import uuid7
from homework.models import Assignment
from homework.models.agreement import AssignmentState
from homework.services.agreement import assign_exercise, finish_assignment, stop_assignment
from homework.services.library import load_library
from tests.homework.agreed import agree, version_of
from tests.support import as_role

TODAY = date.today()
pytestmark = pytest.mark.usefixtures("library")


def axis(client):
    return list(TimelineEntry.objects.filter(client=client).order_by("recorded_at").values_list("kind", "item_key", "pillar", "visibility"))


def test_what_is_agreed_stands_with_its_terms_on_the_axis_and_in_the_trail(tara, ben):
    terms = {"per_week": 5, "weeks": 2, "look_at_on": TODAY + timedelta(days=7), "reason": "To sleep.", "if_then": "If bed, then breathe.", "confidence": 8}
    task = agree(tara, ben, starts_on=TODAY, **terms)
    with acting_as(tara.actor):
        task.refresh_from_db()
        assert {name: getattr(task, name) for name in terms} == terms
        assert (task.item_key, task.state, task.created_by_id, task.planned) == ("slow_breathing", "active", tara.user.pk, 10)
        assert axis(ben) == [("assigned", "slow_breathing", "", "my_therapist")]
    event = trail("homework_assigned")
    assert (event.actor_id, event.object_id, event.client_id) == (tara.user.pk, task.pk, ben.pk)
    assert event.detail == {"exercise": "slow_breathing", "version": 1, "checked": True, "ended": []}


def trail(verb):
    with as_role(connection, "app_owner"):
        return AuditEvent.objects.get(verb=verb)


def test_the_same_form_sent_twice_is_one_task(tara, ben):
    new_id = uuid7()
    first, second = agree(tara, ben, new_id=new_id), agree(tara, ben, new_id=new_id, per_week=9)
    assert first == second
    with acting_as(tara.actor):
        assert Assignment.objects.get().per_week == 3
        assert len(axis(ben)) == 1


def refused(tara, ben, key="slow_breathing", **terms):
    with pytest.raises(Refused) as caught:
        agree(tara, ben, key, **terms)
    with acting_as(tara.actor):
        assert not Assignment.objects.filter(client=ben).exists()
    return caught.value


def test_it_is_refused_until_what_it_is_not_for_is_confirmed(tara, ben):
    assert version_for(tara, "hard_time_story").content["not_for"]
    assert refused(tara, ben, "hard_time_story", checked=False).field == "exercise"
    assert agree(tara, ben, "hard_time_story", checked=True)


def test_an_exercise_without_such_a_note_needs_no_confirmation(tara, ben):
    assert not version_for(tara, "strength_new_way").content["not_for"]
    assert agree(tara, ben, "strength_new_way", checked=False)


def version_for(person, key):
    with acting_as(person.actor):
        return version_of(key)


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        ({"per_week": 0}, "per_week"),
        ({"per_week": 71}, "per_week"),
        ({"weeks": 0}, "weeks"),
        ({"weeks": 53}, "weeks"),
        ({"starts_on": TODAY, "look_at_on": TODAY - timedelta(days=1)}, "look_at_on"),
        ({"confidence": 11}, "confidence"),
        ({"confidence": -1}, "confidence"),
    ],
)
def test_terms_out_of_range_are_refused_beside_their_field(tara, ben, terms, field):
    assert refused(tara, ben, **terms).field == field


@pytest.mark.parametrize("terms", [{"per_week": 70, "weeks": 52, "confidence": 10}, {"per_week": 1, "weeks": 1, "confidence": 0, "look_at_on": TODAY}])
def test_the_ends_of_each_range_are_allowed(tara, ben, terms):
    assert agree(tara, ben, starts_on=TODAY, **terms)


def test_the_same_exercise_twice_is_refused_and_offers_to_replace(tara, ben):
    old = agree(tara, ben)
    with pytest.raises(Refused, match="Slow breathing.*agreed already.*replace") as caught:
        agree(tara, ben)
    assert caught.value.field == "stop"
    new = agree(tara, ben, stop=[old])
    with acting_as(tara.actor):
        old.refresh_from_db()
        assert (old.state, old.replaced_by_id, old.state_changed_by_id) == (AssignmentState.REPLACED, new.pk, tara.user.pk)
        assert Assignment.objects.get(state="active") == new


def test_assigning_can_stop_other_tasks_in_the_same_step(tara, ben):
    old, stays = agree(tara, ben, "worry_time"), agree(tara, ben, "name_it")
    agree(tara, ben, stop=[old])
    with acting_as(tara.actor):
        old.refresh_from_db(), stays.refresh_from_db()
        assert (old.state, old.replaced_by_id, stays.state) == (AssignmentState.STOPPED, None, AssignmentState.ACTIVE)
        assert ("homework_stopped", "worry_time", "", "my_therapist") in axis(ben)


def test_one_task_instead_of_another_points_to_it(tara, ben):
    old = agree(tara, ben, "worry_time")
    new = agree(tara, ben, replaces=old)
    with acting_as(tara.actor):
        old.refresh_from_db()
        assert (old.state, old.replaced_by_id) == (AssignmentState.REPLACED, new.pk)


def test_a_task_that_ended_meanwhile_is_left_as_it_ended(tara, ben):
    old = agree(tara, ben, "worry_time")
    with acting_as(tara.actor):
        finish_assignment(assignment=Assignment.objects.get(pk=old.pk), by=tara.actor)
    agree(tara, ben, replaces=old)
    with acting_as(tara.actor):
        old.refresh_from_db()
        assert (old.state, old.replaced_by_id) == (AssignmentState.FINISHED, None)


def test_a_refusal_leaves_the_old_tasks_as_they_are(tara, ben):
    old, other = agree(tara, ben, "worry_time"), agree(tara, ben)
    with pytest.raises(Refused):
        agree(tara, ben, stop=[old])  # slow breathing itself is not ticked
    with acting_as(tara.actor):
        old.refresh_from_db(), other.refresh_from_db()
        assert (old.state, other.state) == ("active", "active")


def test_a_task_of_somebody_else_cannot_be_stopped_by_the_way(tara, ben, cleo):
    foreign = agree(tara, cleo)
    with pytest.raises(Refused):
        agree(tara, ben, stop=[foreign])
    with acting_as(tara.actor):
        foreign.refresh_from_db()
        assert foreign.state == "active"


def test_an_id_that_belongs_to_another_clients_task_is_refused(tara, ben, cleo):
    theirs = agree(tara, cleo)
    with pytest.raises(Refused):
        agree(tara, ben, new_id=theirs.pk)


def test_a_wording_that_changed_meanwhile_is_refused(tara, ben, as_owner):
    old = version_for(tara, "slow_breathing")
    with as_owner():
        load_library(contents=[{**old.content, "title": "Breathing, slowly"}])  # the other 53 are retired by this
    with acting_as(tara.actor), pytest.raises(Refused) as caught:
        old.refresh_from_db()
        assign_exercise(client=ben, new_id=uuid7(), exercise_version=old, per_week=1, weeks=1, starts_on=TODAY, checked=True, by=tara.actor)
    assert caught.value.field == "exercise"
    with pytest.raises(Refused):
        agree(tara, ben, "worry_time")
    assert agree(tara, ben)


def test_nothing_new_for_a_discharged_client(tara, ben, as_owner):
    with as_owner():
        Client.objects.filter(pk=ben.pk).update(status="discharged")
        ben.refresh_from_db()
    with pytest.raises(Refused, match="discharged"):
        agree(tara, ben)


def test_stopping_keeps_who_and_why_and_doing_it_again_is_no_harm(tara, ben):
    task = agree(tara, ben)
    with acting_as(tara.actor):
        stop_assignment(assignment=task, why="Became a check.", by=tara.actor)
        again = stop_assignment(assignment=Assignment.objects.get(pk=task.pk), why="Other words.", by=tara.actor)
        assert (again.state, again.stop_why, again.state_changed_by_id, again.version) == ("stopped", "Became a check.", tara.user.pk, 2)
        assert [kind for kind, *_rest in axis(ben)] == ["assigned", "homework_stopped"]
        with pytest.raises(Refused, match="stopped"):
            finish_assignment(assignment=task, by=tara.actor)
    assert trail("homework_stopped").detail == {"exercise": "slow_breathing"}


def test_the_client_may_stop_her_own_task_but_agree_on_none(tara, ben, ben_portal):
    task = agree(tara, ben)
    with acting_as(ben_portal.actor):
        stop_assignment(assignment=Assignment.objects.get(pk=task.pk), why="It hurts.", by=ben_portal.actor)
        task.refresh_from_db()
        assert (task.state, task.state_changed_by_id) == ("stopped", ben_portal.user.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        agree(ben_portal, ben)


@pytest.mark.parametrize("outsider", ["sam", "vera", "fay", "olu", "ada"])
def test_only_who_may_write_for_her_can_agree_or_end(tara, ben, outsider, request):
    other = request.getfixturevalue(outsider)
    task = agree(tara, ben)
    with pytest.raises((DatabaseError, Refused)), transaction.atomic():
        agree(other, ben, "worry_time")
    with pytest.raises((DatabaseError, Refused, Assignment.DoesNotExist)), transaction.atomic(), acting_as(other.actor):
        stop_assignment(assignment=task, by=other.actor)
    with acting_as(tara.actor):
        assert [row.state for row in Assignment.objects.filter(client=ben)] == ["active"]
