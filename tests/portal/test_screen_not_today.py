"""Not today: any answer is useful, each has its kind reply, nothing is counted."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from access.acting import acting_as
from homework.content import barriers
from homework.models import Assignment, NotToday
from homework.selectors import exercise_of
from homework.services.agreement import stop_assignment
from homework.services.own import retire_exercise
from portal.pages.not_today import gentle_ones
from tests.homework.agreed import agree
from tests.homework.own import written
from tests.portal.driving import form_with, forms_of, send, signed_in


@pytest.fixture
def task(phone, tara, ben) -> Assignment:
    return agree(tara, ben, "activity_plan", look_at_on=timezone.localdate() + timedelta(days=3))


def page_of(phone, task):
    return phone.get(reverse("portal:not_today", args=[task.pk]))


def said(owner) -> list[tuple[str, str]]:
    with owner():
        return list(NotToday.objects.values_list("choice", "barrier"))


def test_the_page_offers_all_eighteen_and_says_who_sees_it(phone, task):
    page = page_of(phone, task)
    text = page.content.decode()
    assert "Not today is fine." in text and "Plan one good thing" in text and "Tara sees the answer you tap." in text
    assert sorted(form_with(page, "choice").offered["barrier"]) == sorted(one.key for one in barriers())
    for word in ("overdue", "missed", "failed", "!"):
        assert word not in text[text.index("<main") : text.index("</main>")].replace("<!--", "")


def test_another_day_comes_back_when_she_says(phone, task, as_owner):
    page = send(phone, page_of(phone, task), "choice", choice="another_day")
    assert "Please pick a day." in page.content.decode() and said(as_owner) == []
    day = timezone.localdate() + timedelta(days=3)
    for _press in range(2):
        after = send(phone, page, "choice", choice="another_day", until=day.isoformat())
    assert "Saved. Nothing is lost." in after.content.decode() and "Nothing to do." in after.content.decode()
    with as_owner():
        assert [row.until for row in NotToday.objects.all()] == [day]


@pytest.mark.parametrize("barrier", barriers(), ids=lambda one: one.key)
def test_each_barrier_gets_its_kind_reply_then_the_ways_on(phone, task, as_owner, barrier):
    page = send(phone, page_of(phone, task), "choice", choice="way", barrier=barrier.key)
    assert f'<p class="lead" data-reply-words>{barrier.say}</p>'.replace("'", "&#x27;") in page.content.decode()
    assert said(as_owner) == []
    page = send(phone, page, "choice")
    assert "Saved. Nothing is lost." in page.content.decode()
    assert said(as_owner) == [("another_day", barrier.key)]


def test_talking_about_it_goes_on_the_list_for_the_session(phone, task, tara, as_owner):
    page = send(phone, page_of(phone, task), "choice", choice="way", barrier="too_anxious")
    assert f"Talk about it on {(timezone.localdate() + timedelta(days=3)).strftime('%A')}" in page.content.decode()
    send(phone, page, "choice", choice="talk")
    with acting_as(tara.actor):
        assert [(row.choice, row.barrier, row.for_session) for row in NotToday.objects.all()] == [("talk", "too_anxious", True)]


def test_a_smaller_one_leads_to_something_gentle(phone, task, as_owner):
    page = send(phone, page_of(phone, task), "choice", choice="smaller")
    assert page.redirect_chain[-1][0].startswith("/portal/practise/") and "Works on a very bad day" in page.content.decode()
    assert said(as_owner) == [("smaller", "")]


def test_a_smaller_one_may_be_the_clinics_own(phone, tara, ben, task):
    """The shortest of those that ask before and after, ours and theirs; not one of another pillar, a long one, or one that is not begun alone."""
    product = gentle_ones_of(task)
    for number, changes in enumerate(({"pillar": "mindset"}, {"effort": 2}, {"self_start": False}, {"minutes": 60})):
        written(tara, **{"title": f"No {number}", "pillar": "selfcare", "minutes": 1, **changes})
    retired = written(tara, title="Gone", pillar="selfcare", minutes=1)
    with acting_as(tara.actor):
        retire_exercise(exercise=retired, away=True, by=tara.actor)
    assert f"{product.minutes} minutes: {product.title}" in page_of(phone, task).content.decode()
    own = written(tara, pillar="selfcare", minutes=1)
    assert "1 minute: Window walk" in page_of(phone, task).content.decode()
    page = send(phone, page_of(phone, task), "choice", choice="smaller")
    assert page.redirect_chain[-1][0] == reverse("portal:practise_exercise", args=[own.key]) and "Window walk" in page.content.decode()


def gentle_ones_of(task):
    exercise = exercise_of(task.exercise_version)
    return next(one for one in gentle_ones() if one.pillar == exercise.pillar and one.key != exercise.key and one.minutes <= exercise.minutes)


def test_skipping_it_this_week(phone, task, as_owner):
    send(phone, page_of(phone, task), "choice", choice="skip", barrier="no_time")
    assert said(as_owner) == [("skip", "")]


def test_one_that_hurt_can_be_stopped(phone, task, as_owner):
    page = send(phone, page_of(phone, task), "choice", choice="way", barrier="made_worse")
    send(phone, page, "choice", choice="stop")
    assert said(as_owner) == [("talk", "made_worse")]
    with as_owner():
        assert Assignment.objects.get().state == "stopped"


@pytest.mark.parametrize(
    "posted",
    [
        {},
        {"choice": "burn"},
        {"choice": "way"},
        {"choice": "way", "barrier": "burn"},
        {"choice": "another_day", "until": "2999-01-01"},
        {"choice": "another_day", "until": "x"},
        {"choice": "skip", "new_id": "x"},
    ],
)
def test_rough_answers_come_back_with_a_word(phone, task, as_owner, posted):
    page = send(phone, page_of(phone, task), "choice", **posted)
    assert page.status_code == 200 and ('class="msg"' in page.content.decode() or 'class="summary"' in page.content.decode())
    assert said(as_owner) == []


def test_sent_after_the_task_ended_it_is_kept_and_said(phone, task, tara, as_owner):
    page = page_of(phone, task)
    with acting_as(tara.actor):
        stop_assignment(assignment=task, by=tara.actor)
    for _again in range(3):
        after = send(phone, page, "choice", choice="skip")
    assert "This left your list meanwhile. What you said is kept." in after.content.decode()
    assert said(as_owner) == [("skip", "")]
    assert page_of(phone, task).headers["Location"] == reverse("portal:homework", args=[task.pk])


def test_an_answer_dropped_on_the_way_back_is_sent_again_and_is_one(phone, task, ben_portal, as_owner):
    page = page_of(phone, task)
    send(phone, page, "choice", choice="talk", barrier="too_big")
    with as_owner():
        first = NotToday.objects.get()
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        browser = signed_in(ben_portal)
        for _again in range(2):
            send(browser, page, "choice", choice="talk", barrier="too_big")
    with as_owner():
        row = NotToday.objects.get()
        assert (row.pk, row.occurred_at, row.recorded_at) == (first.pk, first.occurred_at, first.recorded_at)


def test_a_foreign_task_is_not_there(phone, tara, cleo):
    other = agree(tara, cleo)
    scope = forms_of(phone.get("/portal/me/"))[0].fields["scope"]
    for name in ("homework", "not_today"):
        for task_id in (other.pk, uuid4()):
            address = reverse(f"portal:{name}", args=[task_id])
            assert phone.get(address).status_code == 404
            assert phone.post(address, {"scope": scope}).status_code == 404
