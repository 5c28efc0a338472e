"""/portal/reminders/: on, off, when, pause, and the truth about each one."""

from urllib.parse import urlsplit

import pytest
from django.test import Client as Browser
from django.urls import reverse

from clients.models import Client
from reminders.models import Reminder, ReminderPreference
from reminders.services import send_reminders
from tests import cast
from tests.cast import Person
from tests.portal.driving import forms_of, send, signed_in
from tests.reminders.chosen import EVENING, at, chosen, rows, states

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "task")]
PAGE = "/portal/reminders/"


@pytest.fixture
def phone(ben_portal: Person) -> Browser:
    return signed_in(ben_portal)


def text_of(page) -> str:
    assert page.status_code == 200
    return " ".join(page.content.decode().split())


def test_the_way_there_is_on_me(phone: Browser) -> None:
    assert PAGE in text_of(phone.get("/portal/me/"))


def test_off_until_chosen_and_on_with_two_taps(phone: Browser, as_owner) -> None:
    page = phone.get(PAGE)
    said = text_of(page)
    assert "Off. They come when you choose them" in said and "ben@example.org" in said and "Your two minutes are ready." in said and "Europe/London" in said
    assert not rows(as_owner)
    page = send(phone, page, "days", on="on")
    assert "On. 3 a week: Monday, Wednesday and Friday at 18:30." in text_of(page)
    assert "The next one: Monday" in text_of(page) and "Planned" in text_of(page)
    assert states(as_owner) == [("planned", "")]


def test_each_weekday_may_have_its_own_time(phone: Browser, as_owner) -> None:
    page = send(phone, phone.get(PAGE), "days", on="on", days=["0", "1"], at="09:30", at_1="19:15")
    assert "Monday at 09:30, Tuesday at 19:15" in text_of(page)
    assert [str(row.local_time) for row in rows(as_owner)] == ["09:30:00", "19:15:00"]
    assert '<details class="others" open>' in text_of(page) and '<details class="others" >' not in text_of(page)
    form = next(form for form in forms_of(page) if "days" in form.offered)
    assert form.fields["at"] == ["09:30"] and form.fields["at_1"] == ["19:15"] and form.fields["at_0"] == [""]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"days": []}, "Please pick a day."),
        ({"days": ["0", "1", "2", "3", "4"]}, "At most four days a week."),
        ({"at": "22:00"}, "This lies within the quiet hours."),
        ({"at": "half six"}, "A time such as 18:30, please."),
        ({"at": ""}, "Please choose a time."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_kept(changes, said: str, phone: Browser, as_owner) -> None:
    page = send(phone, phone.get(PAGE), "days", on="on", **changes)
    assert said in text_of(page) and not rows(as_owner)
    if "at" in changes:
        assert f'value="{changes["at"]}"' in text_of(page)


def test_off_again_is_off_at_once(phone: Browser, ben: Client, ben_portal: Person, as_owner) -> None:
    chosen(ben_portal, ben)
    page = send(phone, phone.get(PAGE), "days", on="off")
    assert "Off. They come" in text_of(page) and "Called off" in text_of(page) and "Reminders were turned off." in text_of(page)
    assert set(states(as_owner)) == {("cancelled", "off")}


def test_a_form_from_before_somebody_else_changed_it(phone: Browser, ben: Client, ben_portal: Person) -> None:
    page = phone.get(PAGE)
    chosen(ben_portal, ben, {1: EVENING})
    page = send(phone, page, "days", on="on")
    assert "changed somewhere else meanwhile" in text_of(page) and "1 a week: Tuesday at 18:30" in text_of(page)


def test_pause_and_go_on(phone: Browser, ben: Client, ben_portal: Person, as_owner) -> None:
    chosen(ben_portal, ben)
    page = send(phone, phone.get(PAGE), "3", pause="3")
    assert "is the last day." in text_of(page) and "Held back" in text_of(page) and "There was a pause." in text_of(page)
    assert set(states(as_owner)) == {("held", "paused")}
    page = send(phone, page, "0", pause="0")
    assert set(states(as_owner)) == {("planned", "")} and "is the last day." not in text_of(page)


def test_every_state_with_its_time_zone_and_reason(clock, ben: Client, ben_portal: Person, as_owner, mailoutbox) -> None:
    chosen(ben_portal, ben)
    clock.move_to(at(0, 18, 31))
    send_reminders()
    phone = signed_in(ben_portal)  # the hours on the way have ended the earlier one
    said = text_of(phone.get(PAGE))
    assert "18:30, sent 18:31, not opened (Europe/London)." in said
    row = rows(as_owner)[0]
    link = urlsplit(next(line for line in mailoutbox[0].body.splitlines() if "/portal/" in line)).path
    clock.move_to(at(0, 18, 42))
    assert phone.get(link).headers["Location"] == reverse("portal:today")
    assert "opened 18:42" in text_of(phone.get(PAGE)) and "Opened" in text_of(phone.get(PAGE))
    clock.move_to(at(0, 18, 50))
    phone.get(link)
    assert rows(as_owner, pk=row.pk)[0].opened_at == at(0, 18, 42)  # the first time counts


def test_earlier_ones_are_one_tap_away(clock, ben: Client, ben_portal: Person) -> None:
    chosen(ben_portal, ben, dict.fromkeys(range(4), EVENING))
    clock.move_to(at(14, 9))
    send_reminders()
    phone = signed_in(ben_portal)
    few, every = text_of(phone.get(PAGE)), text_of(phone.get(PAGE + "?all=1"))
    assert few.count('<i class="st ') == 8 and "Earlier" in few and every.count('<i class="st ') > 8 and "Earlier" not in every


def test_another_clients_link_leads_nowhere(phone: Browser, ben: Client, cleo: Client, tara: Person, as_owner) -> None:
    other = cast.portal_sign_in(tara, cleo, "Cleo")
    chosen(other, cleo)
    row = rows(as_owner)[0]
    with as_owner():
        Reminder.objects.filter(pk=row.pk).update(state="sent", sent_at=at(0, 9), ready_at=None)
    assert phone.get(reverse("reminders:open", args=[row.pk])).status_code == 404
    assert rows(as_owner)[0].opened_at is None


def test_her_phone_is_looked_at(phone: Browser, ben: Client, as_owner) -> None:
    with as_owner():
        Client.objects.filter(pk=ben.pk).update(phone_checked=True)
    assert "think about where this shows" in text_of(phone.get(PAGE))


def test_a_refused_address_is_said(phone: Browser, ben: Client, ben_portal: Person, as_owner) -> None:
    chosen(ben_portal, ben)
    assert "refused ben@example.org" not in text_of(phone.get(PAGE))
    with as_owner():
        ReminderPreference.objects.update(refused_address="ben@example.org")
    assert "refused ben@example.org" in text_of(phone.get(PAGE))
