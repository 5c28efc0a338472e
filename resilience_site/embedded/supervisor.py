"""One supervisor: the servers, the steps before serving, the processes that serve, and an end that leaves nothing behind."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from resilience_site.embedded import jobs, postgres, processes, valkey
from resilience_site.embedded.environment import EVERYWHERE, Wishes, without_owner
from resilience_site.embedded.jobs import Service, Step
from resilience_site.embedded.place import PREPARED, PROJECT, Place
from resilience_site.embedded.problems import Problem
from resilience_site.embedded.processes import Child, Signals

ANSWERS_WITHIN = 60
# Together at most 28 seconds; a Celery task may take the whole first part to finish.
GRACE_SERVICES, GRACE_VALKEY, GRACE_POSTGRES = 12, 5, 10


def say(text: str, to: TextIO | None = None) -> None:
    """Tell the person; when the terminal is gone there is nobody to tell, and everything still has to be ended."""
    with suppress(OSError):
        print(text, file=to or sys.stdout, flush=True)


class Supervisor:
    """Owns every process it starts; use it as a context manager, its end stops them all in the right order."""

    def __init__(self, place: Place, wish: Wishes, signals: Signals, *, root: Path = PROJECT) -> None:
        self.place, self.wish, self.signals, self.root = place, wish, signals, root
        self.servers: list[Child] = []
        self.services: list[Child] = []

    def __enter__(self) -> "Supervisor":
        processes.sweep(self.place.marker)
        return self

    def __exit__(self, *_: object) -> None:
        processes.end(self.services, grace=GRACE_SERVICES, signals=self.signals)
        for server in reversed(self.servers):
            processes.end([server], grace=GRACE_VALKEY if server.name == "valkey" else GRACE_POSTGRES)
        processes.sweep(self.place.marker, grace=1)

    def start_servers(self, *, test: bool = False) -> None:
        if not self.wish.own_database:
            self.servers.append(postgres.start(self.place, self.signals, test=test))
        if not self.wish.own_queue:
            self.servers.append(valkey.start(self.place, self.signals, test=test))

    def prepare(self, env: Mapping[str, str], steps: Sequence[Step]) -> list[str]:
        """Run the steps one after the other, or none when nothing changed since they last ran; returns the lines for the person."""
        note = self.place.root / PREPARED
        fingerprint = jobs.fingerprint(env, self.root)
        # What happened to an operator's database in the meantime cannot be known here.
        if not self.wish.own_database and (lines := _lines_of(note, fingerprint)) is not None:
            return lines
        note.unlink(missing_ok=True)
        say("Preparing the database; the first time this takes a quarter of a minute ...")
        lines = []
        for step in steps:
            if step.demo_only and env.get("DEMO", "").lower() not in ("true", "1", "yes", "on"):
                continue
            printed = self._run_step(step, env)
            lines += printed if step.shown else []
        note.write_text(json.dumps({"fingerprint": fingerprint, "lines": lines}))
        return lines

    def _run_step(self, step: Step, env: Mapping[str, str]) -> list[str]:
        log = self.place.log(step.name)
        with log.open("wb") as output:
            child = processes.start(step.name, step.command, env=env, cwd=self.root, output=output)
        try:
            while child.running:
                self.signals.pause(0.05)
        finally:
            processes.end([child], grace=5)
        printed = log.read_text(errors="replace").splitlines()
        if child.process.returncode:
            say("\n".join(printed[-25:]))
            raise Problem(f"`{jobs.shown(step.command)}` failed, see above (all of it is in {log}).")
        return printed

    def serve(self, env: Mapping[str, str], services: Sequence[Service]) -> None:
        """Start what serves and return once the first page answers; the others begin then, so that the page does not wait for them."""
        web, *others = services
        self._start_service(web, env)
        self._wait_for_the_first_page()
        for service in others:
            self._start_service(service, env)

    def _start_service(self, service: Service, env: Mapping[str, str]) -> None:
        with self.place.open_log(service.name) as output:
            self.services.append(processes.start(service.name, service.command, env=without_owner(env), cwd=self.root, output=output))

    def _wait_for_the_first_page(self) -> None:
        deadline = time.monotonic() + ANSWERS_WITHIN
        while not answers(self.wish):
            self.raise_if_one_ended()
            if time.monotonic() > deadline:
                where = f"{self.wish.base_url}/healthz"
                raise Problem(f"The web process did not answer well at {where} within {ANSWERS_WITHIN} seconds (see {self.place.log('web')}).")
            self.signals.pause()

    def raise_if_one_ended(self) -> None:
        for child in (*self.servers, *self.services):
            if not child.running:
                log = self.place.log(child.name.lower())
                raise Problem(f"{child.name} {child.how_it_ended()}, so everything else was stopped too (see {log}); start again.")

    def watch(self) -> None:
        """Return only by an exception: StopAsked, or Problem when a process ended by itself."""
        while True:
            self.raise_if_one_ended()
            self.signals.pause(0.25)

    def run_command(self, command: Sequence[str], env: Mapping[str, str], *, umask: int) -> int:
        """Run a command in the foreground, hand it the signals we get, and return its exit code."""
        child = processes.start(command[0], command, env=env, cwd=Path.cwd(), stdin=None, own_session=False, umask=umask)

        def forward(number: int) -> None:
            # A terminal gives Ctrl-C to the command itself.
            if not (number == signal.SIGINT and sys.stdin and sys.stdin.isatty() and os.tcgetpgrp(0) == os.getpgrp()):
                child.process.send_signal(number)

        self.signals.on_signal = forward
        asked_at = None
        while child.running:
            if self.signals.asked and asked_at is None:
                asked_at = time.monotonic()
            if asked_at and (time.monotonic() - asked_at > GRACE_SERVICES or self.signals.impatient):
                child.process.kill()
            try:
                child.process.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
        self.signals.on_signal = None
        code = child.process.returncode
        return code if code >= 0 else 128 - code


def _lines_of(note: Path, fingerprint: str) -> list[str] | None:
    try:
        noted = json.loads(note.read_text())
        return list(noted["lines"]) if noted["fingerprint"] == fingerprint else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def answers(wish: Wishes) -> bool:
    host = "127.0.0.1" if wish.host in EVERYWHERE else wish.host
    connection = http.client.HTTPConnection(host, wish.port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def check_port(wish: Wishes) -> None:
    """Raise Problem unless the web process will be able to listen there."""
    try:
        family, kind, number, _, address = socket.getaddrinfo(wish.host, wish.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        with socket.socket(family, kind, number) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except socket.gaierror as error:
        raise Problem(f"HOST {wish.host!r} is not an address of this machine: use 127.0.0.1 or 0.0.0.0.") from error
    except OSError as error:
        if error.errno == 98:
            raise Problem(f"Port {wish.port} on {wish.host} is in use: stop the program that uses it, or take another with PORT={wish.port + 1}.") from error
        raise Problem(f"The web process cannot listen on {wish.host} port {wish.port} ({error.strerror}): choose other HOST and PORT.") from error
