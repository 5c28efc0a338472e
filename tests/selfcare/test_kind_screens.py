"""A kinder voice in the client's hands and on the desk: caught, answered with one tap, nothing lost to rough input, and who does not get it."""

import html
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from access.acting import acting_as
from clients.models import Client, TimelineEntry
from clients.selectors import PillarRows
from core.ids import uuid7
from selfcare.compassion_portal_views import OFFERED
from selfcare.models import CompassionNote
from selfcare.pages.compassion import kind_section
from selfcare.selectors.compassion import kind_line
from selfcare.services import add_good_enough, answer_talk, catch_talk
from tests.cast import Person

pytestmark = pytest.mark.django_db
TALK, ANSWER = "I am a bad mother", "I am a tired one who came back."


def signed_in(person: Person) -> Browser:
    browser = Browser()
    browser.force_login(person.user)
    return browser


def scope(person: Person, client: Client) -> dict[str, str]:
    return {"scope": f"{person.membership.pk}:{client.pk}"}


def text_of(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def caught(person: Person, client: Client, self_talk: str = TALK, **said: Any) -> CompassionNote:
    with acting_as(person.actor):
        return catch_talk(client=client, new_id=uuid7(), self_talk=self_talk, by=person.actor, **said)


def notes(person: Person) -> list[CompassionNote]:
    with acting_as(person.actor):
        return list(CompassionNote.objects.order_by("created_at"))


def send(portal: Person, ben: Client, name: str, *args: Any, **fields: Any) -> Any:
    return signed_in(portal).post(reverse(name, args=args), {**scope(portal, ben), **fields})


def test_caught_and_answered_and_read_at_the_desk(tara: Person, ben: Client, ben_portal: Person) -> None:
    phone, twice = signed_in(ben_portal), str(uuid7())
    for _press in range(2):
        answer = send(ben_portal, ben, "kind:catch", new_id=twice, self_talk=TALK, belief_before="8", visibility="my_therapist")
        assert answer.status_code == 302
    row = notes(ben_portal)[0]
    assert len(notes(ben_portal)) == 1 and answer.headers["Location"] == reverse("kind:note", args=[row.pk])
    page = text_of(phone.get(answer.headers["Location"]))
    assert TALK in page and "Before, you said 8" in page and "You once answered this" not in page
    sent = {"version": row.version, "self_talk": TALK, "kinder_answer": ANSWER, "belief_before": "8", "belief_after": "4", "visibility": "my_therapist"}
    for _press in range(2):
        assert send(ben_portal, ben, "kind:note", row.pk, **sent, for_session="true").headers["Location"] == reverse("kind:mine")
    assert notes(ben_portal)[0].version == row.version + 1
    for page in (text_of(phone.get(reverse("kind:mine"))), text_of(signed_in(tara).get(reverse("kind:desk", args=[ben.pk])))):
        assert TALK in page and ANSWER in page and "Caught once, answered once." in page and "from 8 to 4" in page and 'class="dumb' in page
    assert ANSWER in text_of(signed_in(tara).get(reverse("kind:desk_together", args=[ben.pk])))


def test_the_same_again_shows_what_was_answered_and_one_tap_uses_it(ben: Client, ben_portal: Person) -> None:
    first = caught(ben_portal, ben, kinder_answer=ANSWER)
    phone = signed_in(ben_portal)
    page = text_of(phone.get(reverse("kind:catch"), {"again": str(first.pk)}))
    assert f'value="{first.pk}" checked' in page
    answer = send(ben_portal, ben, "kind:catch", new_id=str(uuid7()), again=str(first.pk))
    now = notes(ben_portal)[1]
    assert (now.self_talk, now.line) == (TALK, first.line)
    page = text_of(phone.get(answer.headers["Location"]))
    assert "You once answered this:" in page and ANSWER in page and "Use it again" in page
    for _tap in range(2):
        assert send(ben_portal, ben, "kind:again", now.pk, earlier=str(first.pk)).headers["Location"] == reverse("kind:note", args=[now.pk])
    assert notes(ben_portal)[1].kinder_answer == ANSWER
    page = text_of(phone.get(reverse("kind:line", args=[first.line])))
    assert "Caught 2 times, answered 2 times." in page and page.count("Take back") == 2


def test_typed_alike_it_comes_back_too_and_another_one_does_not(ben: Client, ben_portal: Person) -> None:
    caught(ben_portal, ben, kinder_answer=ANSWER)
    for self_talk, back in (("I'm such a bad mother!", True), ("I am lazy", False)):
        answer = send(ben_portal, ben, "kind:catch", new_id=str(uuid7()), self_talk=self_talk)
        assert (ANSWER in text_of(signed_in(ben_portal).get(answer.headers["Location"]))) is back


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "What did you hear yourself say? A few words are enough."),
        ({"self_talk": TALK, "belief_before": "11"}, TALK),
        ({"self_talk": "x" * 501}, "x" * 501),
    ],
    ids=["nothing", "eleven", "long"],
)
def test_rough_input_is_said_beside_the_field_and_kept(ben: Client, ben_portal: Person, fields: dict[str, str], said: str) -> None:
    answer = send(ben_portal, ben, "kind:catch", new_id=str(uuid7()), **fields)
    page = text_of(answer)
    assert answer.status_code == 200 and said in page and 'class="msg"' in page and notes(ben_portal) == []


