"""Goals in the client's words, rated once a day, on the axis; T over those that have been rated."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from access.acting import acting_as
from audit.models import AuditEvent
from clients.models import Client, TimelineEntry
from core.errors import Refused, Stale
from core.ids import uuid7
from core.zones import today_in
from tests.cast import Person
from therapy.gas import gas_t
from therapy.models import Goal, GoalRating
from therapy.selectors import goals_with_scale, t_scores
from therapy.services import add_goal, close_goal, edit_goal, rate_goal

pytestmark = pytest.mark.django_db
LEVELS = {-2: "none", -1: "one a week", 0: "most days", 1: "one every day", 2: "with someone"}
TODAY = today_in("Europe/London")


def goal_of(tara: Person, ben: Client, **given: object) -> Goal:
    with acting_as(tara.actor):
        return add_goal(client=ben, by=tara.actor, **{"new_id": uuid7(), "text": "I want to enjoy part of each day", "levels": LEVELS, **given})  # type: ignore[arg-type]


def test_a_goal_starts_at_minus_one_and_is_made_once(tara: Person, ben: Client) -> None:
    new_id = uuid7()
    first, second = goal_of(tara, ben, new_id=new_id), goal_of(tara, ben, new_id=new_id)
    assert first == second and first.baseline == -1 and first.levels == {str(level): words for level, words in LEVELS.items()}
    with acting_as(tara.actor):
        assert Goal.objects.count() == 1
        view = goals_with_scale(ben)[0]
        assert [(step["label"], step["now"]) for step in view.steps if step["now"]] == [("one a week", True)]
        assert view.said == "Step 2 of 5, where it began: one a week" and t_scores([view]) is None


def test_a_step_without_her_words_has_the_scales_own(tara: Person, ben: Client) -> None:
    goal_of(tara, ben, levels={0: "most days", 1: ""})
    with acting_as(tara.actor):
        assert [step["label"] for step in goals_with_scale(ben)[0].steps][2:4] == ["most days", "A bit more than hoped"]


def test_a_rating_is_on_the_axis_and_another_one_that_day_takes_its_place(tara: Person, ben: Client) -> None:
    goal = goal_of(tara, ben)
    with acting_as(tara.actor):
        rate_goal(goal=goal, level=0, by=tara.actor)
        rate_goal(goal=goal, level=0, by=tara.actor)
        assert AuditEvent.objects.filter(verb="goal_rated").count() == 1
        rate_goal(goal=goal, level=1, by=tara.actor)
        rating, line = GoalRating.objects.get(), TimelineEntry.objects.get()
        assert (rating.level, rating.rated_on) == (1, TODAY)
        assert (line.kind, line.pillar, line.value, line.source_id, line.occurred_at) == ("goal", "", 1.0, rating.pk, rating.created_at)


def test_an_earlier_days_rating_stands_on_its_day(tara: Person, ben: Client) -> None:
    goal = goal_of(tara, ben)
    with acting_as(tara.actor):
        rate_goal(goal=goal, level=-2, by=tara.actor, rated_on=TODAY - timedelta(days=7))
        rate_goal(goal=goal, level=1, by=tara.actor)
        assert TimelineEntry.objects.order_by("occurred_at")[0].occurred_at.date() == TODAY - timedelta(days=7)
        view = goals_with_scale(ben)[0]
        assert view.now == 1 and [(step["value"]) for step in view.steps if step["start"]] == [-1]
        assert view.rated == [(TODAY, "+1"), (TODAY - timedelta(days=7), "−2")] and view.rated_today == 1


@pytest.mark.parametrize("level", [3, -3])
def test_a_rating_is_one_of_five(tara: Person, ben: Client, level: int) -> None:
    goal = goal_of(tara, ben)
    with acting_as(tara.actor):
        with pytest.raises(Refused):
            rate_goal(goal=goal, level=level, by=tara.actor)
        with pytest.raises(IntegrityError), transaction.atomic():
            GoalRating.objects.create(goal=goal, client=ben, clinic_id=ben.clinic_id, level=level, rated_on=TODAY, created_by=tara.user)


def test_a_change_goes_by_version(tara: Person, ben: Client) -> None:
    goal = goal_of(tara, ben)
    with acting_as(tara.actor):
        same = edit_goal(goal=goal, version=1, text=goal.text, levels=LEVELS, by=tara.actor)
        assert same.version == 1
        changed = edit_goal(goal=goal, version=1, text="I want to sing", levels=LEVELS, by=tara.actor, baseline=-2, importance=3)
        assert (changed.version, changed.baseline, changed.importance) == (2, -2, 3)
        with pytest.raises(Stale) as stale:
            edit_goal(goal=goal, version=1, text="I want to rest", levels=LEVELS, by=tara.actor)
    assert stale.value.current.text == "I want to sing"


def test_a_closed_goal_stays_and_is_neither_rated_nor_changed(tara: Person, ben: Client) -> None:
    goal = goal_of(tara, ben)
    with acting_as(tara.actor):
        rate_goal(goal=goal, level=1, by=tara.actor)
        closed = close_goal(goal=goal, version=1, by=tara.actor)
        assert close_goal(goal=closed, version=1, by=tara.actor).version == 2
        with pytest.raises(Refused):
            rate_goal(goal=closed, level=2, by=tara.actor)
        with pytest.raises(Refused):
            edit_goal(goal=closed, version=2, text="Else", levels=LEVELS, by=tara.actor)
        assert goals_with_scale(ben) == [] and [view.now for view in goals_with_scale(ben, closed=True)] == [1]


def test_t_over_the_goals_that_have_been_rated_by_their_weight(tara: Person, ben: Client) -> None:
    one, two, _unrated = goal_of(tara, ben, importance=3), goal_of(tara, ben, text="Two"), goal_of(tara, ben, text="Three")
    with acting_as(tara.actor):
        rate_goal(goal=one, level=1, by=tara.actor)
        rate_goal(goal=two, level=-1, by=tara.actor)
        assert t_scores(goals_with_scale(ben)) == (gas_t([-1, -1], [3, 1]), gas_t([1, -1], [3, 1]), 2)


def test_the_client_sees_her_goals_and_nobody_elses(tara: Person, ben: Client, cleo: Client, ben_portal: Person) -> None:
    goal_of(tara, ben)
    goal_of(tara, cleo, text="Cleo's")
    with acting_as(ben_portal.actor):
        assert [view.text for view in goals_with_scale(ben)] == ["I want to enjoy part of each day"] and goals_with_scale(cleo) == []


def test_the_office_sees_states_and_numbers_only(tara: Person, ben: Client, ada: Person) -> None:
    goal_of(tara, ben)
    with acting_as(ada.actor):
        assert list(Goal.objects.values_list("state", "baseline")) == [("active", -1)]
    for column in ("text", "levels"):
        with pytest.raises(Exception, match="permission denied"), transaction.atomic(), acting_as(ada.actor):
            list(Goal.objects.values(column))
