"""A thought record in the player: moments as facts, a fairer thought of before, an example first, a calming skill, the short version."""

import html
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from access.acting import acting_as
from clients.models import Client
from homework.models import ExerciseAnswer, ExerciseRun
from mindset.models import Evidence, ThoughtRecord
from mindset.services import show_thought
from tests.cast import Person
from tests.mindset.thinking import looked_at, moment, thinking
from tests.portal.driving import form_with, press, send, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]
BEGIN = "/portal/practise/thought_record/"
THOUGHT = "A good mother would know what to do"


def text_of(answer: Any) -> str:
    return " ".join(html.unescape(answer.content.decode()).split())


def begin(phone: Browser) -> Any:
    return send(phone, phone.get(BEGIN), "visibility")


def up_to_against(phone: Browser, strength: str = "8") -> Any:
    page = press(phone, begin(phone), "next", answer="Baby cried for an hour")
    page = press(phone, page, "next", answer=["guilty"], **{"intensity-guilty": strength})
    page = press(phone, page, "next", answer=THOUGHT)
    page = press(phone, page, "next", answer="9")
    page = press(phone, page, "next", answer=["none"])
    return press(phone, page, "next", answer="She cried.")


def test_moments_are_added_as_facts_without_script_and_kept_beside_the_text(ben: Client, ben_portal: Person) -> None:
    held, other = moment(ben_portal, ben, "I held her the whole hour"), moment(ben_portal, ben, "Made Obi laugh", strength="humour")
    phone = signed_in(ben_portal)
    page = up_to_against(phone)
    text = text_of(page)
    assert "What facts do not fit with it?" in text and "The thought. You believe it 9 of 10." in text
    assert "From your own strengths" in text and "Moments you kept. They count too." in text and "Made Obi laugh" in text
    page = press(phone, page, "next", answer="She cries with Obi too", moments=[str(held.pk)])
    back = press(phone, page, "back")
    assert form_with(back, "moments").fields["moments"] == [str(held.pk)], "and it is ticked on the way back"
    page = press(phone, back, "next", moments=[str(held.pk), str(other.pk)])
    with acting_as(ben_portal.actor):
        kept = {row.step: (row.value, row.visibility) for row in ExerciseAnswer.objects.filter(step__startswith="against")}
    assert kept["against"][0] == "She cries with Obi too"
    assert set(kept["against.moments"][0]) == {str(held.pk), str(other.pk)} and kept["against.moments"][1] == "only_me"


def test_an_id_that_is_no_moment_of_hers_is_not_kept(ben: Client, ben_portal: Person) -> None:
    moment(ben_portal, ben, "Mine")
    phone = signed_in(ben_portal)
    press(phone, up_to_against(phone), "next", answer="A fact", moments=["00000000-0000-0000-0000-000000000000", "rough"])
    with acting_as(ben_portal.actor):
        assert not ExerciseAnswer.objects.filter(step="against.moments").exists()


def test_a_record_to_its_end(ben: Client, ben_portal: Person) -> None:
    held = moment(ben_portal, ben, "I held her the whole hour")
    phone = signed_in(ben_portal)
    page = press(phone, up_to_against(phone), "next", answer="", moments=[str(held.pk)])
    page = press(phone, page, "skip")
    page = press(phone, page, "next", answer="Babies cry. I stayed.")
    page = press(phone, page, "next", answer="7")
    page = press(phone, page, "next", answer="4")
    page = press(phone, page, "next", **{"intensity-guilty": "4"})
    page = press(phone, page, "skip")
    text = text_of(page)
    assert "From 9 to 4." in text and "You believe it 7 of 10." in text and "8 to 4" in text and "Put it in my plan" in text
    with acting_as(ben_portal.actor):
        record = ThoughtRecord.objects.get()
        assert record.visibility == "only_me" and Evidence.objects.get(record=record, side="against").moment_id == held.pk
    press(phone, page, "done", short_next="true", words="therapist", ratings="therapist", seen="therapist")
    with acting_as(ben_portal.actor):
        record.refresh_from_db()
        assert record.short_next and record.visibility == "my_therapist"
    assert "There is a shorter way" in text_of(phone.get(BEGIN))


def test_the_first_time_shows_one_example_that_can_be_skipped(ben: Client, ben_portal: Person) -> None:
    phone = signed_in(ben_portal)
    form = form_with(phone.get(BEGIN), "visibility")
    page = phone.post(BEGIN, form.fields, follow=True)
    text = text_of(page)
    assert "An example: Robin" in text and ">Skip</a>" in text and "Now yours" in text
    looked_at(ben_portal, ben, days_ago=2)
    again = phone.post(BEGIN, {**form_with(phone.get(BEGIN), "fresh").fields, "fresh": "true"}, follow=True)
    assert "An example" not in text_of(again)


@pytest.mark.parametrize(
    ("word", "strength", "offered"), [("guilty", "9", True), ("guilty", "8", False), ("joyful", "10", False)], ids=["nine", "eight", "joy"]
)
def test_feelings_at_nine_first_offer_a_calming_skill(word: str, strength: str, offered: bool, ben: Client, ben_portal: Person) -> None:
    phone = signed_in(ben_portal)
    page = press(phone, begin(phone), "next", answer="Baby cried")
    form = form_with(page, "step")
    answer = phone.post(form.action, {**form.fields, "answer": [word], f"intensity-{word}": strength, "button": "next"}, follow=True)
    text = text_of(answer)
    assert ("No thanks, go on" in text) is offered
    if offered:
        assert reverse("portal:practise_exercise", args=["slow_breathing"]) in text


def test_a_fairer_thought_of_before_comes_into_the_field(ben: Client, ben_portal: Person) -> None:
    row = looked_at(ben_portal, ben, days_ago=3)
    phone = signed_in(ben_portal)
    page = press(phone, press(phone, up_to_against(phone), "skip"), "skip")
    text = text_of(page)
    assert "A fairer thought you had:" in text and row.fairer in text
    page = press(phone, page, f"use:{row.pk}")
    assert form_with(page, "step").fields["answer"] == [row.fairer]
    with acting_as(ben_portal.actor):
        assert not ExerciseAnswer.objects.filter(step="fair", run__state="started").exists(), "nothing is saved by it alone"
    page = send(phone, page, "step", button=f"use:{row.client_id}")
    assert form_with(page, "step").fields["answer"] == [row.fairer], "an id of something else changes nothing"


def test_a_fairer_thought_that_was_only_hers_says_so_before_it_is_used_where_others_read(ben: Client, ben_portal: Person) -> None:
    row, warning = looked_at(ben_portal, ben, days_ago=3), "Only you read it so far."
    phone = signed_in(ben_portal)
    page = press(phone, press(phone, up_to_against(phone), "skip"), "skip")
    assert row.fairer in text_of(page) and warning not in text_of(page), "the control: this one is shared"
    with acting_as(ben_portal.actor):
        show_thought(record=row, visibility="only_me", by=ben_portal.actor)
    assert warning in text_of(phone.get(form_with(page, "step").action))


def test_after_two_left_part_done_the_short_version_is_offered(ben: Client, ben_portal: Person) -> None:
    phone = signed_in(ben_portal)
    assert "There is a shorter way" not in text_of(phone.get(BEGIN))
    for _run in range(2):
        thinking(ben_portal, ben, sit="Begun")
    assert "There is a shorter way" in text_of(phone.get(BEGIN))
    with acting_as(ben_portal.actor):
        assert ExerciseRun.objects.filter(item_key="thought_record").count() == 2