def test_a_late_answer_shows_both_and_loses_nothing(ben: Client, ben_portal: Person) -> None:
    row = caught(ben_portal, ben)
    with acting_as(ben_portal.actor):
        answer_talk(note=row, version=row.version, kinder_answer="From the laptop.", visibility="my_therapist", by=ben_portal.actor)
    sent = {"version": str(row.version), "self_talk": TALK, "kinder_answer": "From the phone.", "visibility": "my_therapist"}
    answer = send(ben_portal, ben, "kind:note", row.pk, **sent)
    page = text_of(answer)
    assert answer.status_code == 409 and "From the laptop." in page and page.count("From the phone.") >= 2
    assert send(ben_portal, ben, "kind:note", row.pk, **{**sent, "version": str(row.version + 1)}).status_code == 302
    assert notes(ben_portal)[0].kinder_answer == "From the phone."


def test_good_enough_has_its_list(tara: Person, ben: Client, ben_portal: Person) -> None:
    assert "A few words are needed." in text_of(send(ben_portal, ben, "kind:good_enough", new_id=str(uuid7()), sentence=" "))
    twice = str(uuid7())
    for _press in range(2):
        send(ben_portal, ben, "kind:good_enough", new_id=twice, sentence="Fish fingers are dinner.", rule="Cook every day")
    for page in (text_of(signed_in(ben_portal).get(reverse("kind:mine"))), text_of(signed_in(tara).get(reverse("kind:desk", args=[ben.pk])))):
        assert page.count("Fish fingers are dinner.") >= 1 and "Cook every day" in page and "Good enough" in page
    row = notes(ben_portal)[0]
    assert "My own sentence" in text_of(signed_in(ben_portal).get(reverse("kind:note", args=[row.pk])))
    for _tap in range(2):
        assert send(ben_portal, ben, "kind:back", row.pk).status_code == 302
    assert "Fish fingers" not in text_of(signed_in(ben_portal).get(reverse("kind:mine")))


def test_the_desk_shows_no_private_word_and_says_how_many_there_are(tara: Person, ben: Client, ben_portal: Person) -> None:
    caught(ben_portal, ben, kinder_answer=ANSWER, visibility="only_me")
    desk = signed_in(tara)
    page = text_of(desk.get(reverse("kind:desk", args=[ben.pk])))
    assert TALK not in page and ANSWER not in page and "1 entry about looking after oneself is private." in page
    assert TALK not in text_of(desk.get(reverse("kind:desk_together", args=[ben.pk])))
    assert TALK in text_of(signed_in(ben_portal).get(reverse("kind:mine")))


def test_found_together_the_client_reads_it_and_cannot_change_it(tara: Person, ben: Client, ben_portal: Person) -> None:
    desk, twice = signed_in(tara), str(uuid7())
    fields = {**scope(tara, ben), "new_id": twice, "self_talk": TALK, "kinder_answer": ANSWER, "belief_before": "9"}
    assert "A few words are needed." in text_of(desk.post(reverse("kind:desk_add", args=[ben.pk]), {**fields, "self_talk": ""}))
    for _press in range(2):
        assert desk.post(reverse("kind:desk_add", args=[ben.pk]), fields).status_code == 302
    row = notes(ben_portal)[0]
    phone = signed_in(ben_portal)
    page = text_of(phone.get(reverse("kind:line", args=[row.line])))
    assert "Written down together" in page and "Take back" not in page
    assert phone.get(reverse("kind:note", args=[row.pk])).status_code == 404
    assert send(ben_portal, ben, "kind:back", row.pk).status_code == 404


