"""A clinical row belongs to one client of one clinic, and points at rows of the same client alone: composite foreign keys, whoever writes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, models

from access.acting import acting_as
from access.wall import has_client, walled_models
from clients.models import CheckIn, Client
from core.ids import uuid7
from homework.models import ExerciseAnswer
from tests.access.world import World, build_world
from tests.cast import Person

pytestmark = pytest.mark.django_db
OWN = [model for model in walled_models() if has_client(model)]
Key = tuple[str, tuple[str, ...], str, tuple[str, ...]]


def standing() -> set[Key]:
    """Foreign keys over two columns, as the catalogue has them: table, columns, target, its columns."""
    attributes = "unnest({keys}) WITH ORDINALITY k(num, n) JOIN pg_attribute a ON a.attrelid = {table} AND a.attnum = k.num"
    columns = f"(SELECT array_agg(a.attname ORDER BY k.n) FROM {attributes})"
    own, other = columns.format(keys="c.conkey", table="c.conrelid"), columns.format(keys="c.confkey", table="c.confrelid")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT conrelid::regclass::text, {own}::text[], confrelid::regclass::text, {other}::text[] FROM pg_constraint c"
            " WHERE contype = 'f' AND convalidated AND conenforced AND cardinality(conkey) = 2"
        )
        return {(table, tuple(mine), target, tuple(theirs)) for table, mine, target, theirs in cursor.fetchall()}


def wanted(model: type[models.Model]) -> set[Key]:
    """To the client of the same clinic, and to each row of hers that it names."""
    table = model._meta.db_table
    keys: set[Key] = {(table, ("client_id", "clinic_id"), "clients_client", ("id", "clinic_id"))}
    for field in model._meta.concrete_fields:
        if field.related_model is not None and has_client(field.related_model):
            keys.add((table, (str(field.column), "client_id"), field.related_model._meta.db_table, ("id", "client_id")))
    return keys


@pytest.fixture
def world(as_owner: Callable[[], Any]) -> World:
    with as_owner():
        return build_world()


def test_every_clinical_table_has_its_keys() -> None:
    there = standing()
    missing = [key for model in OWN for key in wanted(model) if key not in there]
    assert not missing, f"{missing}: rebuild the wall with manage.py migrate."


def test_there_is_something_to_keep_in_step() -> None:
    assert len(OWN) > 15
    links = {key[:2] for model in OWN for key in wanted(model)}
    assert {("homework_exerciseanswer", ("run_id", "client_id")), ("therapy_sessionnote", ("session_id", "client_id"))} <= links


def test_a_row_is_not_moved_to_another_client_or_clinic(world: World, as_owner: Callable[[], Any]) -> None:
    """Not even by the owner of the tables."""
    row = next(row for row in world.rows["clients.CheckIn"] if row.client_id == world.clients["ben"].pk)
    for changes in ({"clinic_id": world.clinics["away"].pk}, {"client_id": world.clients["pia"].pk}):
        with pytest.raises(IntegrityError, match="in_step"), as_owner(), connection.cursor() as cursor:
            CheckIn.objects.filter(pk=row.pk).update(**changes)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_client_cannot_hang_an_answer_on_anothers_run(ben: Client, ben_portal: Person, cleo: Client, world: World) -> None:
    """Not even knowing its id: else an answer of hers could stand in the way of the other's own."""
    run = world.rows["homework.ExerciseRun"][0]
    answer = ExerciseAnswer(id=uuid7(), client=ben, clinic_id=ben.clinic_id, run_id=run.pk, step="mood", value=1, created_by=ben_portal.user)
    with pytest.raises(IntegrityError, match="in_step"), acting_as(ben_portal.actor), connection.cursor() as cursor:
        answer.save(force_insert=True)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_test_sees_a_missing_key(as_owner: Callable[[], Any]) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE homework_exerciseanswer DROP CONSTRAINT homework_exerciseanswer_run_in_step")
    assert not wanted(ExerciseAnswer) <= standing()
