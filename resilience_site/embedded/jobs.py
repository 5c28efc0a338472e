"""What is done before the product serves, and what serves, as data."""

import hashlib
import os
import shlex
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from resilience_site.embedded.place import PROJECT


@dataclass(frozen=True)
class Step:
    """A command that ends. `shown`: what it prints is for the person. `demo_only`: not on an operator's database."""

    name: str
    command: tuple[str, ...]
    shown: bool = False
    demo_only: bool = False


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


_ALWAYS = (
    Step("migrate", _manage("migrate", "--noinput")),
    Step("load_library", _manage("load_library")),
    Step("collectstatic", _manage("collectstatic", "--noinput")),
)
# For `run`: twelve clients over sixteen weeks. Beside `exec --serve`: four people whom the journeys know, in a second.
PREPARE = (*_ALWAYS, Step("load_clinic", _manage("load_clinic", "dashboard/data/demo.yaml", "--if-empty"), shown=True, demo_only=True))
PREPARE_APART = (*_ALWAYS, Step("load_starter", _manage("load_starter"), shown=True, demo_only=True))
NOT_SERVING = ("release",)
# Code that runs neither before nor while serving, and what is written by running.
BESIDE = frozenset(("tests", "docs", "bench", "tools", "assets", "var", "node_modules"))
# The steps write these, or what follows from them, into the database or the static files.
DECISIVE = ("SECRET_KEY", "DATABASE_URL", "STATIC_ROOT", "STATICFILES_STORAGE", "BASE_URL", "DEMO", "DEMO_PASSWORD")


def services(procfile: Path = PROJECT / "Procfile") -> tuple[Service, ...]:
    """The same lines a production host starts."""
    pairs = (line.split(":", 1) for line in procfile.read_text().splitlines() if ":" in line and not line.startswith("#"))
    return tuple(Service(name.strip(), line.strip()) for name, line in pairs if name.strip() not in NOT_SERVING)


def fingerprint(env: Mapping[str, str], root: Path = PROJECT) -> str:
    """Changes when a file of the product is added, removed or written, a requirement changes, or a decisive setting does."""
    digest = hashlib.sha256()
    for path in _sources(root):
        about = path.stat()
        digest.update(f"{path} {about.st_size} {about.st_mtime_ns}\n".encode(errors="surrogateescape"))
    for name in DECISIVE:
        digest.update(f"{name}={env.get(name, '')}\n".encode(errors="surrogateescape"))
    return digest.hexdigest()


def _sources(root: Path) -> Iterator[Path]:
    for folder, folders, files in os.walk(root):
        top = Path(folder) == root
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "__pycache__" and not (top and name in BESIDE))
        yield from (Path(folder) / name for name in sorted(files) if not top or name in ("manage.py", "requirements.txt"))


def shown(command: tuple[str, ...]) -> str:
    """The command as a person would type it."""
    return shlex.join(("python", *command[1:]) if command[0] == sys.executable else command)
