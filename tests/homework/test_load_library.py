"""The library in the database: every exercise a row, every wording a version."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction

from access.acting import acting_as
from homework import content
from homework.models import Exercise, ExerciseVersion
from homework.player.exercise import ContentError
from homework.selectors import current_versions, exercise_of, titles
from homework.services.library import load_library
from tests.homework.agreed import agree, version_of

ALL = content.library().exercises


def changed(key, **fields):
    return [{**one, **fields} if one["key"] == key else one for one in ALL]


def state():
    return sorted(ExerciseVersion.objects.values_list("exercise__key", "number", "content_hash", "current", "exercise__retired"))


def test_every_exercise_has_one_current_version(library, tara):
    with acting_as(tara.actor):
        assert [version.exercise.key for version in current_versions()] == [one["key"] for one in ALL]
        assert all(exercise_of(version).title == one["title"] for version, one in zip(current_versions(), ALL, strict=True))
        assert titles()["slow_breathing"] == "Slow breathing"


def test_loading_again_changes_nothing(library, as_owner):
    with as_owner():
        before = state()
        again = load_library()
        assert (again.added, again.changed, again.unchanged, again.retired) == (0, 0, 54, 0)
        assert state() == before and len(before) == 54


def test_a_changed_wording_is_a_new_version_and_what_was_agreed_keeps_its_own(library, as_owner, tara, ben):
    task = agree(tara, ben)
    with as_owner():
        loaded = load_library(contents=changed("slow_breathing", title="Breathing, slowly"))
        assert (loaded.added, loaded.changed, loaded.unchanged) == (0, 1, 53)
        versions = {version.number: version for version in ExerciseVersion.objects.filter(exercise__key="slow_breathing")}
        assert {number: version.current for number, version in versions.items()} == {1: False, 2: True}
    with acting_as(tara.actor):
        task.refresh_from_db()
        assert (task.exercise_version.number, exercise_of(task.exercise_version).title) == (1, "Slow breathing")
        assert exercise_of(version_of("slow_breathing")).title == "Breathing, slowly"
    with as_owner():
        assert load_library(contents=changed("slow_breathing", title="Breathing, slowly")).changed == 0
        assert load_library().changed == 1  # back to the old words: a third version, history stays
        assert version_of("slow_breathing").number == 3


def test_the_order_of_the_keys_is_no_change(library, as_owner):
    with as_owner():
        assert load_library(contents=[dict(reversed(one.items())) for one in ALL]).changed == 0


def test_an_exercise_that_left_the_file_is_retired_and_may_come_back(library, as_owner):
    with as_owner():
        rest = [one for one in ALL if one["key"] != "worry_time"]
        assert load_library(contents=rest).retired == 1
        assert Exercise.objects.get(key="worry_time").retired
        assert "worry_time" not in [version.exercise.key for version in current_versions()]
        assert titles()["worry_time"] == "Worry time"
        again = load_library()
        assert (again.added, again.changed, again.retired) == (0, 0, 0)
        assert not Exercise.objects.get(key="worry_time").retired


def test_an_exercise_that_moved_to_another_pillar_moves_its_row(library, as_owner):
    with as_owner():
        load_library(contents=changed("worry_time", pillar="mindset"))
        assert Exercise.objects.get(key="worry_time").pillar == "mindset"


def test_a_broken_exercise_stops_the_load_and_changes_nothing(library, as_owner):
    with as_owner():
        before = state()
        with pytest.raises(ContentError):
            load_library(contents=changed("worry_time", steps=[{"id": "x", "type": "dance", "text": "?"}]))
        assert state() == before


def test_nobody_but_the_owner_may_load(tara):
    for attempt in (lambda: load_library(), lambda: as_therapist(tara)):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


def as_therapist(tara):
    with acting_as(tara.actor):
        load_library()


def test_the_command_says_what_it_did(as_owner, db, capsys):
    with as_owner():
        call_command("load_library")
        call_command("load_library")
    lines = capsys.readouterr().out.splitlines()
    assert lines == ["Exercises: 54 new, 0 changed, 0 as before, 0 retired.", "Exercises: 0 new, 0 changed, 54 as before, 0 retired."]
