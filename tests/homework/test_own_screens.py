"""Writing, adapting, wording anew and retiring in the browser's own way: forms, no script."""

import html
import re

import pytest
from django.http import QueryDict

from access.acting import acting_as
from homework.authoring import form_of, steps_of
from homework.content import library as content
from homework.forms.draft import Draft
from homework.forms.own import ExerciseForm, StepForm
from homework.models import Exercise, ExerciseVersion
from homework.player.parsing import parse_exercise
from homework.selectors import titles
from tests.homework.agreed import agree
from tests.homework.browsing import words_of
from tests.homework.own import written

pytestmark = pytest.mark.usefixtures("library")
WRITE = "/library/own/write/"


def fields_of(page):
    """Name to value(s) of the page's own form, as a browser would send it."""
    text = page.content.decode()
    text = text[text.index('id="own"') :]
    text = text[: text.index("</form>")]
    sent = {}
    for tag in re.findall(r"<input[^>]*>", text):
        name, value, kind = (re.search(rf'{key}="([^"]*)"', tag) for key in ("name", "value", "type"))
        if name and (kind is None or kind[1] not in ("checkbox", "submit") or "checked" in tag):
            sent[name[1]] = unescaped(value[1]) if value else ""
    for name, inner in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', text, re.S):
        options = re.findall(r"<option[^>]*>", inner)
        chosen = next((one for one in options if "selected" in one), options[0])
        sent[name] = unescaped(re.search(r'value="([^"]*)"', chosen)[1])
    for name, inner in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', text, re.S):
        sent[name] = unescaped(inner.removeprefix("\r\n").removeprefix("\n"))
    return sent


def unescaped(text):
    return html.unescape(text)


FILLED = {"title": "Window walk", "purpose": "To look up.", "intro": "Walk to a window.", "often_text": "Every day", "source": "Our clinic", "s0-text": "Look."}


def send(desk, url=WRITE, **changes):
    return desk.post(url, {**fields_of(desk.get(url)), **FILLED, "do": "save", **changes})


def own_of(tara):
    with acting_as(tara.actor):
        return ExerciseVersion.objects.filter(clinic__isnull=False, current=True).select_related("exercise").first()


def test_an_exercise_is_written_and_stands_in_the_library(desk, tara):
    page = send(desk)
    own = own_of(tara)
    assert page.status_code == 302 and page["Location"] == f"/library/{own.exercise.key}/"
    listed = words_of(desk.get("/library/"))
    assert "Window walk" in listed and "Written by Lanternbrook" in listed
    shown = words_of(desk.get(page["Location"]))
    assert "Written by Lanternbrook" in shown and "Version 1" in shown and "Tara" in shown and "Our clinic" in shown


def test_sent_twice_it_is_one(desk, tara):
    data = {**fields_of(desk.get(WRITE)), **FILLED, "do": "save"}
    assert [desk.post(WRITE, data).status_code for _time in range(2)] == [302, 302]
    with acting_as(tara.actor):
        assert Exercise.objects.filter(clinic__isnull=False).count() == 1


def test_a_mistake_stands_beside_its_field_and_nothing_typed_is_lost(desk, tara):
    data = {**fields_of(desk.get(WRITE)), **FILLED, "do": "add", "add_type": "rating"}
    page = desk.post(WRITE, data)
    again = {**fields_of(page), "s1-text": "How <tense>?\r\nSay it.", "do": "save", "headline": "Now {nothing}"}
    page = desk.post(WRITE, again)
    words = words_of(page)
    assert page.status_code == 200 and "Step 2: Low and high words are needed." in words and "There is no step {nothing}" in words
    kept = fields_of(page)
    assert kept["s1-text"].replace("\r", "") == "How <tense>?\nSay it." and kept["title"] == "Window walk"
    assert 'id="id_s1-low_error"' in page.content.decode() and own_of(tara) is None


