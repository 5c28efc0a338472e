"""A letter that was to come back in two weeks stands on Today then, until it is put away. Nothing is sent."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from access.acting import acting_as
from clients.models import Client
from homework.content import library as library_of
from homework.models import ExerciseRun
from homework.player.parsing import parse_exercise
from homework.services.runs import finish_run
from portal.pages.letter import BACK, EXERCISE, STEP
from selfcare.models import CompassionNote
from selfcare.services import take_back_note
from tests.cast import Person
from tests.homework.agreed import answer, run_of
from tests.portal.driving import forms_of
from tests.portal.promises import said

pytestmark = pytest.mark.usefixtures("library")
TITLE = "A letter you wrote to yourself"


def letter(portal: Person, ben: Client, as_owner: Any, *, days: float = 14, **answers: Any) -> ExerciseRun:
    """Written that many days ago; the clock stands still, the run is older."""
    run = run_of(portal, ben, None, key=EXERCISE, state="started", visibility="only_me")
    for step, value in {"what": "The call", "letter": "Dear me, <b>rest</b>", "keep": BACK, **answers}.items():
        answer(portal, run, step, value, shared=False)
    with acting_as(portal.actor):
        finish_run(run=run, by=portal.actor)
    with as_owner():
        when = timezone.now() - timedelta(days=days)
        ExerciseRun.objects.filter(pk=run.pk).update(occurred_at=when, finished_at=when)
    return run


def today(phone: Any) -> Any:
    page = phone.get("/portal/")
    assert page.status_code == 200
    return page


def away(page: Any) -> Any:
    return next(form for form in forms_of(page) if form.action.endswith("/away/"))


def test_the_step_is_the_letters_own() -> None:
    exercise = next(parse_exercise(content) for content in library_of().exercises if content["key"] == EXERCISE)
    assert BACK in [option.value for option in exercise.step(STEP).options]


@pytest.mark.parametrize("what", ["The call", None], ids=["answers something", "of its own"])
def test_it_comes_back_and_one_tap_puts_it_away(phone, ben: Client, ben_portal: Person, as_owner: Any, what: str | None) -> None:
    letter(ben_portal, ben, as_owner, what=what)
    page = today(phone)
    assert TITLE in said(page) and "rest" not in said(page)
    with as_owner():
        note = CompassionNote.objects.get()
    where = reverse("kind:line", args=[note.line]) if what else reverse("kind:note", args=[note.pk])
    assert where in page.content.decode() and "Dear me, &lt;b&gt;rest&lt;/b&gt;" in phone.get(where).content.decode()
    form = away(page)
    for _twice in range(2):
        assert TITLE not in said(phone.post(form.action, form.fields, follow=True))
    with as_owner():
        note.refresh_from_db()
        assert note.put_away_at is not None and note.withdrawn_at is None
    assert TITLE not in said(today(phone))


@pytest.mark.parametrize(
    "given", [{"days": 13.9}, {"keep": "Keep it private"}, {"keep": None}, {"letter": None}], ids=["too early", "kept", "not answered", "no letter"]
)
def test_what_was_not_asked_for_does_not_come(phone, ben: Client, ben_portal: Person, as_owner: Any, given: dict[str, Any]) -> None:
    letter(ben_portal, ben, as_owner, **given)
    assert TITLE not in said(today(phone))


def test_one_that_was_taken_back_stays_away_and_nobody_elses_is_put_away(phone, ben: Client, ben_portal: Person, as_owner: Any) -> None:
    letter(ben_portal, ben, as_owner)
    form = away(today(phone))
    with acting_as(ben_portal.actor):
        take_back_note(note=CompassionNote.objects.get(), by=ben_portal.actor)
    assert TITLE not in said(today(phone)) and phone.post(form.action, form.fields).status_code == 404
