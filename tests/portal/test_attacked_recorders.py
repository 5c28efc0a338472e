"""Every exercise that leaves something in a pillar: what its author hid or took back by hand stays so, whatever else is done with the run."""

from typing import Any

import pytest
from django.apps import apps

from access.acting import acting_as
from clients.models import TimelineEntry
from homework.models import ExerciseAnswer
from homework.player.exercise import StepType
from homework.selectors import exercise_of
from homework.services.answers import save_answer
from homework.services.runs import finish_run
from homework.services.sharing import share
from mindset import jar_recorders, thought_recorders
from mindset.services import show_thought
from mindset.services.good import show_entry
from portal.views.me import show
from selfcare import compassion_recorders, recorders
from tests.homework.agreed import answer, run_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]
KEYS = sorted({*recorders.LEAVES, *compassion_recorders.LEFT, *thought_recorders.LEFT, *jar_recorders.LEFT, jar_recorders.WIN})
LEFT = (
    "selfcare.SelfCareActivity",
    "selfcare.SelfCareEntry",
    "selfcare.CompassionNote",
    "mindset.ThoughtRecord",
    "mindset.GratitudeEntry",
    "mindset.Accomplishment",
)
TAPPED = {"done": "Yes", "bed": "23:15", "out": "7:10", "how": "They were fine", "dry": "physical", "act": "A short walk", "strengths": ["bravery"]}


def value_of(step: Any) -> Any:
    if step.id in TAPPED:
        return TAPPED[step.id]
    options = [option.value for option in step.options] or ["bravery", "kindness"]
    kinds = {
        StepType.RATING: 6,
        StepType.CHOICE: options[0],
        StepType.MULTI_CHOICE: options[:2],
        StepType.CHECKLIST: options[:2],
        StepType.EMOTION: [{"word": "sad", "intensity": 7}],
        StepType.DISTORTION: ["mind_reading"],
        StepType.PEOPLE: None,
        StepType.TIMER: {"seconds_done": 60},
    }
    return kinds.get(step.type, f"words of {step.id}")


def left_by(run: Any) -> list[Any]:
    return [row for label in LEFT for row in apps.get_model(label)._default_manager.filter(source_id=run.pk).order_by("pk")]


def hide(row: Any, by: Any) -> None:
    if row._meta.label == "mindset.ThoughtRecord":
        show_thought(record=row, visibility="only_me", by=by)
    elif row._meta.app_label == "mindset":
        show_entry(entry=row, visibility="only_me", by=by)
    else:
        show(row, "only_me", by)


def done(portal: Any, client: Any, key: str) -> Any:
    run = run_of(portal, client, None, key=key, state="started", words_shared=True, ratings_shared=True)
    for step in exercise_of(run.exercise_version).steps:
        if not step.is_silent and value_of(step) is not None:
            answer(portal, run, step.id, value_of(step), shared=True)
    with acting_as(portal.actor):
        return finish_run(run=run, by=portal.actor)


def busy(portal: Any, run: Any) -> None:
    """Everything that is done with a finished run and opens nothing new."""
    with acting_as(portal.actor):
        finish_run(run=run, helped=5, by=portal.actor)
        share(run=run, ratings=True, words=True, for_session=True, by=portal.actor)
        for row in ExerciseAnswer.objects.filter(run=run):
            step = exercise_of(run.exercise_version).step(row.step)
            if step.is_answered_with_words and step.type != StepType.PEOPLE:
                save_answer(run=run, step_id=step.id, raw={"answer": f"other {row.value}"}, lists={}, by=portal.actor, move=False)


@pytest.mark.parametrize("key", KEYS)
def test_what_was_hidden_by_hand_stays_hidden(key, tara, ben, ben_portal, as_owner):
    run = done(ben_portal, ben, key)
    with acting_as(tara.actor):
        shared = left_by(run)
    assert shared, "the control: it leaves something, and it is read"
    with acting_as(ben_portal.actor):
        for row in left_by(run):
            hide(row, ben_portal.actor)
    busy(ben_portal, run)
    with acting_as(tara.actor):
        assert left_by(run) == []
    with as_owner():
        rows = left_by(run)
        assert {row.pk for row in rows} == {row.pk for row in shared}, "and nothing is left twice"
        assert not TimelineEntry.objects.filter(source_id__in=[row.pk for row in rows]).exclude(visibility="only_me").exists()


@pytest.mark.parametrize("key", KEYS)
def test_what_the_run_hides_is_hidden_and_each_part_by_itself(key, tara, ben, ben_portal):
    run = done(ben_portal, ben, key)
    for ratings, words in ((False, True), (True, False), (False, False)):
        with acting_as(ben_portal.actor):
            share(run=run, ratings=ratings, words=words, by=ben_portal.actor)
        with acting_as(tara.actor):
            readable = set(ExerciseAnswer.objects.filter(run=run).values_list("step", flat=True))
            hidden = [f"words of {step.id}" for step in exercise_of(run.exercise_version).steps if step.id not in readable]
            told = " ".join(str(vars(row)) for row in left_by(run))
            assert [word for word in hidden if f"{word}'" in told] == []
            if not readable:
                assert left_by(run) == []
