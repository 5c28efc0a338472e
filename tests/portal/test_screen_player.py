"""The player over HTTP: every exercise to its end, stopping and going on elsewhere, rough input, who sees what."""

import re
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.urls import reverse

from access.acting import acting_as
from clients.models import Practice, TimelineEntry
from homework.content import library as library_of
from homework.models import ExerciseAnswer, ExerciseRun
from homework.player.exercise import StepType
from homework.player.parsing import parse_exercise
from strengths.models import Supporter
from tests.homework.agreed import agree
from tests.portal.driving import drive, form_with, press, send, signed_in, step_of

EVERY = [parse_exercise(content) for content in library_of().exercises]
QUICK = ("thought_record", "selfcare_check", "small_hello", "five_senses")  # together every step type


def begin(phone, task):
    page = phone.get(reverse("portal:homework", args=[task.pk]))
    return send(phone, page, "new_id")


def run_row(owner) -> ExerciseRun:
    with owner():
        return ExerciseRun.objects.latest("created_at")


def answers(owner) -> dict[str, object]:
    with owner():
        return dict(ExerciseAnswer.objects.values_list("step", "value"))


def to_the_end(phone, task, exercise, owner):
    page, way = drive(phone, begin(phone, task))
    shown = {step.id for step in exercise.steps if not (step.later or step.show_if or step.hide_if or step.type == StepType.TEXT)}
    if exercise.has_second_part:
        assert run_row(owner).state == "waiting"
        page = send(phone, phone.get(reverse("portal:homework", args=[task.pk])), "second", button="second")
        page, more = drive(phone, page)
        way += more
        shown |= {step.id for step in exercise.steps if step.later and step.type != StepType.TEXT}
    assert shown <= set(way)
    assert run_row(owner).state == "finished"
    press(phone, page, "done", helped="5")
    run = run_row(owner)
    assert (run.helped, run.state) == (5, "finished")
    stored = answers(owner)
    assert {step for step in shown if stored.get(step) is None} <= {step.id for step in exercise.steps if step.type == StepType.EMOTION and step.rerates}
    with owner():
        assert Practice.objects.exists() and TimelineEntry.objects.filter(kind="exercise").count() == 1


@pytest.mark.parametrize("exercise", [pytest.param(one, id=one.key) for one in EVERY if one.key in QUICK])
def test_an_exercise_is_done_from_start_to_end(phone, tara, ben, as_owner, exercise):
    to_the_end(phone, agree(tara, ben, exercise.key), exercise, as_owner)


@pytest.mark.full
@pytest.mark.parametrize("exercise", [pytest.param(one, id=one.key) for one in EVERY])
def test_every_exercise_is_done_from_start_to_end(phone, tara, ben, as_owner, exercise):
    to_the_end(phone, agree(tara, ben, exercise.key), exercise, as_owner)


def test_the_quick_ones_hold_every_step_type():
    assert {step.type for one in EVERY if one.key in QUICK for step in one.steps} == set(StepType)


# --- coming and going


def test_stopped_half_way_and_gone_on_with_elsewhere(phone, tara, ben, ben_portal, as_owner):
    task = agree(tara, ben, "slow_breathing")
    page = press(phone, begin(phone, task), "next", answer="7")
    page = press(phone, page, "leave", answer="easy")
    assert "Kept. You can go on at any time." in page.content.decode()
    assert run_row(as_owner).state == "left"
    tablet = signed_in(ben_portal)
    page = tablet.get(reverse("portal:homework", args=[task.pk]))
    assert "You were at step 2. Go on, or start fresh?" in page.content.decode()
    page = tablet.get(reverse("portal:player", args=[run_row(as_owner).pk]))
    assert step_of(page) == "set" and form_with(page, "step").fields["answer"] == ["easy"]
    page, way = drive(tablet, page)
    assert way == ["set", "breathe", "after"]
    with as_owner():
        assert ExerciseRun.objects.count() == 1


