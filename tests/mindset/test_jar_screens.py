"""The jar in the client's hands and on the desk: one at a time, put in with two taps, and nothing of it for those who may not read it."""

import html
import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from access.acting import acting_as
from clients.models import Client
from clients.services import check_in_today
from core.ids import uuid7
from mindset.models import Accomplishment, GratitudeEntry
from mindset.pages.good import section, shuffled
from mindset.services import add_good_thing, add_win, change_entry
from strengths.services import add_strength, add_supporter
from tests.cast import Person

pytestmark = pytest.mark.django_db
JAR = "/portal/mindset/jar/"


def signed_in(person: Person) -> Browser:
    browser = Browser()
    browser.force_login(person.user)
    return browser


def scope(person: Person, client: Client) -> dict[str, str]:
    return {"scope": f"{person.membership.pk}:{client.pk}"}


def text_of(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def win(person: Person, client: Client, text: str, **said: Any) -> Accomplishment:
    with acting_as(person.actor):
        return add_win(client=client, new_id=uuid7(), text=text, by=person.actor, **said)


def good(person: Person, client: Client, text: str, **said: Any) -> GratitudeEntry:
    with acting_as(person.actor):
        return add_good_thing(client=client, new_id=uuid7(), text=text, by=person.actor, **said)


def test_each_comes_out_once_in_a_visit_and_then_it_says_so(ben: Client, ben_portal: Person) -> None:
    for number in range(4):
        win(ben_portal, ben, f"win number {number}.")
    good(ben_portal, ben, "Dear Obi, you rang.", kind="letter")
    phone, address, seen = signed_in(ben_portal), JAR, []
    for _tap in range(5):
        text = text_of(phone.get(address))
        seen.append(re.search(r'<article class="drawn.*?<p class="voice"><bdi>(.*?)</bdi>', text, re.S).group(1))  # type: ignore[union-attr]
        again = re.search(r'href="(\?visit=[0-9a-f]{8}&n=\d)"', text)
        assert again is not None
        address = JAR + again.group(1)
    assert sorted(seen) == ["Dear Obi, you rang.", *(f"win number {number}." for number in range(4))]
    assert "Those were all 5" in text_of(phone.get(address))


def test_the_order_hangs_on_the_visit_alone() -> None:
    ids = [uuid7() for _each in range(20)]
    first = shuffled(ids, "0a0a0a0a")
    assert first == shuffled(ids[::-1], "0a0a0a0a") and sorted(first) == sorted(ids)
    assert first != shuffled(ids, "0b0b0b0b")
    assert [pk for pk in shuffled([*ids, uuid7()], "0a0a0a0a") if pk in ids] == first


@pytest.mark.parametrize("query", ["?visit=x&n=1", "?visit=00000000&n=-1", "?n=٣", "?n=99999999999", "?put=nothing", f"?put={'0' * 32}", "?visit=%00"])
def test_an_odd_address_opens_the_jar(ben: Client, ben_portal: Person, query: str) -> None:
    win(ben_portal, ben, "Sang.")
    assert "Sang." in text_of(signed_in(ben_portal).get(JAR + query)) or "n=" in query


def test_what_was_hard_stays_in_the_jar(ben: Client, ben_portal: Person) -> None:
    good(ben_portal, ben, "I made soup", why="The row at work", kind="both")
    phone = signed_in(ben_portal)
    text = text_of(phone.get(JAR))
    assert "I made soup" in text and "The row at work" not in text
    assert "The row at work" in text_of(phone.get(reverse("jar:all")))


def test_two_taps_put_something_in_once(ben: Client, ben_portal: Person) -> None:
    phone = signed_in(ben_portal)
    fields = {**scope(ben_portal, ben), "new_id": str(uuid7()), "text": "Rang the bank.\r\nTwice.", "kind": "win"}
    for _press in range(2):
        to = phone.post(reverse("jar:put"), fields).headers["Location"]
    assert "It is in the jar." in text_of(phone.get(to))
    with acting_as(ben_portal.actor):
        assert [(row.text, row.visibility) for row in Accomplishment.objects.all()] == [("Rang the bank.\nTwice.", "my_therapist")]


@pytest.mark.parametrize(
    ("said", "message"),
    [({"text": " "}, "A few words"), ({"text": "x" * 1001}, "at most 1000"), ({"kind": ""}, "one of the two"), ({"text": "kept", "kind": "no"}, "not one of")],
    ids=["empty", "long", "no kind", "odd kind"],
)
def test_rough_input_comes_back_with_a_message(ben: Client, ben_portal: Person, said: dict[str, str], message: str) -> None:
    fields = {**scope(ben_portal, ben), "new_id": str(uuid7()), "text": "kept", "kind": "win", **said}
    answer = signed_in(ben_portal).post(reverse("jar:put"), fields)
    text = text_of(answer)
    assert answer.status_code == 200 and message in text and fields["text"].strip() in text
    with acting_as(ben_portal.actor):
        assert not Accomplishment.objects.exists()


@pytest.mark.parametrize(
    "text", ["x" * 980 + "\r\n" * 20, "a\x00b", "\ud800".encode("utf-8", "surrogatepass"), "\uffff"], ids=["full", "nul", "surrogate", "ffff"]
)
def test_no_rough_input_breaks_the_page(ben: Client, ben_portal: Person, text: Any) -> None:
    fields = {**scope(ben_portal, ben), "new_id": str(uuid7()), "text": text, "kind": "good_thing"}
    assert signed_in(ben_portal).post(reverse("jar:put"), fields).status_code in (200, 302)


def fields_of(person: Person, client: Client, row: Any, **said: str) -> dict[str, str]:
    return {**scope(person, client), "version": str(row.version), "text": row.text, "day": "2026-11-01", "visibility": "my_therapist", **said}


def test_an_entry_is_tied_put_right_and_taken_out(ben: Client, ben_portal: Person, tara: Person) -> None:
    row, phone, desk = win(ben_portal, ben, "Sang."), signed_in(ben_portal), signed_in(tara)
    with acting_as(ben_portal.actor):
        strength = add_strength(client=ben, new_id=uuid7(), own_words="Loud", by=ben_portal.actor)
        friend = add_supporter(client=ben, new_id=uuid7(), name="Obi", visibility="only_me", by=ben_portal.actor)
    said = fields_of(ben_portal, ben, row, why="I am loud", strength=str(strength.pk), supporter=str(friend.pk), for_session="true")
    assert phone.post(reverse("jar:entry", args=[row.pk]), said).status_code == 302
    mine, theirs = text_of(phone.get(reverse("jar:all"))), text_of(desk.get(reverse("jar:desk", args=[ben.pk])))
    assert "Loud" in mine and "Obi" in mine and "1 November 2026" in mine
    assert "Loud" in theirs and "Obi" not in theirs and "Wants to talk about it." in theirs
    for _press in range(2):
        assert phone.post(reverse("jar:out", args=[row.pk]), scope(ben_portal, ben)).status_code == 302
    assert "Sang." not in text_of(phone.get(reverse("jar:all"))) and "Sang." not in text_of(desk.get(reverse("jar:desk", args=[ben.pk])))
    assert phone.get(reverse("jar:entry", args=[row.pk])).status_code == 404


def test_a_late_save_shows_both(ben: Client, ben_portal: Person) -> None:
    row = win(ben_portal, ben, "Sang.")
    with acting_as(ben_portal.actor):
        change_entry(entry=row, version=1, text="Sang twice.", by=ben_portal.actor)
    answer = signed_in(ben_portal).post(reverse("jar:entry", args=[row.pk]), fields_of(ben_portal, ben, row, text="Hummed."))
    text = text_of(answer)
    assert answer.status_code == 409 and "Sang twice." in text and "Hummed." in text and 'name="version" value="2"' in text


@pytest.mark.parametrize("said", [{"day": "2999-01-01"}, {"day": ""}, {"text": ""}, {"strength": "0" * 32}, {"version": "x"}])
def test_a_rough_change_is_refused(ben: Client, ben_portal: Person, said: dict[str, str]) -> None:
    row = win(ben_portal, ben, "Sang.")
    answer = signed_in(ben_portal).post(reverse("jar:entry", args=[row.pk]), fields_of(ben_portal, ben, row, why="still here", **said))
    assert answer.status_code == 200 and "still here" in text_of(answer)
    with acting_as(ben_portal.actor):
        assert Accomplishment.objects.get().version == 1


@pytest.mark.parametrize(("mood", "offered"), [(1, True), (2, True), (3, False)])
def test_on_a_hard_day_the_jar_is_offered_when_there_is_something_in_it(ben: Client, ben_portal: Person, mood: int, offered: bool) -> None:
    with acting_as(ben_portal.actor):
        check_in_today(client=ben, new_id=uuid7(), mood=mood, by=ben_portal.actor)
    phone, link = signed_in(ben_portal), f'href="{JAR}"'
    assert link not in text_of(phone.get(reverse("portal:check_in")))
    win(ben_portal, ben, "Sang.")
    assert (link in text_of(phone.get(reverse("portal:check_in")))) is offered


def test_the_desk_reads_what_is_shared_and_nobody_else_does(tara: Person, sam: Person, ben: Client, ben_portal: Person) -> None:
    win(ben_portal, ben, "Sang.")
    win(ben_portal, ben, "Kept.", visibility="only_me")
    address = reverse("jar:desk", args=[ben.pk])
    text = text_of(signed_in(tara).get(address))
    assert "Sang." in text and "Kept." not in text
    assert signed_in(sam).get(address).status_code == 404


def test_the_sections_ask_twice_and_show_staff_no_tie_they_may_not_read(tara: Person, ben: Client, ben_portal: Person) -> None:
    with acting_as(ben_portal.actor):
        friend = add_supporter(client=ben, new_id=uuid7(), name="Obi", visibility="only_me", by=ben_portal.actor)
    for number in range(4):
        win(ben_portal, ben, f"win {number}.", supporter=friend)
    good(ben_portal, ben, "Kept.", visibility="only_me")
    for person, name, total in ((ben_portal, "jar_section", "5 things in it"), (tara, "jar_desk_section", "Everything")):
        staff = person is tara
        with acting_as(person.actor), CaptureQueriesContext(connection) as asked:
            text = render_to_string(f"mindset/{name}.html", {"good": section(ben, staff=staff), "client": ben})
        assert len([query for query in asked.captured_queries if query["sql"].startswith("SELECT") and " FROM " in query["sql"]]) == 2
        assert total in text and "win 3." in text and ("Kept." in text) is not staff and ("Obi" in text) is False


def test_an_empty_section_offers_the_first_thing(ben: Client, ben_portal: Person) -> None:
    with acting_as(ben_portal.actor):
        assert "Put something in" not in render_to_string("mindset/jar_section.html", {"good": section(ben)})  # nobody who may write
        writes = {"good": section(ben), "request": SimpleNamespace(can_write=True)}
        assert "Put something in" in render_to_string("mindset/jar_section.html", writes)
        assert "Nothing was shared yet" in render_to_string("mindset/jar_desk_section.html", {"good": section(ben, staff=True), "client": ben})
