"""All 54 exercises, driven to the end by the rules alone: sensibly, skipping everything, roughly, both parts, every branch."""

import itertools
import json

import pytest

from homework.player.care import is_heavy
from homework.player.cleaning import AnswerError, clean_answer
from homework.player.exercise import Exercise, Option, Step, StepType
from homework.player.flow import FIRST_PART, SECOND_PART, live_answers, next_step, position, previous_step, timer_plan, visible_steps
from homework.player.options import options_for, questions_for
from homework.player.outcome import change, closing, practice_rows
from homework.player.reading import display_answer, headline
from homework.player.sharing import Sharing, answered_groups, default_sharing, shared_steps
from tests.homework.option_lists import all_exercises, all_lists

LISTS = all_lists()
EXERCISES = [pytest.param(exercise, id=exercise.key) for exercise in all_exercises()]
ROUGH = [
    {},
    {"answer": ""},
    {"answer": [""]},
    {"answer": ["\x00"]},
    {"answer": ["\udc80\ud800"]},
    {"answer": ["-1", "999999999999999999999999"]},
    {"answer": ["x" * 200_000]},
    {"answer": ["' OR 1=1 --", "<script>", "%(n)d", "{0}"]},
    {"answer": None},
    {"answer": 7},
    {"answer": [None, 3.5, True, {"a": 1}]},
    {"answer": {"word": "hurt"}},
    {"answer": b"\xff"},
    {"answer": ["hurt", "hurt"], "intensity-hurt": ["\ud800", "5"]},
    {"answer": ["hurt"], "intensity-hurt": "10.0"},
    {"seconds_done": ["Infinity"]},
    {"seconds_done": "-0"},
    {"intensity-": "3", "": "x"},
]


def sensible(step: Step, offered: tuple[Option, ...], answers: dict[str, object]) -> dict[str, list[str]]:
    """What a person might post for this step, who takes her time and picks as many as she may."""
    picks = [option.value for option in offered if not option.exclusive][: step.max or 3]
    strengths = {f"intensity-{value}": ["7"] for value in picks}
    posted = {
        StepType.TEXT: {},
        StepType.TIMER: {"seconds_done": [str(step.seconds)]},
        StepType.RATING: {"answer": ["7" if step.when == "before" else "4"]},
        StepType.SHORT_TEXT: {"answer": [f"{step.id}: a walk, naïve & 'quiet'"]},
        StepType.LONG_TEXT: {"answer": [f"{step.id}\r\nsecond line\r\n\r\nשלום 🌿"]},
        StepType.CHOICE: {"answer": picks[:1]},
        StepType.EMOTION: {"answer": picks} | strengths,
    }
    return posted.get(step.type, {"answer": picks})


def walk(exercise: Exercise, part: int, answers: dict[str, object], post, fixed=None) -> list[str]:
    """Goes from the first step to the end of a part, answering with `post`; the way back must be the same."""
    way: list[str] = []
    step = next_step(exercise, answers, part, None)
    while step is not None:
        offered = options_for(step, LISTS, answers)
        raw = {"answer": [fixed[step.id]]} if fixed and step.id in fixed else post(step, offered, answers)
        value = clean_answer(step, raw, LISTS, answers)
        if step.type != StepType.TEXT:
            answers[step.id] = value
        way.append(step.id)
        assert position(exercise, answers, part, step.id).n == len(way)
        back = previous_step(exercise, answers, part, step.id)
        assert (back.id if back else None) == (way[-2] if len(way) > 1 else None)
        step = next_step(exercise, answers, part, step.id)
        assert len(way) <= len(exercise.steps)
    assert way == [shown.id for shown in visible_steps(exercise, answers, part)]
    return way


