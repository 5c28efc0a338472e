"""The server saved, the answer was dropped on the way back: the same form comes three times, later, or after the task has ended."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from access.acting import acting_as
from clients.models import CheckIn, Practice, TimelineEntry
from homework.models import ExerciseAnswer, ExerciseRun
from homework.services.agreement import stop_assignment
from tests.homework.agreed import agree
from tests.portal.driving import drive, form_with, forms_of, press, send, signed_in

LATER = timedelta(hours=3)


@pytest.fixture
def task(phone, tara, ben):
    return agree(tara, ben, "slow_breathing")


def begun(phone, task):
    form = next(form for form in forms_of(phone.get("/portal/")) if form.action == reverse("portal:homework", args=[task.pk]))
    return form, phone.post(form.action, form.fields, follow=True)


def test_a_check_in_is_one_with_the_time_it_was_tapped(phone, ben_portal, as_owner):
    page = phone.get("/portal/")
    send(phone, page, "mood", mood="2")
    with as_owner():
        first = CheckIn.objects.get()
    for hours in (3, 30):  # later that day, and the day after
        with time_machine.travel(timezone.now() + timedelta(hours=hours)):
            send(signed_in(ben_portal), page, "mood", mood="2")
    with as_owner():
        row, line = CheckIn.objects.get(), TimelineEntry.objects.get()
        assert (row.pk, row.mood, row.occurred_at, row.recorded_at) == (first.pk, 2, first.occurred_at, first.recorded_at)
        assert line.occurred_at == first.occurred_at


def test_start_three_times_is_one_run(phone, task, ben_portal, as_owner):
    form, page = begun(phone, task)
    with as_owner():
        first = ExerciseRun.objects.get()
    with time_machine.travel(timezone.now() + LATER):
        later = signed_in(ben_portal)
        for _again in range(2):
            assert later.post(form.action, form.fields, follow=True).redirect_chain[-1][0].startswith(reverse("portal:player", args=[first.pk]))
    with as_owner():
        assert [(run.pk, run.occurred_at) for run in ExerciseRun.objects.all()] == [(first.pk, first.occurred_at)]


def test_an_answer_three_times_is_one_and_the_last_steps_finish_once(phone, task, ben_portal, as_owner):
    _form, page = begun(phone, task)
    end, _way = drive(phone, page)
    with as_owner():
        answers, run = ExerciseAnswer.objects.count(), ExerciseRun.objects.get()
    with time_machine.travel(timezone.now() + LATER):
        later = signed_in(ben_portal)
        drive(later, later.get(reverse("portal:player", args=[run.pk]) + "?s=1"))
    with as_owner():
        again = ExerciseRun.objects.get()
        assert (ExerciseAnswer.objects.count(), again.finished_at, again.occurred_at) == (answers, run.finished_at, run.occurred_at)
        assert TimelineEntry.objects.filter(kind="exercise").count() == Practice.objects.count() == 1
    assert form_with(end, "helped")


def test_answers_sent_after_the_task_ended_are_kept_and_it_is_said(phone, task, tara, ben, as_owner):
    _form, page = begun(phone, task)
    with acting_as(tara.actor):
        stop_assignment(assignment=task, by=tara.actor)
    end, _way = drive(phone, page)
    assert "This left your list meanwhile. What you did is kept." in end.content.decode()
    press(phone, end, "done", helped="5")
    with as_owner():
        run = ExerciseRun.objects.get()
        assert (run.state, run.helped) == ("finished", 5) and ExerciseAnswer.objects.exclude(value=None).exists()


def test_a_start_sent_after_the_task_ended_says_so(phone, task, tara, as_owner):
    page = phone.get("/portal/")
    form = next(form for form in forms_of(page) if form.action == reverse("portal:homework", args=[task.pk]))
    with acting_as(tara.actor):
        stop_assignment(assignment=task, by=tara.actor)
    after = phone.post(form.action, form.fields, follow=True)
    assert "This is no longer on your list." in after.content.decode()


def test_words_that_cannot_be_kept_come_back_as_they_were_typed(phone, as_owner):
    page = send(phone, send(phone, phone.get("/portal/"), "mood", mood="3"), "need", need="note")
    page = send(phone, page, "note", note="a line of mine " * 40, visibility="only_me")
    text = page.content.decode()
    assert "a line of mine a line of mine" in text and 'role="alert"' in text
    with as_owner():
        assert CheckIn.objects.get().note == ""