def test_starting_fresh_makes_a_second_run(phone, tara, ben, as_owner):
    task = agree(tara, ben, "slow_breathing")
    press(phone, begin(phone, task), "next", answer="7")
    page = phone.get(reverse("portal:homework", args=[task.pk]))
    page = send(phone, page, "fresh", fresh="true")
    assert step_of(page) == "before" and "answer" not in form_with(page, "step").fields
    with as_owner():
        assert sorted(ExerciseRun.objects.values_list("state", flat=True)) == ["left", "started"]


def test_two_presses_write_once(phone, tara, ben, as_owner):
    task = agree(tara, ben, "clouds")
    start = phone.get(reverse("portal:homework", args=[task.pk]))
    for _press in range(2):
        page = send(phone, start, "new_id")
    for _press in range(2):
        after = press(phone, page, "next", answer="I will mess this up")
    assert step_of(after) == "strong" or step_of(after) != "thought"
    with as_owner():
        assert ExerciseRun.objects.count() == 1
        assert [(row.step, row.version) for row in ExerciseAnswer.objects.all()] == [("thought", 1)]


def test_back_keeps_answers_and_what_was_being_typed(phone, tara, ben):
    page = begin(phone, agree(tara, ben, "check_facts"))
    page = press(phone, page, "next", answer=["worried"], intensity__worried="6")
    page = press(phone, page, "back", answer="half a sentence")
    form = form_with(page, "step")
    assert (step_of(page), form.fields["answer"], form.fields["intensity-worried"]) == ("feel", ["worried"], ["6"])
    page = press(phone, page, "next", answer=["worried"], intensity__worried="6")
    assert form_with(page, "step").fields["answer"] == ["half a sentence"]


def test_the_browsers_own_back_shows_the_step_before(phone, tara, ben):
    first = begin(phone, agree(tara, ben, "slow_breathing"))
    second = press(phone, first, "next", answer="7")
    assert second.redirect_chain[-1][0].endswith("?s=2")
    again = phone.get(second.redirect_chain[-1][0].replace("s=2", "s=1"))
    assert step_of(again) == "before" and form_with(again, "step").fields["answer"] == ["7"]
    for rough in ("99", "x", "-1", "0", "", "2" * 5000, "٣"):
        assert phone.get(second.redirect_chain[-1][0].replace("s=2", f"s={rough}")).status_code == 200


def test_skip_stores_null(phone, tara, ben, as_owner):
    page = press(phone, begin(phone, agree(tara, ben, "slow_breathing")), "skip", answer="7")
    assert step_of(page) == "set"
    assert answers(as_owner) == {"before": None}


def test_an_older_window_is_shown_both_texts(phone, tara, ben, ben_portal, as_owner):
    old = begin(phone, agree(tara, ben, "clouds"))
    tablet = signed_in(ben_portal)
    press(tablet, tablet.get(old.request["PATH_INFO"]), "next", answer="from the tablet")
    page = press(phone, old, "next", answer="from the phone")
    text = page.content.decode()
    assert "from the tablet" in text and form_with(page, "step").fields["answer"] == ["from the phone"]
    assert answers(as_owner)["thought"] == "from the tablet"
    press(phone, page, "next")
    assert answers(as_owner)["thought"] == "from the phone"


# --- rough input


@pytest.mark.parametrize("typed", ["a\x00b", "a\x1bb", "a\uffffb", "x" * 141])
def test_what_cannot_be_kept_is_answered_beside_the_field(phone, tara, ben, as_owner, typed):
    page = press(phone, begin(phone, agree(tara, ben, "clouds")), "next", answer=typed)
    text = page.content.decode()
    assert page.status_code == 200 and 'id="answer_error"' in text and 'aria-describedby="answer_error"' in text
    assert answers(as_owner) == {}
    if len(typed) > 100:
        assert typed in text


def test_a_lone_surrogate_is_no_server_error(phone, tara, ben):
    form = form_with(begin(phone, agree(tara, ben, "clouds")), "step")
    fields = urlencode({**{name: values[0] for name, values in form.fields.items()}, "button": "next", "answer": "a\udc80b"}, errors="surrogatepass")
    assert phone.post(form.action, fields, content_type="application/x-www-form-urlencoded", follow=True).status_code == 200


