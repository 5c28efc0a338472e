"""An invitation's mail goes once, and also when broker or mail server were away as it was made."""

import html
from datetime import timedelta
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone
from kombu.exceptions import OperationalError

from access.acting import acting_as
from accounts import services
from accounts.models import Invitation
from clients.models import Client
from clients.services import invite_client, withdraw_invitation
from clients.tasks import send_invitation, send_waiting_invitations
from core.ids import uuid7
from tests.cast import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitation(tara: Person, ben: Client) -> Invitation:
    with acting_as(tara.actor):
        return invite_client(client=ben, new_id=uuid7(), email="ben@example.org", by=tara.actor)


def later(minutes: int) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=True)


def send(invitation: Invitation) -> None:
    send_invitation(str(invitation.clinic_id), str(invitation.pk))


def test_it_goes_once_however_often_it_is_asked_for(invitation: Invitation, mailoutbox: list[Any], as_owner: Any) -> None:
    for _time in range(2):
        send(invitation)
    with later(3):
        send_waiting_invitations()
    assert [mail.to for mail in mailoutbox] == [["ben@example.org"]]
    with as_owner():
        assert Invitation.objects.get().mailed_at is not None


def test_without_the_mark_it_would_go_twice(invitation: Invitation, mailoutbox: list[Any], as_owner: Any) -> None:
    send(invitation)
    with as_owner():
        Invitation.objects.update(mailed_at=None)
    with later(3):
        send_waiting_invitations()
    assert len(mailoutbox) == 2


def test_with_the_broker_away_the_page_answers_and_the_mail_goes_later(
    tara: Person, ben: Client, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any, mailoutbox: list[Any], caplog: Any
) -> None:
    def away(*ids: str) -> None:
        raise OperationalError("no broker")

    monkeypatch.setattr(send_invitation, "delay", away)
    desk, page = Browser(), reverse("clients:portal", args=[ben.pk])
    desk.force_login(tara.user)
    fields = {"scope": f"{tara.membership.pk}:{ben.pk}", "new_id": str(uuid7()), "email": "ben@example.org"}
    with django_capture_on_commit_callbacks(execute=True):
        assert desk.post(page, fields).status_code == 302
    assert "The mail waits to be sent, and goes by itself." in html.unescape(desk.get(page).content.decode())
    send_waiting_invitations()
    assert not mailoutbox  # the request's own task still has its two minutes
    with later(3):
        send_waiting_invitations()
    assert len(mailoutbox) == 1 and "waits to be sent" not in desk.get(page).content.decode()


def test_a_mail_server_that_is_away_keeps_nobody_else_waiting(
    invitation: Invitation, tara: Person, cleo: Client, monkeypatch: pytest.MonkeyPatch, mailoutbox: list[Any]
) -> None:
    with acting_as(tara.actor):
        invite_client(client=cleo, new_id=uuid7(), email="cleo@example.org", by=tara.actor)
    whole = services.send_text

    def but_for_ben(template: str, to: str, context: dict[str, Any]) -> None:
        if to.startswith("ben"):
            raise SMTPServerDisconnected
        whole(template, to, context)

    monkeypatch.setattr(services, "send_text", but_for_ben)
    with later(3):
        send_waiting_invitations()
    assert [mail.to for mail in mailoutbox] == [["cleo@example.org"]]
    monkeypatch.setattr(services, "send_text", whole)
    with later(8):
        send_waiting_invitations()
    assert [mail.to for mail in mailoutbox] == [["cleo@example.org"], ["ben@example.org"]]


@pytest.mark.parametrize("ended", ["withdrawn", "expired"])
def test_a_link_that_no_longer_works_is_not_sent(ended: str, invitation: Invitation, tara: Person, as_owner: Any, mailoutbox: list[Any]) -> None:
    if ended == "withdrawn":
        with acting_as(tara.actor):
            withdraw_invitation(invitation=invitation, by=tara.actor)
    else:
        with as_owner():
            Invitation.objects.update(expires_at=timezone.now())
    with later(3):
        send_waiting_invitations()
    assert not mailoutbox
