"""PostgreSQL 18 from the wheel: one cluster, one database, on a unix socket only, with passwords.

The wheel has no contrib extensions, no ICU and no TLS; the product needs none of them.
"""

import hashlib
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from resilience_site.embedded import processes
from resilience_site.embedded.place import PROJECT, Place
from resilience_site.embedded.problems import Problem
from resilience_site.embedded.processes import MARKER, Child, Signals

DATABASE = "resilience"
INITDB = "--auth=scram-sha-256 --encoding=UTF8 --locale-provider=builtin --builtin-locale=C.UTF-8 --locale=C --no-instructions".split()
ROLES = PROJECT / "access" / "roles.sql"
READY_WITHIN = 60

SETTINGS = """\
# Written by resilience_site/embedded/postgres.py at every start; changes here are lost.
listen_addresses = ''
unix_socket_directories = '{sockets}'
unix_socket_permissions = 0700
password_encryption = 'scram-sha-256'
max_connections = 80
shared_buffers = '128MB'
# the data is small and lies in memory or on a disk without moving parts
random_page_cost = 1.1
timezone = 'UTC'
log_timezone = 'UTC'
datestyle = 'iso, ymd'
default_text_search_config = 'pg_catalog.simple'
autovacuum_vacuum_insert_scale_factor = 0.02
update_process_title = off
# what people wrote must not reach the log
log_min_error_statement = 'panic'
log_error_verbosity = 'terse'
log_statement = 'none'
log_line_prefix = '%m [%p] '
"""

FAST_AND_FORGETFUL = """\
# a throw-away cluster for tests
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = 'minimal'
max_wal_senders = 0
"""

TEST_ROLES = """\
ALTER ROLE app_owner CREATEDB;
CREATE ROLE app_test LOGIN CREATEDB PASSWORD :'test_password';
GRANT app_owner TO app_test;
GRANT app_web, app_admin, app_therapist, app_portal, app_worker TO app_test WITH INHERIT FALSE, SET TRUE;
GRANT CONNECT ON DATABASE resilience TO app_test;
"""


def url(place: Place, login: str) -> str:
    return f"postgresql://{login}:{place.secret(login)}@/{DATABASE}?host={place.sockets}"


def start(place: Place, signals: Signals, *, test: bool = False) -> Child:
    """Make the cluster when there is none, start it and see to its roles. The caller ends the returned process."""
    if not place.cluster.exists():
        _make_cluster(place, [*INITDB, "--no-sync"] if test else INITDB)
    _write_settings(place, test=test)
    _remove_stale_pid_files(place)
    server = _start_server(place, signals)
    try:
        _see_to_roles(place, test=test)
    except BaseException:
        processes.end([server], grace=10)
        raise
    return server


def _environment(place: Place) -> dict[str, str]:
    return {"PATH": f"{place.postgres_bin}:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC", MARKER: place.marker}


