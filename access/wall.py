"""The wall: grants, column grants and row-level policies, built from the models' `rules` after every `migrate`.

Everything is dropped and made again in one transaction, and skipped while nothing has changed: the fingerprint of the SQL is
kept as the comment on the schema `sec`. So no policy lives in a migration, nothing drifts, and the models are the only place to read or change it.
"""

import hashlib
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections, models, transaction

from access.acting import wall_key
from core.rules import ORIGIN, Rule

ROLES = ("app_web", "app_admin", "app_therapist", "app_portal", "app_worker")

# Sign-in happens before anybody is known. These tables of other people's apps hold no clinical word and have grants without policies.
IDENTITY_GRANTS = {
    "account_emailaddress": "SELECT, INSERT, UPDATE, DELETE",
    "mfa_authenticator": "SELECT, INSERT, UPDATE, DELETE",
    "django_migrations": "SELECT",
}


def walled_models() -> list[type[models.Model]]:
    """Every model of ours that has a table, in the order of their tables."""
    found = [model for model in apps.get_models() if hasattr(model, "rules")]
    return sorted(found, key=lambda model: model._meta.db_table)


def condition(rule: Rule, command: str, text: str) -> str:
    """The SQL of a rule's condition for one command, with `{me}`, `{my_clinic}` and `{own}` as scalar sub-selects of the signed token."""
    me = f"((SELECT sec.actor('{rule.kind}'))::uuid[])[1]"
    clinic = f"((SELECT sec.actor('{rule.kind}'))::uuid[])[2]"
    own = "(SELECT sec.own_client_id())" if command == "select" else "(SELECT sec.own_open_client_id())"
    return text.replace("{me}", me).replace("{my_clinic}", clinic).replace("{own}", own)


def granted_columns(model: type[models.Model], rule: Rule, command: str) -> str:
    """The columns of a grant, in brackets; nothing when it is for the whole table. The login before anybody is known saves whole rows of sign-in."""
    columns = rule.column_names()
    if command == "update" and rule.kind != "web":
        columns = [name for name in columns or [str(field.column) for field in model._meta.concrete_fields] if name not in ORIGIN]
    return f" ({', '.join(columns)})" if columns and command != "delete" else ""


def rule_sql(model: type[models.Model], number: int, rule: Rule) -> list[str]:
    """A grant and a policy for each command of a rule."""
    table = model._meta.db_table
    lines = []
    for command in rule.commands.split():
        lines.append(f"GRANT {command.upper()}{granted_columns(model, rule, command)} ON {table} TO app_{rule.kind};")
        using = f" USING ({condition(rule, command, rule.when)})" if command != "insert" else ""
        check = f" WITH CHECK ({condition(rule, command, rule.check or rule.when)})" if command in ("insert", "update") else ""
        lines.append(f"CREATE POLICY {rule.kind}_{command}_{number} ON {table} FOR {command.upper()} TO app_{rule.kind}{using}{check};")
    return lines


def has_client(model: type[models.Model]) -> bool:
    return {"client", "clinic"} <= {field.name for field in model._meta.fields if field.is_relation}