@pytest.mark.parametrize(
    "posted",
    [
        {"step": "no_such"}, {"step": ""}, {"step": "\x00"}, {"button": "burn"}, {"version": "x" * 300}, {"version": "-1"}, {"answer": ["1", "2", "99"]},
        {"button": "back", "step": "no_such"}, {"button": "leave", "step": "no_such"}, {"button": "skip", "step": "no_such"}, {"button": "add"},
        {"button": "add", "step": "no_such"}, {"button": "done", "helped": "x"}, {"button": "done", "ratings": "x"}, {"button": "second"}, {"button": "drop"},
    ],
)  # fmt: skip
def test_a_made_up_form_never_breaks_the_page(phone, tara, ben, posted):
    page = begin(phone, agree(tara, ben, "slow_breathing"))
    form = form_with(page, "step")
    response = phone.post(form.action, {**form.fields, "button": "next", **posted}, follow=True)
    assert response.status_code == 200


def test_a_foreign_or_unknown_run_is_not_there(phone, tara, cleo, ben_portal, as_owner):
    agree(tara, cleo, "slow_breathing")
    with acting_as(tara.actor):
        run = ExerciseRun(client=cleo, clinic_id=cleo.clinic_id, created_by_id=tara.user.pk, item_key="clouds", exercise_version_id=_version("clouds"))
        run.save(force_insert=True)
    for name in ("player", "sharing"):
        for run_id in (run.pk, uuid4()):
            assert phone.get(reverse(f"portal:{name}", args=[run_id])).status_code == 404
            scope = form_with(phone.get("/portal/me/"), "scope").fields["scope"]
            assert phone.post(reverse(f"portal:{name}", args=[run_id]), {"scope": scope, "button": "leave"}).status_code == 404


def _version(key):
    from tests.homework.agreed import version_of

    return version_of(key).pk


# --- what the steps show


def test_a_name_typed_is_put_on_the_map_and_ticked(phone, tara, ben, as_owner):
    page = begin(phone, agree(tara, ben, "support_map"))
    page = press(phone, page, "add", new_name="Auntie Ife")
    page = press(phone, page, "add", new_name="Auntie Ife", answer=form_with(page, "step").fields["answer"])
    assert "Auntie Ife" in page.content.decode() and len(form_with(page, "step").fields["answer"]) == 1
    page = press(phone, page, "next", new_name="Obi", answer=form_with(page, "step").fields["answer"])
    with as_owner():
        assert sorted(Supporter.objects.values_list("name", "ring", "visibility")) == [("Auntie Ife", 1, "my_therapist"), ("Obi", 1, "my_therapist")]
    assert len(answers(as_owner)["close"]) == 2
    page = press(phone, page, "next", new_name="a\x00b")
    assert 'id="answer_error"' in page.content.decode() and step_of(page) == "middle"


def test_the_thought_is_pinned_and_the_feelings_come_again(phone, tara, ben, as_owner):
    page = begin(phone, agree(tara, ben, "thought_record"))
    page = press(phone, page, "next", answer="Monday")
    page = press(phone, page, "next", answer=["hurt", "worried"], intensity__hurt="8", intensity__worried="")
    page = press(phone, page, "next", answer="I am going to be fired")
    page = press(phone, page, "next", answer="9")
    text = page.content.decode()
    assert "I am going to be fired" in text and "You believe it 9 of 10." in text
    page, way = drive(phone, page)
    assert "feel2" in way
    assert answers(as_owner)["feel2"] == [{"word": "hurt", "intensity": 7}]
    text = page.content.decode()
    assert "From 9 to 4." in text and "Hurt" in text and "8 to 7" in text


def test_a_heavy_word_offers_the_help_page_once_and_softly(phone, tara, ben, as_owner):
    page = begin(phone, agree(tara, ben, "name_it"))
    page = press(phone, page, "next", answer=["hopeless"], intensity__hopeless="8")
    assert "That sounds heavy. Would you like to see your help page?" in page.content.decode()
    with acting_as(tara.actor):
        assert TimelineEntry.objects.filter(kind="care_note").count() == 1
    page = press(phone, page, "next")
    assert "That sounds heavy" not in page.content.decode()


