"""A page of paper typed back: one finished run, all of it shared, nobody else's page."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from access.acting import acting_as
from clients.models import Client, Practice, TimelineEntry
from core.errors import Refused
from core.ids import uuid7
from core.zones import today_in
from dashboard.lists import labels_for
from homework.content import library as content
from homework.models import BlankSheet, ExerciseAnswer, ExerciseRun, PaperSheet
from homework.models.paper import blank_code, sheet_code
from homework.player.cleaning import clean_answer
from homework.player.options import options_for
from homework.player.parsing import parse_exercise
from homework.selectors.paper import page_with, plain_code
from homework.services.paper import SheetError, enter_paper, print_blank, print_sheet
from homework.services.sharing import share
from tests.homework.agreed import agree, version_of
from tests.homework.own import written

pytestmark = pytest.mark.usefixtures("library")
FILLED = {"before": {"answer": "7"}, "saw": {"answer": "Two crows.\r\nA van."}, "who": {"answer": ["Alone"]}, "after": {"answer": "3"}}


def enter(tara, ben, task, raws=FILLED, **changes):
    with acting_as(tara.actor):
        given = {"new_id": uuid7(), "done_on": today_in(ben.timezone), "again": False, "helped": 5, **changes}
        sheet = print_sheet(assignment=task, by=tara.actor)
        lists = labels_for(ben)
        return enter_paper(client=ben, code=sheet.code, exercise_version=task.exercise_version, assignment=task, raws=raws, lists=lists, by=tara.actor, **given)


@pytest.fixture
def task(tara, ben):
    return agree(tara, ben, written(tara).key)


def test_a_page_is_a_finished_run_with_everything_shared(tara, ben, task, ben_portal):
    run = enter(tara, ben, task)
    for reader in (tara, ben_portal):
        with acting_as(reader.actor):
            found = ExerciseRun.objects.get(pk=run.pk)
            assert (found.state, found.helped, found.created_by_id) == ("finished", 5, tara.user.pk) and found.paper_code
            answers = dict(ExerciseAnswer.objects.filter(run=run).values_list("step", "value"))
            assert answers == {"before": 7, "saw": "Two crows.\nA van.", "who": "Alone", "after": 3}
            assert Practice.objects.filter(source_id=run.pk).values_list("before", "after").get() == (7, 3)
            assert TimelineEntry.objects.filter(source_id=run.pk, kind="exercise").count() == 1


def test_the_client_hides_it_again(tara, ben, task, ben_portal):
    run = enter(tara, ben, task)
    with acting_as(ben_portal.actor):
        share(run=run, ratings=True, words=False, by=ben_portal.actor)
    with acting_as(tara.actor):
        assert set(ExerciseAnswer.objects.filter(run=run).values_list("step", flat=True)) == {"before", "who", "after"}
    with acting_as(ben_portal.actor):
        assert ExerciseAnswer.objects.filter(run=run).count() == 4


def test_one_run_of_a_page_and_day_unless_asked_again(tara, ben, task):
    new_id = uuid7()
    first, second = enter(tara, ben, task, new_id=new_id), enter(tara, ben, task, new_id=new_id)
    assert first.pk == second.pk
    with pytest.raises(Refused) as refused:
        enter(tara, ben, task)
    assert refused.value.field == "again"
    enter(tara, ben, task, again=True)
    enter(tara, ben, task, done_on=today_in(ben.timezone) - timedelta(days=1))
    with acting_as(tara.actor):
        assert ExerciseRun.objects.count() == 3


@pytest.mark.parametrize(("days", "kept"), [(1, False), (0, True), (-30, True), (-500, False)])
def test_a_day_that_can_be(tara, ben, task, days, kept):
    day = today_in(ben.timezone) + timedelta(days=days)
    if not kept:
        with pytest.raises(Refused) as refused:
            enter(tara, ben, task, done_on=day)
        assert refused.value.field == "done_on"
    else:
        assert enter(tara, ben, task, done_on=day).occurred_at <= timezone.now()


@pytest.mark.parametrize("typed", ["7,5", "75", "-1", "seven", "1e1", "\x00", "７", "11"], ids=list("abcdefgh"))
def test_what_is_no_number_is_refused_beside_its_field_and_nothing_is_kept(tara, ben, task, typed):
    with pytest.raises(SheetError) as wrong:
        enter(tara, ben, task, {**FILLED, "before": {"answer": typed}, "who": {"answer": ["Nobody"]}})
    assert set(wrong.value.messages) == {"before", "who"}
    with acting_as(tara.actor):
        assert not ExerciseRun.objects.exists()


def test_an_empty_page_is_not_entered(tara, ben, task):
    with pytest.raises(Refused):
        enter(tara, ben, task, {}, helped=None)
    assert enter(tara, ben, task, {"after": {"answer": "0"}}, helped=None).state == "finished"


def test_codes_say_nothing_and_open_own_clients_alone(tara, sam, ben, task, olu):
    with acting_as(tara.actor):
        sheet, same = (print_sheet(assignment=task, by=tara.actor) for _time in range(2))
        blank, blank_too = (print_blank(version=version_of("slow_breathing"), by=tara.actor) for _time in range(2))
        assert sheet.pk == same.pk and blank.pk == blank_too.pk and sheet.code[0].isalpha() and blank.code[0].isdigit()
        assert plain_code(f" {sheet.shown.lower()} ") == sheet.code and plain_code("K7P-42") == plain_code("O0I1LS") == ""
        found = page_with(sheet.code, clinic_id=tara.actor.clinic_id, writes=[ben.pk])
        assert found is not None and found.client_id == ben.pk and found.version == task.exercise_version
        assert page_with(sheet.code, clinic_id=tara.actor.clinic_id, writes=[]) is None
        assert page_with(blank.code, clinic_id=tara.actor.clinic_id, writes=[]).client_id is None
    with acting_as(sam.actor):
        assert page_with(sheet.code, clinic_id=sam.actor.clinic_id, writes=[ben.pk]) is None and not PaperSheet.objects.exists()
        assert BlankSheet.objects.count() == 1
    with acting_as(olu.actor):
        assert not BlankSheet.objects.exists()


def test_a_code_is_short_and_without_letters_that_are_mistaken():
    codes = {sheet_code() for _number in range(500)} | {blank_code() for _number in range(500)}
    assert len(codes) == 1000 and all(len(code) == 6 and not set(code) & set("01OILS") for code in codes)


def test_who_may_not_write_for_the_client_enters_nothing(tara, sam, vera, ben, task):
    for other in (sam, vera):
        with pytest.raises((DatabaseError, Client.DoesNotExist)), transaction.atomic(), acting_as(other.actor):
            given = {"code": "AAAAAA", "exercise_version": task.exercise_version, "raws": FILLED, "lists": {}, "done_on": today_in(ben.timezone)}
            enter_paper(client=ben, new_id=uuid7(), assignment=None, by=other.actor, **given)


def filled(exercise, lists):
    """Something for every step, as it would be typed."""
    raws, answers = {}, {}
    for step in exercise.steps:
        offered = options_for(step, lists, answers)
        raw = {"answer": "5" if step.type == "rating" else "Some words." if step.is_answered_with_words and step.type != "people" else ""}
        if offered and not step.rerates:
            raw = {"answer": [offered[0].value], f"intensity-{offered[0].value}": "8"}
        elif step.rerates:
            raw = {f"intensity-{one.value}": "4" for one in offered}
        raws[step.id] = raw
        if not step.is_silent:
            answers[step.id] = clean_answer(step, raw, lists, answers)
    return raws


@pytest.mark.parametrize("pillar", ["strengths", "coping", "selfcare", "mindset"])
def test_every_exercise_can_be_typed_back_by_a_therapist(tara, ben, ben_portal, pillar):
    """The recorders of every pillar work for who types as they do for the client."""
    for one in content().exercises:
        if one["pillar"] != pillar:
            continue
        task = agree(tara, ben, one["key"])
        with acting_as(tara.actor):
            raws = filled(parse_exercise(one), labels_for(ben))
        run = enter(tara, ben, task, raws)
        with acting_as(ben_portal.actor):
            assert ExerciseRun.objects.get(pk=run.pk).state == "finished", one["key"]
            share(run=run, ratings=False, words=False, by=ben_portal.actor)
            share(run=run, ratings=True, words=True, by=ben_portal.actor)
