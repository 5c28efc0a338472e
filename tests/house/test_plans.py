"""The plans PostgreSQL makes for the lists behind the wall: policies as conditions of an index, never as a question asked again for each row."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from access.acting import acting_as
from access.wall import walled_models
from audit.models import AuditEvent
from clients.models import Client, Practice, TimelineEntry
from core.actor import Actor
from tests.access.world import World, build_world
from tests.house.lists import QUERIES

pytestmark = pytest.mark.django_db
CLIENTS, EACH = 90, 60  # of somebody else, and the rows of each: enough for a scan of the whole table to be the wrong plan
Plan = dict[str, Any]


def nodes(plan: Plan) -> Iterator[Plan]:
    yield plan
    for child in plan.get("Plans", []):
        yield from nodes(child)


def faults(plan: Plan) -> list[str]:
    """A sub-plan inside a filter, and more than ten rows thrown away for each one kept."""
    wrong = []
    for node in nodes(plan):
        told = f"{node['Node Type']} on {node.get('Relation Name', '?')}"
        if "SubPlan" in node.get("Filter", "") + node.get("Join Filter", ""):
            wrong.append(f"{told}: a sub-plan in {node.get('Filter')}. Write the rule as column = ANY ((SELECT function())::uuid[]).")
        removed, kept = node.get("Rows Removed by Filter", 0) * node["Actual Loops"], node["Actual Rows"] * node["Actual Loops"]
        if removed > max(10 * kept, 100):
            wrong.append(f"{told}: {removed} rows read for {kept} kept. Add an index that begins with what the rule and the query compare.")
    return wrong


def explained(queryset: QuerySet[Any]) -> Plan:
    plan: Plan = json.loads(queryset.explain(format="json", analyze=True, verbose=True))[0]["Plan"]
    return plan


@pytest.fixture
def world(as_owner: Callable[[], Any]) -> World:
    """Many rows of many others, so that a plan that reads them all shows."""
    with as_owner(), connection.cursor() as cursor:
        world = build_world()
        last = world.rows[TimelineEntry._meta.label][-1]
        copies(
            cursor, Client, last.client_id, {"id": "gen_random_uuid()", "portal_user_id": "NULL", "called": "'one of many'"}, f"generate_series(1, {CLIENTS})"
        )
        many = f"clients_client many, generate_series(1, {EACH})"
        anew = {"id": "gen_random_uuid()", "source_id": "gen_random_uuid()", "client_id": "many.id"}
        for model in (TimelineEntry, Practice, AuditEvent):
            copies(cursor, model, world.rows[model._meta.label][-1].pk, anew, many, "many.called = 'one of many'")
        cursor.execute("ANALYZE " + ", ".join(model._meta.db_table for model in walled_models()))
    return world


def copies(cursor: Any, model: Any, like: Any, anew: dict[str, str], times: str, only: str = "true") -> None:
    """Rows like one that is there, made in the database: `anew` says which columns differ."""
    table, names = model._meta.db_table, [field.column for field in model._meta.concrete_fields]
    taken = ", ".join(anew.get(name, f"one.{name}") for name in names)
    cursor.execute(f"INSERT INTO {table} ({', '.join(names)}) SELECT {taken} FROM {table} one, {times} WHERE one.id = %s AND {only}", [like])


def test_no_list_reads_past_its_rows(world: World) -> None:
    home, ben = world.clinics["home"].pk, world.clients["ben"]
    actors: dict[str, Actor] = {kind: Actor(kind, world.people[who].pk, home) for kind, who in (("therapist", "tara"), ("portal", "ben"), ("admin", "ada"))}  # type: ignore[arg-type]
    wrong = []
    for name, (kinds, query) in QUERIES.items():
        for kind in kinds:
            with acting_as(actors[kind]):
                wrong += [f"{name} as {kind}: {fault}" for fault in faults(explained(query(ben)))]
    assert not wrong, "\n".join(wrong)


MINE = "a.therapist_id = ((SELECT sec.actor('therapist'))::uuid[])[1]"
RULES = [
    (f"client_id IN (SELECT a.client_id FROM clients_careassignment a WHERE {MINE} AND a.id IS DISTINCT FROM clients_timelineentry.id)", "sub-plan"),
    ("client_id::text = ANY ((SELECT sec.readable_client_ids())::text[])", "rows read"),
]


@pytest.mark.parametrize(("rule", "fault"), RULES)
def test_the_check_sees_a_rule_that_asks_for_each_row(rule: str, fault: str, world: World, as_owner: Callable[[], Any]) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT policyname FROM pg_policies WHERE tablename = 'clients_timelineentry' AND cmd = 'SELECT' AND 'app_therapist' = ANY (roles)")
        for (policy,) in cursor.fetchall():
            cursor.execute(f"DROP POLICY {policy} ON clients_timelineentry")
        cursor.execute(f"CREATE POLICY planted ON clients_timelineentry FOR SELECT TO app_therapist USING ({rule})")
    with acting_as(Actor("therapist", world.people["tara"].pk, world.clinics["home"].pk)):
        said = "\n".join(faults(explained(TimelineEntry.objects.order_by("-occurred_at")[:50])))
    assert fault in said
