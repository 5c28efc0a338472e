"""/clients/<uuid>/reminders/: the truth for the therapist, fewer of them, and setting them together."""

from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from access.acting import acting_as
from clients.models import Client, Consent
from reminders.models import ReminderPreference
from reminders.services import turn_off
from tests.cast import Person
from tests.portal.driving import forms_of, send, signed_in
from tests.reminders.chosen import EVENING, TODAY, chosen, states

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("task")]


def page_of(client: Client) -> str:
    return reverse("reminders:desk", args=[client.pk])


def text_of(page: Any) -> str:
    assert page.status_code == 200
    return " ".join(page.content.decode().split())


@pytest.fixture
def on(ben: Client, ben_portal: Person) -> ReminderPreference:
    return chosen(ben_portal, ben, {0: EVENING, 2: EVENING, 4: EVENING})


def test_the_way_there_is_on_the_portal_tab(desk: Browser, ben: Client) -> None:
    assert page_of(ben) in text_of(desk.get(reverse("clients:portal", args=[ben.pk])))


def test_what_is_set_and_what_happened(desk: Browser, ben: Client, on: ReminderPreference) -> None:
    said = text_of(desk.get(page_of(ben)))
    assert "3 a week: Monday, Wednesday and Friday at 18:30 (Europe/London)." in said and "on the portal" in said


def test_one_that_is_planned_is_among_them(desk: Browser, ben: Client, ben_portal: Person) -> None:
    assert "Planned" not in text_of(desk.get(page_of(ben)))
    chosen(ben_portal, ben, {(TODAY.weekday() + 1) % 7: EVENING, (TODAY.weekday() + 2) % 7: EVENING})  # one stands in the next 48 hours on any day this runs
    assert "Planned" in text_of(desk.get(page_of(ben)))


def test_nothing_is_on_and_it_says_who_may(desk: Browser, ben: Client, ben_portal: Person) -> None:
    said = text_of(desk.get(page_of(ben)))
    assert "Only the client turns them on" in said and "Keep only these" not in said and "None yet." in said


def test_fewer_days(desk: Browser, ben: Client, on: ReminderPreference) -> None:
    page = keep(desk, ben, ["2"])
    assert "1 a week: Wednesday at 18:30" in text_of(page) and "by staff (Tara)" in text_of(page)
    assert "changed somewhere else" in text_of(keep(desk, ben, ["2", "5"]))  # a day more is not offered, and not taken
    assert "1 a week" in text_of(desk.get(page_of(ben)))


def keep(desk: Browser, ben: Client, days: list[str]) -> Any:
    form = next(form for form in forms_of(desk.get(page_of(ben))) if form.action.endswith("/fewer/"))
    return desk.post(form.action, {**form.fields, "days": days}, follow=True)


def test_pause_and_off(desk: Browser, ben: Client, on: ReminderPreference, as_owner) -> None:
    page = send(desk, desk.get(page_of(ben)), "7", pause="7")
    assert "is the last day." in text_of(page) and {state for state, _reason in states(as_owner)} <= {"held"}
    form = next(form for form in forms_of(page) if form.action.endswith("/pause/"))
    page = desk.post(reverse("reminders:off_desk", args=[ben.pk]), form.fields, follow=True)
    assert "Turned off." in text_of(page) and "<b>Off.</b>" in text_of(page) and "by staff (Tara)" in text_of(page)
    page = desk.post(form.action, {**form.fields, "pause": "0"}, follow=True)  # staff do not end a pause
    with as_owner():
        assert ReminderPreference.objects.get().paused_until is not None


def test_together_needs_the_yes(desk: Browser, ben: Client, ben_portal: Person, as_owner) -> None:
    page = send(desk, desk.get(page_of(ben)), "agreed", days=["1"])
    assert "Only together with the client." in text_of(page)
    with as_owner():
        assert not Consent.objects.filter(kind="reminders").exists() and not ReminderPreference.objects.exists()
    page = send(desk, page, "agreed", agreed="on", days=["1"])
    assert "1 a week: Tuesday at 18:30" in text_of(page) and "together, in session (Tara)" in text_of(page)
    with as_owner():
        assert Consent.objects.get(kind="reminders").created_by.name == "Tara"
    privacy = signed_in(ben_portal).get("/portal/privacy/")
    assert "To reminders, set together in session" in text_of(privacy)


@pytest.mark.parametrize("contact", [{"phone_checked": True}, {"email_ok": False}])
def test_not_offered_where_it_is_not_safe(contact: dict[str, bool], desk: Browser, ben: Client, ben_portal: Person, as_owner) -> None:
    page = desk.get(page_of(ben))
    with as_owner():
        Client.objects.filter(pk=ben.pk).update(**contact)
    assert "cannot be turned on from here" in text_of(desk.get(page_of(ben)))
    assert "ontact page says" in text_of(send(desk, page, "agreed", agreed="on", days=["1"]))  # a form from before
    with as_owner():
        assert not ReminderPreference.objects.exists()


def test_a_supervisor_reads_and_changes_nothing(vera: Person, ben: Client, on: ReminderPreference, as_owner) -> None:
    browser = signed_in(vera)
    said = text_of(browser.get(page_of(ben)))
    assert "3 a week" in said and "Turn off" not in said and "Set together" not in said
    scope = f"{vera.membership.pk}:{ben.pk}"
    for name in ("fewer", "pause", "off_desk", "desk"):
        answer = browser.post(reverse(f"reminders:{name}", args=[ben.pk]), {"scope": scope, "pause": "7", "version": "1", "days": []})
        assert answer.status_code == 404
    with acting_as(vera.actor):  # nor past the gate: the wall asks the same
        turn_off(preference=on, by=vera.actor, how="desk")
    with as_owner():
        assert ReminderPreference.objects.get().is_on


def test_a_stranger_is_told_nothing(sam: Person, ben: Client, on: ReminderPreference) -> None:
    assert signed_in(sam).get(page_of(ben)).status_code == 404
