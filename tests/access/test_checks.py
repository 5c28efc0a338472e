"""The start is refused when something would let someone round the wall: each reason, and that the right set-up passes."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg2
import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import override_settings
from django.urls import path

from access import checks
from access.wall import build_wall, fingerprint, standing_fingerprint

pytestmark = pytest.mark.django_db
urlpatterns = [path("open/", lambda request: HttpResponse(), name="open")]


@contextmanager
def superuser() -> Iterator[Any]:
    """A cursor of the throw-away cluster's superuser in the test database."""
    link = psycopg2.connect(os.environ["TEST_SUPERUSER_URL"], dbname=connection.settings_dict["NAME"])
    link.autocommit = True
    try:
        with link.cursor() as cursor:
            yield cursor
    finally:
        link.close()


@contextmanager
def login(name: str) -> Iterator[Any]:
    """A cursor that came in as this login."""
    with superuser() as cursor:
        cursor.execute(f'SET SESSION AUTHORIZATION "{name}"')
        yield cursor


def ids(errors: list[Any]) -> list[str]:
    assert all(error.hint and error.msg for error in errors), "each says what to do"
    return [error.id for error in errors]


def test_the_right_set_up_passes() -> None:
    with login("app_web") as cursor:
        assert checks.login_errors(cursor) == []
    with connection.cursor() as cursor:
        assert checks.table_errors(cursor) == [] == checks.wall_errors(cursor)
    assert checks.check_gates() == [] == checks.check_secrets() == checks.trust_errors()


@pytest.mark.parametrize("name", ["postgres", "app_owner", "app_backup", "app_test"])
def test_another_login_is_refused(name: str) -> None:
    """A superuser, the owner, one who passes row security, one who may become the owner."""
    with login(name) as cursor:
        assert ids(checks.login_errors(cursor)) == ["access.E003"]


def test_a_superuser_who_calls_herself_app_web_is_refused() -> None:
    """`options=-c role=app_web` on a mighty login: one RESET ROLE and the wall is behind her."""
    with superuser() as cursor:
        cursor.execute("SET ROLE app_web")
        assert ids(checks.login_errors(cursor)) == ["access.E003"]


@pytest.mark.parametrize(
    "sql",
    [
        "ALTER TABLE clients_client NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE therapy_privatenote DISABLE ROW LEVEL SECURITY",
        "CREATE TABLE planted (id int); GRANT SELECT (id) ON planted TO app_portal",
        "CREATE TABLE planted (id int); GRANT SELECT ON planted TO PUBLIC",
        "CREATE SCHEMA aside; CREATE TABLE aside.planted (id int); GRANT INSERT ON aside.planted TO app_web",
        "CREATE VIEW planted AS SELECT called FROM clients_client; GRANT SELECT ON planted TO app_admin",
    ],
)
def test_a_table_without_forced_row_security_is_refused(sql: str, as_owner: Callable[[], Any]) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(sql)
    with connection.cursor() as cursor:
        assert ids(checks.table_errors(cursor)) == ["access.E004"]


def test_a_table_nobody_reaches_is_let_be(as_owner: Callable[[], Any]) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE planted (id int)")
    with connection.cursor() as cursor:
        assert checks.table_errors(cursor) == []


def test_another_secret_is_refused() -> None:
    with override_settings(SECRET_KEY="another secret"), connection.cursor() as cursor:
        assert ids(checks.wall_errors(cursor)) == ["access.E006"]


def test_a_wall_of_other_models_is_refused_and_built_again(as_owner: Callable[[], Any]) -> None:
    with as_owner():
        with connection.cursor() as cursor:
            cursor.execute("COMMENT ON SCHEMA sec IS 'wall:older'")
            assert ids(checks.wall_errors(cursor)) == ["access.E006"]
        assert build_wall() is True and build_wall() is False
        with connection.cursor() as cursor:
            assert standing_fingerprint(cursor) == fingerprint() and checks.wall_errors(cursor) == []


def test_no_wall_at_all_is_refused(as_owner: Callable[[], Any]) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA sec CASCADE")
        assert standing_fingerprint(cursor) == "" and ids(checks.wall_errors(cursor)) == ["access.E006"]


def test_an_older_server_is_refused() -> None:
    class Older:
        def execute(self, sql: str, values: Any = None) -> None:
            self.sql = sql

        def fetchone(self) -> tuple[str]:
            return ("170004",) if "server_version" in self.sql else (fingerprint(),)

    assert ids(checks.wall_errors(Older())) == ["access.E005"]


def test_a_server_that_asks_for_no_password_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line `trust` for one login of the throw-away cluster, taken back afterwards."""
    name = f"trusted_{os.getpid()}"
    with superuser() as cursor:
        cursor.execute("SELECT pg_read_file(setting), setting FROM pg_settings WHERE name = 'hba_file'")
        before, hba = cursor.fetchone()
        cursor.execute(f"CREATE ROLE {name} LOGIN; GRANT CONNECT ON DATABASE {connection.ops.quote_name(connection.settings_dict['NAME'])} TO {name}")
        monkeypatch.setitem(connection.settings_dict, "USER", name)
        try:
            assert checks.trust_errors() == [], "scram, and no password set"
            write(cursor, hba, f"local all {name} trust\n{before}")
            assert ids(checks.trust_errors()) == ["access.E007"]
        finally:
            write(cursor, hba, before)
            cursor.execute(f"DROP OWNED BY {name}; DROP ROLE {name}")


def write(cursor: Any, path: str, text: str) -> None:
    """The server writes the file; its parts are lines."""
    cursor.execute(f"COPY (SELECT line FROM unnest(%s::text[]) line WHERE line <> '') TO '{path}'", [text.split("\n")])
    cursor.execute("SELECT pg_reload_conf(), pg_sleep(0.3)")


def test_a_short_or_missing_secret_is_refused() -> None:
    with override_settings(SECRET_KEY="x" * 31):
        assert ids(checks.check_secrets()) == ["access.E002"]
    env = {name: value for name, value in os.environ.items() if name != "SECRET_KEY"}
    done = subprocess.run([sys.executable, "manage.py", "check"], env=env, capture_output=True, text=True, cwd=settings.BASE_DIR)
    assert done.returncode and "SECRET_KEY is not set. Set it to 50 random characters" in done.stderr


@override_settings(ROOT_URLCONF=__name__)
def test_a_view_without_a_gate_is_refused() -> None:
    assert ids(checks.check_gates()) == ["access.E001"]


def test_the_refusal_ends_the_process_and_says_what_to_do() -> None:
    """The tests' own login may become the owner, so the product does not start with it."""
    assert settings.SECRET_KEY
    with pytest.raises(SystemExit) as end:
        checks.refuse_unsafe_start()
    assert str(end.value) == (
        "Not started: The database login app_test could go round the wall. "
        "Set DATABASE_URL to the login app_web of access/roles.sql; the owner's login belongs in DATABASE_OWNER_URL, for migrations only."
    )
