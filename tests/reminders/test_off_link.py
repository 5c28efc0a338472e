"""G06: the link of a message stops them with one click, without signing in; looking at it changes nothing."""

import logging
import re
from base64 import urlsafe_b64encode
from email import message_from_bytes, policy
from urllib.parse import urlsplit

import pytest
from django.test import Client as Browser
from django.urls import reverse

from clients.models import Client
from core.logs import NoContent
from reminders.links import SIGNER, Off, read_off_token
from reminders.models import ReminderPreference
from reminders.services import send_reminders
from tests.cast import Person
from tests.portal.driving import signed_in
from tests.reminders.chosen import at, chosen, states

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "task")]
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def message(clock, ben: Client, ben_portal: Person, mailoutbox):
    """As a mail program has it."""
    chosen(ben_portal, ben)
    clock.move_to(at(0, 18, 31))
    send_reminders()
    return message_from_bytes(mailoutbox[0].message().as_bytes(), policy=policy.default)


@pytest.fixture
def link(message) -> str:
    return urlsplit(message["List-Unsubscribe"].strip("<>")).path


@pytest.fixture
def stranger() -> Browser:
    """No cookie, no referer, and the check against forged forms is on."""
    return Browser(enforce_csrf_checks=True)


def test_both_headers_and_the_visible_link(message, link: str) -> None:
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert re.fullmatch(r"<http://[^\s<>]+/reminders/off/[\w:=-]+/>", message["List-Unsubscribe"])
    assert link in message.get_content()


def test_the_message_says_nothing(message, ben: Client) -> None:
    said = "\n".join(line for line in f"{message}".splitlines() if not line.startswith("Message-ID"))
    assert message["Subject"] == "Your two minutes are ready." and "Lantern" in message["From"]
    words = r"lanternbrook|tara|\bben\b(?!@)|therap|session|mood|depress|anxi|harm|homework|questionnaire|clinic|health|breath|missed|overdue"
    assert not re.search(words, said, re.IGNORECASE)


def test_looking_changes_nothing(stranger: Browser, link: str, as_owner) -> None:
    for look in (stranger.get, stranger.head, stranger.get):
        assert look(link).status_code == 200
    page = stranger.get(link).content.decode()
    assert page.count("<button") - page.count("data-exit") <= 1 and "Turn them off" in page
    with as_owner():
        assert ReminderPreference.objects.get().is_on


def test_one_click_stops_them(stranger: Browser, link: str, ben: Client, tara: Person, as_owner) -> None:
    answer = stranger.post(link, ONE_CLICK)
    assert answer.status_code == 200 and not answer.cookies and "They are off" in answer.content.decode()
    with as_owner():
        first = ReminderPreference.objects.get()
    assert not first.is_on and first.set_how == "mail" and set(states(as_owner)) == {("sent", ""), ("cancelled", "off")}
    assert stranger.post(link, ONE_CLICK).status_code == 200
    with as_owner():
        assert ReminderPreference.objects.get().set_at == first.set_at  # the same state
    said = signed_in(tara).get(reverse("reminders:desk", args=[ben.pk])).content.decode()
    assert "by the link in a message" in said


WRONG = (
    "0",
    "x" * 64,
    lambda token: token[:-4] + "AAAA",
    lambda token: ("B" if token[0] == "A" else "A") + token[1:],
    lambda token: token.split(":")[0],
)


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_token_stops_nothing(wrong, stranger: Browser, link: str, as_owner) -> None:
    token = link.rstrip("/").rsplit("/", 1)[-1]
    address = reverse("reminders:off", args=[wrong if isinstance(wrong, str) else wrong(token)])
    for ask in (stranger.get, stranger.post):
        assert ask(address).status_code == 404
    with as_owner():
        assert ReminderPreference.objects.get().is_on


def test_a_token_of_another_person_stops_only_hers(stranger: Browser, link: str, olu: Person, as_owner) -> None:
    """Even signed by this site: whose record it is, the wall asks."""
    token = read_off_token(link.rstrip("/").rsplit("/", 1)[-1])
    assert isinstance(token, Off)
    packed = token.preference_id.bytes + olu.user.pk.bytes + token.clinic_id.bytes
    forged = SIGNER.sign(urlsafe_b64encode(packed).decode())
    assert stranger.post(reverse("reminders:off", args=[forged]), ONE_CLICK).status_code == 404
    with as_owner():
        assert ReminderPreference.objects.get().is_on


def test_after_care_has_ended_the_link_still_answers(stranger: Browser, link: str, ben: Client, as_owner) -> None:
    with as_owner():
        Client.objects.filter(pk=ben.pk).update(status="discharged")
    assert stranger.post(link, ONE_CLICK).status_code == 200


def test_the_secret_of_the_link_is_in_no_log(link: str) -> None:
    record = logging.LogRecord("x", logging.INFO, "", 0, "POST %s 200", (link,), None)
    NoContent().filter(record)
    assert link not in record.getMessage() and "/reminders/off/..." in record.getMessage()
