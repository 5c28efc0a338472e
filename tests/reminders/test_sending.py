"""What is due is sent once, held back, or over; and each row says why."""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from inspect import signature
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import call_command

from access.acting import acting_as
from accounts.models import Membership, User
from clients.models import Client
from clients.services import record_check_in
from core.actor import NOBODY, Actor
from core.ids import uuid7
from core.logs import NoContent
from homework.models import Assignment
from homework.services.agreement import stop_assignment
from homework.services.not_today import not_today
from reminders import channels
from reminders.management.commands import send_reminders as send_reminders_command
from reminders.models import Reason, Reminder, ReminderPreference
from reminders.services import send_reminders, sending, verdict
from reminders.tasks import tick
from tests import cast
from tests.cast import Person
from tests.homework.agreed import agree
from tests.reminders.chosen import EVENING, at, chosen, rows, states

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "task")]
DAILY = dict.fromkeys(range(4), EVENING)
SENT, PLANNED = ("sent", ""), ("planned", "")


@contextmanager
def server_says(monkeypatch: pytest.MonkeyPatch, answers: Any) -> Iterator[list[str]]:
    """A mail server that raises what `answers` gives for an address, and keeps what it takes."""
    taken: list[str] = []

    class Server:
        def open(self) -> None: ...

        def close(self) -> None: ...

        def send_messages(self, messages: list[Any]) -> int:
            error = answers(messages[0].to[0])
            if error is not None:
                raise error
            messages[0].message().as_bytes()
            taken.append(messages[0].extra_headers["Message-ID"])
            return 1

    monkeypatch.setattr(channels, "get_connection", Server)
    yield taken


def refused(code: int) -> Any:
    return lambda address: smtplib.SMTPRecipientsRefused({address: (code, b"no")})


def send(clock: Any, moment: Any) -> dict[str, int]:
    clock.move_to(moment)
    return dict(send_reminders())


def test_it_goes_out_when_it_is_due_and_once(clock, ben: Client, ben_portal: Person, as_owner, mailoutbox) -> None:
    chosen(ben_portal, ben)
    assert send(clock, at(0, 18, 29)) == {} and not mailoutbox
    assert send(clock, at(0, 18, 31)) == {"sent": 1}
    assert send(clock, at(0, 18, 32)) == {} and len(mailoutbox) == 1
    row = rows(as_owner)[0]
    assert (row.state, row.sent_at, row.ready_at, row.attempts) == ("sent", at(0, 18, 31), None, 1)
    assert mailoutbox[0].to == [ben_portal.user.email]


def test_the_command_is_the_other_driver_of_the_same_function(clock, ben: Client, ben_portal: Person, mailoutbox, capsys) -> None:
    chosen(ben_portal, ben)
    clock.move_to(at(0, 18, 31))
    call_command("send_reminders")
    call_command("send_reminders")
    assert capsys.readouterr().out == "1 sent\nnothing was due\n" and len(mailoutbox) == 1


@pytest.mark.parametrize("options", [{}, {"every": 1}], ids=["once", "again and again"])
def test_the_command_that_breaks_quotes_no_error(options: dict[str, int], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, capsys) -> None:
    """It ends, so that whoever supervises it sees that, and what is printed went through the log's filter."""

    def broken() -> None:
        raise ValueError("what somebody wrote")

    monkeypatch.setattr(send_reminders_command, "send_reminders", broken)
    caplog.handler.addFilter(NoContent())
    with pytest.raises(SystemExit) as ended:
        call_command("send_reminders", **options)
    assert ended.value.code == 1 and "Reminders stopped [builtins.ValueError" in caplog.text
    assert "what somebody wrote" not in caplog.text + "".join(capsys.readouterr())