def in_step_sql(model: type[models.Model]) -> list[str]:
    """A clinical row names its client and the clinic, and points at rows of the same client only: composite foreign keys keep them in step."""
    if not has_client(model):
        return []
    table = model._meta.db_table
    keys = [(f"{table}_in_step", "client_id, clinic_id", "clients_client (id, clinic_id)")]
    lines = []
    for field in model._meta.concrete_fields:
        if field.related_model is not None and has_client(field.related_model):
            target = field.related_model._meta.db_table
            lines.append(f"CREATE UNIQUE INDEX IF NOT EXISTS {target}_of_client ON {target} (id, client_id);")
            keys.append((f"{table}_{field.name}_in_step", f"{field.column}, client_id", f"{target} (id, client_id)"))
    for name, own, other in keys:
        lines.append(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {name};")
        lines.append(f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({own}) REFERENCES {other} DEFERRABLE INITIALLY DEFERRED;")
    return lines


def table_sql(model: type[models.Model]) -> list[str]:
    table = model._meta.db_table
    maintenance = "current_setting('app.maintenance', true) = 'on'"
    lines = [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY;",
        f"CREATE POLICY owner ON {table} TO CURRENT_USER USING ({maintenance}) WITH CHECK ({maintenance});",
    ]
    for number, rule in enumerate(model.rules):  # type: ignore[attr-defined]
        lines += rule_sql(model, number, rule)
    return lines + in_step_sql(model)


def wall_sql() -> str:
    """The whole wall as one text, without the key."""
    lines = [(Path(__file__).parent / name).read_text() for name in ("wall.sql", "sign_in.sql")]
    for model in walled_models():
        lines += table_sql(model)
    for table, commands in IDENTITY_GRANTS.items():
        lines.append(f"GRANT {commands} ON {table} TO app_web;")
    return "\n".join(lines)


def fingerprint() -> str:
    """Of the SQL and of the key that tokens are signed with: a new secret needs a new wall."""
    text = wall_sql().encode() + hashlib.sha256(wall_key(settings.SECRET_KEY)).digest()
    return "wall:" + hashlib.sha256(text).hexdigest()


def standing_fingerprint(cursor: Any) -> str:
    """What the database says it was built from; empty when there is no wall."""
    cursor.execute("SELECT obj_description(n.oid, 'pg_namespace') FROM pg_namespace n WHERE n.nspname = 'sec'")
    row = cursor.fetchone()
    return (row and row[0]) or ""


def drop_wall(cursor: Any) -> None:
    """Remove every policy and grant of ours, and the functions."""
    cursor.execute("SELECT policyname, tablename FROM pg_policies WHERE schemaname = 'public'")
    for policy, table in cursor.fetchall():
        cursor.execute(f'DROP POLICY "{policy}" ON "{table}"')
    cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {', '.join(ROLES)}")
    cursor.execute(
        "SELECT DISTINCT a.attrelid::regclass::text FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
        " WHERE a.attacl IS NOT NULL AND c.relnamespace = 'public'::regnamespace"
    )
    for (table,) in cursor.fetchall():
        cursor.execute(
            "SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped", [table]
        )
        cursor.execute(f"REVOKE ALL ({cursor.fetchone()[0]}) ON {table} FROM {', '.join(ROLES)}")
    cursor.execute("DROP SCHEMA IF EXISTS sec CASCADE")


def write_key(cursor: Any) -> None:
    key = wall_key(settings.SECRET_KEY).ljust(64, b"\0")
    inner, outer = bytes(byte ^ 0x36 for byte in key), bytes(byte ^ 0x5C for byte in key)
    cursor.execute("INSERT INTO sec.key (inner_pad, outer_pad) VALUES (%s, %s)", [inner, outer])


def build_wall(using: str = "default") -> bool:
    """Rebuild the wall as the tables' owner; True when it was rebuilt, False when it already stood or a table is still missing."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    if not {model._meta.db_table for model in walled_models()} | set(IDENTITY_GRANTS) <= tables:
        return False  # a partial migrate; the full one builds it
    wanted = fingerprint()
    with transaction.atomic(using=using), connection.cursor() as cursor:
        if standing_fingerprint(cursor) == wanted:
            return False
        cursor.execute("SET LOCAL app.maintenance = 'on'")
        drop_wall(cursor)
        cursor.execute(wall_sql())
        write_key(cursor)
        cursor.execute(f"COMMENT ON SCHEMA sec IS '{wanted}'")
        database = connection.ops.quote_name(connection.settings_dict["NAME"])
        cursor.execute(f"REVOKE ALL ON DATABASE {database} FROM PUBLIC")  # also TEMP: no temporary functions
        cursor.execute(f"GRANT CONNECT ON DATABASE {database} TO app_web, app_backup")
        cursor.execute("GRANT USAGE ON SCHEMA public TO app_backup")
        cursor.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO app_backup")
    return True


def build_after_migrate(*, using: str, **kwargs: object) -> None:
    """Receiver of `post_migrate`."""
    build_wall(using)
