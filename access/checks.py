"""What must be so before the software may serve: every view has a gate, and the database is set up so that the wall holds."""

from collections.abc import Iterator
from typing import Any

import psycopg2
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver

from access.middleware import ALLAUTH_VIEWS
from access.wall import IDENTITY_GRANTS, ROLES, fingerprint, standing_fingerprint, walled_models

SECRET_AT_LEAST = 32  # characters
WITHOUT_POLICIES = set(IDENTITY_GRANTS)  # every other table has forced row-level security or no grant at all


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    """Every URL pattern of the running project."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern)
        else:
            yield pattern


@register("gates")
def check_gates(**kwargs: Any) -> list[CheckMessage]:
    """A view without a gate stops the start."""
    open_views = [p for p in patterns() if not getattr(p.callback, "gate", None) and p.name not in ALLAUTH_VIEWS]
    hint = "Put one of public_view, signed_in_view (core.gates), clinic_view (access.gates), client_view or portal_view (clients.gates) on it."
    return [Error(f"The view at {pattern.pattern} has no gate.", hint=hint, id="access.E001") for pattern in open_views]


@register("secrets")
def check_secrets(**kwargs: Any) -> list[CheckMessage]:
    """A missing SECRET_KEY is refused by the settings themselves; one that can be guessed is refused here."""
    if len(settings.SECRET_KEY) >= SECRET_AT_LEAST:
        return []
    hint = "Set SECRET_KEY in the environment to 50 random characters and keep it: sign-ins and the wall depend on it."
    return [Error(f"SECRET_KEY is shorter than {SECRET_AT_LEAST} characters.", hint=hint, id="access.E002")]


def login_errors(cursor: Any) -> list[CheckMessage]:
    """The web's login, and every role it can become, must be one that the wall binds."""
    cursor.execute(
        "SELECT session_user, bool_or(r.rolsuper OR r.rolbypassrls OR r.rolcreatedb OR r.rolcreaterole OR r.rolreplication),"
        " bool_or(EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid))"
        " FROM pg_roles r WHERE pg_has_role(session_user, r.oid, 'MEMBER')"
    )
    name, mighty, owns = cursor.fetchone()
    if not mighty and not owns:
        return []
    hint = "Set DATABASE_URL to the login app_web of access/roles.sql; the owner's login belongs in DATABASE_OWNER_URL, for migrations only."
    return [Error(f"The database login {name} could go round the wall.", hint=hint, id="access.E003")]


def table_errors(cursor: Any) -> list[CheckMessage]:
    """Every table or view that the web can reach, whole or by a column, has forced row-level security, but for the pinned few of sign-in."""
    cursor.execute(
        "SELECT DISTINCT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, LATERAL ("
        " SELECT * FROM aclexplode(c.relacl) UNION ALL"
        " SELECT x.* FROM pg_attribute t, aclexplode(t.attacl) x WHERE t.attrelid = c.oid) a"
        " WHERE n.nspname NOT LIKE 'pg\\_%%' AND n.nspname <> 'information_schema' AND c.relkind IN ('r', 'p', 'v', 'm', 'f')"
        " AND NOT (c.relrowsecurity AND c.relforcerowsecurity) AND (a.grantee = 0 OR a.grantee::regrole::text = ANY (%s))",
        [list(ROLES)],
    )
    naked = sorted({name for (name,) in cursor.fetchall()} - WITHOUT_POLICIES)
    return [
        Error(f"Table {name} has no forced row-level security.", hint="Run manage.py migrate with DATABASE_OWNER_URL set.", id="access.E004") for name in naked
    ]


def wall_errors(cursor: Any) -> list[CheckMessage]:
    cursor.execute("SHOW server_version_num")
    errors: list[CheckMessage] = []
    if int(cursor.fetchone()[0]) < 180000:
        errors.append(Error("PostgreSQL 18 or newer is needed.", hint="Point DATABASE_URL at such a server.", id="access.E005"))
    if standing_fingerprint(cursor) != fingerprint():
        errors.append(Error("The wall does not match the models or SECRET_KEY.", hint="Run manage.py migrate with DATABASE_OWNER_URL set.", id="access.E006"))
    return errors


def trust_errors() -> list[CheckMessage]:
    """A server that lets the login in with a wrong password asks for none."""
    wanted = connection.get_connection_params()
    wanted = {key: wanted[key] for key in ("dbname", "user", "host", "port") if wanted.get(key)}
    try:
        psycopg2.connect(**wanted, password="not-the-password", connect_timeout=5).close()
    except psycopg2.OperationalError:
        return []
    return [Error("The database lets logins in without their password.", hint="Replace trust in pg_hba.conf with scram-sha-256.", id="access.E007")]


def database_errors() -> list[CheckMessage]:
    """Everything about the running database that would let someone round the wall."""
    with connection.cursor() as cursor:
        errors = login_errors(cursor) + table_errors(cursor) + wall_errors(cursor)
    assert walled_models(), "no model states rules"
    return errors + trust_errors()


def refuse_unsafe_start() -> None:
    """Called by the web and the worker before they serve. Exits with what is wrong and what to do."""
    errors = check_gates() + check_secrets() + database_errors()
    if errors:
        raise SystemExit("\n".join(f"Not started: {error.msg} {error.hint}" for error in errors))
