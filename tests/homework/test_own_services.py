"""A clinic's own exercises: who writes and reads them, their versions, and that the product's stay what they are."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from access.acting import acting_as
from audit.models import AuditEvent
from core.errors import Refused, Stale
from core.ids import uuid7
from homework.models import Exercise, ExerciseVersion
from homework.player.exercise import ContentError
from homework.selectors import current_versions, exercise_of, titles
from homework.services.agreement import assign_exercise
from homework.services.library import load_library
from homework.services.own import change_exercise, retire_exercise, write_exercise
from tests.homework.agreed import agree, version_of
from tests.homework.own import CONTENT, written

pytestmark = pytest.mark.usefixtures("library")


@pytest.mark.parametrize("who", ["tara", "ada"])
def test_staff_write_and_everybody_of_the_clinic_reads(who, request, tara, sam, ada, ben_portal):
    own = written(request.getfixturevalue(who))
    for reader in (tara, sam, ada, ben_portal):
        with acting_as(reader.actor):
            assert titles()[own.key] == "Window walk" and Exercise.objects.get(pk=own.pk).clinic_id == tara.actor.clinic_id
            assert exercise_of(version_of(own.key)).is_own and not exercise_of(version_of("slow_breathing")).is_own


def test_another_clinic_sees_none_of_it(tara, olu):
    own = written(tara)
    with acting_as(olu.actor):
        assert own.key not in titles() and len(current_versions(olu.actor.clinic_id)) == 54
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM homework_exercise WHERE key = %s", [own.key])
            assert cursor.fetchone() == (0,)
            cursor.execute("SELECT count(*) FROM homework_exerciseversion WHERE clinic_id IS NOT NULL")
            assert cursor.fetchone() == (0,)
    with acting_as(tara.actor):  # the control: it is there
        assert len(current_versions(tara.actor.clinic_id)) == 55 and len(current_versions()) == 54


INSERT = (
    "INSERT INTO homework_exercise (id, created_at, created_by_id, clinic_id, key, pillar, adapted_from, retired)"
    " VALUES (%s, now(), %s, %s, %s, 'coping', '', false)"
)
VERSION = (
    "INSERT INTO homework_exerciseversion (id, created_at, created_by_id, clinic_id, exercise_id, number, content, content_hash, current)"
    " VALUES (%s, now(), %s, %s, %s, 9, '{}', 'x', false)"
)


def run(actor, sql, values):
    with transaction.atomic(), acting_as(actor), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


def test_the_wall_lets_staff_write_for_their_own_clinic_alone(tara, olu, ben_portal):
    own, clinic = written(tara), tara.actor.clinic_id
    with acting_as(tara.actor):
        ours = Exercise.objects.get(key="slow_breathing")
    assert run(tara.actor, INSERT, [uuid7(), tara.user.pk, clinic, "own-1"]) == 1
    for actor, who, where, key in (
        (olu.actor, olu.user.pk, clinic, "own-2"),
        (tara.actor, tara.user.pk, None, "sly"),
        (tara.actor, olu.user.pk, clinic, "own-3"),
        (ben_portal.actor, ben_portal.user.pk, clinic, "own-4"),
    ):
        with pytest.raises(DatabaseError):
            run(actor, INSERT, [uuid7(), who, where, key])
    assert run(tara.actor, VERSION, [uuid7(), tara.user.pk, clinic, own.pk]) == 1
    with pytest.raises(DatabaseError):  # a wording of ours
        run(tara.actor, VERSION, [uuid7(), tara.user.pk, clinic, ours.pk])
    with pytest.raises(DatabaseError):  # a wording under another clinic's exercise
        run(olu.actor, VERSION, [uuid7(), olu.user.pk, olu.actor.clinic_id, own.pk])
    update = "UPDATE homework_exercise SET retired = true WHERE id = %s"
    assert [run(tara.actor, update, [pk]) for pk in (ours.pk, own.pk)] == [0, 1] and run(olu.actor, update, [own.pk]) == 0
    with pytest.raises(DatabaseError):  # a wording never changes
        run(tara.actor, "UPDATE homework_exerciseversion SET content = '{}' WHERE exercise_id = %s", [own.pk])
    with pytest.raises(DatabaseError):  # no key of ours for an own one
        run(tara.actor, INSERT, [uuid7(), tara.user.pk, clinic, "slow_breathing_2"])


def test_sent_twice_it_is_one(tara):
    new_id = uuid7()
    with acting_as(tara.actor):
        first, second = (write_exercise(new_id=new_id, content=CONTENT, by=tara.actor, adapted_from="slow_breathing") for _time in range(2))
        assert first.pk == second.pk and ExerciseVersion.objects.filter(exercise=first).count() == 1 and first.adapted_from == "slow_breathing"
        assert AuditEvent.objects.filter(verb="exercise_written").count() == 1


def test_what_makes_no_sense_is_refused(tara):
    with pytest.raises(ContentError, match="nothing to choose from"):
        written(tara, steps=[{"id": "a", "type": "choice", "text": "x"}], therapist_sees={"headline": "", "fields": [], "flag": ""})
    with pytest.raises(Refused):
        written(tara, pillar="luck")
    with acting_as(tara.actor):
        assert not Exercise.objects.exclude(clinic=None).exists()


def test_an_edit_is_a_version_and_what_was_agreed_keeps_its_words(tara, sam, ben):
    own = written(tara)
    task = agree(tara, ben, own.key)
    with acting_as(sam.actor):
        version = change_exercise(exercise=own, number=1, content={**CONTENT, "title": "Door walk", "pillar": "selfcare"}, by=sam.actor)
        same = change_exercise(exercise=own, number=1, content={**CONTENT, "title": "Door walk", "pillar": "selfcare"}, by=sam.actor)
    assert (version.number, same.pk) == (2, version.pk)
    with acting_as(tara.actor):
        task.refresh_from_db()
        assert task.exercise_version.title == "Window walk" and version_of(own.key).title == "Door walk"
        assert list(own.versions.order_by("number").values_list("current", "created_by_id")) == [(False, tara.user.pk), (True, sam.user.pk)]
        assert Exercise.objects.get(pk=own.pk).pillar == "selfcare"
        with pytest.raises(Stale) as stale:
            change_exercise(exercise=own, number=1, content={**CONTENT, "title": "Roof walk"}, by=tara.actor)
        assert stale.value.current.title == "Door walk"


def test_nobody_changes_ours_or_another_clinics(tara, olu):
    own = written(tara)
    with acting_as(tara.actor):
        ours = Exercise.objects.get(key="slow_breathing")
        with pytest.raises(Refused):
            change_exercise(exercise=ours, number=1, content=CONTENT, by=tara.actor)
        with pytest.raises(Refused):
            retire_exercise(exercise=ours, away=True, by=tara.actor)
    with acting_as(olu.actor), pytest.raises(Refused):
        change_exercise(exercise=own, number=1, content={**CONTENT, "title": "Hers"}, by=olu.actor)


def test_another_clinics_exercise_is_not_agreed_on_even_without_the_wall(tara, olu, ben, as_owner):
    with acting_as(olu.actor):
        own = write_exercise(new_id=uuid7(), content=CONTENT, by=olu.actor)
    with as_owner(), pytest.raises(Refused):
        given = {"per_week": 1, "weeks": 1, "starts_on": date.today(), "checked": True, "by": tara.actor}
        assign_exercise(client=ben, new_id=uuid7(), exercise_version=version_of(own.key), **given)


def test_retired_and_brought_back(tara, ben):
    own = written(tara)
    agree(tara, ben, own.key)
    with acting_as(tara.actor):
        for _time in range(2):
            retire_exercise(exercise=own, away=True, by=tara.actor)
        assert own.key not in {version.exercise.key for version in current_versions(tara.actor.clinic_id)} and titles()[own.key] == "Window walk"
        with pytest.raises(Refused):
            agree(tara, ben, own.key)
        retire_exercise(exercise=own, away=False, by=tara.actor)
        assert own.key in {version.exercise.key for version in current_versions(tara.actor.clinic_id)}
        assert AuditEvent.objects.filter(verb="exercise_retired").count() == 1


def test_loading_the_library_leaves_own_ones_alone(tara, as_owner):
    own = written(tara)
    with as_owner():
        again = load_library()
        assert (again.added, again.changed, again.unchanged, again.retired) == (0, 0, 54, 0)
        row = Exercise.objects.get(pk=own.pk)
        assert not row.retired and row.versions.count() == 1


def test_an_id_that_would_make_the_same_key_is_refused(tara, olu):
    first = written(tara)
    forged = type(first.pk)(f"01900000-0000-7000-8000-{first.pk.hex[-12:]}")
    for actor in (tara.actor, olu.actor):
        with acting_as(actor), pytest.raises(Refused):
            write_exercise(new_id=forged, content=CONTENT, by=actor)
