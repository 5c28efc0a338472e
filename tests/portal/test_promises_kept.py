"""All 54 exercises through the real pages, as a client does them and as the therapist then reads them, beside what their file says."""

from uuid import uuid4

import pytest
from django.urls import reverse

from homework.models import ExerciseAnswer, ExerciseRun
from strengths.models import Supporter
from tests.homework.agreed import agree
from tests.portal.driving import form_with, press, send, signed_in, step_of
from tests.portal.promises import NAME, SILENT, WORDS, Promise, flat, said, the_file

EXERCISES = the_file()["exercises"]
EVERY = [pytest.param(content, id=content["key"]) for content in EXERCISES]
PAIRED = [pytest.param(content, id=content["key"]) for content in EXERCISES if Promise(content).pairs]
WAYS = [
    *(("ride_the_wave", "what", value) for value in ("To hurt myself", "Food")),
    *(("worry_time", "sort", value) for value in ("do", "cant")),
    *(("muscle_release", "skip", value) for value in ("Hands and arms", "Shoulders and neck", "Face and jaw", "Tummy", "Legs and feet", "Nothing to skip")),
]
END_FOR_NOW = "That is all for now. Come back after you tried it."


@pytest.fixture
def desk(tara):
    """Tara's browser beside the client's phone."""
    return signed_in(tara)


def begin(phone, tara, ben, content):
    """Alone where the file lets her, else refused and then agreed on."""
    address = reverse("portal:practise_exercise", args=[content["key"]])
    if content["self_start"]:
        return send(phone, phone.get(address), "new_id")
    scope = form_with(phone.get("/portal/me/"), "scope").fields["scope"]
    assert phone.get(address).status_code == 404 and phone.post(address, {"new_id": str(uuid4()), "scope": scope}).status_code == 404
    assert content["title"] not in said(phone.get(reverse("portal:practise")))
    task = agree(tara, ben, content["key"])
    return send(phone, phone.get(reverse("portal:homework", args=[task.pk])), "new_id")


def walk(phone, page, promise, *, later):
    """Every step of a visit in the file's order, each with its own words and not yet the next one's."""
    for step in promise.part(later):
        if not promise.shown(step):
            continue
        assert step_of(page) == step["id"]
        words = said(page)
        assert flat(step["text"]) in words
        assert ("Help now" in words) and (not step.get("opens") or 'class="big second" href="/help' in page.content.decode())
        form = form_with(page, "step")
        page = phone.post(form.action, {**form.fields, **promise.post(step, page), "button": "next"}, follow=True)
        assert 'class="msg"' not in page.content.decode(), step["id"]
    assert step_of(page) == "*"
    return page


def to_the_end(phone, page, promise):
    """Both visits; what is said at the end of the first, and the card on Today that asks for the second."""
    page = walk(phone, page, promise, later=False)
    if promise.part(later=True):
        assert (END_FOR_NOW in said(page)) != promise.is_worse()
        today = phone.get("/portal/")
        assert "How did it go?" in said(today)
        page = walk(phone, send(phone, today, "second", button="second"), promise, later=True)
    return page


def check_the_end(page, promise):
    """Its own words, and the gentle ones exactly when a number got two or more points worse."""
    close, words = promise.content.get("close") or {}, said(page)
    gentle = close.get("if_worse") or the_file()["default_if_worse"]
    for text in {flat(gentle), "That one did not help today."}:
        assert (text in words) == promise.is_worse()
    assert ("Something gentler" in words) == promise.is_worse()
    assert words.count("Help now") == 1 + promise.is_worse() + ("Tap 'Help now'" in words or "tap 'Help now'" in words)
    if not promise.is_worse():
        assert flat(close.get("text") or "") in words


def stored(owner):
    with owner():
        return dict(ExerciseAnswer.objects.values_list("step", "value"))


def check_what_is_kept(promise, owner):
    """Every answer as it was given, of the steps that were shown and no others."""
    found = stored(owner)
    people = [step["id"] for step in promise.steps if step["type"] == "people"]
    with owner():
        named = {str(pk) for pk in Supporter.objects.filter(name=NAME).values_list("pk", flat=True)}
    assert {name: value for name, value in found.items() if name not in people} == {
        name: value for name, value in promise.answers.items() if name not in people
    }
    for name in people:
        assert found[name] and set(found[name]) <= named
        promise.answers[name] = found[name]


