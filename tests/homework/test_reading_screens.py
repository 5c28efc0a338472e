"""Something to read on both sides: given from the homework page, read by one tap, what stayed shown to whom the client says, and on paper."""

import html
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from access.acting import acting_as
from clients.models import Client
from core.ids import uuid7
from homework.models import ReadingGiven, ReadingNote
from homework.reading import by_key, texts
from homework.services.reading import change_reading_note, give_reading, say_read
from tests.cast import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]
SLEEP = next(text for text in texts() if text.key == "sleep")


def signed_in(person: Person) -> Browser:
    browser = Browser()
    browser.force_login(person.user)
    return browser


def scope(person: Person, client: Client | None = None) -> dict[str, str]:
    return {"scope": f"{person.membership.pk}:{client.pk}"} if client else {}


def text_of(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def given(tara: Person, ben: Client, **said: Any) -> ReadingGiven:
    with acting_as(tara.actor):
        return give_reading(client=ben, new_id=uuid7(), text=SLEEP, by=tara.actor, **said)


def read(portal: Person, ben: Client, **fields: Any) -> Any:
    return signed_in(portal).post(reverse("reading:read", args=[SLEEP.number]), {**scope(portal, ben), "new_id": str(uuid7()), **fields})


def homework_of(tara: Person, ben: Client) -> str:
    """The client's page of things to read, at the desk."""
    return text_of(signed_in(tara).get(reverse("reading:choose", args=[ben.pk])))


def test_given_at_the_desk_read_by_one_tap_and_seen_at_the_desk(tara: Person, ben: Client, ben_portal: Person) -> None:
    desk, phone = signed_in(tara), signed_in(ben_portal)
    assert "Nothing was given to read yet." in homework_of(tara, ben) and SLEEP.title in text_of(desk.get(reverse("reading:choose", args=[ben.pk])))
    assert reverse("reading:choose", args=[ben.pk]) in text_of(desk.get(reverse("dashboard:homework", args=[ben.pk])))
    soon = date.today() + timedelta(days=3)
    fields = {**scope(tara, ben), "new_id": str(uuid7()), "reason": "You asked about the nights", "look_at_on": soon.isoformat()}
    page = reverse("reading:give", args=[ben.pk, SLEEP.number])
    assert SLEEP.parts[0].text in text_of(desk.get(page))
    for _press in range(2):
        assert desk.post(page, fields).headers["Location"] == reverse("reading:choose", args=[ben.pk])
    assert "waits to be read" in homework_of(tara, ben)
    mine = text_of(phone.get(reverse("reading:mine")))
    assert "You asked about the nights" in mine and SLEEP.title in mine and "We look at it together on" in mine
    page = text_of(phone.get(reverse("reading:text", args=[SLEEP.number])))
    assert all(part.text in page for part in SLEEP.parts) and all(source in page for source in SLEEP.sources) and "I have read it" in page
    for _tap in range(2):
        assert read(ben_portal, ben).headers["Location"] == reverse("reading:mine")
    assert f"read {date.today():%-d %B}" in homework_of(tara, ben) and "What you have read" in text_of(phone.get(reverse("reading:mine")))


@pytest.mark.parametrize("visibility", ["my_therapist", "only_me"])
def test_what_stayed_is_seen_by_whom_she_says(tara: Person, ben: Client, ben_portal: Person, visibility: str) -> None:
    given(tara, ben)
    read(ben_portal, ben, stayed="Same time every day", visibility=visibility, for_session="true")
    page = homework_of(tara, ben)
    assert ("Same time every day" in page) is ("wants to talk about this" in page) is (visibility == "my_therapist")
    phone = signed_in(ben_portal)
    assert "Same time every day" in text_of(phone.get(reverse("reading:text", args=[SLEEP.number])))
    assert "Same time every day" in text_of(phone.get(reverse("reading:mine")))


def test_what_stayed_is_put_right_late_and_taken_back(ben: Client, ben_portal: Person) -> None:
    with acting_as(ben_portal.actor):
        row = say_read(client=ben, text=SLEEP, new_id=uuid7(), stayed="First", by=ben_portal.actor)
        assert row is not None
        change_reading_note(note=row, version=1, stayed="Second", visibility="my_therapist", for_session=False, by=ben_portal.actor)
    phone, page = signed_in(ben_portal), reverse("reading:note", args=[row.pk])
    sent = {**scope(ben_portal, ben), "version": "1", "stayed": "Mine", "visibility": "my_therapist"}
    late = phone.post(page, sent)
    assert late.status_code == 409 and "Second" in text_of(late) and text_of(late).count("Mine") >= 2
    for _press in range(2):
        assert phone.post(page, {**sent, "version": "2"}).status_code == 302
    long = phone.post(page, {**sent, "version": "3", "stayed": "x" * 2001})
    assert long.status_code == 200 and "x" * 2001 in text_of(long)
    with acting_as(ben_portal.actor):
        assert ReadingNote.objects.get().stayed == "Mine"
    for _tap in range(2):
        assert phone.post(reverse("reading:note_back", args=[row.pk]), scope(ben_portal, ben)).status_code == 302
    assert phone.get(page).status_code == 404 and "Mine" not in text_of(phone.get(reverse("reading:mine")))


def test_rough_input_when_giving_is_said_and_kept(tara: Person, ben: Client) -> None:
    page = reverse("reading:give", args=[ben.pk, SLEEP.number])
    for fields, said in (
        ({"look_at_on": "2020-01-01"}, "This day is over."),
        ({"look_at_on": "soon"}, "Enter a valid date"),
        ({"reason": "x" * 501}, "at most 500"),
    ):
        answer = signed_in(tara).post(page, {**scope(tara, ben), "new_id": str(uuid7()), "reason": "Kept words", **fields})
        assert answer.status_code == 200 and said in text_of(answer) and ("Kept words" in text_of(answer) or "reason" in fields)
    given(tara, ben)
    assert "given already" in text_of(signed_in(tara).post(page, {**scope(tara, ben), "new_id": str(uuid7())}))


def test_taken_back_it_is_on_no_page(tara: Person, ben: Client, ben_portal: Person) -> None:
    row = given(tara, ben, reason="You asked")
    for _press in range(2):
        answer = signed_in(tara).post(reverse("reading:back", args=[ben.pk, row.pk]), scope(tara, ben))
        assert answer.status_code == 302
    assert "You asked" not in homework_of(tara, ben) and "You asked" not in text_of(signed_in(ben_portal).get(reverse("reading:mine")))


def test_the_shelf_each_text_and_its_page_of_paper(tara: Person) -> None:
    desk = signed_in(tara)
    shelf = text_of(desk.get(reverse("reading:library")))
    assert all(text.title in shelf for text in texts())
    for name in ("reading:library_text", "reading:paper"):
        page = text_of(desk.get(reverse(name, args=["sleep"])))
        assert all(part.text in page for part in SLEEP.parts) and SLEEP.sources[0] in page
    assert desk.get(reverse("reading:library_text", args=["no-such"])).status_code == 404


def test_an_exercise_leads_to_what_explains_it(tara: Person, ben_portal: Person) -> None:
    assert SLEEP.title in text_of(signed_in(tara).get(reverse("homework:exercise", args=["sleep_diary"])))
    page = text_of(signed_in(ben_portal).get(reverse("portal:practise_exercise", args=["sleep_diary"])))
    assert reverse("reading:text", args=[SLEEP.number]) in page
    assert reverse("reading:mine") in text_of(signed_in(ben_portal).get(reverse("portal:practise")))


def test_no_address_on_the_phone_names_a_feeling() -> None:
    addresses = [reverse("reading:text", args=[text.number]) for text in texts()]
    assert all(address == f"/portal/reading/{text.number}/" for address, text in zip(addresses, texts(), strict=True))


def test_no_address_about_a_client_says_what_is_read(tara: Person, ben: Client) -> None:
    """An address with a client's id stands in the lists of servers on the way."""
    page = text_of(signed_in(tara).get(reverse("reading:choose", args=[ben.pk])))
    named = [part for part in re.findall(rf'"(/clients/{ben.pk}/[^"]*)"', page) for text in texts() if f"/{text.key}/" in part]
    assert named == [] and page.count(f"/clients/{ben.pk}/homework/reading/") >= len(texts())


def test_nobody_else_gives_or_reads(sam: Person, tara: Person, ben: Client, ben_portal: Person) -> None:
    given(tara, ben)
    assert signed_in(sam).get(reverse("reading:choose", args=[ben.pk])).status_code == 404
    assert signed_in(ben_portal).get(reverse("reading:text", args=[999])).status_code == 404
    found = by_key("sleep")
    assert found is not None and found.exercises


ROUGH = ["a\x00b", "a\uffffb", "\u200b", "<b>bold</b>"]


@pytest.mark.parametrize("typed", ROUGH, ids=range(len(ROUGH)))
def test_rough_characters_break_nothing(tara: Person, ben: Client, ben_portal: Person, typed: str) -> None:
    assert read(ben_portal, ben, stayed=typed).status_code in (200, 302)
    page = reverse("reading:give", args=[ben.pk, SLEEP.number])
    assert signed_in(tara).post(page, {**scope(tara, ben), "new_id": str(uuid7()), "reason": typed}).status_code in (200, 302)
    assert "<b>bold</b>" not in signed_in(ben_portal).get(reverse("reading:mine")).content.decode()
    assert "<b>bold</b>" not in signed_in(tara).get(reverse("reading:choose", args=[ben.pk])).content.decode()


def test_text_of_exactly_the_longest_is_taken(ben: Client, ben_portal: Person) -> None:
    longest = "\r\n".join(["x" * 99] * 20) + "x"
    assert len(longest.replace("\r\n", "\n")) == 2000
    assert read(ben_portal, ben, stayed=longest).status_code == 302
    assert read(ben_portal, ben, stayed=longest + "x").status_code == 200
