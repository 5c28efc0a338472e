"""T4: agree on homework in three clicks, from the whole library."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from access.acting import acting_as
from core.ids import uuid7
from homework.models import Assignment, ExerciseVersion
from homework.services.library import load_library
from tests.homework.agreed import agree, rated, run_of
from tests.homework.browsing import form_of, words_of
from therapy.models import TherapySession
from therapy.models.sessions import SessionState

pytestmark = pytest.mark.usefixtures("library")


def address(ben, query=""):
    return f"/clients/{ben.pk}/homework/assign/{query}"


def sheet(desk, ben, key="worst_best_likely", query=""):
    return form_of(desk.get(address(ben, f"?exercise={key}{query}")), "sheet-open")


def send(desk, ben, key="worst_best_likely", **changed):
    fields = {**sheet(desk, ben, key), **{name: value if isinstance(value, list) else [value] for name, value in changed.items()}}
    return desk.post(address(ben, f"?exercise={key}"), fields)


def tasks_of(tara, ben):
    with acting_as(tara.actor):
        return list(Assignment.objects.filter(client=ben).order_by("created_at"))


def book(tara, ben, days, state=SessionState.PLANNED, focus=()):
    starts = timezone.localtime().replace(hour=10, minute=0, second=0, microsecond=0) + timedelta(days=days)
    with acting_as(tara.actor):
        row = TherapySession(client=ben, clinic_id=ben.clinic_id, therapist=tara.user, created_by_id=tara.user.pk, state=state, focus=list(focus))
        row.starts_at, row.ends_at = starts, starts + timedelta(minutes=50)
        row.save(force_insert=True)
    return starts


def test_three_clicks_from_the_record(desk, tara, ben, ben_portal):
    record = desk.get(f"/clients/{ben.pk}/").content.decode()
    assert address(ben) in record  # Assign
    page = desk.get(address(ben))
    assert "?exercise=strengths_spotting#open" in page.content.decode()  # a card
    sent = desk.post(address(ben, "?exercise=strengths_spotting"), sheet(desk, ben, "strengths_spotting"))  # Checked, send
    assert (sent.status_code, sent.headers["Location"]) == (302, f"/clients/{ben.pk}/homework/")
    (task,) = tasks_of(tara, ben)
    assert (task.item_key, task.per_week, task.weeks, task.starts_on) == ("strengths_spotting", 1, 1, timezone.localdate())
    assert task.reason == "Find three strengths you already use." and "Spot your strengths" in task.if_then
    assert "Sent. Ben finds it under Today." in words_of(desk.get(sent.headers["Location"]))


def test_the_first_time_the_four_starters_fit(desk, ben):
    words = words_of(desk.get(address(ben)))
    for title in ("Spot your strengths", "Name the feeling", "Plan one good thing", "Kind minute"):
        assert f"{title} " in words
    assert words.count("A good first task.") == 4


def test_the_focus_of_the_latest_session_decides_and_the_next_one_is_the_day_to_look(desk, tara, ben):
    book(tara, ben, -1, SessionState.ATTENDED, focus=["mindset", "ending"])
    following = book(tara, ben, 6)
    page = desk.get(address(ben))
    assert words_of(page).count("Fits the focus of the session.") == 3
    fields = sheet(desk, ben, "hard_and_okay")
    assert fields["look_at_on"] == [following.date().isoformat()]
    assert f"{following:%A} {following.day} {following:%B}, 10:00" in words_of(desk.get(address(ben, "?exercise=hard_and_okay")))


def test_what_is_agreed_in_a_session_is_looked_at_in_the_one_after(desk, tara, ben):
    book(tara, ben, 0)
    following = book(tara, ben, 7)
    assert sheet(desk, ben)["look_at_on"] == [following.date().isoformat()]


def test_without_a_session_it_is_looked_at_in_a_week(desk, ben):
    assert sheet(desk, ben)["look_at_on"] == [(timezone.localdate() + timedelta(days=7)).isoformat()]
    assert "No session is booked." in words_of(desk.get(address(ben)))


def test_a_pillar_asked_for_on_the_record_is_the_focus(desk, ben):
    page = desk.get(address(ben, "?pillar=selfcare"))
    words = words_of(page)
    assert words.count("Fits the focus of the session.") == 3 and "Library 13" in words


def test_the_sheet_says_what_it_is_not_for_and_what_the_client_will_see(desk, ben):
    words = words_of(desk.get(address(ben, "?exercise=hard_time_story")))
    assert "Not for: Untreated PTSD with strong flashbacks; When the hard time is still going on" in words
    assert "Ben will see For this week A hard time I got through 12 minutes." in words
    assert "effort" not in words[words.index("Ben will see") : words.index("Not for:")]


def test_everything_can_be_changed_and_is_kept_as_typed(desk, tara, ben, ben_portal):
    first = timezone.localdate() + timedelta(days=2)
    typed = {
        "per_week": "5",
        "weeks": "3",
        "starts_on": first.isoformat(),
        "look_at_on": "",
        "reason": "Für \u202eAbend\r\nund 🌿",
        "if_then": "",
        "confidence": "6",
    }
    assert send(desk, ben, **typed).status_code == 302
    (task,) = tasks_of(tara, ben)
    assert (task.per_week, task.weeks, task.starts_on, task.look_at_on, task.confidence) == (5, 3, first, None, 6)
    assert (task.reason, task.if_then) == ("Für \u202eAbend\nund 🌿", "")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"checked": ""}, "read what it is not for"),
        ({"per_week": "0"}, "greater than or equal to 1"),
        ({"per_week": "71"}, "less than or equal to 70"),
        ({"weeks": "a few"}, "whole number"),
        ({"starts_on": "2026-02-30"}, "valid date"),
        ({"look_at_on": "2001-01-01"}, "before the day it starts"),
        ({"confidence": "11"}, "less than or equal to 10"),
        ({"reason": "x" * 501}, "at most 500 characters"),
        ({"reason": "\u200b\u200b"}, "Nothing in this can be seen"),
        ({"if_then": "a\0b"}, "character that cannot be shown"),
        ({"stop": "nonsense"}, "Select a valid choice"),
        ({"exercise_version": "00000000-0000-0000-0000-000000000000"}, "open this page again"),
    ],
)
def test_what_cannot_be_is_answered_on_the_page_and_nothing_typed_is_lost(desk, tara, ben, ben_portal, changed, said):
    answer = send(desk, ben, **{"reason": "Keep me.", **changed})
    assert answer.status_code == 200 and said in words_of(answer)
    back = form_of(answer, "sheet-open")
    assert back["reason"] == [changed.get("reason", "Keep me.")]
    assert tasks_of(tara, ben) == []


def test_a_double_click_makes_one_task(desk, tara, ben, ben_portal):
    old = agree(tara, ben, "worry_time")
    fields = {**sheet(desk, ben), "stop": [str(old.pk)]}
    first, second = (desk.post(address(ben, "?exercise=worst_best_likely"), fields) for _time in range(2))
    assert first.status_code == second.status_code == 302
    assert [(task.item_key, task.state) for task in tasks_of(tara, ben)] == [("worry_time", "stopped"), ("worst_best_likely", "active")]


def test_the_same_exercise_is_replaced_when_its_tick_stays_and_refused_without(desk, tara, ben, ben_portal):
    old = agree(tara, ben, "worst_best_likely")
    fields = sheet(desk, ben)
    assert fields["stop"] == [str(old.pk)]
    assert "Agreed already; sending it again replaces it." in words_of(desk.get(address(ben, "?exercise=worst_best_likely")))
    refused = desk.post(address(ben, "?exercise=worst_best_likely"), {**fields, "stop": []})
    assert "is agreed already. Tick it here to replace it." in words_of(refused)
    assert desk.post(address(ben, "?exercise=worst_best_likely"), fields).status_code == 302
    assert [task.state for task in tasks_of(tara, ben)] == ["replaced", "active"]


def test_replace_leads_through_the_library_to_one_task_instead_of_another(desk, tara, ben, ben_portal):
    old = agree(tara, ben, "worry_time")
    assert f"replaces={old.pk}&amp;exercise=" in desk.get(address(ben, f"?replaces={old.pk}")).content.decode()
    fields = sheet(desk, ben, "name_it", f"&replaces={old.pk}")
    assert desk.post(address(ben, "?exercise=name_it"), fields).status_code == 302
    before, after = tasks_of(tara, ben)
    assert (before.state, before.replaced_by_id) == ("replaced", after.pk)


def test_repeat_the_last_one_brings_its_dose_and_words_back(desk, tara, ben):
    agree(tara, ben, "name_it", per_week=9, weeks=5, reason="As before.")
    assert "?exercise=name_it&amp;repeat=1#open" in desk.get(address(ben)).content.decode()
    fields = sheet(desk, ben, "name_it", "&repeat=1")
    assert (fields["per_week"], fields["weeks"], fields["reason"]) == (["9"], ["5"], ["As before."])


def test_a_wording_that_changed_meanwhile_is_shown_and_sent_the_next_time(desk, tara, ben, ben_portal, as_owner):
    fields = {**sheet(desk, ben), "reason": ["Keep me."]}
    with as_owner():
        contents = [dict(version.content) for version in ExerciseVersion.objects.filter(current=True)]
        load_library(contents=[{**one, "title": "Worst and best"} if one["key"] == "worst_best_likely" else one for one in contents])
    again = desk.post(address(ben, "?exercise=worst_best_likely"), fields)
    assert "library has changed since this page was opened" in words_of(again) and "Worst and best" in words_of(again)
    assert form_of(again, "sheet-open")["reason"] == ["Keep me."]
    assert desk.post(address(ben, "?exercise=worst_best_likely"), form_of(again, "sheet-open")).status_code == 302
    assert [task.exercise_version.number for task in tasks_of(tara, ben) if _number(tara, task) == 2]


def _number(tara, task):
    with acting_as(tara.actor):
        return task.exercise_version.number


def test_who_has_no_portal_gets_it_on_paper(desk, tara, cleo):
    words = words_of(desk.get(address(cleo, "?exercise=name_it")))
    assert "Checked, print" in words and "Checked, send" not in words
    sent = send(desk, cleo, "name_it", paper="on")
    (task,) = tasks_of(tara, cleo)
    assert sent.headers["Location"] == f"/clients/{cleo.pk}/homework/{task.pk}/paper/"


# ---- the library on the page


def found_in(page):
    html = page.content.decode()
    part = html[html.index('id="library"') :]
    return [
        line.split("?")[1].split("exercise=")[1].split("#")[0].split("&")[0]
        for line in part.split('href="')[1:]
        if line.startswith("?") and "#open" in line and "repeat" not in line.split('"')[0]
    ]


@pytest.mark.parametrize("query", ["BREATHING slow", "br%C3%A9athing", "slow+breath"])
def test_search_minds_neither_accents_nor_case(desk, ben, query):
    assert "slow_breathing" in found_in(desk.get(address(ben, f"?search={query}")))


def test_all_54_are_one_link_away(desk, ben):
    assert len(found_in(desk.get(address(ben)))) == 10
    page = desk.get(address(ben, "?all=1"))
    assert len(set(found_in(page))) == 54
    assert "44 more" in words_of(desk.get(address(ben)))


def test_filters_narrow_down_and_stay_in_every_link(desk, ben):
    page = desk.get(address(ben, "?pillar=coping&effort=1&minutes=5"))
    keys = found_in(page)
    assert set(keys) == {"five_senses", "name_it", "three_step_pause", "if_then_plan", "stop_pause"}
    with_words = words_of(page)
    assert "Spot your strengths" not in with_words[with_words.index("Library") :]
    assert f"?pillar=coping&amp;effort=1&amp;minutes=5&amp;exercise={keys[0]}#open" in page.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "?pillar=money",
        "?effort=nine",
        "?minutes=-1",
        "?search=%00",
        "?search=%ED%A0%80",
        "?exercise=no_such",
        "?exercise=%00",
        "?search=" + "x" * 3000,
        "?replaces=x",
    ],
)
def test_a_rough_address_still_opens(desk, ben, query):
    assert desk.get(address(ben, query)).status_code == 200


def test_nothing_found_says_so(desk, ben):
    assert "Nothing matches" in words_of(desk.get(address(ben, "?search=zebra")))


def test_the_last_column_says_what_the_record_knows(desk, tara, ben, ben_portal):
    task = agree(tara, ben)
    for before, after, helped in ((7, 4, 4), (8, 4, 4), (6, 5, 5)):
        rated(ben_portal, run_of(ben_portal, ben, task, helped=helped), before, after)
    words = words_of(desk.get(address(ben)))
    assert "agreed now, 3 times: tension \u22123, helped 4 of 5" in words
    assert "not yet" in words


# ---- who may


@pytest.mark.parametrize("outsider", ["sam", "fay", "olu", "ada", "ben_portal", "vera"])
def test_nobody_else_opens_or_sends_it(client, tara, ben, outsider, request):
    """Vera reads as a supervisor and may not agree on anything; for all of them it is the same page as for a client who is not there."""
    client.force_login(tara.user)
    fields = sheet(client, ben)
    person = request.getfixturevalue(outsider)
    client.force_login(person.user)
    fields["scope"] = [f"{person.membership.pk}:{ben.pk}"]
    mine, nowhere = client.get(address(ben)), client.get(f"/clients/{uuid7()}/homework/assign/")
    assert mine.status_code == nowhere.status_code == 404 and mine.content == nowhere.content
    assert client.post(address(ben, "?exercise=worst_best_likely"), fields).status_code == 404
    assert tasks_of(tara, ben) == []


def test_a_form_for_another_client_is_refused(desk, tara, ben, cleo):
    fields = sheet(desk, ben)
    assert desk.post(address(cleo, "?exercise=worst_best_likely"), fields).status_code == 400
    assert tasks_of(tara, ben) == tasks_of(tara, cleo) == []


def test_the_number_of_statements_does_not_grow(desk, tara, ben, ben_portal):
    def statements():
        with CaptureQueriesContext(connection) as caught:
            assert desk.get(address(ben, "?exercise=worst_best_likely")).status_code == 200
        return len(caught)

    agree(tara, ben, "name_it")
    statements()
    one = statements()
    for number, key in enumerate(("worry_time", "slow_breathing", "activity_plan", "compassion_break")):
        task = agree(tara, ben, key)
        book(tara, ben, 3 + number)
        for _time in range(4):
            run_of(ben_portal, ben, task)
        if key == "slow_breathing":
            rated(ben_portal, run_of(ben_portal, ben, task), 6, 5)
    assert statements() == one
    assert 10 < one < 40


def test_a_third_task_is_sent_with_a_word_about_the_load(desk, tara, ben):
    agree(tara, ben, "slow_breathing")
    one = words_of(desk.get(address(ben, "?exercise=clouds")))
    assert "One task now: Slow breathing." in one and "One is the norm" not in one
    agree(tara, ben, "stop_pause")
    assert "Two tasks are agreed already. One is the norm." in words_of(desk.get(address(ben, "?exercise=clouds")))
    assert "One is the norm" not in words_of(desk.get(address(ben, "?exercise=stop_pause")))  # it takes the place of itself
    assert desk.post(address(ben, "?exercise=clouds"), sheet(desk, ben, "clouds")).status_code == 302  # said, not forbidden
