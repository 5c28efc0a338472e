"""Thoughts in the client's hands and on the desk: what each page shows, what comes back from rough input, and who does not get it."""

import html
from typing import Any

import pytest
from django.urls import reverse

from access.acting import acting_as
from clients.models import Client
from coping.models import CopingPlan, CopingStrategy
from core.ids import uuid7
from homework.models import ExerciseRun
from homework.services.replies import write_reply
from homework.services.runs import finish_run
from mindset.models import ThoughtRecord
from mindset.selectors import evidence_of
from mindset.services import show_thought
from tests.cast import Person
from tests.mindset.thinking import SAID, looked_at, moment
from tests.portal.driving import form_with, send, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]


def text_of(answer: Any) -> str:
    assert answer.status_code in (200, 409), answer.status_code
    return " ".join(html.unescape(answer.content.decode()).split())


def test_the_list_groups_the_same_thought_and_counts_patterns_from_three(ben: Client, ben_portal: Person) -> None:
    for days in (9, 5):
        looked_at(ben_portal, ben, days_ago=days)
    phone = signed_in(ben_portal)
    text = text_of(phone.get(reverse("mindset:mine")))
    assert text.count("mindset/thoughts/") == 2 and "Looked at once before" in text
    assert "From 9 to 4." in text and "A fairer thought you had:" in text and "Patterns that came up" not in text
    looked_at(ben_portal, ben, thought="Other", b1=None)
    text = text_of(phone.get(reverse("mindset:mine")))
    assert 'Should and must <b class="num">3</b>' in text and "4 of 10 at the end." in text and "not said" in text


def test_nothing_yet_is_said_with_the_way_in(ben: Client, ben_portal: Person, tara: Person) -> None:
    text = text_of(signed_in(ben_portal).get(reverse("mindset:mine")))
    assert "Nothing here yet." in text and reverse("portal:practise_exercise", args=["thought_record"]) in text
    assert "No thought was shared yet." in text_of(signed_in(tara).get(reverse("mindset:desk", args=[ben.pk])))


def test_one_thought_with_its_facts_for_both_sides(ben: Client, ben_portal: Person, tara: Person) -> None:
    open_one, own = moment(ben_portal, ben, "I held her the whole hour"), moment(ben_portal, ben, "Nobody knows", visibility="only_me", strength="humour")
    row = looked_at(ben_portal, ben, against__moments=[str(open_one.pk), str(own.pk)])
    mine = text_of(signed_in(ben_portal).get(reverse("mindset:thought", args=[row.pk])))
    desk = text_of(signed_in(tara).get(reverse("mindset:desk_thought", args=[ben.pk, row.pk])))
    for text in (mine, desk):
        assert SAID["thought"] in text and "From 9 to 4." in text and "8 to 4" in text and "I held her the whole hour" in text
    assert "Nobody knows" in mine and "Nobody knows" not in desk and "Guilty" in desk


def test_the_margin_is_read_by_both(ben: Client, ben_portal: Person, tara: Person) -> None:
    row = looked_at(ben_portal, ben)
    with acting_as(ben_portal.actor):
        finish_run(run=ExerciseRun.objects.get(pk=row.source_id), by=ben_portal.actor)
    desk = signed_in(tara)
    assert reverse("dashboard:reply", args=[ben.pk, row.source_id]) in text_of(desk.get(reverse("mindset:desk_thought", args=[ben.pk, row.pk])))
    with acting_as(tara.actor):
        write_reply(client=ben, source_id=row.source_id, new_id=uuid7(), text="That is a real fact.", by=tara.actor)
    for page in (desk.get(reverse("mindset:desk_thought", args=[ben.pk, row.pk])), signed_in(ben_portal).get(reverse("mindset:thought", args=[row.pk]))):
        assert "That is a real fact." in text_of(page)


