"""Where it is measured: throw-away servers (`exec --test`), the product's own settings, and the roles a connection works as."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import psycopg2
from django.conf import settings

OPEN = "bench_therapist"


def settings_for_the_bench() -> None:
    """Before `django.setup()`. The admin is here to be compared with; the product has none."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resilience_site.settings")
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.LOGGING_CONFIG = None
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "django.contrib.admin"]


def prepare_database() -> None:
    """Tables and wall, made as their owner in the throw-away database."""
    from django.core.management import call_command

    work_as("app_owner")
    call_command("migrate", verbosity=0, interactive=False)


def work_as(role: str) -> None:
    """Every new statement of the connection begins as this role."""
    from django.db import connection

    options = f"-c role={role}" + (" -c app.maintenance=on" if role == "app_owner" else "")
    connection.settings_dict["OPTIONS"] = {**connection.settings_dict.get("OPTIONS", {}), "options": options}
    connection.close()


@contextmanager
def owner() -> Iterator[None]:
    work_as("app_owner")
    try:
        yield
    finally:
        work_as("app_web")


def open_roles() -> None:
    """A role with the therapist's grants, all of whose policies are `true`."""
    from django.db import connection

    from access.wall import rule_sql, walled_models

    with psycopg2.connect(os.environ["TEST_SUPERUSER_URL"]) as link, link.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {OPEN} NOLOGIN; GRANT {OPEN} TO app_test WITH INHERIT FALSE, SET TRUE")
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT USAGE ON SCHEMA public, sec TO {OPEN}; GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA sec TO {OPEN}")
        for model in walled_models():
            for number, rule in enumerate(model.rules):  # type: ignore[attr-defined]
                for line in rule_sql(model, number, replace(rule, when="true", check="")) if rule.kind == "therapist" else ():
                    cursor.execute(line.replace("TO app_therapist", f"TO {OPEN}").replace("POLICY therapist", "POLICY bench"))


@contextmanager
def without_policies() -> Iterator[None]:
    """Requests inside bind the open role instead of the therapist's, through the same number of steps."""
    from django.db import connection

    def swap(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if params and params[0] == "app_therapist":
            params = [OPEN, *params[1:]]
        return execute(sql, params, many, context)

    with connection.execute_wrapper(swap):
        yield