def check_the_end(exercise: Exercise, answers: dict[str, object]) -> None:
    """Everything that is read from a run works on it, and what is stored survives the database's JSON."""
    assert json.loads(json.dumps(answers)) == answers
    for sharing in (None, default_sharing(exercise), Sharing(ratings=False, words=False)):
        line = headline(exercise, answers, LISTS, None if sharing is None else shared_steps(exercise, sharing))
        assert line and "{" + exercise.headline.partition("{")[2].partition("}")[0] + "}" not in line
    for step in visible_steps(exercise, answers):
        assert display_answer(step, answers.get(step.id), LISTS)
        is_heavy(exercise, step, answers.get(step.id), LISTS)
        assert (questions_for(step, LISTS, answers) != ()) == step.asks_pattern_question
        assert timer_plan(exercise, step, answers).seconds >= 1 or step.type != StepType.TIMER
    assert closing(exercise, answers, SECOND_PART).text
    assert practice_rows(exercise, answers)
    offered, live = shared_steps(exercise, Sharing(ratings=True, words=True)), live_answers(exercise, answers)
    assert bool(answered_groups(exercise, answers)) == any(live.get(step) is not None for step in offered)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_answered_sensibly(exercise):
    answers: dict[str, object] = {}
    walk(exercise, FIRST_PART, answers, sensible)
    check_the_end(exercise, answers)
    walk(exercise, SECOND_PART, answers, sensible)
    check_the_end(exercise, answers)
    assert all(answers.get(step.id) is not None for step in visible_steps(exercise, answers) if step.type != StepType.TEXT)
    assert "not answered" not in headline(exercise, answers, LISTS)
    assert [(one.before, one.after) for one in change(exercise, answers)] == [(7, 4) for _pair in exercise.pairs()]


@pytest.mark.parametrize("exercise", EXERCISES)
def test_every_step_skipped(exercise):
    answers: dict[str, object] = {}
    for part in (FIRST_PART, SECOND_PART):
        walk(exercise, part, answers, lambda step, offered, answers: {"skip": "1"})
    check_the_end(exercise, answers)
    assert set(answers.values()) <= {None}
    assert change(exercise, answers) == ()


@pytest.mark.parametrize("exercise", EXERCISES)
def test_rough_input_is_kept_or_answered_and_nothing_else(exercise):
    answers: dict[str, object] = {}
    walk(exercise, FIRST_PART, answers, sensible)
    for step, raw in itertools.product(exercise.steps, ROUGH):
        try:
            value = clean_answer(step, raw, LISTS, answers)
        except AnswerError as error:
            assert error.message
        else:
            json.dumps(value, ensure_ascii=False).encode()
            check_the_end(exercise, answers | {step.id: value})


@pytest.mark.parametrize("exercise", EXERCISES)
def test_empty_lists_never_break_the_way(exercise):
    answers: dict[str, object] = {}
    for step in exercise.steps:
        assert isinstance(options_for(step, {}, answers), tuple)
        assert clean_answer(step, {}, {}, answers) in (None, [])
        assert display_answer(step, ["gone"] if step.type in (StepType.MULTI_CHOICE, StepType.PEOPLE) else "gone", {})


def branches(exercise: Exercise) -> list[dict[str, str]]:
    """Every combination of the choices that show or hide a step or change a timer."""
    deciding = {step.show_if.step for step in exercise.steps if step.show_if} | {step.source for step in exercise.steps if step.patterns}
    options = [[option.value for option in exercise.step(step_id).options] for step_id in sorted(deciding)]
    return [dict(zip(sorted(deciding), values, strict=True)) for values in itertools.product(*options)]


@pytest.mark.parametrize(
    ("exercise", "fixed"), [pytest.param(one, fixed, id=f"{one.key}-{list(fixed.values())}") for one in all_exercises() for fixed in branches(one) if fixed]
)
def test_every_branch(exercise, fixed):
    answers: dict[str, object] = {}
    way = walk(exercise, FIRST_PART, answers, sensible, fixed)
    shown = {step.id for step in exercise.steps if step.show_if and step.id in way}
    assert shown == {step.id for step in exercise.steps if step.show_if and fixed[step.show_if.step] == step.show_if.equals}
    check_the_end(exercise, answers)


def test_the_branches_cover_every_conditional_step():
    conditional = {(one.key, step.id) for one in all_exercises() for step in one.steps if step.show_if}
    assert conditional == {("ride_the_wave", "help"), ("worry_time", "step"), ("worry_time", "let")}