def test_what_is_private_is_not_there_for_staff(ben: Client, ben_portal: Person, tara: Person, sam: Person, ada: Person) -> None:
    row = looked_at(ben_portal, ben)
    page, whole = reverse("mindset:desk_thought", args=[ben.pk, row.pk]), reverse("mindset:desk", args=[ben.pk])
    assert signed_in(tara).get(page).status_code == 200
    for outsider in (sam, ada):
        for address in (page, whole):
            answer = signed_in(outsider).get(address)
            assert answer.status_code in (403, 404) or SAID["thought"] not in answer.content.decode()
    with acting_as(ben_portal.actor):
        show_thought(record=row, visibility="only_me", by=ben_portal.actor)
    assert signed_in(tara).get(page).status_code == 404
    text = text_of(signed_in(tara).get(whole))
    assert SAID["thought"] not in text and "No thought was shared yet." in text


def test_put_right_and_a_late_window_sees_both_texts(ben: Client, ben_portal: Person) -> None:
    kept = moment(ben_portal, ben, "I held her the whole hour")
    row = looked_at(ben_portal, ben)
    phone, address = signed_in(ben_portal), reverse("mindset:change", args=[row.pk])
    page = phone.get(address)
    late = form_with(page, "thought")
    text = text_of(send(phone, page, "thought", fairer="I stayed", moments=[str(kept.pk)], patterns=["none"]))
    assert "Saved." in text and "I stayed" in text and "I held her the whole hour" in text and "None of these fits" in text
    answer = phone.post(address, {**late.fields, "fairer": "Mine instead"})
    assert answer.status_code == 409
    text = text_of(answer)
    assert "I stayed" in text and "Mine instead" in text
    again = text_of(send(phone, answer, "thought"))
    assert "Mine instead" in again
    with acting_as(ben_portal.actor):
        assert ThoughtRecord.objects.get(pk=row.pk).version == 3 and len(evidence_of([row], ben)[row.pk]) == 3


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [("thought", "", "required"), ("belief_after", "11", "10"), ("patterns", ["none", "shoulds"], "one or the other"), ("fairer", "\x00", "character")],
    ids=["empty", "eleven", "both", "control"],
)
def test_rough_input_comes_back_with_a_word_beside_its_field(field: str, value: Any, said: str, ben: Client, ben_portal: Person) -> None:
    row = looked_at(ben_portal, ben)
    phone = signed_in(ben_portal)
    answer = send(phone, phone.get(reverse("mindset:change", args=[row.pk])), "thought", situation="Typed just now", **{field: value})
    text = text_of(answer)
    assert "Typed just now" in text and said in text and '_error"' in text
    with acting_as(ben_portal.actor):
        assert ThoughtRecord.objects.get(pk=row.pk).version == 1


def test_taken_back_twice_and_gone(ben: Client, ben_portal: Person) -> None:
    row = looked_at(ben_portal, ben)
    phone, page = signed_in(ben_portal), reverse("mindset:thought", args=[row.pk])
    form = next(one for one in [form_with(phone.get(page), "scope")] if one)
    for _press in range(2):
        assert phone.post(reverse("mindset:back", args=[row.pk]), form.fields).status_code == 302
    assert phone.get(page).status_code == 404 and SAID["thought"] not in text_of(phone.get(reverse("mindset:mine")))


def test_a_fairer_thought_goes_into_the_plan_as_its_sentence(ben: Client, ben_portal: Person, tara: Person) -> None:
    row = looked_at(ben_portal, ben)
    phone, address = signed_in(ben_portal), reverse("portal:keep_thought", args=[row.pk])
    page = phone.get(address)
    assert "Please choose one of these." in text_of(send(phone, page, "words"))
    for _press in range(2):
        text = text_of(send(phone, page, "words", place="phrase"))
        assert SAID["fair"] in text
    with acting_as(tara.actor):
        assert [plan.phrase for plan in CopingPlan.objects.filter(client=ben)] == [SAID["fair"]]


def test_or_as_something_that_helps_read_by_whom_the_thought_is_read_by(ben: Client, ben_portal: Person, tara: Person) -> None:
    row = looked_at(ben_portal, ben, shared=False)
    phone = signed_in(ben_portal)
    text_of(send(phone, phone.get(reverse("portal:keep_thought", args=[row.pk])), "words", place="strategy"))
    with acting_as(ben_portal.actor):
        (kept,) = CopingStrategy.objects.filter(client=ben)
        assert (kept.name, kept.when_to, kept.kind, kept.visibility) == (SAID["fair"], SAID["thought"], "thinking", "only_me")