def _make_cluster(place: Place, options: list[str]) -> None:
    """initdb into a folder of another name, renamed when it is whole: a crash half-way leaves nothing that looks finished."""
    unfinished = place.root / "postgres.new"
    shutil.rmtree(unfinished, ignore_errors=True)
    place.server_folder("postgres.new")
    password_file = place.sockets / "initdb-password"
    password_file.unlink(missing_ok=True)
    with open(os.open(password_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(place.secret("postgres"))
    if place.account:
        os.chown(password_file, place.account.pw_uid, place.account.pw_gid)
    with place.open_log("postgres") as log:
        making = processes.start(
            "initdb",
            [str(place.postgres_bin / "initdb"), "-D", str(unfinished), "-U", "postgres", f"--pwfile={password_file}", *options],
            env=_environment(place),
            cwd=place.sockets,
            account=place.account,
            output=log,
        )
        code = making.process.wait()
    password_file.unlink()
    if code:
        raise Problem(f"PostgreSQL could not make its folder {unfinished}: {place.last_words('postgres')}.")
    _write_as_server(place, unfinished / "pg_hba.conf", "local all all scram-sha-256\n")
    unfinished.rename(place.cluster)


def _write_settings(place: Place, *, test: bool) -> None:
    text = SETTINGS.format(sockets=str(place.sockets).replace("'", "''"))
    _write_as_server(place, place.cluster / "postgresql.conf", text + (FAST_AND_FORGETFUL if test else ""))


def _write_as_server(place: Place, path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o600)
    if place.account:
        os.chown(path, place.account.pw_uid, place.account.pw_gid)


def _remove_stale_pid_files(place: Place) -> None:
    """After a crash the recorded number may belong to a stranger by now, and PostgreSQL would then refuse to start."""
    for path in (place.cluster / "postmaster.pid", place.sockets / ".s.PGSQL.5432.lock"):
        try:
            pid = abs(int(path.read_text().split("\n")[0]))
        except (OSError, ValueError):
            pid = 0
        if pid and _serves(pid, place.cluster):
            raise Problem(f"Another PostgreSQL (process {pid}) already serves {place.cluster}: stop it, or choose another DATA_DIR.")
        path.unlink(missing_ok=True)


def _serves(pid: int, cluster: Path) -> bool:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip() == "postgres" and os.readlink(f"/proc/{pid}/cwd") == str(cluster)
    except OSError:
        return False


def _start_server(place: Place, signals: Signals) -> Child:
    with place.open_log("postgres") as log:
        server = processes.start(
            "postgres",
            [str(place.postgres_bin / "postgres"), "-D", str(place.cluster)],
            env=_environment(place),
            cwd=place.sockets,
            account=place.account,
            output=log,
            end_signal=signal.SIGINT,
        )
    deadline = time.monotonic() + READY_WITHIN
    try:
        while not _ready(place, server):
            if not server.running:
                raise Problem(f"PostgreSQL did not start: {place.last_words('postgres')} (see {place.log('postgres')}).")
            if time.monotonic() > deadline:
                raise Problem(f"PostgreSQL was not ready within {READY_WITHIN} seconds (see {place.log('postgres')}).")
            signals.pause(0.05)
    except BaseException:
        processes.end([server], grace=10)
        raise
    return server


def _ready(place: Place, server: Child) -> bool:
    """What `pg_ctl -w` looks at: the eighth line of the pid file."""
    try:
        lines = (place.cluster / "postmaster.pid").read_text().split("\n")
    except OSError:
        return False
    return len(lines) >= 8 and lines[0] == str(server.process.pid) and lines[7].strip() == "ready"


def _see_to_roles(place: Place, *, test: bool) -> None:
    """Run access/roles.sql as superuser, once for each of its versions."""
    done = place.cluster / "roles.sha256"
    wanted = hashlib.sha256(ROLES.read_bytes()).hexdigest()
    if done.exists() and done.read_text() == wanted:
        return
    _psql(place, "postgres", f"SELECT 'CREATE DATABASE {DATABASE}' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{DATABASE}') \\gexec\n")
    _psql(place, DATABASE, ROLES.read_text())
    if test:
        _psql(place, DATABASE, "\\getenv test_password APP_TEST_PASSWORD\n" + TEST_ROLES)
    done.write_text(wanted)


def _psql(place: Place, database: str, sql: str) -> None:
    passwords = {f"{login.upper()}_PASSWORD": place.secret(login) for login in ("app_owner", "app_web", "app_backup", "app_test")}
    done = subprocess.run(
        [str(place.postgres_bin / "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", str(place.sockets), "-U", "postgres", "-d", database],
        input=sql.encode(),
        capture_output=True,
        env={**_environment(place), **passwords, "PGPASSWORD": place.secret("postgres")},
    )
    if done.returncode:
        words = done.stderr.decode(errors="replace").strip().splitlines()
        raise Problem(f"The roles of access/roles.sql could not be made: {words[-1] if words else 'psql failed'}.")
