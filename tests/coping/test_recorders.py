"""What exercises leave in the plan: once for a run, read by whom the run's words are read by, and edited like anything else."""

from typing import Any

import pytest

from access.acting import acting_as
from clients.models import Client, TimelineEntry
from coping.models import CopingPlan, CopingStrategy
from coping.selectors import current_plan, strategies_of, strategy_of
from coping.services import change_strategy, retire_strategy, save_plan, show_strategy
from core.ids import uuid7
from homework.models import ExerciseRun
from homework.services.runs import finish_run
from homework.services.sharing import share
from tests.cast import Person
from tests.homework.agreed import answer, run_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]
SAID = {"plan": "Ring the landlord on Monday at nine", "what": "The heating is off", "ifthen": "If he does not answer, I write"}


def problem(portal: Person, client: Client, **said: Any) -> ExerciseRun:
    """Problem steps, answered and all but finished."""
    run = run_of(portal, client, None, key="problem_steps", state="started", words_shared=True, ratings_shared=True)
    for step, value in {**SAID, **said}.items():
        answer(portal, run, step, value, shared=True)
    return run


def finish(portal: Person, run: ExerciseRun) -> None:
    with acting_as(portal.actor):
        finish_run(run=run, by=portal.actor)


def shares(portal: Person, run: ExerciseRun, *, ratings: bool = True, words: bool) -> None:
    with acting_as(portal.actor):
        share(run=run, ratings=ratings, words=words, by=portal.actor)


def read_by(person: Person, client: Client) -> list[CopingStrategy]:
    with acting_as(person.actor):
        return strategies_of(client, staff=person.membership.role == "therapist")


def test_a_plan_made_step_by_step_is_one_strategy(tara: Person, ben: Client, ben_portal: Person) -> None:
    run = problem(ben_portal, ben)
    assert read_by(ben_portal, ben) == []
    for _press in range(2):
        finish(ben_portal, run)
    found = read_by(tara, ben)
    assert [(row.name, row.when_to, row.how, row.kind) for row in found] == [(SAID["plan"], SAID["what"], SAID["ifthen"], "problem_solving")]


def test_nothing_was_said_so_nothing_is_left(ben: Client, ben_portal: Person) -> None:
    run = problem(ben_portal, ben, plan="  ")
    finish(ben_portal, run)
    assert read_by(ben_portal, ben) == []


def test_who_reads_it_follows_the_words_of_the_run(tara: Person, ben: Client, ben_portal: Person, as_owner) -> None:
    run = problem(ben_portal, ben)
    finish(ben_portal, run)
    for words in (False, True, False):
        shares(ben_portal, run, words=words)
        assert len(read_by(tara, ben)) == int(words) and len(read_by(ben_portal, ben)) == 1
        with as_owner():
            entry = TimelineEntry.objects.get(client=ben, kind="strategy")
            assert entry.visibility == ("my_therapist" if words else "only_me")


def test_what_she_hid_by_itself_is_shown_by_nothing_else_she_does_with_the_run(tara: Person, ben: Client, ben_portal: Person) -> None:
    run = problem(ben_portal, ben)
    finish(ben_portal, run)
    with acting_as(ben_portal.actor):
        hidden = change_strategy(strategy=strategies_of(ben)[0], new_id=uuid7(), name="Ring my sister instead", by=ben_portal.actor)
        show_strategy(strategy=hidden, visibility="only_me", by=ben_portal.actor)
        finish_run(run=run, helped=5, by=ben_portal.actor)
        share(run=run, ratings=True, words=True, for_session=True, by=ben_portal.actor)
    shares(ben_portal, run, ratings=False, words=True)
    assert read_by(tara, ben) == []
    shares(ben_portal, run, words=False)
    shares(ben_portal, run, words=True)
    assert len(read_by(tara, ben)) == 1


def test_what_it_left_is_edited_and_the_run_does_not_undo_it(ben: Client, ben_portal: Person) -> None:
    run = problem(ben_portal, ben)
    finish(ben_portal, run)
    with acting_as(ben_portal.actor):
        change_strategy(strategy=strategies_of(ben)[0], new_id=uuid7(), name="Ring on Tuesday", by=ben_portal.actor)
    shares(ben_portal, run, words=False)
    shares(ben_portal, run, words=True)
    assert [row.name for row in read_by(ben_portal, ben)] == ["Ring on Tuesday"]
    with acting_as(ben_portal.actor):
        retire_strategy(strategy=strategies_of(ben)[0], by=ben_portal.actor)
    shares(ben_portal, run, words=True)
    with acting_as(ben_portal.actor):
        assert [row.state for row in CopingStrategy.objects.exclude(state="replaced")] == ["retired"]


def staying_well(portal: Person, client: Client) -> ExerciseRun:
    run = run_of(portal, client, None, key="staying_well_plan", state="started", words_shared=True, ratings_shared=True)
    said = {"signs": ["ws_cancel", "no_such_sign"], "triggers": "No sleep\n\nBills", "skills": ["slow_breathing"]}
    for step, value in said.items():
        answer(portal, run, step, value, shared=True)
    return run


def test_the_staying_well_plan_joins_the_plan_that_is_there(tara: Person, ben: Client, ben_portal: Person) -> None:
    with acting_as(tara.actor):
        save_plan(client=ben, new_id=uuid7(), number=0, early_signs=["I hum"], triggers=["Bills"], phrase="Small steps.", by=tara.actor)
    run = staying_well(ben_portal, ben)
    for _press in range(2):
        finish(ben_portal, run)
    with acting_as(tara.actor):
        plan = current_plan(ben)
        assert plan is not None and (plan.number, plan.phrase) == (2, "Small steps.")
        assert plan.early_signs == ["I hum", "ws_cancel"] and plan.triggers == ["Bills", "No sleep"]
    assert [row.item_key for row in read_by(tara, ben)] == ["slow_breathing"]


def test_both_read_the_plan_so_private_words_leave_nothing_in_it(ben: Client, ben_portal: Person, as_owner) -> None:
    run = staying_well(ben_portal, ben)
    with acting_as(ben_portal.actor):
        ExerciseRun.objects.filter(pk=run.pk).update(words_shared=False)
        run.refresh_from_db()
    finish(ben_portal, run)
    with as_owner():
        assert not CopingPlan.objects.exists()
    assert read_by(ben_portal, ben) == []
    shares(ben_portal, run, words=True)
    with acting_as(ben_portal.actor):
        assert CopingPlan.objects.count() == 1 and strategy_of(ben, read_by(ben_portal, ben)[0].pk) is not None
