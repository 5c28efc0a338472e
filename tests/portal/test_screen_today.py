"""Today: two taps and one card."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from access.acting import acting_as
from clients.models import CheckIn, TimelineEntry
from clients.services import record_check_in
from core.ids import uuid7
from tests.homework.agreed import agree, run_of
from tests.portal.driving import form_with, forms_of, send, signed_in

TODAY, CHECK_IN = "/portal/", "/portal/check-in/"


def text_of(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def moods(owner) -> list[tuple[int, str, str]]:
    with owner():
        return list(CheckIn.objects.values_list("mood", "need", "note"))


def test_the_first_visit_greets_and_says_what_it_takes(phone):
    text = text_of(phone.get(TODAY))
    assert "Hi <bdi>Ben</bdi>." in text and "How are you right now?" in text
    assert "This takes two taps. You can skip it any day." in text
    assert "Tara sees this before you meet. Nobody reads it live." in text
    assert "Nothing to do. Enjoy that, or look around Practise." in text


def test_two_taps_and_done(phone, as_owner):
    page = send(phone, phone.get(TODAY), "mood", mood="4")
    assert "Thanks, <bdi>Ben</bdi>." in text_of(page) and "What would help?" in text_of(page)
    page = send(phone, page, "need", need="save")
    assert page.redirect_chain[-1][0] == TODAY
    text = text_of(page)
    assert "Saved. That is all for today, if you like." in text and "You said “Okay” at" in text
    assert moods(as_owner) == [(4, "save", "")]


def test_a_double_tap_and_a_second_device_make_one_check_in(phone, ben_portal, as_owner):
    page = phone.get(TODAY)
    other = signed_in(ben_portal)
    on_the_tablet = other.get(TODAY)
    for _tap in range(2):
        send(phone, page, "mood", mood="4")
    send(other, on_the_tablet, "mood", mood="2")
    assert moods(as_owner) == [(2, "", "")]
    with as_owner():
        assert [entry.value for entry in TimelineEntry.objects.filter(kind="check_in")] == [2.0]


def test_the_mood_can_be_changed_the_same_day(phone, as_owner):
    send(phone, phone.get(TODAY), "mood", mood="4")
    page = phone.get(CHECK_IN + "?change=1")
    assert 'value="4" aria-pressed="true"' in text_of(page)
    send(phone, page, "mood", mood="3")
    assert moods(as_owner) == [(3, "", "")]


def test_the_next_day_in_her_own_zone_asks_again(phone, ben, ben_portal):
    # Half past eleven in London, in a winter to come: PostgreSQL keeps its own time, and to it a token from the past has run out.
    night = datetime(timezone.now().year + 1, 11, 25, 23, 30, tzinfo=UTC)
    with time_machine.travel(night, tick=False):
        with acting_as(ben_portal.actor):
            record_check_in(client=ben, new_id=uuid7(), mood=3, by=ben_portal.actor)
        assert "You said" in text_of(signed_in(ben_portal).get(TODAY))
    with time_machine.travel(night + timedelta(minutes=40), tick=False):
        assert "How are you right now?" in text_of(signed_in(ben_portal).get(TODAY))


def test_a_very_hard_day_is_answered_softly_and_gentle_ways_come_first(phone):
    page = send(phone, phone.get(TODAY), "mood", mood="1")
    text = text_of(page)
    assert "Thank you for telling us. That sounds hard." in text
    main = text[text.index("<main") : text.index("</main>")]
    assert main.index("A calming skill") < main.index("Help now") < main.index("Just save it")


@pytest.mark.parametrize(
    ("need", "ends"), [("skill", "/portal/practise/?fit=low&pillar=coping"), ("small_step", "/portal/practise/?fit=low"), ("note", "/portal/check-in/?words=1")]
)
def test_each_second_tap_leads_where_it_says(phone, need, ends):
    page = send(phone, send(phone, phone.get(TODAY), "mood", mood="3"), "need", need=need)
    assert page.redirect_chain[-1][0] == ends and page.status_code == 200


def test_help_now_is_reached_and_kept_nowhere(phone, as_owner):
    page = send(phone, phone.get(TODAY), "mood", mood="1")
    assert send(phone, page, "need", need="help").redirect_chain[-1][0] == "/help-now/"
    assert moods(as_owner) == [(1, "", "")]


def test_one_small_step_is_the_task_when_there_is_one(phone, tara, ben):
    task = agree(tara, ben, "slow_breathing")
    page = send(phone, send(phone, phone.get(TODAY), "mood", mood="3"), "need", need="small_step")
    assert page.redirect_chain[-1][0] == reverse("portal:homework", args=[task.pk])


def test_a_few_words_are_kept_as_she_chooses(phone, tara, as_owner):
    page = send(phone, send(phone, phone.get(TODAY), "mood", mood="3"), "need", need="note")
    send(phone, page, "note", note="Bad night,\r\nbut the cat helped 🐈", visibility="only_me")
    assert moods(as_owner) == [(3, "note", "Bad night,\nbut the cat helped 🐈")]
    with acting_as(tara.actor):
        assert not CheckIn.objects.exists() and not TimelineEntry.objects.filter(kind="check_in").exists()
    page = phone.get(CHECK_IN + "?words=1")
    assert form_with(page, "note").fields["note"] == ["Bad night,\nbut the cat helped 🐈"]
    send(phone, page, "note", note="", visibility="my_therapist")
    with acting_as(tara.actor):
        assert [row.note for row in CheckIn.objects.all()] == [""]


@pytest.mark.parametrize(
    "posted",
    [{"mood": "9"}, {"mood": ""}, {"mood": "x\x00"}, {"mood": "3", "new_id": "x"}, {"need": "burn"}, {"need": ""}, {"note": "a\x00b"}, {"note": "x" * 501}],
)
def test_rough_taps_come_back_with_a_word(phone, as_owner, posted):
    send(phone, phone.get(TODAY), "mood", mood="3")
    scope = form_with(phone.get("/portal/me/"), "scope").fields["scope"]
    if "mood" in posted:
        posted = {"new_id": str(uuid7()), **posted}
    text = text_of(phone.post(CHECK_IN, {"scope": scope, "visibility": "my_therapist", **posted}))
    assert "summary" in text or "msg" in text or "Thanks" in text
    assert moods(as_owner) == [(3, "", "")]


def test_after_a_gap_she_is_greeted_and_nothing_is_counted(library, ben, ben_portal):
    with acting_as(ben_portal.actor):
        record_check_in(client=ben, new_id=uuid7(), mood=3, by=ben_portal.actor)
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert "Good to see you." not in text_of(signed_in(ben_portal).get(TODAY))
    with time_machine.travel(timezone.now() + timedelta(days=21)):
        text = text_of(signed_in(ben_portal).get(TODAY))
    assert "Good to see you. How are you right now?" in text and "days" not in text


# --- the card


def test_this_weeks_task_with_the_reason_in_her_therapists_words(phone, tara, ben):
    agree(tara, ben, "slow_breathing", reason="Because evenings are the tense part.", look_at_on=timezone.localdate() + timedelta(days=2))
    text = text_of(phone.get(TODAY))
    day = (timezone.localdate() + timedelta(days=2)).strftime("%A")
    assert "For this week" in text and "Slow breathing" in text and f"6 minutes. We look at it together on {day}." in text
    assert '<p class="why voice">Because evenings are the tense part.</p>' in text


def test_start_on_today_is_one_tap(phone, tara, ben):
    task = agree(tara, ben, "slow_breathing")
    page = phone.get(TODAY)
    form = next(form for form in forms_of(page) if form.action == reverse("portal:homework", args=[task.pk]))
    assert "/portal/run/" in phone.post(form.action, form.fields, follow=True).redirect_chain[-1][0]


def test_a_second_part_that_waits_comes_first(phone, tara, ben, ben_portal):
    agree(tara, ben, "slow_breathing")
    task = agree(tara, ben, "activity_plan")
    run = run_of(ben_portal, ben, task, state="waiting", step="*")
    page = phone.get(TODAY)
    assert "How did it go?" in text_of(page)
    page = send(phone, page, "second", button="second")
    assert page.redirect_chain[-1][0].partition("?")[0] == reverse("portal:player", args=[run.pk])
    assert "Welcome back. How did it go?" in text_of(page)


def test_a_begun_task_says_go_on(phone, tara, ben, ben_portal):
    task = agree(tara, ben, "slow_breathing")
    run_of(ben_portal, ben, task, state="left", step="set")
    assert f'href="{reverse("portal:homework", args=[task.pk])}">Go on</a>' in text_of(phone.get(TODAY))


def test_a_day_to_look_at_it_that_has_passed_is_not_mentioned(phone, tara, ben):
    agree(tara, ben, "slow_breathing", look_at_on=date.today() - timedelta(days=1))
    text = text_of(phone.get(TODAY))
    assert "6 minutes." in text and "We look at it" not in text
