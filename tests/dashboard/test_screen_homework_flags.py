"""What the numbers ask to look at, on the therapist's homework page and as a list; never from what the client keeps."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from access.acting import acting_as
from homework.selectors import flags_of
from tests.homework.agreed import agree, answer, rated, run_of
from tests.homework.browsing import words_of

pytestmark = pytest.mark.usefixtures("library")


def page_of(desk, ben):
    return words_of(desk.get(f"/clients/{ben.pk}/homework/"))


def test_a_number_that_meets_the_rule_stands_at_its_run_with_its_day(desk, tara, ben, ben_portal):
    rated(ben_portal, run_of(ben_portal, ben, agree(tara, ben, "hard_time_story")), 5, 8)
    words = page_of(desk, ben)
    assert "Look at: Distress up by 2 or more, or 8+ after: contact the client in the next working day. distress 5 to 8 (" in words
    assert "What to look at" not in words


def test_without_it_the_sentence_is_a_hint_behind_a_disclosure(desk, tara, ben, ben_portal):
    rated(ben_portal, run_of(ben_portal, ben, agree(tara, ben, "hard_time_story")), 5, 6)
    page = desk.get(f"/clients/{ben.pk}/homework/").content.decode()
    assert "Look at:" not in page
    hint = page[page.index('<details class="hint">') :]
    assert "Distress up by 2 or more" in hint[: hint.index("</details>")]


def test_what_is_kept_raises_nothing(desk, tara, ben, ben_portal):
    rated(ben_portal, run_of(ben_portal, ben, agree(tara, ben, "hard_time_story"), ratings_shared=False), 5, 10)
    assert "Look at:" not in page_of(desk, ben)
    with acting_as(tara.actor):
        assert flags_of(ben) == []


def test_what_is_the_clients_alone_is_not_counted_with_the_rest(tara, ben, ben_portal):
    for days_ago, visibility in ((0, "my_therapist"), (1, "only_me"), (2, "my_therapist")):
        rated(ben_portal, run_of(ben_portal, ben, None, key="five_senses", days_ago=days_ago, visibility=visibility), 5, 5)
    with acting_as(tara.actor):
        assert flags_of(ben) == []
    rated(ben_portal, run_of(ben_portal, ben, None, key="five_senses", days_ago=3, visibility="my_therapist"), 5, 5)
    with acting_as(tara.actor):
        [flag] = flags_of(ben)
    assert [match.words for match in flag.matches] == ["distress 5 to 5"] * 3


def test_the_list_of_two_weeks_says_each_thing_once_in_a_constant_number_of_statements(tara, ben, ben_portal):
    def tell(days_ago):
        run = run_of(ben_portal, ben, None, key="hard_and_okay", days_ago=days_ago, visibility="my_therapist")
        answer(ben_portal, run, "mood", 1, shared=True)
        return run

    def asked():
        with acting_as(tara.actor), CaptureQueriesContext(connection) as queries:
            found = flags_of(ben)
        return found, len(queries)

    tell(20)
    assert asked()[0] == []
    newest = tell(1)
    found, few = asked()
    assert [flag.run_id for flag in found] == [newest.pk]
    for days_ago in (3, 4, 5, 6):
        tell(days_ago)
    found, many = asked()
    assert [flag.run_id for flag in found] == [newest.pk] and many == few


def test_who_is_not_on_the_case_has_no_flags(tara, sam, ben, ben_portal):
    run = run_of(ben_portal, ben, agree(tara, ben, "hard_and_okay"))
    answer(ben_portal, run, "mood", 0, shared=True)
    with acting_as(tara.actor):
        assert len(flags_of(ben)) == 1
    with acting_as(sam.actor):
        assert flags_of(ben) == []
