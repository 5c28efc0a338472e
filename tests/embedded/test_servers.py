"""How the servers stand: who may sign in, from where, as what; and that a throw-away run throws everything away."""

import os
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
import redis

from resilience_site.embedded import place, postgres, valkey
from resilience_site.embedded.environment import Wishes
from resilience_site.embedded.place import Place
from resilience_site.embedded.processes import Signals
from resilience_site.embedded.supervisor import Supervisor
from tests.embedded.running import run_command

NO_WISHES = Wishes(host="127.0.0.1", port=1, data_dir="", own_database=False, own_queue=False)


@pytest.fixture(scope="module")
def servers() -> Iterator[Place]:
    here = place.throw_away()
    with Supervisor(here, NO_WISHES, Signals()) as supervisor:
        supervisor.start_servers()
        yield here
    place.remove(here)


def ask(here: Place, login: str, sql: str) -> list[tuple]:
    with psycopg2.connect(postgres.url(here, login)) as connection, connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else []


def test_the_roles_are_those_of_the_design(servers: Place) -> None:
    rows = ask(
        servers, "postgres", "SELECT rolname, rolcanlogin, rolsuper, rolbypassrls, rolinherit, rolcreatedb FROM pg_roles WHERE rolname LIKE 'app%' ORDER BY 1"
    )
    assert rows == [
        ("app_admin", False, False, False, True, False),
        ("app_backup", True, False, True, True, False),
        ("app_owner", True, False, False, True, False),
        ("app_portal", False, False, False, True, False),
        ("app_therapist", False, False, False, True, False),
        ("app_web", True, False, False, False, False),
        ("app_worker", False, False, False, True, False),
    ]
    wanted = "member::regrole::text, roleid::regrole::text, inherit_option, set_option"
    members = ask(servers, "postgres", f"SELECT {wanted} FROM pg_auth_members WHERE roleid::regrole::text LIKE 'app%' ORDER BY 1, 2")
    acting = ("app_admin", "app_portal", "app_therapist", "app_worker")
    assert members == [(login, role, False, True) for login in ("app_owner", "app_web") for role in acting]


def test_the_web_login_is_bounded_and_cannot_be_watched(servers: Place) -> None:
    names = ("statement_timeout", "idle_in_transaction_session_timeout", "transaction_timeout", "track_activities")
    for name, value in zip(names, ("15s", "30s", "30s", "off"), strict=True):
        assert ask(servers, "app_web", f"SHOW {name}") == [(value,)]
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        ask(servers, "app_web", "SET track_activities = on")
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        ask(servers, "app_web", "CREATE TEMP TABLE t (a int)")
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        ask(servers, "app_web", "SET ROLE app_owner")
    ask(servers, "app_owner", "CREATE FUNCTION public.maintained() RETURNS int LANGUAGE sql SECURITY DEFINER SET app.maintenance = 'on' AS 'SELECT 1'")


def test_sockets_only_and_never_without_the_password(servers: Place) -> None:
    assert ask(servers, "postgres", "SHOW listen_addresses") == [("",)]
    assert ask(servers, "postgres", "SELECT DISTINCT type, auth_method FROM pg_hba_file_rules") == [("local", "scram-sha-256")]
    for password in ("", "wrong"):
        with pytest.raises(psycopg2.OperationalError):
            psycopg2.connect(host=str(servers.sockets), user="postgres", dbname="resilience", password=password)
    with pytest.raises(redis.exceptions.AuthenticationError):
        redis.Redis(unix_socket_path=str(valkey.socket_path(servers))).ping()
    assert ask(servers, "postgres", "SELECT datlocprovider, datlocale FROM pg_database WHERE datname = 'resilience'") == [("b", "C.UTF-8")]


def test_the_queue_keeps_what_it_is_given(servers: Place) -> None:
    client = redis.Redis.from_url(valkey.url(servers))
    assert client.config_get("appendonly") == {"appendonly": "yes"}
    assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
    assert client.config_get("port") == {"port": "0"}


