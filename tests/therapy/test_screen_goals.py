"""/clients/<uuid>/goals/: her words, five steps, one tap a day, T for staff."""

import html
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from access.acting import acting_as
from clients.models import Client
from core.ids import uuid7
from tests.cast import Person
from therapy.models import Goal, GoalRating
from therapy.services import add_goal, rate_goal

pytestmark = pytest.mark.django_db
LEVELS = {-2: "none", -1: "one a week", 0: "most days", 1: "one every day", 2: "with someone"}


def signed_in(person: Person) -> Browser:
    browser = Browser()
    browser.force_login(person.user)
    return browser


def at(name: str, client: Client, *more: object) -> str:
    return reverse(f"therapy:{name}", args=[client.pk, *more])


def scope(person: Person, client: Client) -> dict[str, str]:
    return {"scope": f"{person.membership.pk}:{client.pk}"}


def fields(person: Person, client: Client, **given: Any) -> dict[str, Any]:
    steps = {f"step_{level + 3}": words for level, words in LEVELS.items()}
    return {**scope(person, client), "new_id": str(uuid7()), "text": "I want to enjoy part of each day", "baseline": "-1", "importance": "2", **steps, **given}


@pytest.fixture
def goal(tara: Person, ben: Client) -> Goal:
    with acting_as(tara.actor):
        return add_goal(client=ben, new_id=uuid7(), text="I want to enjoy part of each day", levels=LEVELS, by=tara.actor)


def test_added_once_with_its_five_steps(tara: Person, ben: Client) -> None:
    browser, form = signed_in(tara), fields(tara, ben)
    assert browser.get(at("goal_add", ben)).status_code == 200
    for _press in range(2):
        assert browser.post(at("goal_add", ben), form).headers["Location"] == at("goals", ben)
    with acting_as(tara.actor):
        goal = Goal.objects.get()
        assert (goal.text, goal.baseline, goal.importance) == (form["text"], -1, 2) and goal.levels["2"] == "with someone"
    text = html.unescape(browser.get(at("goals", ben)).content.decode())
    assert "I want to enjoy part of each day" in text and 'aria-label="Step 2 of 5, where it began: one a week"' in text and "Goal attainment T" not in text


def test_one_tap_rates_today_and_the_next_one_takes_its_place(tara: Person, ben: Client, goal: Goal) -> None:
    browser = signed_in(tara)
    for level in ("0", "1", "1"):
        assert browser.post(at("goal_rate", ben, goal.pk), {**scope(tara, ben), "level": level}).headers["Location"] == at("goals", ben)
    with acting_as(tara.actor):
        assert [rating.level for rating in GoalRating.objects.all()] == [1]
    text = html.unescape(browser.get(at("goals", ben)).content.decode())
    assert "Goal attainment T" in text and "<b>60</b>, 40 at the start, over 1 rated goal." in text
    assert 'value="1" aria-pressed="true"' in text


@pytest.mark.parametrize("level", ["3", "", "x", "0.5", "9" * 40])
def test_a_rating_that_is_no_step_is_refused(tara: Person, ben: Client, goal: Goal, level: str) -> None:
    page = signed_in(tara).post(at("goal_rate", ben, goal.pk), {**scope(tara, ben), "level": level}, follow=True)
    assert "one of the five steps" in page.content.decode()
    with acting_as(tara.actor):
        assert not GoalRating.objects.exists()


def test_an_older_edit_is_refused_with_both_texts(tara: Person, ben: Client, goal: Goal) -> None:
    browser, address = signed_in(tara), at("goal_edit", ben, goal.pk)
    assert browser.get(address).context["form"]["step_3"].value() == "most days"
    assert browser.post(address, fields(tara, ben, version="1", text="I want to sing")).status_code == 302
    page = browser.post(address, fields(tara, ben, version="1", text="I want to rest"))
    assert page.status_code == 409 and "I want to sing" in page.content.decode() and "I want to rest" in page.content.decode()
    again = fields(tara, ben, version=str(page.context["form"]["version"].value()), text="I want to rest")
    assert browser.post(address, again).status_code == 302
    with acting_as(tara.actor):
        assert Goal.objects.get().text == "I want to rest"


@pytest.mark.parametrize(("field", "value"), [("text", ""), ("text", "x" * 301), ("text", "a\0b"), ("step_1", "x" * 81), ("baseline", "5"), ("importance", "")])
def test_rough_input_keeps_what_was_typed(tara: Person, ben: Client, field: str, value: str) -> None:
    page = signed_in(tara).post(at("goal_add", ben), fields(tara, ben, **{field: value}))
    assert page.status_code == 200 and field in page.context["form"].errors and "with someone" in page.content.decode()
    with acting_as(tara.actor):
        assert not Goal.objects.exists()


def test_closed_it_stays_readable(tara: Person, ben: Client, goal: Goal) -> None:
    browser = signed_in(tara)
    with acting_as(tara.actor):
        rate_goal(goal=goal, level=2, by=tara.actor)
    for _press in range(2):
        assert browser.post(at("goal_close", ben, goal.pk), scope(tara, ben)).status_code == 302
    text = browser.get(at("goals", ben)).content.decode()
    assert "Closed" in text and "I want to enjoy part of each day" in text and "Where is it today?" not in text
    refused = browser.post(at("goal_rate", ben, goal.pk), {**scope(tara, ben), "level": "0"}, follow=True)
    assert "This goal is closed." in refused.content.decode()


def test_the_supervisor_reads_and_gets_no_button(vera: Person, ben: Client, goal: Goal) -> None:
    browser = signed_in(vera)
    text = browser.get(at("goals", ben)).content.decode()
    assert "I want to enjoy part of each day" in text and "Where is it today?" not in text
    assert browser.post(at("goal_rate", ben, goal.pk), {**scope(vera, ben), "level": "0"}).status_code == 404


@pytest.mark.parametrize("outsider", ["sam", "fay", "olu", "ben_portal", "ada"])
def test_others_get_the_same_404_on_every_address(outsider: str, request: pytest.FixtureRequest, ben: Client, goal: Goal) -> None:
    person = request.getfixturevalue(outsider)
    browser = signed_in(person)
    missing = browser.get(f"/clients/{uuid7()}/goals/").content
    for address in (at("goals", ben), at("goal_add", ben), at("goal_edit", ben, goal.pk), at("goal_rate", ben, goal.pk), at("goal_close", ben, goal.pk)):
        for page in (browser.get(address), browser.post(address, {**scope(person, ben), "level": "0"})):
            assert page.status_code == 404 and page.content == missing, address
