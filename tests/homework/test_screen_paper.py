"""A task as one page of paper."""

import pytest

from access.acting import acting_as
from homework.models import ExerciseVersion, PaperSheet
from homework.services.library import load_library
from tests.homework.agreed import agree
from tests.homework.browsing import words_of

pytestmark = pytest.mark.usefixtures("library")


def paper(desk, ben, task):
    return desk.get(f"/clients/{ben.pk}/homework/{task.pk}/paper/")


def test_the_page_names_who_what_how_often_and_where_help_is(desk, tara, ben):
    task = agree(tara, ben, "hard_and_okay", per_week=7, weeks=2, reason="For the evenings.")
    words = words_of(paper(desk, ben, task))
    with acting_as(tara.actor):
        code = PaperSheet.objects.get(assignment=task).shown
    for part in (
        "For Ben , from Tara",
        f"Code {code}",
        "Hard AND okay",
        "3 minutes. Every day for 2 weeks.",
        "For the evenings.",
        "If you are not safe, call 999.",
    ):
        assert part in words, part
    assert "One thing that was hard today:" in words and "Circle a number. 0 Very low, 10 Very good" in words


def test_the_number_to_call_is_that_of_the_clients_country(desk, tara, ben, as_owner):
    with as_owner():
        type(ben).objects.filter(pk=ben.pk).update(country="DE")
    assert "If you are not safe, call 112." in words_of(paper(desk, ben, agree(tara, ben)))


def test_the_address_and_the_title_say_nothing_about_it(desk, tara, ben):
    html = paper(desk, ben, agree(tara, ben)).content.decode()
    title = html[html.index("<title>") : html.index("</title>")]
    assert "Slow" not in title and "Ben" not in title


def test_it_keeps_the_wording_that_was_agreed_on(desk, tara, ben, as_owner):
    task = agree(tara, ben)
    with as_owner():
        contents = [dict(version.content) for version in ExerciseVersion.objects.filter(current=True)]
        load_library(contents=[{**one, "title": "Breathing, slowly"} if one["key"] == "slow_breathing" else one for one in contents])
    words = words_of(paper(desk, ben, task))
    assert "Slow breathing" in words and "Breathing, slowly" not in words


def test_the_supervisor_may_print_it(client, tara, vera, ben):
    task = agree(tara, ben)
    client.force_login(vera.user)
    assert paper(client, ben, task).status_code == 200
