"""Starting, watching and ending processes so that none is ever left behind.

Each process is started in a session of its own, dies when the supervisor dies (PR_SET_PDEATHSIG) and carries a marker in its environment that
names the data folder. What is left after everything was killed at once is found by that marker; a process without it is never touched.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from pwd import struct_passwd
from typing import IO

from resilience_site.embedded.problems import Problem, StopAsked

MARKER = "RESILIENCE_EMBEDDED"
PR_SET_PDEATHSIG = 1
STEP = 0.1

_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


class Signals:
    """Remembers SIGTERM, SIGINT and SIGHUP; whoever waits does it with `pause`, which raises StopAsked once one has come."""

    def __init__(self) -> None:
        self.asked = False
        self.impatient = False
        self._first = 0.0
        self.on_signal: Callable[[int], None] | None = None

    def install(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            # `nohup make run` stays when its terminal goes.
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
                signal.signal(number, self._note)

    def _note(self, number: int, _frame: object) -> None:
        # A second Ctrl-C of the same press (the terminal's and make's) is not impatience.
        if self.asked and number == signal.SIGINT and time.monotonic() - self._first > 1:
            self.impatient = True
        if not self.asked:
            self.asked, self._first = True, time.monotonic()
        if self.on_signal:
            self.on_signal(number)

    def pause(self, seconds: float = STEP) -> None:
        if self.asked:
            raise StopAsked
        time.sleep(seconds)
        if self.asked:
            raise StopAsked


@dataclass
class Child:
    name: str
    process: subprocess.Popen[bytes]
    end_signal: int = signal.SIGTERM

    @property
    def running(self) -> bool:
        return self.process.poll() is None

    def how_it_ended(self) -> str:
        code = self.process.poll()
        if code is None:
            return "is running"
        return f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"


def _die_with(parent: int, number: int) -> Callable[[], None]:
    """To run in the new process after the change of user, because that change clears the setting."""

    def prepare() -> None:
        if _libc is not None:
            _libc.prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return prepare


def start(
    name: str,
    command: Sequence[str],
    *,
    env: Mapping[str, str],
    cwd: Path,
    account: struct_passwd | None = None,
    output: IO[bytes] | int | None = None,
    stdin: IO[bytes] | int | None = subprocess.DEVNULL,
    end_signal: int = signal.SIGTERM,
    own_session: bool = True,
    umask: int = 0o077,
) -> Child:
    """Start one process that cannot outlive this one. `env` must carry the marker; `account` is the user it changes to when we are root."""
    if MARKER not in env:
        raise ValueError(f"{name} would not carry the marker")
    try:
        process = subprocess.Popen(
            list(command),
            env=dict(env),
            cwd=cwd,
            stdin=stdin,
            stdout=output,
            stderr=output,
            start_new_session=own_session,
            umask=umask,
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
            preexec_fn=_die_with(os.getpid(), end_signal),
        )
    except OSError as error:
        raise Problem(f"{name} cannot be started: {error.strerror} ({command[0]}).") from error
    return Child(name, process, end_signal)


def signal_group(child: Child, number: int) -> None:
    """Send a signal to the child's whole process group; a group that is gone is fine."""
    try:
        os.killpg(child.process.pid, number)
    except (ProcessLookupError, PermissionError):
        pass


def end(children: Sequence[Child], *, grace: float, signals: Signals | None = None) -> None:
    """Ask all of them to end at once, wait `grace` seconds together, then kill what is left of their groups."""
    for child in children:
        if child.running:
            child.process.send_signal(child.end_signal)
    deadline = time.monotonic() + grace
    while any(child.running for child in children) and time.monotonic() < deadline and not (signals and signals.impatient):
        time.sleep(STEP)
    for child in children:
        signal_group(child, signal.SIGKILL)
    for child in children:
        child.process.wait()


def marked(marker: str) -> list[int]:
    """Every process of ours that carries exactly this marker."""
    wanted = f"{MARKER}={marker}".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            environment = (folder / "environ").read_bytes().split(b"\0")
        except OSError:
            continue
        if wanted in environment and int(folder.name) != os.getpid():
            found.append(int(folder.name))
    return found


def sweep(marker: str, *, grace: float = 10) -> int:
    """End what an earlier run left behind, politely first; says how many processes that were."""
    left = marked(marker)
    for pid in left:
        _send(pid, signal.SIGINT if _is_postgres(pid) else signal.SIGTERM)
    deadline = time.monotonic() + grace
    while marked(marker) and time.monotonic() < deadline:
        time.sleep(STEP)
    while remaining := marked(marker):
        for pid in remaining:
            _send(pid, signal.SIGKILL)
        time.sleep(STEP)
        if time.monotonic() > deadline + 10:
            raise Problem(f"Processes of an earlier run do not end ({', '.join(map(str, remaining))}): end them, then start again.")
    return len(left)


def _send(pid: int, number: int) -> None:
    try:
        os.kill(pid, number)
    except (ProcessLookupError, PermissionError):
        pass


def _is_postgres(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip() == "postgres"
    except OSError:
        return False
