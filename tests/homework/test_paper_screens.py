"""Typing a page of paper back in the browser's own way: the code, the form, who may, what both sides read afterwards."""

import re
from datetime import timedelta

import pytest

from access.acting import acting_as
from core.zones import today_in
from homework.models import ExerciseAnswer, ExerciseRun
from homework.services.paper import print_blank, print_sheet
from tests.homework.agreed import agree, version_of
from tests.homework.browsing import words_of
from tests.homework.own import written

pytestmark = pytest.mark.usefixtures("library")
BACK = "/homework/paper/"


@pytest.fixture
def page(desk, tara, ben):
    """A printed page of Ben's: (code, address of its form)."""
    task = agree(tara, ben, written(tara).key)
    assert desk.get(f"/clients/{ben.pk}/homework/{task.pk}/paper/").status_code == 200
    with acting_as(tara.actor):
        code = print_sheet(assignment=task, by=tara.actor)
    return code, f"/clients/{ben.pk}/homework/paper/{code.code}/"


def hidden(response):
    text = response.content.decode()
    return {name: re.search(rf'name="{name}" value="([^"]*)"', text)[1] for name in ("scope", "new_id") if f'name="{name}"' in text}


def fill(desk, url, **changes):
    first = desk.get(url)
    day = re.search(r'name="done_on" value="([^"]*)"', first.content.decode())[1]
    given = {**hidden(first), "done_on": day, "a0": "7", "a1": "Two crows.\r\nA van.", "a2": ["Alone"], "a3": "3", "helped": "5", **changes}
    return desk.post(url, given)


def test_the_code_leads_to_the_form_of_that_page(desk, page):
    code, url = page
    for typed in (code.shown, code.code.lower(), f" {code.shown} "):
        assert desk.post(BACK, {**hidden(desk.get(BACK)), "code": typed})["Location"] == url
    words = words_of(desk.get(url))
    assert "Window walk" in words and "0 calm, 10 very tense" in words and f"Page {code.shown}" in words


@pytest.mark.parametrize("typed", ["", "K7P-42", "ZZZZZZ", "a\x00b", "7,5", "'; --", "Z" * 500], ids=list("abcdefg"))
def test_what_is_no_code_is_said_beside_the_field(desk, page, typed):
    answer = desk.post(BACK, {**hidden(desk.get(BACK)), "code": typed})
    assert answer.status_code == 200 and 'id="id_code_error"' in answer.content.decode()


def test_a_page_is_entered_and_both_sides_read_who_typed_it(desk, client, tara, ben, ben_portal, page):
    _code, url = page
    assert fill(desk, url)["Location"] == f"/clients/{ben.pk}/homework/"
    back = words_of(desk.get(f"/clients/{ben.pk}/homework/"))
    assert "Entered for Ben by Tara , from paper" in back and "Two crows." in back and "Tension 7 to 3." in back
    client.force_login(ben_portal.user)
    with acting_as(ben_portal.actor):
        run = ExerciseRun.objects.get(client=ben)
    assert "Window walk" in words_of(client.get("/portal/me/")) and "Typed in for you by Tara" in words_of(client.get("/portal/me/"))
    own = words_of(client.get(f"/portal/run/{run.pk}/sharing/"))
    assert "Typed in for you by Tara , from paper" in own and "Two crows." in own


def test_decimal_commas_are_refused_with_a_reason_and_nothing_is_lost(desk, tara, page):
    _code, url = page
    answer = fill(desk, url, a0="7,5")
    words = words_of(answer)
    assert (
        answer.status_code == 200 and "“7,5” lies between two. Please pick a whole number from 0 to 10." in words and 'value="7,5"' in answer.content.decode()
    )
    assert "Two crows." in words and "One thing to change" in words
    with acting_as(tara.actor):
        assert not ExerciseRun.objects.exists()
    assert fill(desk, url, a0="7,0").status_code == 302
    with acting_as(tara.actor):
        assert ExerciseAnswer.objects.get(step="before").value == 7


def test_enter_in_the_middle_enters_nothing(desk, tara, page):
    answer = fill(desk, page[1], look="1")
    assert answer.status_code == 200 and 'value="7"' in answer.content.decode()
    with acting_as(tara.actor):
        assert not ExerciseRun.objects.exists()


def test_twice_is_once_and_the_same_day_is_asked_about(desk, tara, ben, page):
    _code, url = page
    first = desk.get(url)
    day = today_in(ben.timezone).isoformat()
    same = {**hidden(first), "done_on": day, "a0": "7"}
    assert [desk.post(url, same).status_code for _time in range(2)] == [302, 302]
    asked = fill(desk, url)
    assert asked.status_code == 200 and "This page is entered already for that day." in words_of(asked)
    assert fill(desk, url, again="on").status_code == 302
    assert "This day is still to come." in words_of(fill(desk, url, done_on=(today_in(ben.timezone) + timedelta(days=1)).isoformat()))
    assert fill(desk, url, done_on="7,5").status_code == 200
    with acting_as(tara.actor):
        assert ExerciseRun.objects.count() == 2


@pytest.mark.parametrize("value", ["a\x00b", "x" * 12_000, "\u200b", "75", "<b>"], ids=list("abcde"))
@pytest.mark.parametrize("name", ["a0", "a1", "a2", "a3", "helped", "done_on", "new_id", "again"])
def test_rough_input_is_answered_with_a_page(desk, page, name, value):
    assert fill(desk, page[1], **{name: value}).status_code in (200, 302)


@pytest.mark.parametrize("other", ["sam", "vera", "olu", "ada"])
def test_a_code_of_somebody_elses_client_is_unknown(client, page, other, request):
    code, url = page
    client.force_login(request.getfixturevalue(other).user)
    assert client.get(url).status_code == 404
    if other == "ada":
        assert client.get(BACK).status_code == 404
        return
    there = words_of(client.post(BACK, {**hidden(client.get(BACK)), "code": code.code}))
    never = words_of(client.post(BACK, {**hidden(client.get(BACK)), "code": "ZZZZZZ"}))
    assert there.replace(code.code, "") == never.replace("ZZZZZZ", "") and "No page of your clients has this code." in there


def test_a_blank_page_asks_whose_it_is(desk, client, sam, tara, ben):
    shown = desk.get("/library/slow_breathing/paper/")
    with acting_as(tara.actor):
        blank = print_blank(version=version_of("slow_breathing"), by=tara.actor)
    assert shown.status_code == 200 and f"Code {blank.shown}" in words_of(shown)
    asked = desk.post(BACK, {**hidden(desk.get(BACK)), "code": blank.code})
    assert "Whose is it?" in words_of(asked) and "Ben" in words_of(asked)
    to = desk.post(BACK, {**hidden(asked), "code": blank.code, "client": str(ben.pk)})
    assert to["Location"] == f"/clients/{ben.pk}/homework/paper/{blank.code}/"
    assert fill(desk, to["Location"], a0="", a1="", a2="", a3="", helped="3").status_code == 302
    client.force_login(sam.user)
    answer = client.post(BACK, {**hidden(client.get(BACK)), "code": blank.code, "client": str(ben.pk)})
    assert answer.status_code == 200 and client.get(to["Location"]).status_code == 404


def test_the_supervisor_prints_the_code_that_is_there(client, tara, vera, ben):
    task = agree(tara, ben)
    client.force_login(vera.user)
    url = f"/clients/{ben.pk}/homework/{task.pk}/paper/"
    assert "Code" not in words_of(client.get(url))
    with acting_as(tara.actor):
        code = print_sheet(assignment=task, by=tara.actor)
    assert f"Code {code.shown}" in words_of(client.get(url))
