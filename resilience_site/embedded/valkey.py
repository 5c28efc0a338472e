"""Valkey from the wheel: Celery's queue and the cache, on a unix socket only, with a password, kept on disk."""

import os
import signal
import socket
import time
from pathlib import Path

from resilience_site.embedded import processes
from resilience_site.embedded.place import Place
from resilience_site.embedded.problems import Problem
from resilience_site.embedded.processes import MARKER, Child, Signals

READY_WITHIN = 30

# Without set-proc-title the marker would be overwritten by the title.
SETTINGS = """\
port 0
unixsocket "{socket}"
unixsocketperm 700
requirepass {password}
dir "{folder}"
daemonize no
set-proc-title no
save ""
appendonly yes
appendfsync {fsync}
maxmemory-policy noeviction
loglevel notice
"""


def socket_path(place: Place) -> Path:
    return place.sockets / "valkey.sock"


def url(place: Place) -> str:
    return f"unix://:{place.secret('valkey')}@{socket_path(place)}?db=0"


def start(place: Place, signals: Signals, *, test: bool = False) -> Child:
    """Start it and wait until it answers. The caller ends the returned process."""
    folder = place.server_folder("valkey")
    settings = place.sockets / "valkey.conf"
    text = SETTINGS.format(socket=socket_path(place), password=place.secret("valkey"), folder=folder, fsync="no" if test else "everysec")
    settings.unlink(missing_ok=True)
    with open(os.open(settings, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    if place.account:
        os.chown(settings, place.account.pw_uid, place.account.pw_gid)
    socket_path(place).unlink(missing_ok=True)
    with place.open_log("valkey") as log:
        server = processes.start(
            "valkey",
            [str(place.valkey_server), str(settings)],
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", MARKER: place.marker},
            cwd=place.sockets,
            account=place.account,
            output=log,
            end_signal=signal.SIGTERM,
        )
    try:
        _wait(place, server, signals)
    except BaseException:
        processes.end([server], grace=5)
        raise
    return server


def _wait(place: Place, server: Child, signals: Signals) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while not _answers(place):
        if not server.running:
            raise Problem(f"Valkey did not start: {place.last_words('valkey')} (see {place.log('valkey')}).")
        if time.monotonic() > deadline:
            raise Problem(f"Valkey was not ready within {READY_WITHIN} seconds (see {place.log('valkey')}).")
        signals.pause(0.05)


def _answers(place: Place) -> bool:
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(2)
            connection.connect(str(socket_path(place)))
            connection.sendall(f"AUTH {place.secret('valkey')}\r\nPING\r\n".encode())
            answer = b""
            while answer.count(b"\r\n") < 2:
                more = connection.recv(256)
                if not more:
                    return False
                answer += more
            return answer == b"+OK\r\n+PONG\r\n"
    except OSError:
        return False
