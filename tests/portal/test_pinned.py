"""What was pinned in the toolbox stands on Today, until it is taken off."""

import pytest

from homework.content import library as library_of
from homework.player.parsing import parse_exercise
from portal.pages.pinned import NAMES, PIN, PLACE, TOOLBOX, YES
from tests.homework.agreed import answer, run_of
from tests.portal.driving import press
from tests.portal.promises import said

pytestmark = pytest.mark.usefixtures("library")


def toolbox(portal, ben, days_ago=0, **answers):
    run = run_of(portal, ben, None, key=TOOLBOX, days_ago=days_ago, visibility="only_me")
    for step, value in answers.items():
        answer(portal, run, step, value, shared=False)
    return run


def test_the_steps_are_the_toolboxs_own():
    exercise = next(parse_exercise(content) for content in library_of().exercises if content["key"] == TOOLBOX)
    assert exercise.steps[PLACE - 1].id == PIN and YES in [option.value for option in exercise.step(PIN).options]
    assert set(NAMES) <= {step.id for step in exercise.steps}


def test_what_is_in_reach_is_on_today_and_can_be_taken_off_there(phone, ben, ben_portal):
    run = toolbox(ben_portal, ben, quick="The park <b>bench</b>", pin=YES)
    today = phone.get("/portal/")
    assert "The park &lt;b&gt;bench&lt;/b&gt;" in today.content.decode() and "Change what is pinned here" in said(today)
    assert f"/{run.pk}/?s={PLACE}" in today.content.decode()
    press(phone, phone.get(f"/portal/run/{run.pk}/?s={PLACE}"), "next", answer="Not now")
    assert "In reach" not in said(phone.get("/portal/"))


@pytest.mark.parametrize("answers", [{"quick": "Tea", "pin": "Not now"}, {"quick": "Tea", "pin": None}, {"quick": None, "pin": YES}, {"quick": "Tea"}])
def test_nothing_stands_there_that_was_not_pinned(phone, ben, ben_portal, answers):
    toolbox(ben_portal, ben, **answers)
    assert "In reach" not in said(phone.get("/portal/"))


def test_the_newest_answer_counts(phone, ben, ben_portal):
    toolbox(ben_portal, ben, 3, quick="Tea", pin=YES)
    toolbox(ben_portal, ben, 1, quick=None, pin=None)
    assert "Tea" in said(phone.get("/portal/"))
    toolbox(ben_portal, ben, 0, quick="Soup", free="Sun", pin=YES)
    assert "Soup" in said(phone.get("/portal/")) and "Tea" not in said(phone.get("/portal/"))
