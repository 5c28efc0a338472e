"""What is agreed with a client, and what came back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from access.acting import acting_as
from core.ids import uuid7
from homework.models import Assignment
from homework.models.run import RunState
from homework.services.agreement import stop_assignment
from homework.services.not_today import not_today
from homework.services.paper import print_sheet
from tests.homework.agreed import agree, answer, rated, run_of
from tests.homework.browsing import read, words_of

pytestmark = pytest.mark.usefixtures("library")


def address(ben, query=""):
    return f"/clients/{ben.pk}/homework/{query}"


def test_nothing_agreed_is_fine_and_leads_to_assign(desk, ben):
    page = desk.get(address(ben))
    assert "None this week is fine, too." in words_of(page)
    assert f"/clients/{ben.pk}/homework/assign/" in page.content.decode()


def test_a_task_stands_with_its_terms_and_what_came_back(desk, tara, ben, ben_portal):
    task = agree(tara, ben, per_week=2, weeks=3, reason="To sleep.", if_then="If bed, then breathe.", confidence=7)
    rated(ben_portal, run_of(ben_portal, ben, task, helped=5), 8, 5)
    with acting_as(tara.actor):
        code = print_sheet(assignment=task, by=tara.actor).shown
    words = words_of(desk.get(address(ben)))
    assert "Slow breathing twice a week for 3 weeks, since" in words
    for part in ("To sleep.", "If bed, then breathe.", "Sure of it at the start: 7 of 10", f"Page {code}", "Done 1 of 6, helped 5 of 5", "tension 8 to 5"):
        assert part in words, part
    assert "Tension 8 to 5" in words and "From 8 to 5." in words


def test_shared_words_are_shown_private_ones_are_neither_shown_nor_hinted_at(desk, tara, ben, ben_portal):
    shared = run_of(ben_portal, ben, agree(tara, ben, "if_then_plan"), words_shared=True)
    kept = run_of(ben_portal, ben, agree(tara, ben, "hard_time_story"), words_shared=False)
    exercise_words(ben_portal, shared, "A walk first.", shared=True)
    exercise_words(ben_portal, kept, "Only for me.", shared=False)
    page = desk.get(address(ben))
    words = words_of(page)
    assert "A walk first." in words and "Only for me." not in page.content.decode()
    assert words.count("Words kept private") == 1
    assert "kept private" in words[words.index("A hard time I got through") :]


def exercise_words(portal, run, text, *, shared):
    step = next(step["id"] for step in run.exercise_version.content["steps"] if step["type"] in ("short_text", "long_text"))
    answer(portal, run, step, text, shared=shared)


def test_typed_words_are_in_the_voice_of_people_and_taps_read_in_words(desk, tara, ben, ben_portal):
    run = run_of(ben_portal, ben, agree(tara, ben, "name_it"), words_shared=True)
    answer(ben_portal, run, "feel", [{"word": "frustrated", "intensity": 6}], shared=True)
    answer(ben_portal, run, "why", "The call <b>", shared=True)
    page = desk.get(address(ben))
    assert "Frustrated 6" in words_of(page)
    assert '<dd class="voice"><bdi>The call &lt;b&gt;</bdi></dd>' in page.content.decode()


def test_people_and_strengths_read_by_their_names(desk, tara, ben, ben_portal):
    from clients.models import Visibility
    from strengths.models import Supporter

    with acting_as(ben_portal.actor):
        mum = Supporter(client=ben, clinic_id=ben.clinic_id, created_by_id=ben_portal.user.pk, name="Mum", ring=1, visibility=Visibility.MY_THERAPIST)
        mum.save(force_insert=True)
    run = run_of(ben_portal, ben, agree(tara, ben, "borrowed_eyes"), words_shared=True)
    answer(ben_portal, run, "who", [str(mum.pk)], shared=True)
    answer(ben_portal, run, "strengths", ["kindness"], shared=True)
    assert "Mum would pick Kindness" in words_of(desk.get(address(ben)))


def test_not_today_comes_with_the_hint_for_staff(desk, tara, ben, ben_portal):
    task = agree(tara, ben)
    with acting_as(ben_portal.actor):
        row = Assignment.objects.get(pk=task.pk)
        not_today(client=ben, assignment=row, new_id=uuid7(), choice="talk", barrier="too_big", note="Half of it.", by=ben_portal.actor)
    words = words_of(desk.get(address(ben)))
    assert "Not today : It was too big" in words or "Not today: It was too big" in words
    assert "Half of it." in words and "Wants to talk about it" in words and "Confidence should be 7 or more" in words


def test_a_run_of_her_own_and_one_not_over_say_so(desk, ben, ben_portal):
    run_of(ben_portal, ben, None, key="name_it", state=RunState.LEFT)
    words = words_of(desk.get(address(ben)))
    assert "Name the feeling begun, can go on of their own accord" in words


def press(desk, ben, task, what, **fields):
    form = next(form["fields"] for form in read(desk.get(address(ben))).forms if form["action"].endswith(f"/{what}/"))
    return desk.post(f"/clients/{ben.pk}/homework/{task.pk}/{what}/", {**form, **fields}, follow=True)


def test_stop_keeps_why_and_who(desk, tara, ben):
    task = agree(tara, ben)
    words = words_of(press(desk, ben, task, "stop", why="Became a check."))
    assert "Stopped." in words and "stopped, by Tara" in words and "Became a check." in words
    assert "Nothing is agreed right now" in words


def test_finished_is_finished_and_pressing_again_is_no_harm(desk, tara, ben):
    task = agree(tara, ben)
    form = next(form["fields"] for form in read(desk.get(address(ben))).forms if form["action"].endswith("/finish/"))
    url = f"/clients/{ben.pk}/homework/{task.pk}/finish/"
    for _time in range(2):
        assert "finished, by Tara" in words_of(desk.post(url, form, follow=True))
    stop = desk.post(url.replace("finish", "stop"), {**form, "why": "x"}, follow=True)
    assert "This task has ended already: finished." in words_of(stop)


def test_what_the_client_stopped_says_so_by_her_name(desk, tara, ben, ben_portal):
    task = agree(tara, ben)
    with acting_as(ben_portal.actor):
        stop_assignment(assignment=Assignment.objects.get(pk=task.pk), why="It hurts.", by=ben_portal.actor)
    assert "stopped, by Ben" in words_of(desk.get(address(ben)))


@pytest.mark.parametrize("why", ["x" * 501, "a\0b"])
def test_a_reason_that_cannot_be_kept_stops_nothing(desk, tara, ben, why):
    task = agree(tara, ben)
    press(desk, ben, task, "stop", why=why)
    with acting_as(tara.actor):
        assert Assignment.objects.get().state == "active"


def test_a_reason_typed_when_the_session_had_ended_comes_back_after_signing_in(client, tara, ben):
    """Its address takes POST alone, and still gives the text back on GET: the gate stands before everything else."""
    where, reason = f"/clients/{ben.pk}/homework/{agree(tara, ben).pk}/stop/", "It got too much beside the night shifts, so we leave it."
    assert client.post(where, {"scope": f"{tara.membership.pk}:{ben.pk}", "why": reason}).status_code == 302
    client.force_login(tara.user)
    page = client.get(where)
    assert page.status_code == 200 and reason in page.content.decode()


def test_ending_is_a_button_never_a_link(desk, tara, ben):
    task = agree(tara, ben)
    for what in ("stop", "finish"):
        assert desk.get(f"/clients/{ben.pk}/homework/{task.pk}/{what}/").status_code == 405


def test_the_supervisor_reads_and_has_no_buttons(client, tara, vera, ben):
    task = agree(tara, ben, reason="To sleep.")
    client.force_login(vera.user)
    page = client.get(address(ben))
    words = words_of(page)
    assert page.status_code == 200 and "To sleep." in words
    assert "Replace" not in words and "/stop/" not in page.content.decode() and "Assign" not in words
    scope = f"{vera.membership.pk}:{ben.pk}"
    for what in ("stop", "finish"):
        assert client.post(f"/clients/{ben.pk}/homework/{task.pk}/{what}/", {"scope": scope}).status_code == 404


@pytest.mark.parametrize("outsider", ["sam", "fay", "olu", "ada", "ben_portal"])
@pytest.mark.parametrize("what", ["", "stop/", "finish/", "paper/"])
def test_not_yours_and_not_there_are_the_same_page(client, tara, ben, outsider, what, request):
    task = agree(tara, ben)
    person = request.getfixturevalue(outsider)
    client.force_login(person.user)
    tail = f"{task.pk}/{what}" if what else ""
    call = client.get if what in ("", "paper/") else client.post
    data = {"scope": f"{person.membership.pk}:{ben.pk}"} if what in ("stop/", "finish/") else {}
    mine = call(f"/clients/{ben.pk}/homework/{tail}", data)
    elsewhere = uuid7()
    if data:
        data = {"scope": f"{person.membership.pk}:{elsewhere}"}
    nowhere = call(f"/clients/{elsewhere}/homework/{tail}", data)
    assert mine.status_code == nowhere.status_code == 404 and mine.content == nowhere.content
    with acting_as(tara.actor):
        assert Assignment.objects.get().state == "active"


def test_a_task_of_another_client_is_not_found_under_this_one(desk, tara, ben, cleo):
    task = agree(tara, cleo)
    scope = {"scope": f"{tara.membership.pk}:{ben.pk}"}
    assert desk.get(f"/clients/{ben.pk}/homework/{task.pk}/paper/").status_code == 404
    assert desk.post(f"/clients/{ben.pk}/homework/{task.pk}/stop/", scope).status_code == 404


def test_the_number_of_statements_does_not_grow(desk, tara, ben, ben_portal):
    def statements():
        with CaptureQueriesContext(connection) as caught:
            assert desk.get(address(ben)).status_code == 200
        return len(caught)

    rated(ben_portal, run_of(ben_portal, ben, agree(tara, ben)), 6, 5)
    statements()
    one = statements()
    for key in ("worry_time", "name_it", "activity_plan"):
        task = agree(tara, ben, key)
        for _time in range(5):
            run = run_of(ben_portal, ben, task)
            answer(ben_portal, run, task.exercise_version.content["steps"][0]["id"], None, shared=True)
        with acting_as(tara.actor):
            stop_assignment(assignment=Assignment.objects.get(pk=task.pk), by=tara.actor)
    assert statements() == one
    assert 10 < one < 40


def test_what_got_in_the_way_with_counts_and_a_hint_and_too_few_to_say(desk, tara, ben, ben_portal):
    task = agree(tara, ben)
    assert "What got in the way" not in words_of(desk.get(address(ben)))
    put = {"client": ben, "assignment": task, "by": ben_portal.actor}
    with acting_as(ben_portal.actor):
        not_today(new_id=uuid7(), choice="skip", barrier="too_big", **put)
        not_today(new_id=uuid7(), choice="skip", barrier="low_mood", visibility="only_me", **put)
    assert "One answer so far. Too few to say." in words_of(desk.get(address(ben)))
    with acting_as(ben_portal.actor):
        for barrier in ("care_duties", "care_duties", ""):
            not_today(new_id=uuid7(), choice="talk", barrier=barrier, **put)
    words = words_of(desk.get(address(ben)))
    band = words[words.index("What got in the way") : words.index("What came back")]
    assert "Looking after others 2 times, It was too big once." in band and "Respite, shared care, shorter tasks." in band
    assert "Felt too low" not in words


def test_a_task_that_ended_counts_too(desk, tara, ben, ben_portal):
    task = agree(tara, ben)
    with acting_as(ben_portal.actor):
        for _twice in range(2):
            not_today(client=ben, assignment=task, new_id=uuid7(), choice="skip", barrier="forgot", by=ben_portal.actor)
    with acting_as(tara.actor):
        stop_assignment(assignment=task, by=tara.actor)
    words = words_of(desk.get(address(ben)))
    assert "I forgot 2 times" in words and "Tie it to a daily cue." in words