def groups_of(promise):
    """The steps a therapist is offered, by whether they are words."""
    sees = promise.content["therapist_sees"]
    offered = [step for step in promise.steps if step["id"] in (*sees["fields"], *sees.get("fields_if_shared", ())) and step["type"] not in SILENT]
    return {step["id"] for step in offered if step["type"] in WORDS}, {step["id"] for step in offered if step["type"] not in WORDS}


def check_the_desk(desk, ben, promise, *, words, ratings):
    """The headline filled in, each shared field with its question, "kept private" for the rest."""
    said_words, taps = groups_of(promise)
    page = said(desk.get(f"/clients/{ben.pk}/homework/"))
    page = page[page.index("what Ben shares, newest first") :]
    shared = (said_words if words else set()) | (taps if ratings else set())
    assert promise.headline({step["id"] for step in promise.steps} - shared) in page
    for step in promise.steps:
        if step["type"] in SILENT or step["id"] not in promise.answers or not promise.answers[step["id"]]:
            continue
        line = f"{flat(step['text'])} {promise.read(step)}"
        assert (line in page) == (step["id"] in shared), step["id"]
    private = {(True, True): "", (False, True): "Words kept private", (True, False): "Ratings and taps kept private", (False, False): "Answers kept private"}
    if said_words and taps:
        assert private[words, ratings] in page and sum(text in page for text in private.values() if text) == (0 if words and ratings else 1)


@pytest.mark.parametrize("content", EVERY)
def test_what_the_file_says_is_what_happens(phone, desk, tara, ben, as_owner, content):
    promise = Promise(content)
    page = to_the_end(phone, begin(phone, tara, ben, content), promise)
    check_the_end(page, promise)
    check_what_is_kept(promise, as_owner)
    with as_owner():
        run = ExerciseRun.objects.get()
    assert (run.state, run.ratings_shared, run.words_shared) == ("finished", True, content["sharing_default"] == "shared")
    said_words, _taps = groups_of(promise)
    if said_words:
        assert form_with(page, "helped").fields["words"] == ["therapist" if content["sharing_default"] == "shared" else "only_me"]
    press(phone, page, "done", helped="5")
    check_the_desk(desk, ben, promise, words=run.words_shared, ratings=True)
    address = reverse("portal:sharing", args=[run.pk])
    for words, ratings in ((True, True), (True, False), (False, False)):
        choice = {"words": "therapist" if words else "only_me", "ratings": "therapist" if ratings else "only_me"}
        send(phone, phone.get(address), "for_session", **choice)
        check_the_desk(desk, ben, promise, words=words, ratings=ratings)


@pytest.mark.parametrize("content", PAIRED)
def test_two_points_worse_is_answered_gently_with_help_beside_it(phone, tara, ben, content):
    promise = Promise(content, worse=2)
    page = to_the_end(phone, begin(phone, tara, ben, content), promise)
    assert promise.is_worse()
    check_the_end(page, promise)


@pytest.mark.parametrize(("key", "step", "value"), [pytest.param(*way, id=f"{way[0]}-{way[2]}") for way in WAYS])
def test_a_step_that_hangs_on_an_answer_comes_with_it_and_not_without(phone, tara, ben, as_owner, key, step, value):
    content = next(content for content in EXERCISES if content["key"] == key)
    promise = Promise(content, fixed={step: value})
    to_the_end(phone, begin(phone, tara, ben, content), promise)
    check_what_is_kept(promise, as_owner)


def test_those_are_all_the_steps_that_hang_on_an_answer():
    conditions = [(content["key"], step.get("show_if") or step.get("hide_if")) for content in EXERCISES for step in content["steps"]]
    found = {(key, condition["step"]) for key, condition in conditions if condition}
    assert found == {(key, step) for key, step, _value in WAYS} and len(EXERCISES) == 54