def test_the_section_for_the_pillar_takes_one_statement(tara: Person, ben: Client, ben_portal: Person, django_assert_num_queries: Any) -> None:
    caught(ben_portal, ben, kinder_answer=ANSWER)
    with acting_as(ben_portal.actor):
        add_good_enough(client=ben, new_id=uuid7(), sentence="Enough.", by=ben_portal.actor)
        with django_assert_num_queries(1):
            assert kind_section(ben)["kind"].sentence == "Caught once, answered once."  # type: ignore[union-attr]


def test_nobody_elses_note_opens(sam: Person, tara: Person, ben: Client, ben_portal: Person) -> None:
    caught(ben_portal, ben)
    assert signed_in(sam).get(reverse("kind:desk", args=[ben.pk])).status_code == 404
    assert signed_in(tara).get(reverse("kind:mine")).status_code in (302, 403, 404)
    assert send(ben_portal, ben, "kind:again", notes(ben_portal)[0].pk, earlier="nonsense").status_code == 404


LONGEST = "\r\n".join(["x" * 22] * 20) + "x" * (500 - 22 * 20 - 19)  # 500 as the browser counts, with 19 breaks
ROUGH = ["a\x00b", "a\x1bb", "a\uffffb", "\u200b", "<b>I am bad</b>", "７"]


def test_text_of_exactly_the_longest_is_taken(ben: Client, ben_portal: Person) -> None:
    assert send(ben_portal, ben, "kind:catch", new_id=str(uuid7()), self_talk=LONGEST).status_code == 302
    assert len(notes(ben_portal)[0].self_talk) == 500
    assert send(ben_portal, ben, "kind:catch", new_id=str(uuid7()), self_talk=LONGEST + "x").status_code == 200


@pytest.mark.parametrize("typed", ROUGH, ids=range(len(ROUGH)))
@pytest.mark.parametrize("name", ["kind:catch", "kind:good_enough"])
def test_rough_characters_break_nothing(ben: Client, ben_portal: Person, name: str, typed: str) -> None:
    field = "self_talk" if name == "kind:catch" else "sentence"
    answer = send(ben_portal, ben, name, new_id=str(uuid7()), **{field: typed})
    assert answer.status_code in (200, 302)
    assert "<b>I am bad</b>" not in signed_in(ben_portal).get(reverse("kind:mine")).content.decode()


@pytest.mark.parametrize(
    "fields", [{"belief_before": "7,5"}, {"belief_before": "7.5"}, {"again": str(uuid7())}, {"again": "x"}, {"visibility": "all"}, {"new_id": "x"}]
)
def test_what_no_button_sends_is_not_saved(ben: Client, ben_portal: Person, fields: dict[str, str]) -> None:
    answer = send(ben_portal, ben, "kind:catch", **{"new_id": str(uuid7()), "self_talk": TALK, **fields})
    assert answer.status_code == 200 and TALK in text_of(answer) and notes(ben_portal) == []


def test_one_caught_long_ago_can_still_be_the_same_again(ben: Client, ben_portal: Person) -> None:
    first = caught(ben_portal, ben, kinder_answer=ANSWER)
    for number in range(OFFERED):
        caught(ben_portal, ben, f"Another one, number {number} of many")
    phone = signed_in(ben_portal)
    assert str(first.pk) not in text_of(phone.get(reverse("kind:catch")))
    assert f'value="{first.pk}" checked' in text_of(phone.get(reverse("kind:catch"), {"again": str(first.pk)}))
    assert send(ben_portal, ben, "kind:catch", new_id=str(uuid7()), again=str(first.pk)).status_code == 302
    assert notes(ben_portal)[-1].line == first.line


def test_the_pillars_card_gets_its_line_from_the_rows_it_has(ben: Client, ben_portal: Person, django_assert_num_queries: Any) -> None:
    caught(ben_portal, ben)
    caught(ben_portal, ben, "I am lazy")
    with acting_as(ben_portal.actor):
        rows = PillarRows(tuple(TimelineEntry.objects.filter(client=ben)), ())
        with django_assert_num_queries(0):
            line = kind_line(rows)
            assert line is not None and (line.bold, line.text) == ("Kinder self-talk", "2 times") and kind_line(PillarRows((), ())) is None