def test_nothing_due_is_held_back(clock, ben: Client, tara: Person, ben_portal: Person, as_owner, mailoutbox) -> None:
    """The kind is asked when it is about to be sent, not when it was planned."""
    chosen(ben_portal, ben, DAILY)
    with acting_as(tara.actor):
        stop_assignment(assignment=Assignment.objects.get(), why="", by=tara.actor)
    assert send(clock, at(0, 18, 31)) == {"held": 1}
    assert states(as_owner)[0] == ("held", "nothing_due") and not mailoutbox


def test_a_task_put_off_is_not_due(clock, ben: Client, ben_portal: Person, as_owner) -> None:
    chosen(ben_portal, ben, DAILY)
    with acting_as(ben_portal.actor):
        not_today(client=ben, assignment=Assignment.objects.get(), new_id=uuid7(), choice="another_day", by=ben_portal.actor)
    assert send(clock, at(0, 18, 31)) == {"held": 1}
    assert send(clock, at(1, 18, 31)) == {"sent": 1}


@pytest.mark.parametrize(
    ("change", "state"),
    [
        (lambda ben, portal: Client.objects.filter(pk=ben.pk).update(status="discharged"), ("cancelled", "care_ended")),
        (lambda ben, portal: Client.objects.filter(pk=ben.pk).update(portal_user=None), ("cancelled", "care_ended")),
        (lambda ben, portal: Client.objects.filter(pk=ben.pk).update(email_ok=False), ("held", "unsafe")),
        (lambda ben, portal: Membership.objects.filter(pk=portal.membership.pk).update(active=False), ("cancelled", "no_sign_in")),
        (lambda ben, portal: User.objects.filter(pk=portal.user.pk).update(is_active=False), ("cancelled", "no_sign_in")),
        (lambda ben, portal: ReminderPreference.objects.update(paused_until=at(5, 0).date()), ("held", "paused")),
        (lambda ben, portal: ReminderPreference.objects.update(is_on=False), ("cancelled", "off")),
        (lambda ben, portal: Client.objects.filter(pk=ben.pk).update(timezone="Asia/Kathmandu"), ("cancelled", "changed")),
        (lambda ben, portal: ReminderPreference.objects.get().times.update(at=None), ("cancelled", "changed")),
        (lambda ben, portal: ReminderPreference.objects.update(quiet_from="18:00"), ("held", "quiet_hours")),
    ],
)
def test_what_changed_since_it_was_planned_is_asked_again(change, state, clock, ben: Client, ben_portal: Person, as_owner, mailoutbox, monkeypatch) -> None:
    """Also where the outbox was not fitted: the planner is kept away."""
    chosen(ben_portal, ben)
    monkeypatch.setattr(sending, "plan_clinic", lambda *given: None)
    with as_owner():
        change(ben, ben_portal)
    send(clock, at(0, 18, 31))
    assert states(as_owner)[0] == (state if state[1] != "quiet_hours" else ("held", "quiet")) and not mailoutbox


def test_without_the_question_it_would_have_gone(clock, ben: Client, ben_portal: Person, as_owner, mailoutbox, monkeypatch) -> None:
    """The control of the test above."""
    chosen(ben_portal, ben)
    with as_owner():
        ReminderPreference.objects.update(is_on=False)
    monkeypatch.setattr(sending, "plan_clinic", lambda *given: None)
    monkeypatch.setattr(sending, "still_wanted", lambda row, now: verdict.NOTHING_ELSE)
    send(clock, at(0, 18, 31))
    assert len(mailoutbox) == 1


def test_one_that_comes_late_waits_for_the_quiet_hours_to_end(clock, ben: Client, ben_portal: Person, as_owner, mailoutbox) -> None:
    chosen(ben_portal, ben)
    assert send(clock, at(0, 23)) == {"held": 1} and states(as_owner)[0] == ("held", "quiet")
    assert send(clock, at(1, 7, 59)) == {}
    assert send(clock, at(1, 8, 1)) == {"sent": 1} and len(mailoutbox) == 1


