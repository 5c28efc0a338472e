"""Several workers at once: each reminder goes out once, and nobody gets two a day."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from threading import Barrier, Lock
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from clients.models import Client
from core.actor import Actor, worker_of
from reminders.channels import MailChannel
from reminders.models import Reminder, ReminderPreference, State
from reminders.services import sending, verdict
from tests import cast
from tests.cast import Person
from tests.reminders.chosen import chosen
from tests.support import as_role, set_role

WORKERS, PEOPLE = 4, 24
People = list[tuple[Person, Client]]


@contextmanager
def owner() -> Iterator[None]:
    with transaction.atomic(), as_role(connection, "app_owner"):
        yield


@pytest.fixture
def web_again() -> Iterator[None]:
    """Torn down last: the next test works as the web again."""
    yield
    set_role("app_web")


@pytest.fixture
def people(web_again: None, transactional_db: None) -> Iterator[People]:
    """Clients with reminders on, in rows that other connections see; the owner empties the tables afterwards."""
    with transaction.atomic():
        clinic, _admin = cast.clinic("Lanternbrook", "Ada")
        tara = cast.member(clinic, "therapist", "Tara")
        found = []
        for number in range(PEOPLE):
            client = cast.client_of(tara, f"Client {number}")
            found.append((cast.portal_sign_in(tara, client, f"client{number}"), client))
    for portal, client in found:
        with transaction.atomic():
            chosen(portal, client)
    with owner():
        Reminder.objects.all().delete()
    yield found
    set_role("app_owner")


def due(people: People, *minutes: int) -> list[Reminder]:
    """One for each of them that was due so many minutes ago."""
    now, made = timezone.now(), []
    with owner():
        for portal, client in people:
            preference = client_preference(client)
            for minute in minutes:
                at = now - timedelta(minutes=minute)
                row = Reminder(preference=preference, client=client, clinic_id=client.clinic_id, recipient=portal.user, local_date=at.date())
                row.local_time, row.zone, row.due_at, row.ready_at = at.time(), "Europe/London", at, at
                row.save(force_insert=True)
                made.append(row)
    return made


def client_preference(client: Client) -> Any:
    return ReminderPreference.objects.get(client=client)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Counter[Any]:
    """How often each reminder was handed over. The question whether it is wanted is another test's."""
    found: Counter[Any] = Counter()
    one_at_a_time = Lock()

    def send(self: MailChannel, row: Reminder, recipient: Any) -> None:
        with one_at_a_time:
            found[row.pk] += 1

    monkeypatch.setattr(MailChannel, "send", send)
    monkeypatch.setattr(sending, "still_wanted", lambda row, now: verdict.NOTHING_ELSE)
    monkeypatch.setattr(sending, "plan_clinic", lambda *given: None)
    monkeypatch.setattr(sending, "BATCH", 5)
    return found


def at_once(work: Callable[[], Any]) -> list[Any]:
    line = Barrier(WORKERS)

    def one(_number: int) -> Any:
        try:
            line.wait(10)
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(one, range(WORKERS)))


def test_four_workers_send_each_once(people: People, sent: Counter[Any]) -> None:
    made = due(people, 5)
    done = sum(at_once(sending.send_reminders), Counter())
    assert set(sent) == {row.pk for row in made} and set(sent.values()) == {1} and done == {"sent": PEOPLE}


def test_without_the_lock_some_go_twice(people: People, sent: Counter[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: everybody looks before anybody claims."""
    due(people, 5)
    looked = Barrier(WORKERS)

    def claim(worker: Actor) -> list[Reminder]:
        with sending.acting_as(worker):
            found = list(Reminder.objects.filter(ready_at__lte=timezone.now()).select_related("recipient").only(*sending.COLUMNS))
            looked.wait(10)
            Reminder.objects.filter(pk__in=[row.pk for row in found]).update(state=State.SENDING, ready_at=timezone.now() + sending.LEASE)
            return found

    monkeypatch.setattr(sending, "_still_mine", lambda row: Reminder.objects.filter(pk=row.pk))
    worker = worker_of(people[0][1].clinic_id)

    def work() -> None:
        with MailChannel() as channel:
            for row in claim(worker):
                sending.deliver(row, worker, channel)

    at_once(work)
    assert max(sent.values()) > 1


def test_two_for_one_person_on_one_day_are_one(people: People, sent: Counter[Any]) -> None:
    """Taken by different workers at the same moment: a unique index says whose day it is."""
    due(people, 5, 6)
    done = sum(at_once(sending.send_reminders), Counter())
    assert done == {"sent": PEOPLE, "held": PEOPLE} and sum(sent.values()) == PEOPLE


def test_without_the_index_both_would_go(people: People, sent: Counter[Any]) -> None:
    with owner(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE reminders_reminder DROP CONSTRAINT reminder_one_a_day")
    try:
        due(people, 5, 6)
        at_once(sending.send_reminders)
        assert sum(sent.values()) == 2 * PEOPLE
    finally:
        with owner(), connection.cursor() as cursor:
            cursor.execute("UPDATE reminders_reminder SET sent_on = NULL")
            cursor.execute("ALTER TABLE reminders_reminder ADD CONSTRAINT reminder_one_a_day UNIQUE (client_id, sent_on)")