def test_steps_are_added_moved_and_removed_by_buttons(desk):
    data = {**fields_of(desk.get(WRITE)), **FILLED}
    page = desk.post(WRITE, {**data, "do": "add", "add_type": "timer"})
    two = {**fields_of(page), "s1-text": "Wait.", "s1-seconds": "75"}
    up = fields_of(desk.post(WRITE, {**two, "do": "up-1"}))
    assert (up["s0-text"], up["s0-seconds"], up["s1-text"], up["steps"]) == ("Wait.", "75", "Look.", "2")
    down = fields_of(desk.post(WRITE, {**up, "do": "down-0"}))
    assert down["s0-text"] == "Look."
    gone = fields_of(desk.post(WRITE, {**down, "do": "remove-0"}))
    assert gone["steps"] == "1" and gone["s0-text"] == "Wait." and gone["s0-sid"] == two["s1-sid"]
    for act in ("up-0", "down-9", "remove-x", "remove-", "nonsense", "up--1", "up-\u0663"):
        assert fields_of(desk.post(WRITE, {**gone, "do": act}))["s0-text"] == "Wait."


def test_the_preview_shows_the_steps_and_saves_nothing(desk, tara):
    data = {**fields_of(desk.get(WRITE)), **FILLED, "s0-type": "choice", "s0-options": "Left\r\nRight", "s0-optional": "on"}
    for page in (desk.post(WRITE, {**data, "do": "preview"}), desk.post("/library/own/preview/", data)):
        words = words_of(page)
        assert page.status_code == 200 and "1 of 1" in words and "Left Right" in words and "If you like." in words and "Walk to a window." in words
    assert own_of(tara) is None
    assert words_of(desk.post("/library/own/preview/", {**data, "s0-max": "\x00", "s0-type": "lies", "steps": "999"}))


@pytest.mark.parametrize("value", ["a\x00b", "\ud800", "x" * 10_000, "7,5", "\u200b", "<script>"], ids=list("abcdef"))
@pytest.mark.parametrize("field", ["title", "s0-text", "minutes", "s0-seconds", "s0-sid", "s0-was", "base", "number", "s0-show_step", "not_for", "steps"])
def test_rough_input_is_answered_with_a_page(desk, tara, field, value):
    data = {**fields_of(desk.get(WRITE)), **FILLED}
    value = value.encode("utf-8", "surrogatepass") if value == "\ud800" else value
    for act in ("save", "add", "preview"):
        assert desk.post(WRITE, {**data, field: value, "do": act}).status_code in (200, 302)


def test_adapting_fills_the_form_and_leaves_ours_alone(desk, tara):
    page = desk.get("/library/own/slow_breathing/adapt/")
    assert "Slow breathing" in words_of(page)
    sent = desk.post("/library/own/slow_breathing/adapt/", {**fields_of(page), "title": "Slow breathing, ours", "do": "save"})
    assert sent.status_code == 302
    own = own_of(tara)
    with acting_as(tara.actor):
        ours = ExerciseVersion.objects.get(exercise__key="slow_breathing", current=True)
        assert ours.title == "Slow breathing" and titles()[own.exercise.key] == "Slow breathing, ours"
    assert own.exercise.adapted_from == "slow_breathing" and own.content["evidence"]["strength"] == "practice"
    kept = {step["id"]: step.get("pattern") or step.get("pattern_by_choice") for step in own.content["steps"]}
    assert kept == {step["id"]: step.get("pattern") or step.get("pattern_by_choice") for step in ours.content["steps"]} and any(kept.values())
    assert "Adapted from Slow breathing" in words_of(desk.get(sent["Location"]))


def test_every_exercise_of_ours_can_be_adapted_and_keeps_what_the_form_does_not_show():
    """Through the form and back: the same steps, the same close, the same dose."""
    for one in content().exercises:
        data = QueryDict(mutable=True)
        first = ExerciseForm(initial=form_of(one))
        for name in first.fields:
            put(data, name, first[name].value())
        steps = steps_of(one)
        data["steps"] = str(len(steps))
        for place, step in enumerate(steps):
            form = StepForm(initial=step, prefix=f"s{place}")
            for name in form.fields:
                put(data, f"s{place}-{name}", form[name].value())
        draft = Draft(data, base=ExerciseVersion(content=one))
        assert draft.is_valid(), (one["key"], draft.messages)
        made = draft.content
        for name in set(one) - {"key", "in_help_now", "in_help_now_rule", "close", "steps", "therapist_sees"}:
            assert made[name] == one[name], (one["key"], name)
        assert (made["close"] or None) == (one.get("close") or None), one["key"]
        theirs, ours = parse_exercise({**made, "key": "x"}), parse_exercise({**one, "key": "x"})
        assert theirs.steps == ours.steps and theirs.headline == ours.headline and {*theirs.fields} == {*ours.fields}, one["key"]


