"""What is done before the product serves, and what serves, as data."""

import hashlib
import shlex
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from resilience_site.embedded.place import PROJECT


@dataclass(frozen=True)
class Step:
    """A command that ends.

    `shown`: what it prints is for the person. `demo_only`: not on an operator's database. `sources`: skipped while these files are unchanged.
    """

    name: str
    command: tuple[str, ...]
    shown: bool = False
    demo_only: bool = False
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Service:
    """A command that serves until it is ended; a line of the Procfile, so run by the shell."""

    name: str
    line: str

    @property
    def command(self) -> tuple[str, ...]:
        return ("/bin/sh", "-c", f"exec {self.line}")


def _manage(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, "manage.py", *arguments)


PREPARE = (
    Step("tables", _manage("migrate", "--noinput")),
    Step("static files", _manage("collectstatic", "--noinput"), sources=("static/**/*", "*/static/**/*", "resilience_site/settings*", "requirements.txt")),
    Step("starter clinic", _manage("load_starter"), shown=True, demo_only=True),
)
NOT_SERVING = ("release",)


def services(procfile: Path = PROJECT / "Procfile") -> tuple[Service, ...]:
    """The same lines a production host starts."""
    pairs = (line.split(":", 1) for line in procfile.read_text().splitlines() if ":" in line and not line.startswith("#"))
    return tuple(Service(name.strip(), line.strip()) for name, line in pairs if name.strip() not in NOT_SERVING)


def fingerprint(sources: Iterable[str], root: Path = PROJECT) -> str:
    """Changes when a file behind the patterns is added, removed or written."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in sources for path in root.glob(pattern) if path.is_file()}):
        about = path.stat()
        digest.update(f"{path.relative_to(root)} {about.st_size} {about.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def shown(command: Iterable[str]) -> str:
    return shlex.join(command)
