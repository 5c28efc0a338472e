"""Over a real connection: what a mail server gets, and what becomes of what it says."""

import pytest
import time_machine

from clients.models import Client
from reminders.services import send_reminders
from tests import cast
from tests.cast import Person
from tests.homework.agreed import agree
from tests.reminders.chosen import at, chosen, states
from tests.reminders.sink import Sink

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("task")]


@pytest.fixture
def sink(settings):
    with Sink() as found:
        settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1"
        settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = found.server.server_address[1], 5
        yield found


def test_many_on_one_connection(clock: time_machine.Traveller, sink: Sink, ben: Client, cleo: Client, tara: Person, ben_portal: Person, as_owner) -> None:
    other = cast.portal_sign_in(tara, cleo, "Cleo")
    agree(tara, cleo, "slow_breathing", per_week=70)
    chosen(ben_portal, ben)
    chosen(other, cleo)
    clock.move_to(at(0, 18, 31))
    assert dict(send_reminders()) == {"sent": 2}
    assert sorted(message["To"] for message in sink.messages) == ["ben@example.org", "cleo@example.org"]
    for message in sink.messages:
        assert message["List-Unsubscribe"].startswith("<http") and message["List-Unsubscribe-Post"] and message["Message-ID"].startswith("<")
        assert message.get_content_type() == "text/plain" and message["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize(("code", "state"), [(550, ("failed", "address")), (452, ("planned", ""))])
def test_what_it_refuses(code: int, state, clock: time_machine.Traveller, sink: Sink, ben: Client, ben_portal: Person, as_owner) -> None:
    sink.answer = code
    chosen(ben_portal, ben)
    clock.move_to(at(0, 18, 31))
    send_reminders()
    assert states(as_owner)[0] == state and not sink.messages


def test_it_is_away(clock: time_machine.Traveller, settings, sink: Sink, ben: Client, ben_portal: Person, as_owner) -> None:
    settings.EMAIL_PORT = 9  # nobody listens there
    chosen(ben_portal, ben)
    clock.move_to(at(0, 18, 31))
    assert dict(send_reminders()) == {"planned": 1}
