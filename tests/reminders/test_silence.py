"""After four that nobody opened they stop; Today asks once whether they are wanted back, and blames nobody."""

from typing import Any

import pytest
from django.test import Client as Browser

from access.acting import acting_as
from clients.models import Client
from clients.services import record_check_in
from core.ids import uuid7
from reminders.models import ReminderPreference
from reminders.services import pause
from tests.cast import Person
from tests.portal.driving import forms_of, signed_in
from tests.reminders.chosen import EVENING, at, chosen, states
from tests.reminders.test_sending import send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "task")]
DAILY = dict.fromkeys(range(4), EVENING)
ASKED = "Reminders have been quiet. Would you like them back?"


def today(phone: Browser) -> Any:
    page = phone.get("/portal/")
    assert page.status_code == 200
    return page


def asks(page: Any) -> bool:
    return ASKED in page.content.decode()


def silent(clock: Any, ben: Client, portal: Person) -> Browser:
    """Four sent and not opened, the fifth held back."""
    chosen(portal, ben, DAILY)
    became = {day: send(clock, at(day, 18, 31)) for day in range(16) if day % 7 < 4}
    sent = [day for day, states in became.items() if states == {"sent": 1}]
    assert sent == [0, 1, 8, 15] and not asks(today(signed_in(portal)))  # slowed, not stopped
    assert send(clock, at(16, 18, 31)) == {"held": 1}
    return signed_in(portal)


def press(phone: Browser, page: Any, answer: str) -> Any:
    form = next(form for form in forms_of(page) if ("answer", answer) in form.buttons)
    return phone.post(form.action, {**form.fields, "answer": answer}, follow=True)


@pytest.mark.parametrize(("answer", "left"), [("on", [0, 1, 2, 3]), ("weekly", [3]), ("off", [0, 1, 2, 3])])
def test_it_is_asked_and_one_tap_answers(clock, ben: Client, ben_portal: Person, as_owner, answer: str, left: list[int]) -> None:
    phone = silent(clock, ben, ben_portal)
    first = today(phone)
    assert asks(first)
    after = press(phone, first, answer)
    assert after.redirect_chain == [("/portal/", 302)] and not asks(after)
    with as_owner():
        row = ReminderPreference.objects.get()
        assert row.is_on == (answer != "off") and sorted(row.times.exclude(at=None).values_list("weekday", flat=True)) == left
    press(phone, first, "off" if answer == "on" else "on")  # the page from before, pressed otherwise
    with as_owner():
        assert ReminderPreference.objects.get().version == row.version
    assert send(clock, at(17, 18, 31)) == ({} if answer == "off" else {"sent": 1})


def test_a_message_that_went_out_since_ends_the_question(clock, ben: Client, ben_portal: Person) -> None:
    silent(clock, ben, ben_portal)
    with acting_as(ben_portal.actor):
        record_check_in(client=ben, new_id=uuid7(), mood=3, by=ben_portal.actor)
    assert send(clock, at(17, 18, 31)) == {"sent": 1} and not asks(today(signed_in(ben_portal)))


def test_a_pause_is_an_answer_and_rough_answers_change_nothing(clock, ben: Client, ben_portal: Person, as_owner) -> None:
    phone = silent(clock, ben, ben_portal)
    page = today(phone)
    form = next(form for form in forms_of(page) if ("answer", "on") in form.buttons)
    for rough in ("", "x", "\x00"):
        assert asks(phone.post(form.action, {**form.fields, "answer": rough}, follow=True))
    with acting_as(ben_portal.actor):
        pause(preference=ReminderPreference.objects.select_related("client").get(), days=7, by=ben_portal.actor)
    assert not asks(today(phone)) and states(as_owner)[-1][0] == "held"
