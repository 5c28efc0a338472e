"""Workers killed while they send, Valkey lost, PostgreSQL restarted: nothing is lost, and what comes twice has the same key."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg2
import pytest

from resilience_site.embedded import environment, place, postgres, valkey
from resilience_site.embedded.environment import Wishes
from resilience_site.embedded.place import PROJECT, Place
from resilience_site.embedded.processes import Child, Signals
from resilience_site.embedded.supervisor import Supervisor
from tests.reminders.sink import Sink

pytestmark = pytest.mark.full
CLIENTS, KILLS = 120, 12
WISHES = Wishes(host="127.0.0.1", port=1, data_dir="", own_database=False, own_queue=False)
LOOP = ("manage.py", "send_reminders", "--every", "1")
WORKER = ("-m", "celery", "-A", "resilience_site", "worker", "-P", "threads", "-c", "2", "--loglevel", "error")
TICK = ("-m", "celery", "-A", "resilience_site", "call", "reminders.tasks.tick")


@dataclass
class Stage:
    """Servers that last, a clinic, a slow mail server, and whoever sends."""

    place: Place
    supervisor: Supervisor
    sink: Sink
    env: dict[str, str]

    def run(self, *command: str, owner: bool = False) -> None:
        env = {**self.env, "DATABASE_LOGIN": "owner", "DJANGO_SETTINGS_MODULE": "resilience_site.settings"} if owner else environment.without_owner(self.env)
        subprocess.run([sys.executable, *command], cwd=PROJECT, env=env, check=True, stdout=subprocess.DEVNULL)

    def start(self, command: tuple[str, ...]) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, *command], cwd=PROJECT, env=environment.without_owner(self.env), stdout=subprocess.DEVNULL)

    def ask(self, sql: str) -> list[Any]:
        with psycopg2.connect(postgres.url(self.place, "postgres")) as connection, connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else []

    def states(self) -> Counter[str]:
        return Counter(dict(self.ask("SELECT state, count(*) FROM reminders_reminder GROUP BY 1")))

    def leases_run_out(self) -> None:
        """Nobody who claimed them is alive: two minutes go by."""
        self.ask("UPDATE reminders_reminder SET ready_at = now() WHERE state = 'sending'")

    def server(self, name: str) -> Child:
        return next(child for child in self.supervisor.servers if child.name == name)

    def replace(self, name: str, start: Any) -> None:
        self.supervisor.servers.remove(self.server(name))
        self.supervisor.servers.append(start(self.place, self.supervisor.signals))

    def until(self, holds: Any, within: float = 60) -> None:
        deadline = time.monotonic() + within
        while not holds():
            assert time.monotonic() < deadline, (self.states(), len(self.sink.messages))
            time.sleep(0.05)

    def until_handed_over(self, more: int) -> None:
        wanted = len(self.sink.messages) + more
        self.until(lambda: len(self.sink.messages) >= wanted)


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    here = place.throw_away()
    held = place.lock(here)
    assert held is not None
    with held, Sink(delay=0.02) as sink, Supervisor(here, WISHES, Signals()) as supervisor:
        supervisor.start_servers()
        given = {**environment.clean(), "EMAIL_URL": sink.url}
        found = Stage(here, supervisor, sink, environment.for_children(here, WISHES, given))
        found.run("manage.py", "migrate", "--noinput", owner=True)
        found.run("-m", "tests.reminders.outage_world", str(CLIENTS), owner=True)
        yield found
    place.remove(here)


@pytest.fixture
def due(stage: Stage) -> Stage:
    """Each client has one that is due, and the mail server remembers nothing."""
    if stage.sink.messages:
        stage.run("-m", "tests.reminders.outage_world", "more", owner=True)
    stage.sink.messages.clear()
    return stage


def kill(*senders: subprocess.Popen[bytes]) -> None:
    for sender in senders:
        os.kill(sender.pid, signal.SIGKILL)
        sender.wait()


def finish(stage: Stage) -> None:
    """One sender that nobody kills, until nothing is left to do."""
    stage.leases_run_out()
    sender = stage.start(LOOP)
    try:
        stage.until(lambda: not stage.states()["planned"] and not stage.states()["sending"])
    finally:
        kill(sender)


def nothing_lost(stage: Stage, *, repeats: int) -> None:
    """Every row is sent, every client has a message, and repeats of it carry one key."""
    rows = {f"<{pk}@127.0.0.1>" for (pk,) in stage.ask("SELECT id FROM reminders_reminder WHERE state = 'sent' AND sent_on IS NOT NULL")}
    keys = Counter(message["Message-ID"] for message in stage.sink.messages)
    keys_of: dict[str, set[str]] = {}
    for message in stage.sink.messages:
        keys_of.setdefault(message["To"], set()).add(message["Message-ID"])
    assert len(keys_of) == CLIENTS and set(map(len, keys_of.values())) == {1}
    assert set(keys) == rows and len(rows) == CLIENTS
    assert keys.total() - CLIENTS <= repeats, f"{keys.total() - CLIENTS} repeats"
    print(f"{CLIENTS} reminders, 0 lost, {keys.total() - CLIENTS} repeats with the same key")


def test_workers_killed_while_they_send(due: Stage) -> None:
    for _number in range(KILLS // 2):
        senders = [due.start(LOOP), due.start(LOOP)]
        due.until_handed_over(5)
        kill(*senders)
        due.leases_run_out()
    finish(due)
    nothing_lost(due, repeats=KILLS)


def test_valkey_lost(due: Stage) -> None:
    """A worker of Celery's is killed in the middle of its tick, and Valkey with it; the other driver goes on, and Celery when Valkey is back."""
    worker = due.start(WORKER)
    due.run(*TICK)
    due.until_handed_over(5)
    due.server("valkey").process.kill()
    kill(worker)
    due.leases_run_out()
    sender = due.start(LOOP)
    due.until_handed_over(20)
    kill(sender)
    due.replace("valkey", valkey.start)
    due.leases_run_out()
    worker = due.start(WORKER)
    due.run(*TICK)
    due.until_handed_over(5)
    kill(worker)
    finish(due)
    nothing_lost(due, repeats=3)


def test_postgresql_restarted(due: Stage) -> None:
    """At once, as in a power cut, while a driver sends: it goes on by itself when the database is back."""
    sender = due.start(LOOP)
    due.until_handed_over(10)
    due.server("postgres").process.send_signal(signal.SIGQUIT)
    due.server("postgres").process.wait()
    time.sleep(2)
    due.replace("postgres", postgres.start)
    due.leases_run_out()
    due.until_handed_over(10)
    assert sender.poll() is None
    due.until(lambda: not due.states()["planned"])
    kill(sender)
    finish(due)
    nothing_lost(due, repeats=1)