def test_files_are_for_their_owner_only(servers: Place) -> None:
    folders = ("postgres", "valkey", "run", "secrets", "static", "mail", "logs")
    assert {name: stat.S_IMODE((servers.root / name).stat().st_mode) for name in folders} == dict.fromkeys(folders, 0o700)
    assert {stat.S_IMODE(path.stat().st_mode) for path in (servers.root / "secrets").iterdir()} == {0o600}
    if os.geteuid() == 0:
        assert servers.cluster.stat().st_uid != 0
    for pid in (int((servers.cluster / "postmaster.pid").read_text().split("\n")[0]), redis.Redis.from_url(valkey.url(servers)).info("server")["process_id"]):
        line = Path(f"/proc/{pid}/cmdline").read_text() + Path(f"/proc/{pid}/environ").read_text()
        assert not [name for name in ("postgres", "app_web", "app_owner", "valkey") if (servers.root / "secrets" / name).read_text() in line]


QUOTED = "SELECT 'a sentence about a client'::int"  # the error's own message quotes it, and not only its DETAIL


def test_what_people_write_does_not_reach_the_log(servers: Place) -> None:
    with pytest.raises(psycopg2.errors.UndefinedTable):
        ask(servers, "app_web", "INSERT INTO public.nowhere VALUES ('a sentence about a client')")
    ask(servers, "app_owner", "CREATE TABLE public.short (words text CHECK (length(words) < 5))")
    with pytest.raises(psycopg2.errors.CheckViolation):
        ask(servers, "app_owner", "INSERT INTO public.short VALUES ('a sentence about a client')")
    for login in ("app_web", "app_owner"):
        with pytest.raises(psycopg2.errors.InvalidTextRepresentation):
            ask(servers, login, QUOTED)
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        ask(servers, "app_web", "SET log_min_messages = 'error'")
    assert "a sentence" not in servers.log("postgres").read_text()
    assert servers.secret("app_web") not in servers.log("postgres").read_text()


def test_the_check_sees_a_log_that_quotes(servers: Place) -> None:
    with pytest.raises(psycopg2.errors.InvalidTextRepresentation):
        ask(servers, "postgres", QUOTED.replace("a sentence", "another sentence"))
    assert "another sentence" in servers.log("postgres").read_text()


def test_the_roles_can_be_made_anew(servers: Place) -> None:
    passwords = {f"{login.upper()}_PASSWORD": servers.secret(login) for login in ("app_owner", "app_web", "app_backup")}
    again = subprocess.run(
        [str(servers.postgres_bin / "psql"), "-Xq", "-f", str(postgres.ROLES), postgres.url(servers, "postgres")],
        env={**os.environ, **passwords},
        capture_output=True,
        text=True,
    )
    assert (again.returncode, again.stderr) == (0, "")
    assert ask(servers, "app_web", "SELECT 1") == [(1,)]


def test_a_throw_away_run_hands_on_the_exit_code_and_disappears() -> None:
    script = (
        'echo "$DATA_DIR"; PGOPTIONS="-c role=app_owner" psql -XAtq "$DATABASE_URL" -c "SELECT session_user, current_user" '
        '-c "CREATE DATABASE another" -c "SET ROLE app_web" -c "SET ROLE app_portal"; psql -XAtqc "SELECT current_user" "$TEST_SUPERUSER_URL"; exit 7'
    )
    done = run_command("exec", "--test", "--", "sh", "-c", script, PATH=f"{place.programs()[0]}:{os.environ['PATH']}")
    folder, who, superuser = done.stdout.splitlines()
    assert (done.returncode, who, superuser, done.stderr) == (7, "app_test|app_owner", "postgres", "")
    assert not Path(folder).exists()


def test_an_abandoned_throw_away_folder_is_cleared_by_the_next() -> None:
    abandoned = place.throw_away()
    os.utime(abandoned.root, (0, 0))
    place.remove(place.throw_away())
    assert not abandoned.root.exists()
