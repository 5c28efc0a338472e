"""Three weeks in the life of three clients: one steady, one back after three weeks, one who ignores everything. Nobody is counted or blamed."""

import html
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from access.acting import acting_as
from clients.services import record_check_in
from core.ids import uuid7
from homework.models import ExerciseRun, NotToday
from reminders.models import Reminder
from reminders.services import send_reminders
from tests.homework.agreed import agree
from tests.house.test_words import NEVER
from tests.portal.driving import drive, form_with, forms_of, press, send, signed_in
from tests.reminders.chosen import EVENING, QUIET, chosen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]
TODAY = timezone.now().date()
MONDAY = TODAY + timedelta(days=14 - TODAY.weekday())  # to come: a signed token of the past is no longer one
COUNTED = re.compile(r"\b(\d+|one|two|three|four|five|six|seven|twenty-one) (days?|weeks?)\b|catch(ing)? up|in a row|since your last|welcome back", re.I)
SAID = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.S)


def noon(day: int, hour: int = 12) -> datetime:
    return datetime.combine(MONDAY + timedelta(days=day), datetime.min.time(), UTC) + timedelta(hours=hour)


def kind_words(page) -> str:
    """What the page says in its main part; looked through for a count, a reproach and for more than one card."""
    assert page.status_code == 200
    source = page.content.decode()
    main = source[source.index("<main") : source.index("</main>")]
    text = " ".join(html.unescape(SAID.sub(" ", main)).split())
    assert not NEVER.search(text), NEVER.search(text)
    assert not COUNTED.search(text), COUNTED.search(text)
    assert "!" not in text and main.count('<section class="task') <= 1
    return text


@pytest.mark.parametrize("said", ["You missed 21 days.", "2 days in a row", "3 weeks ago", "No catching up needed"], ids=range(4))
def test_the_check_hears_a_count_and_a_reproach(said):
    assert NEVER.search(said) or COUNTED.search(said)


def walk_round(browser, task) -> str:
    """Today, Practise, Me, the list, reminders, Not today: everywhere the same kind words. What Today said."""
    for path in ("/portal/practise/", "/portal/practise/?fit=low", "/portal/me/", "/portal/talk/", "/portal/replies/"):
        kind_words(browser.get(path))
    off = browser.get(reverse("portal:not_today", args=[task.pk]))
    if off.status_code == 200:
        kind_words(off)
    return kind_words(browser.get("/portal/"))


def test_a_steady_week(tara, ben, ben_portal, as_owner):
    """Each day two taps, the task every other day, one Not today, something of her own, a line for the session."""
    with time_machine.travel(noon(0, 8), tick=False) as clock:
        task = agree(tara, ben, "slow_breathing", per_week=3, weeks=2, starts_on=MONDAY, look_at_on=MONDAY + timedelta(days=7))
        agree(tara, ben, "clouds", per_week=1, weeks=1, starts_on=MONDAY)
        for day in range(7):
            clock.move_to(noon(day))
            browser = signed_in(ben_portal)
            text = walk_round(browser, task)
            assert "How are you right now?" in text and "Good to see you." not in text
            page = send(browser, browser.get("/portal/"), "mood", mood=str(2 + day % 3))
            kind_words(send(browser, page, "need", need="save"))
            text = kind_words(browser.get("/portal/"))
            assert "You said" in text and "Change it" in text and text.count("For this week") <= 1
            if day in (0, 2, 4):
                form = next((form for form in forms_of(browser.get("/portal/")) if "/homework/" in form.action), None)
                if form is not None:
                    end, _way = drive(browser, browser.post(form.action, form.fields, follow=True))
                    kind_words(press(browser, end, "done", helped="5"))
            if day == 3:
                page = browser.get(reverse("portal:not_today", args=[task.pk]))
                page = send(browser, page, "choice", choice="way", barrier="too_tired")
                assert "Rest is fine." in kind_words(page)
                kind_words(send(browser, page, "choice"))
    with as_owner():
        assert ExerciseRun.objects.filter(state="finished").count() == 3 and NotToday.objects.count() == 1


def test_back_after_three_weeks(tara, ben, ben_portal):
    """Greeted, nothing counted, nothing piled up: one question and one card, however much has become due."""
    with time_machine.travel(noon(0), tick=False) as clock:
        task = agree(tara, ben, "slow_breathing", per_week=5, weeks=6, starts_on=MONDAY)
        agree(tara, ben, "stop_pause", per_week=2, weeks=6, starts_on=MONDAY)
        with acting_as(ben_portal.actor):
            record_check_in(client=ben, new_id=uuid7(), mood=3, by=ben_portal.actor)
    with time_machine.travel(noon(22), tick=False) as clock:
        browser = signed_in(ben_portal)
        text = walk_round(browser, task)
        assert text.startswith("Hi Ben . Good to see you. How are you right now?") and text.count("For this week") == 1
        page = send(browser, browser.get("/portal/"), "mood", mood="3")
        kind_words(send(browser, page, "need", need="save"))
        assert "Good to see you." not in kind_words(browser.get("/portal/"))
        clock.move_to(noon(23))
        assert "Good to see you." not in kind_words(signed_in(ben_portal).get("/portal/"))


def test_ignoring_everything(tara, ben, ben_portal, as_owner, mailoutbox):
    """Reminders were chosen and are not opened; nothing grows, nothing nags, and Not today stays a real answer."""
    with time_machine.travel(noon(0, 8), tick=False) as clock:
        task = agree(tara, ben, "slow_breathing", per_week=70, weeks=6, starts_on=MONDAY)
        chosen(ben_portal, ben, dict.fromkeys(range(4), EVENING), **QUIET)
        for day in range(35):
            clock.move_to(noon(day, 20))
            send_reminders()
        clock.move_to(noon(35))
        with as_owner():
            sent = list(Reminder.objects.filter(state="sent").order_by("sent_at").values_list("local_date", flat=True))
        assert len(sent) == len(mailoutbox)
        backs_off(sent)
        for message in mailoutbox:
            said = message.subject + " " + message.body
            assert not NEVER.search(said) and not COUNTED.search(said)
        browser = signed_in(ben_portal)
        text = walk_round(browser, task)
        assert "This takes two taps. You can skip it any day." in text and text.count("For this week") == 1
        page = browser.get(reverse("portal:not_today", args=[task.pk]))
        assert form_with(page, "choice").offered["choice"][-1] == "skip"
        after = send(browser, page, "choice", choice="skip")
        assert "Nothing is lost." in kind_words(after) and "Nothing to do. Enjoy that" in kind_words(after)


def backs_off(sent) -> None:
    """Two, then one a week, four in all, then silence until there is a sign of life."""
    assert len(sent) == 4
    assert all((later - earlier).days >= 7 for earlier, later in zip(sent[1:], sent[2:], strict=False))
