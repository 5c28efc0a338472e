"""The library, and one exercise in full for those who assign it."""

import re

import pytest

from homework.content import library as content
from tests import cast
from tests.homework.browsing import words_of

pytestmark = pytest.mark.usefixtures("library")


def test_all_54_under_their_pillars(desk):
    page = desk.get("/library/")
    html = page.content.decode()
    assert html.count('class="lk"') == 54
    assert [html.index(f'id="lib-{pillar}"') for pillar in ("strengths", "coping", "selfcare", "mindset")] == sorted(
        html.index(f'id="lib-{pillar}"') for pillar in ("strengths", "coping", "selfcare", "mindset")
    )


@pytest.mark.parametrize("query", ["SLOW breath", "slów", "bréath"])
def test_search_minds_neither_accents_nor_case(desk, query):
    page = desk.get("/library/", {"search": query})
    assert "Slow breathing" in words_of(page) and "Thought record" not in words_of(page)


def test_filters_narrow_down_together(desk):
    page = desk.get("/library/", {"pillar": "mindset", "effort": "1", "minutes": "3"})
    words = words_of(page)
    assert "Hard AND okay" in words and "Thought record" not in words and "Slow breathing" not in words
    assert "2 found" in words


def test_nothing_found_says_so(desk):
    assert "Nothing matches" in words_of(desk.get("/library/", {"search": "zebra"}))


def test_each_exercise_reads_in_full(desk):
    for one in content().exercises:
        check_in_full(one, desk.get(f"/library/{one['key']}/"))


def check_in_full(one, page):
    words = words_of(page)
    assert page.status_code == 200
    for text in (one["title"], one["intro"], *(step["text"] for step in one["steps"]), *one["not_for"], *one["take_care"], one["evidence"]["technique_source"]):
        assert " ".join(text.split()) in words, text


def test_choices_conditions_and_strength_of_evidence_are_named(desk):
    words = words_of(desk.get("/library/ride_the_wave/"))
    assert "Only after “To hurt myself”" in words and "limited evidence: few or small trials" in words and "A number, 0 to 10. 0 Weak, 10 Very strong" in words


def test_an_exercise_that_is_not_there(desk):
    assert desk.get("/library/no_such/").status_code == 404


@pytest.mark.parametrize("path", ["/library/", "/library/slow_breathing/"])
def test_it_is_for_staff(client, ada, ben_portal, path):
    client.force_login(ben_portal.user)
    assert client.get(path).status_code == 404
    client.force_login(ada.user)
    assert client.get(path).status_code == 200


def columns(page) -> list[str]:
    """The heads of the first table, as they stand in the page."""
    head = page.content.decode().partition('class="tbl libt"')[2].partition("</thead>")[0]
    return re.findall(r'<th scope="col">(.*?)</th>', head)


def test_both_tables_of_the_library_share_their_columns_but_for_the_last(desk, tara):
    client = cast.client_of(tara, "Ben <i>")
    whole, for_ben = desk.get("/library/"), desk.get(f"/clients/{client.pk}/homework/assign/")
    assert columns(whole) == ["Exercise", "What it is", "Takes", "Effort", "What for"]
    assert columns(for_ben) == [*columns(whole)[:-1], "With <bdi>Ben &lt;i&gt;</bdi>"]
    row = re.compile(r'<th scope="row"><a class="lk" href="[^"]*">(.*?)<td class="(?:num )?us">', re.DOTALL)
    cells = [row.findall(page.content.decode()) for page in (whole, for_ben)]
    assert len(cells[1]) == 10 and {" ".join(one.split()) for one in cells[1]} < {" ".join(one.split()) for one in cells[0]}