def test_after_an_outage_one_goes_and_each_has_an_end(clock, ben: Client, ben_portal: Person, as_owner, mailoutbox) -> None:
    """G10: daily at 18:30, everything stopped from Friday 18:00 to Monday 10:00."""
    chosen(ben_portal, ben, {4: EVENING, 5: EVENING, 6: EVENING, 0: EVENING})
    clock.move_to(at(4, 18))
    send_reminders()
    already = len(mailoutbox)
    send(clock, at(7, 10))
    found = [(row.local_date.weekday(), row.state, row.reason) for row in rows(as_owner) if row.due_at > at(4, 0)]
    assert found == [(4, "expired", "late"), (5, "expired", "late"), (6, "sent", ""), (0, "planned", "")]
    assert len(mailoutbox) == already + 1
    send(clock, at(7, 18, 31))
    assert states(as_owner)[-1] == ("held", "one_a_day") and len(mailoutbox) == already + 1


def test_one_a_day_is_a_unique_index(clock, ben: Client, ben_portal: Person, as_owner, mailoutbox) -> None:
    """Her hour is changed after today's has gone: the new one is planned, and held back."""
    chosen(ben_portal, ben)
    send(clock, at(0, 18, 31))
    chosen(ben_portal, ben, {0: at(0, 19).time()}, version=1)
    assert send(clock, at(0, 19, 1)) == {"held": 1}
    assert states(as_owner, local_date=at(0, 9).date()) == [("sent", ""), ("held", "one_a_day")] and len(mailoutbox) == 1


def test_two_that_nobody_opens_slow_the_next_and_a_sign_of_life_begins_anew(clock, ben: Client, ben_portal: Person, as_owner, mailoutbox) -> None:
    chosen(ben_portal, ben, DAILY)
    for day, became in ((0, "sent"), (1, "sent"), (2, "held")):
        assert send(clock, at(day, 18, 31)) == {became: 1}
    assert states(as_owner)[2] == ("held", "slowed")
    with acting_as(ben_portal.actor):
        record_check_in(client=ben, new_id=uuid7(), mood=3, by=ben_portal.actor)
    assert send(clock, at(3, 18, 31)) == {"sent": 1} and len(mailoutbox) == 3


@pytest.fixture
def never_slower(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if each were opened."""
    monkeypatch.setattr(verdict, "SLOWS_AFTER", 99)
    monkeypatch.setattr(verdict, "STOPS_AFTER", 99)


@pytest.mark.usefixtures("never_slower")
def test_four_a_week(clock, ben: Client, ben_portal: Person, as_owner, mailoutbox) -> None:
    """Days changed in the middle of the week do not make five."""
    chosen(ben_portal, ben, DAILY)
    for day in range(4):
        assert send(clock, at(day, 18, 31)) == {"sent": 1}
    chosen(ben_portal, ben, {4: EVENING, 0: EVENING}, version=1)
    assert send(clock, at(4, 18, 31)) == {"held": 1} and len(mailoutbox) == 4
    assert send(clock, at(7, 18, 31)) == {"sent": 1}


@pytest.mark.usefixtures("never_slower")
def test_without_the_count_there_would_be_five(clock, ben: Client, ben_portal: Person, mailoutbox, monkeypatch) -> None:
    monkeypatch.setattr(sending, "MOST_A_WEEK", 99)
    chosen(ben_portal, ben, DAILY)
    for day in range(4):
        send(clock, at(day, 18, 31))
    chosen(ben_portal, ben, {4: EVENING}, version=1)
    assert send(clock, at(4, 18, 31)) == {"sent": 1} and len(mailoutbox) == 5


def test_a_refused_address_is_final_until_there_is_another(clock, ben: Client, ben_portal: Person, as_owner, monkeypatch) -> None:
    """G09: 550."""
    chosen(ben_portal, ben, DAILY)
    with server_says(monkeypatch, refused(550)) as taken:
        assert send(clock, at(0, 18, 31)) == {"failed": 1}
        assert send(clock, at(0, 19, 31)) == {}
    assert states(as_owner)[0] == ("failed", "address")
    with server_says(monkeypatch, lambda address: None) as taken:
        assert send(clock, at(1, 18, 31)) == {"failed": 1} and not taken  # not even tried
        with as_owner():
            User.objects.filter(pk=ben_portal.user.pk).update(email="another@example.org")
        assert send(clock, at(2, 18, 31)) == {"sent": 1}


def test_a_busy_server_is_asked_again_until_it_is_too_late(clock, ben: Client, ben_portal: Person, as_owner, monkeypatch) -> None:
    """G09: 452. The waits grow to half an hour."""
    chosen(ben_portal, ben, {0: at(0, 9, 30).time()}, quiet_from=at(0, 3).time(), quiet_until=at(0, 3).time())
    tries, pauses, before = 0, [], at(0, 9, 30)
    with server_says(monkeypatch, refused(452)):
        moment = at(0, 9, 30)
        while True:
            done = send(clock, moment)
            if done == {"expired": 1}:
                break
            assert done == {"planned": 1}
            tries += 1
            row = rows(as_owner)[0]
            pauses.append((row.ready_at - moment).total_seconds())
            moment = row.ready_at
    assert states(as_owner)[0] == ("expired", "late") and before < moment <= at(1, 5, 31)
    assert 5 < pauses[0] < 15 and max(pauses) <= 1800 * 1.25 and 40 < tries < 80


def test_it_goes_when_the_server_is_back(clock, ben: Client, ben_portal: Person, as_owner, monkeypatch) -> None:
    chosen(ben_portal, ben)
    with server_says(monkeypatch, lambda address: ConnectionRefusedError()):
        assert send(clock, at(0, 18, 31)) == {"planned": 1}
        assert rows(as_owner)[0].sent_on is None  # a day that was not used is free
    with server_says(monkeypatch, lambda address: None) as taken:
        assert send(
            clock,
            at(
                0,
                18,
                31,
            ),
        ) == {} and send(clock, at(0, 18, 33)) == {"sent": 1}
    assert taken == [f"<{rows(as_owner)[0].pk}@{urlsplit(settings.BASE_URL).hostname}>"]


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (smtplib.SMTPRecipientsRefused({"a": (550, b"")}), Reason.ADDRESS),
        (smtplib.SMTPRecipientsRefused({"a": (452, b"")}), None),
        (smtplib.SMTPDataError(554, b""), Reason.MESSAGE),
        (smtplib.SMTPDataError(451, b""), None),
        (smtplib.SMTPSenderRefused(550, b"", "us"), None),
        (smtplib.SMTPAuthenticationError(535, b""), None),
        (smtplib.SMTPServerDisconnected(), None),
        (TimeoutError(), None),
        (mail.BadHeaderError(), Reason.ADDRESS),
    ],
)
def test_what_a_servers_answer_means(error: Exception, reason: Reason | None) -> None:
    assert channels.refusal(error) == reason


def test_one_that_cannot_be_written_does_not_keep_the_others(clock, ben: Client, cleo: Client, tara: Person, ben_portal: Person, as_owner, mailoutbox) -> None:
    """G07: a line break in an old address is refused for good, and the next ones go out."""
    other = cast.portal_sign_in(tara, cleo, "Cleo")
    agree(tara, cleo, "slow_breathing", per_week=70)
    chosen(ben_portal, ben, {0: at(0, 18, 29).time()})
    chosen(other, cleo)
    with as_owner():
        User.objects.filter(pk=ben_portal.user.pk).update(email="ben@example.org\r\nbcc: x@y")
    assert send(clock, at(0, 18, 31)) == {"failed": 1, "sent": 1}
    assert [message.to for message in mailoutbox] == [[other.user.email]]


def test_a_kind_that_breaks_keeps_nobody_waiting(clock, ben: Client, cleo: Client, tara: Person, ben_portal: Person, as_owner, mailoutbox, monkeypatch) -> None:
    other = cast.portal_sign_in(tara, cleo, "Cleo")
    agree(tara, cleo, "slow_breathing", per_week=70)
    for portal, client in ((ben_portal, ben), (other, cleo)):
        chosen(portal, client)

    class Kind:
        key = "homework"

        def still_due(self, client: Client, now: Any) -> bool:
            if client.pk == ben.pk:
                raise KeyError("a content file")
            return True

    monkeypatch.setattr(verdict, "kinds", lambda: {"homework": Kind()})
    assert send(clock, at(0, 18, 31)) == {"planned": 1, "sent": 1} and len(mailoutbox) == 1


def test_killed_between_sending_and_marking_it_comes_again_with_the_same_key(clock, ben: Client, ben_portal: Person, as_owner, mailoutbox, monkeypatch) -> None:
    """Nothing is lost: the lease runs out and the row is taken again."""
    chosen(ben_portal, ben)
    real = sending._mark

    def killed(*given: Any) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(sending, "_mark", killed)
    with pytest.raises(KeyboardInterrupt):
        send(clock, at(0, 18, 31))
    monkeypatch.setattr(sending, "_mark", real)
    assert states(as_owner)[0] == ("sending", "") and len(mailoutbox) == 1
    assert send(clock, at(0, 18, 32)) == {}  # the lease still runs
    assert send(clock, at(0, 18, 34)) == {"sent": 1}
    assert len({message.extra_headers["Message-ID"] for message in mailoutbox}) == 1 and len(mailoutbox) == 2
    assert [row.attempts for row in rows(as_owner)][0] == 2


def test_marking_before_sending_would_lose_it(clock, ben: Client, ben_portal: Person, as_owner, mailoutbox, monkeypatch) -> None:
    """The control: the other order, killed at the same place."""
    chosen(ben_portal, ben)
    real = channels.MailChannel.send

    def marked_first(self: Any, row: Reminder, recipient: User) -> None:
        sending._mark(row, Actor("worker", NOBODY, row.clinic_id), verdict.Verdict("sent"))
        raise KeyboardInterrupt

    monkeypatch.setattr(channels.MailChannel, "send", marked_first)
    with pytest.raises(KeyboardInterrupt):
        send(clock, at(0, 18, 31))
    monkeypatch.setattr(channels.MailChannel, "send", real)
    assert send(clock, at(0, 19, 31)) == {} and not mailoutbox and states(as_owner)[0] == SENT


def test_a_late_worker_cannot_mark(clock, ben: Client, ben_portal: Person, as_owner) -> None:
    """Fencing: its claim is not the last one any more."""
    chosen(ben_portal, ben)
    worker = Actor("worker", NOBODY, ben.clinic_id)
    clock.move_to(at(0, 18, 31))
    (late,) = sending.claim(worker)
    assert not sending.claim(worker)
    clock.shift(sending.LEASE + timedelta(seconds=1))
    (mine,) = sending.claim(worker)
    assert sending._mark(late, worker, verdict.Verdict("failed", Reason.MESSAGE)) == "taken"
    assert sending._take_the_day(late, worker).state == "taken"
    assert states(as_owner)[0] == ("sending", "")
    assert sending._mark(mine, worker, verdict.Verdict("sent")) == "sent"


def test_nothing_of_a_reminder_is_in_the_broker_or_the_log(clock, ben: Client, ben_portal: Person, monkeypatch, caplog) -> None:
    """A tick carries nothing at all; a line of the log names rows and states."""
    assert not signature(tick.run).parameters and settings.CELERY_BEAT_SCHEDULE["reminders"] == {
        "task": tick.name, "schedule": 20.0, "options": {"expires": 15},
    }  # fmt: skip
    chosen(ben_portal, ben)
    with caplog.at_level("INFO"), server_says(monkeypatch, refused(452)):
        send(clock, at(0, 18, 31))
    said = caplog.text
    assert "1 planned" in said and "ben@" not in said and "Ben" not in said
