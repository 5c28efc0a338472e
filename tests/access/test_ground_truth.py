"""Every actor against every walled table, reading, changing, adding and deleting, compared with the truth told in plain Python: no difference."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import ProgrammingError, connection, transaction

from access.acting import acting_as
from access.wall import walled_models
from core.actor import Actor
from core.ids import uuid7
from core.rules import READABLE_CLIENT
from tests.access.truth import TRUTH, Row, Rows, Sight, expected
from tests.access.world import World, build_world
from tests.support import as_role

pytestmark = pytest.mark.django_db
TABLES = {model._meta.label: model._meta.db_table for model in walled_models()}
ACTORS: dict[str, tuple[str, str, str]] = {
    "tara": ("therapist", "tara", "home"),
    "sam": ("therapist", "sam", "home"),
    "supervisor vera": ("therapist", "vera", "home"),
    "supervisor of one to come, and of one who broke glass": ("therapist", "vic", "home"),
    "former fay": ("therapist", "fay", "home"),
    "cover gil": ("therapist", "gil", "home"),
    "co-therapist cy": ("therapist", "cy", "home"),
    "ada behind broken glass": ("therapist", "ada", "home"),
    "kim here": ("therapist", "kim", "home"),
    "kim in her other clinic": ("therapist", "kim", "away"),
    "olu": ("therapist", "olu", "away"),
    "tara in a clinic that is not hers": ("therapist", "tara", "away"),
    "nobody": ("therapist", "nobody", "home"),
    "portal ben": ("portal", "ben", "home"),
    "portal dana": ("portal", "dana", "home"),
    "portal pia": ("portal", "pia", "away"),
    "portal rosa, discharged": ("portal", "rosa", "home"),
    "portal sol, discharged for longer than 90 days": ("portal", "sol", "home"),
    "portal ben in another clinic": ("portal", "ben", "away"),
    "portal of a therapist": ("portal", "tara", "home"),
    "ada": ("admin", "ada", "home"),
    "omar": ("admin", "omar", "away"),
    "worker": ("worker", "nobody", "home"),
}
# One row after another, as whoever is bound: what the wall refuses raises insufficient_privilege; a constraint that objects was reached past the wall.
PROBE = """DO $do$
DECLARE item jsonb; place int := 0; n int; good text := '';
BEGIN
  FOR item IN SELECT jsonb_array_elements(current_setting('probe.rows')::jsonb) LOOP
    BEGIN
      {sql}; GET DIAGNOSTICS n = ROW_COUNT;
      IF n > 0 THEN good := good || place || ','; END IF;
      RAISE EXCEPTION USING ERRCODE = 'P0042';
    EXCEPTION WHEN insufficient_privilege THEN NULL; WHEN SQLSTATE 'P0042' THEN NULL; WHEN others THEN good := good || place || ',';
    END;
    place := place + 1;
  END LOOP;
  PERFORM set_config('probe.good', good, true);
END $do$"""


@pytest.fixture
def world(as_owner: Callable[[], Any]) -> World:
    with as_owner():
        return build_world()


def whole_truth() -> Rows:
    with as_role(connection, "app_owner"), connection.cursor() as cursor:
        found: Rows = {}
        for label, table in TABLES.items():
            cursor.execute(f"SELECT to_jsonb(t) FROM {table} t ORDER BY t.id")
            found[label] = [json.loads(row) if isinstance(row, str) else row for (row,) in cursor.fetchall()]
        return found


def granted(kind: str, table: str, act: str) -> list[str]:
    """Columns for which the kind's role holds the privilege; for delete all or none."""
    privilege = "has_table_privilege(%s, attrelid, %s)" if act == "delete" else "has_column_privilege(%s, attrelid, attnum, %s)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND {privilege}", [table, f"app_{kind}", act]
        )
        return [name for (name,) in cursor.fetchall()]


def variants(rows: list[Row], sight: Sight, act: str) -> list[Row]:
    """To add: each row anew as it stands, and once more as the actor's own."""
    if act != "insert":
        return rows
    mine = {"created_by_id": sight.me, "actor_id": sight.me, "actor_kind": sight.kind, "portal_user_id": None}
    both = [row for each in rows for row in (each, {**each, **{name: value for name, value in mine.items() if name in each}})]
    return [{**row, "id": str(uuid7())} for row in both]