def put(data, name, value):
    if value is not None and value is not False:
        data[name] = "on" if value is True else str(value)


def test_an_edit_is_a_version_with_who_and_when(desk, tara, ben):
    own = written(tara)
    task = agree(tara, ben, own.key)
    url = f"/library/own/{own.key}/edit/"
    page = desk.post(url, {**fields_of(desk.get(url)), "title": "Door walk", "do": "save"})
    assert page.status_code == 302
    shown = words_of(desk.get(page["Location"]))
    assert "Door walk" in shown and "Version 2" in shown and "Version 1" in shown
    assert "Window walk" in words_of(desk.get(f"{page['Location']}?version=1"))
    assert "Window walk" in words_of(desk.get(f"/clients/{ben.pk}/homework/")) and task.exercise_version.number == 1
    assert desk.get(f"{page['Location']}?version=9").status_code == 404


def test_two_edits_at_once_show_both(desk, tara):
    own = written(tara)
    url = f"/library/own/{own.key}/edit/"
    early = fields_of(desk.get(url))
    desk.post(url, {**early, "title": "Door walk", "do": "save"})
    late = desk.post(url, {**early, "title": "Roof walk", "s1-text": "What did you hear?", "do": "save"})
    words = words_of(late)
    assert late.status_code == 409 and "Door walk" in words and "Roof walk" in words and "What did you see?" in words and "What did you hear?" in words
    saved = desk.post(url, {**fields_of(late), "do": "save"})
    assert saved.status_code == 302 and own_of(tara).title == "Roof walk" and own_of(tara).number == 3


def test_retired_and_brought_back(desk, tara):
    own = written(tara)
    url = f"/library/own/{own.key}/retire/"
    scope = {name: value for name, value in fields_of(desk.get(WRITE)).items() if name in ("scope", "csrfmiddlewaretoken")}
    desk.post(url, {**scope, "away": "yes"})
    listed = words_of(desk.get("/library/"))
    assert "Retired 1" in listed and "Retired" in words_of(desk.get(f"/library/{own.key}/"))
    assert desk.get(f"/library/{own.key}/paper/").status_code == desk.get(f"/library/own/{own.key}/adapt/").status_code == 404
    desk.post(url, {**scope, "away": "no"})
    assert "Retired 1" not in words_of(desk.get("/library/"))
    assert desk.get(url).status_code == 405


def test_another_clinic_finds_nothing_and_an_admin_writes(client, tara, olu, ada):
    own = written(tara)
    client.force_login(olu.user)
    for url in (f"/library/{own.key}/", f"/library/own/{own.key}/edit/", f"/library/own/{own.key}/adapt/", f"/library/{own.key}/paper/"):
        assert client.get(url).status_code == 404
    assert "Window walk" not in words_of(client.get("/library/"))
    client.force_login(ada.user)
    assert "Window walk" in words_of(client.get("/library/")) and client.get(f"/library/own/{own.key}/edit/").status_code == 200
    assert send(client, title="From the office").status_code == 302
    for url in ("/library/own/slow_breathing/edit/", "/library/own/none/adapt/"):
        assert client.get(url).status_code == 404


def test_a_client_opens_none_of_these_pages(client, tara, ben_portal):
    own = written(tara)
    client.force_login(ben_portal.user)
    for url in (WRITE, f"/library/own/{own.key}/edit/", f"/library/{own.key}/", f"/library/{own.key}/paper/", "/homework/paper/"):
        assert client.get(url).status_code == 404
