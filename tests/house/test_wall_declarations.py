"""The wall stands on every table, in the models' rules and in the database itself."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from access.wall import IDENTITY_GRANTS, ROLES, walled_models
from core.rules import Rule
from tests.house.catalogue import CHECKS, EXECUTE, GRANTED, MIGHTY, PATHS, VIEWS, WALLED
from tests.house.source import floors

pytestmark = pytest.mark.django_db
IDENTITY = {"public.account_emailaddress", "public.mfa_authenticator", "public.django_migrations"}  # sign-in happens before anybody is known

# what a form saved of itself goes when the form is sent, a session when it ends; nothing else is ever deleted
GONE = {"public.therapy_logdraft: DELETE", "public.accounts_browsersession: DELETE"}


def found(check: str, roles: Iterable[str] = ROLES) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(CHECKS[check], [list(roles)] * CHECKS[check].count("%s"))
        return sorted({name for (name,) in cursor.fetchall()} - IDENTITY - GONE)


def unruled(models: Iterable[Any]) -> list[str]:
    """Models without rules, and rules that name a column the table does not have."""
    wrong = [f"{model._meta.label} states no rules: say who may do what (core/rules.py)." for model in models if not getattr(model, "rules", None)]
    for model in models:
        columns = {field.column for field in model._meta.concrete_fields}
        wrong += [f"{model._meta.label}: {rule} is no rule." for rule in getattr(model, "rules", ()) if set(rule.column_names()) - columns or not rule.when]
    return wrong


def test_every_model_of_ours_states_rules() -> None:
    ours = [model for model in apps.get_models() if model._meta.app_label in floors()]
    assert {model._meta.label for model in ours} == {model._meta.label for model in walled_models()} and len(ours) > 20
    assert not unruled(ours), "\n".join(unruled(ours))


def test_the_bare_login_reaches_sign_in_and_nothing_else() -> None:
    web = {model._meta.label: sorted(rule.commands for rule in model.rules if rule.kind == "web") for model in walled_models()}  # type: ignore[attr-defined]
    assert {label: commands for label, commands in web.items() if commands} == {
        "accounts.User": ["select insert update"], "accounts.Membership": ["select"], "accounts.Clinic": ["select"], "audit.AuditEvent": ["insert"],
        "accounts.BrowserSession": ["select insert update delete"],
    }  # fmt: skip
    assert {f"public.{table}" for table in IDENTITY_GRANTS} == IDENTITY


@pytest.mark.parametrize("check", CHECKS)
def test_the_database_has(check: str) -> None:
    assert not found(check), f"{found(check)}: there must be {check}. Rebuild with manage.py migrate, or mend access/wall.py."


PLANTED = [
    (WALLED, "CREATE TABLE planted (id int); GRANT SELECT (id) ON planted TO app_portal"),
    (WALLED, "CREATE TABLE planted (id int); GRANT SELECT ON planted TO PUBLIC"),
    (WALLED, "ALTER TABLE clients_client NO FORCE ROW LEVEL SECURITY"),
    (GRANTED, "GRANT TRUNCATE ON clients_client TO app_worker"),
    (GRANTED, "GRANT DELETE ON clients_client TO app_admin"),
    (GRANTED, "GRANT REFERENCES (id) ON clients_client TO app_therapist"),
    (VIEWS, "CREATE VIEW planted AS SELECT id FROM clients_client"),
    (PATHS, "CREATE FUNCTION planted() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'"),
    (EXECUTE, "CREATE FUNCTION planted() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS 'SELECT 1'"),
]


@pytest.mark.parametrize(("check", "sql"), PLANTED)
def test_the_check_sees_what_is_planted(check: str, sql: str, as_owner: Callable[[], Any]) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert found(check)


def test_the_check_sees_mighty_roles_and_missing_rules() -> None:
    assert all(found(MIGHTY, [role]) for role in ("app_owner", "app_test", "app_backup", "postgres"))
    meta = type("Meta", (), {"label": "planted.Planted", "concrete_fields": []})
    assert unruled([type("Planted", (), {"_meta": meta})])
    assert unruled([type("Planted", (), {"_meta": meta, "rules": [Rule("admin", "select", "true", columns="gone")]})])