def tried(table: str, act: str, columns: list[str], rows: list[Row]) -> set[int]:
    """Places of the rows that the bound actor could see, change, add or delete."""
    names = ", ".join(columns)
    sql = {
        "select": f"PERFORM id FROM {table} WHERE id = (item->>'id')::uuid",
        "update": f"UPDATE {table} SET {columns[0]} = {columns[0]} WHERE id = (item->>'id')::uuid",
        "insert": f"INSERT INTO {table} ({names}) SELECT {names} FROM jsonb_populate_record(NULL::{table}, item)",
        "delete": f"DELETE FROM {table} WHERE id = (item->>'id')::uuid",
    }[act]
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('probe.rows', %s, true)", [json.dumps(rows)])
        cursor.execute(PROBE.replace("{sql}", sql))
        cursor.execute("SELECT current_setting('probe.good')")
        return {int(place) for place in cursor.fetchone()[0].split(",") if place}


def differences(world: World, actor: Actor, truth: Rows) -> list[str]:
    """Where the database and the plain rules disagree about this actor."""
    sight = Sight(actor.kind, str(actor.user_id), str(actor.clinic_id), datetime.fromisoformat(str(world.now)), truth)
    wrong = []
    for label, table in TABLES.items():
        for act in ("select", "update", "insert", "delete"):
            columns, rows = granted(actor.kind, table, act), variants(truth[label], sight, act)
            wanted = expected(sight, label, act, rows)
            if wanted is None or not columns:
                wrong += [f"{label} {act}: {'granted' if columns else 'not granted'}"] if bool(columns) is (wanted is None) else []
                continue
            with acting_as(actor):
                found = tried(table, act, columns, rows)
            wrong += [f"{label} {act}: {'opened' if place in found else 'closed'} {rows[place]}" for place in sorted(found ^ wanted)]
    return wrong


def actor_of(world: World, name: str) -> Actor:
    kind, who, clinic = ACTORS[name]
    person = world.people.get(who)
    return Actor(kind, person.pk if person else UUID(int=0), world.clinics[clinic].pk)  # type: ignore[arg-type]


def test_the_truth_knows_every_table(world: World) -> None:
    assert set(TRUTH) == set(TABLES), "Tell tests/access/truth.py who may see and write the new table."
    assert all(len(rows) >= 2 for rows in world.rows.values())


def test_nobody_sees_or_writes_more_or_less_than_the_truth(world: World) -> None:
    truth = whole_truth()
    wrong = [f"{name}: {each}" for name in ACTORS for each in differences(world, actor_of(world, name), truth)]
    assert not wrong, f"{len(wrong)} differences:\n" + "\n".join(wrong[:20])


def test_the_comparison_is_about_something(world: World) -> None:
    """Of the seven clients' rows each of these sees some and not all."""
    truth = whole_truth()
    for name in ("tara", "portal ben", "ada"):
        with acting_as(actor_of(world, name)):
            seen = tried("clients_timelineentry", "select", ["id"], truth["clients.TimelineEntry"])
        assert 0 < len(seen) < len(truth["clients.TimelineEntry"]) == 28


@pytest.mark.parametrize(
    ("planted", "who"),
    [
        (f"CREATE POLICY planted ON clients_checkin FOR SELECT TO app_therapist USING ({READABLE_CLIENT})", "tara"),
        (f"CREATE POLICY planted ON therapy_privatenote FOR SELECT TO app_therapist USING ({READABLE_CLIENT})", "supervisor vera"),
        ("CREATE POLICY planted ON strengths_strength FOR UPDATE TO app_therapist USING (true)", "supervisor vera"),
        ("CREATE POLICY planted ON clients_episode FOR INSERT TO app_admin WITH CHECK (true)", "omar"),
        ("GRANT DELETE ON homework_assignment TO app_portal", "portal ben"),
        ("CREATE POLICY planted ON clients_checkin FOR UPDATE TO app_portal USING (client_id = (SELECT sec.own_client_id()))", "portal rosa, discharged"),
        ("CREATE POLICY planted ON clients_client FOR SELECT TO app_portal USING (called = 'sol')", "portal sol, discharged for longer than 90 days"),
        ("DROP POLICY portal_select_0 ON clients_consent", "portal ben"),
    ],
)
def test_the_comparison_sees_a_hole(planted: str, who: str, world: World, as_owner: Callable[[], Any]) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(planted)
    assert differences(world, actor_of(world, who), whole_truth())


def test_without_an_actor_nothing_is_read(world: World) -> None:
    """The bare login is refused by name; an acting role without its token finds nothing but the library."""
    for label, table in TABLES.items():
        if label in ("accounts.User", "accounts.Membership", "accounts.Clinic", "accounts.BrowserSession"):
            continue
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT id FROM {table}")
    for kind in ("therapist", "portal", "admin", "worker"):
        for label, rules in TRUTH.items():
            if (kind, "select") in rules and not label.startswith("homework.Exercise"):
                with as_role(connection, f"app_{kind}"), connection.cursor() as cursor:
                    cursor.execute(f"SELECT count(*) FROM (SELECT id FROM {TABLES[label]}) t")
                    assert cursor.fetchone()[0] == 0, (kind, label)
