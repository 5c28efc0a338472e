"""Each exercise leaves the rows that tests/homework/promised_rows.py says, from the answers it names, and nothing else."""

from typing import Any

import pytest
from django.apps import apps
from django.conf import settings

from access.acting import acting_as
from clients.models import Practice, TimelineEntry, Visibility
from core.ids import uuid7
from homework.player.exercise import Exercise, Step, StepType
from homework.player.options import options_for
from homework.services.runs import finish_run
from strengths.services import add_supporter
from tests.homework.agreed import agree, answer, run_of
from tests.homework.option_lists import all_exercises, all_lists
from tests.homework.promised_rows import BEING_BUILT, GIVEN, LEAVES

LISTS = all_lists()
EXERCISES = {one.key: one for one in all_exercises()}
WHERE_EVERY_RUN_STANDS = {TimelineEntry, Practice}
EACH = [pytest.param(key, place, id=f"{key}-{leaves.model}") for key, row in LEAVES.items() for place, leaves in enumerate(row)]


def left_by(run) -> dict[str, int]:
    """How many rows name this run as where they come from, by model; of every model that could."""
    found = {}
    for model in apps.get_models():
        if model not in WHERE_EVERY_RUN_STANDS and {"source_kind", "source_id"} <= {field.name for field in model._meta.get_fields()}:
            found[model._meta.label] = model._default_manager.filter(source_id=run.pk).count()
    return {label: n for label, n in found.items() if n}


def value_of(exercise: Exercise, step: Step, answers: dict[str, Any]) -> Any:
    if step.id in GIVEN.get(exercise.key, {}):
        return GIVEN[exercise.key][step.id]
    offered = [option.value for option in options_for(step, LISTS, answers) if not option.exclusive]
    return {
        StepType.RATING: 5,
        StepType.TIMER: {"seconds_done": 9},
        StepType.SHORT_TEXT: f"{step.id}, in a few words",
        StepType.LONG_TEXT: f"{step.id}\nand more",
        StepType.CHOICE: next(iter(offered), None),
        StepType.EMOTION: [{"word": word, "intensity": 5} for word in offered[:1]],
    }.get(step.type, offered[:1])


def finished(portal, tara, client, exercise: Exercise, steps: set[str]):
    """A run in which these steps are answered, somebody new named where it asks for people; everything shared."""
    task = None if exercise.self_start else agree(tara, client, exercise.key)
    run = run_of(portal, client, task, key=exercise.key, state="started", ratings_shared=True, words_shared=True, visibility="my_therapist")
    answers: dict[str, Any] = {}
    for step in exercise.steps:
        if step.id not in steps or step.type == StepType.TEXT:
            continue
        if step.type == StepType.PEOPLE:
            with acting_as(portal.actor):
                who = {"ring": step.ring or 2, "visibility": Visibility.MY_THERAPIST, "source": run, "by": portal.actor}
                answers[step.id] = [str(add_supporter(client=client, new_id=uuid7(), name=step.id, **who).pk)]
        else:
            answers[step.id] = value_of(exercise, step, answers)
        answer(portal, run, step.id, answers[step.id], shared=True)
    with acting_as(portal.actor):
        finish_run(run=run, by=portal.actor)
    return run


def test_every_exercise_has_its_line_and_every_step_named_is_there():
    assert set(LEAVES) == set(EXERCISES) and len(LEAVES) == 54
    for key, row in LEAVES.items():
        assert {step for leaves in row for step in leaves.fed_by} <= {step.id for step in EXERCISES[key].steps}, key


def test_what_is_being_built_is_what_is_not_there_yet():
    known = {model._meta.label for model in apps.get_models()}
    assert {leaves.model for row in LEAVES.values() for leaves in row} - known == BEING_BUILT


def test_there_is_something_that_leaves_each_of_the_models():
    assert len(settings.EXERCISE_RECORDERS) >= 3
    assert sum(bool(row) for row in LEAVES.values()) == 40


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("key", list(LEAVES))
def test_a_finished_run_leaves_what_it_promises_and_nothing_else(tara, ben, ben_portal, as_owner, key):
    exercise = EXERCISES[key]
    run = finished(ben_portal, tara, ben, exercise, {step.id for step in exercise.steps})
    with as_owner():
        found = left_by(run)
        assert TimelineEntry.objects.filter(source_id=run.pk, kind="exercise").count() == 1
        assert Practice.objects.filter(source_id=run.pk).count() == max(1, len(list(exercise.pairs())))
    most = {leaves.model: leaves.most for leaves in LEAVES[key] if leaves.model not in BEING_BUILT}
    assert found.keys() == most.keys()
    assert all(found[model] <= most[model] for model in found), found


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(("key", "place"), EACH)
def test_it_is_these_answers_that_leave_it(tara, ben, ben_portal, as_owner, key, place):
    leaves, exercise = LEAVES[key][place], EXERCISES[key]
    fed = set(leaves.fed_by)
    alone = finished(ben_portal, tara, ben, exercise, fed)
    with as_owner():
        assert left_by(alone).get(leaves.model, 0) >= (leaves.model not in BEING_BUILT)


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(("key", "place"), EACH)
def test_without_them_it_is_not_left(tara, ben, ben_portal, as_owner, key, place):
    leaves, exercise = LEAVES[key][place], EXERCISES[key]
    without = finished(ben_portal, tara, ben, exercise, {step.id for step in exercise.steps} - set(leaves.fed_by))
    with as_owner():
        assert leaves.model not in left_by(without)