def test_one_tap_answers_that_go_with_nothing_else(phone, tara, ben, as_owner):
    page = begin(phone, agree(tara, ben, "name_it"))
    assert ("alone", "not_sure") in form_with(page, "step").buttons
    send(phone, page, "step", alone="not_sure", answer=["hurt"])
    assert answers(as_owner)["feel"] == [{"word": "not_sure", "intensity": None}]


def test_a_step_with_help_has_the_button_inside(phone, tara, ben):
    page = press(phone, begin(phone, agree(tara, ben, "ride_the_wave")), "next", answer="To hurt myself")
    assert len(re.findall(r'href="/help-now/"', page.content.decode())) == 2


def test_worse_by_two_is_said_gently(phone, tara, ben):
    page = begin(phone, agree(tara, ben, "slow_breathing"))
    page = press(phone, page, "next", answer="3")
    page = press(phone, page, "next", answer="easy")
    page = press(phone, page, "next", seconds_done="20")
    assert "Before, you said 3." in page.content.decode()
    page = press(phone, page, "next", answer="9")
    text = page.content.decode()
    assert "That one did not help today." in text and "Something gentler" in text and text.count('href="/help-now/"') == 2


# --- who sees what


def test_words_are_private_until_shared_and_again_afterwards(phone, tara, ben, as_owner):
    page, _way = drive(phone, begin(phone, agree(tara, ben, "critic_to_coach")))
    assert 'name="words" value="only_me" checked' in page.content.decode()
    press(phone, page, "done", helped="3")
    assert seen_steps(tara, words=True) == set() != seen_steps(tara, words=False)
    sharing = reverse("portal:sharing", args=[run_row(as_owner).pk])
    for ratings, words in (("only_me", "therapist"), ("therapist", "only_me"), ("only_me", "only_me"), ("therapist", "therapist")):
        send(phone, phone.get(sharing), "words", ratings=ratings, words=words)
        assert bool(seen_steps(tara, words=True)) == (words == "therapist")
        assert bool(seen_steps(tara, words=False)) == (ratings == "therapist")
        with acting_as(tara.actor):
            assert Practice.objects.exists() == (ratings == "therapist")
            assert [entry.value for entry in TimelineEntry.objects.filter(kind="exercise")] == [4.0 if ratings == "therapist" else None]


def seen_steps(person, *, words: bool) -> set[str]:
    steps = {step.id: step for one in EVERY if one.key == "critic_to_coach" for step in one.steps}
    with acting_as(person.actor):
        return {name for name in ExerciseAnswer.objects.values_list("step", flat=True) if steps[name].is_answered_with_words == words}


def test_bringing_it_to_the_session_is_its_own_wish(phone, tara, ben, as_owner):
    page, _way = drive(phone, begin(phone, agree(tara, ben, "slow_breathing")))
    press(phone, page, "done", for_session="true", ratings="only_me")
    with acting_as(tara.actor):
        entry = TimelineEntry.objects.get(kind="exercise")
    assert entry.for_session and entry.value is None


def test_a_session_that_ended_while_typing_gives_the_words_back(phone, tara, ben, ben_portal, as_owner):
    page = begin(phone, agree(tara, ben, "check_facts"))
    page = press(phone, page, "skip")
    phone.logout()
    words = "Line one\nLine two, long enough to be worth a lot. שלום 🌿" * 20
    form = form_with(page, "step")
    answer = phone.post(form.action, {**form.fields, "answer": words, "button": "next"})
    assert answer.status_code == 302 and answer["Location"].startswith("/accounts/login/")
    phone.force_login(ben_portal.user)
    kept = phone.get(form.action)
    assert "Line two, long enough" in kept.content.decode()
    after = send(phone, kept, "step")
    assert after.status_code == 200 and answers(as_owner)[form.fields["step"][0]] == words
