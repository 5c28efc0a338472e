"""Starting the supervisor the way a person does, and looking at what runs."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from resilience_site.embedded import processes
from resilience_site.embedded.environment import clean
from resilience_site.embedded.place import PROJECT, free_port

DUMMY = "tests.embedded.dummy"


class Started:
    """One supervisor on a data folder, with everything it printed."""

    def __init__(self, data: Path, *arguments: str, port: int | None = None, module: str = DUMMY, **settings: str) -> None:
        self.data, self.port = data, port or free_port()
        self.output: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the run
        env = {**clean(), "DATA_DIR": str(data), "PORT": str(self.port), **settings}
        self.process = subprocess.Popen(
            [sys.executable, "-m", module, *(arguments or ("run",))],
            env=env,
            cwd=PROJECT,
            stdin=subprocess.DEVNULL,
            stdout=self.output,
            stderr=subprocess.STDOUT,
        )

    def text(self) -> str:
        return os.pread(self.output.fileno(), 1_000_000, 0).decode()

    def wait_until_ready(self, within: float = 40) -> "Started":
        deadline = time.monotonic() + within
        while "Ready:" not in self.text():
            assert self.process.poll() is None and time.monotonic() < deadline, self.text()
            time.sleep(0.05)
        return self

    def wait(self, within: float = 30) -> int:
        return self.process.wait(within)

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.wait()

    def pid_of(self, words: Sequence[str], within: float = 20) -> int:
        """The process of this run whose command line has all the words; waits for it, the worker begins after the first page."""
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            for pid in processes.marked(str(self.data)):
                if all(word in command_line(pid) for word in words):
                    return pid
            time.sleep(0.1)
        raise AssertionError(f"no process like {words}")


def command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def left_over(data: Path) -> list[str]:
    return [command_line(pid) for pid in processes.marked(str(data))]


def gone_within(data: Path, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while left_over(data):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def run_command(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "resilience_site.embedded", *arguments],
        env={**clean(), **settings},
        cwd=PROJECT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )
