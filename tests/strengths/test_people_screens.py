"""The map in the client's hands and on the desk: what each page shows, what comes back from rough input, and who does not get it."""

import html
import re
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from access.acting import acting_as
from clients.models import Client
from core.ids import uuid7
from strengths.models import ReachOut, Supporter
from strengths.services import add_supporter, move_supporter, record_reach_out, take_off_map
from tests.cast import Person

pytestmark = pytest.mark.django_db
MINE = "/portal/people/"


@pytest.fixture
def phone(ben_portal: Person) -> Browser:
    return signed_in(ben_portal)


@pytest.fixture
def desk(tara: Person) -> Browser:
    return signed_in(tara)


def signed_in(person: Person) -> Browser:
    browser = Browser()
    browser.force_login(person.user)
    return browser


def scope(person: Person, client: Client) -> dict[str, str]:
    return {"scope": f"{person.membership.pk}:{client.pk}"}


def text_of(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def put(person: Person, client: Client, name: str = "Obi", **said: Any) -> Supporter:
    with acting_as(person.actor):
        return add_supporter(client=client, new_id=uuid7(), name=name, by=person.actor, **said)


def people_of(client: Client, person: Person) -> list[Supporter]:
    with acting_as(person.actor):
        return list(Supporter.objects.filter(client=client).order_by("created_at"))


def test_an_empty_map_begins_with_one_and_two_are_never_called_only_two(ben: Client, ben_portal: Person, phone: Browser) -> None:
    assert "Start with one. A pet counts." in text_of(phone.get(MINE))
    put(ben_portal, ben)
    put(ben_portal, ben, "Ife")
    text = text_of(phone.get(MINE))
    assert "This can be filled slowly. Shall we add a helper or a place?" in text
    assert not re.search(r"\bonly (two|2)\b", text)
    assert "Two people" not in text
    put(ben_portal, ben, "Bo", kind="pet")
    assert "Two people and one animal." in text_of(phone.get(MINE))


def test_somebody_is_added_once_with_everything_said(ben: Client, ben_portal: Person, phone: Browser) -> None:
    said = {"name": "Ife", "kind": "family", "place": "1", "helps": ["advice", "night_call"], "ease": "easy", "relation": "aunt", "visibility": "my_therapist"}
    for _press in range(2):
        answer = phone.post(reverse("people:add"), {**scope(ben_portal, ben), "new_id": "0192b7c4-7a1e-7000-8000-000000000001", **said})
        assert answer.headers["Location"] == MINE
    assert [(row.name, row.ring, row.helps) for row in people_of(ben, ben_portal)] == [("Ife", 1, ["advice", "night_call"])]
    text = text_of(phone.get(MINE))
    assert "#help-night" in text and "night call" in text and "aunt" in text and "\u2068Ife\u2069 is the one for the night." in text
    assert "<title" in text and "Close: \u2068Ife\u2069." in text and '<th scope="row" class="voice"><bdi>Ife</bdi></th>' in text


def test_many_for_the_night_are_counted_and_not_listed(ben: Client, ben_portal: Person, phone: Browser) -> None:
    for number in range(4):
        put(ben_portal, ben, f"Friend {number}", helps=["night_call"])
    assert "Four people. Four are there for the night." in text_of(phone.get(MINE))


def test_a_name_alone_is_enough_and_one_that_is_there_leads_to_it(ben: Client, ben_portal: Person, phone: Browser) -> None:
    fields = {**scope(ben_portal, ben), "new_id": str(uuid7()), "name": "Tofu", "place": "2"}
    assert phone.post(reverse("people:add"), fields).headers["Location"] == MINE
    row = people_of(ben, ben_portal)[0]
    again = phone.post(reverse("people:add"), {**fields, "new_id": str(uuid7()), "place": "1"})
    assert again.headers["Location"] == reverse("people:person", args=[row.pk])
    assert "on the map already" in text_of(phone.get(again.headers["Location"])) and people_of(ben, ben_portal)[0].ring == 2


@pytest.mark.parametrize(
    ("field", "value"), [("name", ""), ("name", "x" * 101), ("kind", "enemy"), ("place", "4"), ("helps", "money"), ("ease", "never"), ("visibility", "all")]
)
def test_rough_input_comes_back_with_a_message_and_what_was_typed(ben: Client, ben_portal: Person, phone: Browser, field: str, value: str) -> None:
    fields = {**scope(ben_portal, ben), "new_id": str(uuid7()), "name": "Ife", "place": "2", "relation": "kept words", field: value}
    text = text_of(phone.post(reverse("people:add"), fields))
    assert 'class="summary"' in text and "kept words" in text and not people_of(ben, ben_portal)


def test_two_taps_move_somebody_and_a_late_one_is_told(ben: Client, ben_portal: Person, phone: Browser) -> None:
    row = put(ben_portal, ben, ring=1)
    fields = {**scope(ben_portal, ben), "version": "1"}
    url = reverse("people:move", args=[row.pk])
    assert "Moved." in text_of(phone.post(url, {**fields, "place": "heart"}, follow=True))
    assert people_of(ben, ben_portal)[0].in_heart
    assert "changed somewhere else" in text_of(phone.post(url, {**fields, "place": "3"}, follow=True))
    for rough in ({"place": "9"}, {"place": "3", "version": "x"}, {}):
        assert phone.post(url, {**fields, **rough}).status_code == 302
    assert people_of(ben, ben_portal)[0].version == 2 and phone.get(url).status_code == 405


def test_who_is_in_my_heart_has_no_reach_out_and_no_place_in_the_rings(ben: Client, ben_portal: Person, phone: Browser) -> None:
    row = put(ben_portal, ben, "Gran", helps=["night_call"])
    with acting_as(ben_portal.actor):
        move_supporter(supporter=row, ring=None, version=1, by=ben_portal.actor)
    text = text_of(phone.get(MINE))
    assert "Gran" in text and reverse("people:reach", args=[row.pk]) not in text and ">Gran</text>" not in text and "for the night" not in text
    assert "<td>In my heart</td>" in text


def test_a_change_that_comes_late_shows_both(ben: Client, ben_portal: Person, tara: Person, phone: Browser, desk: Browser) -> None:
    row = put(ben_portal, ben)
    said = {"name": "Obi", "place": "1", "relation": "from the desk", "version": "1"}
    assert desk.post(reverse("people:desk_person", args=[ben.pk, row.pk]), {**scope(tara, ben), **said}).status_code == 302
    mine = {**scope(ben_portal, ben), **said, "place": "3", "relation": "from the phone", "helps": ["love"], "visibility": "only_me"}
    answer = phone.post(reverse("people:change", args=[row.pk]), mine)
    text = text_of(answer)
    assert answer.status_code == 409 and "from the desk" in text and 'value="from the phone"' in text and 'name="version" value="2"' in text
    assert phone.post(reverse("people:change", args=[row.pk]), {**mine, "version": "2"}).status_code == 302
    changed = people_of(ben, ben_portal)[0]
    assert (changed.relation, changed.ring, changed.helps, changed.visibility) == ("from the phone", 3, ["love"], "only_me")
    assert "Obi" not in text_of(desk.get(reverse("people:desk", args=[ben.pk])))
    assert desk.get(reverse("people:desk_person", args=[ben.pk, row.pk])).status_code == 404


def test_off_the_map_it_is_in_no_list_and_can_come_back(ben: Client, ben_portal: Person, phone: Browser) -> None:
    row = put(ben_portal, ben, "Jo", helps=["night_call"])
    put(ben_portal, ben, "Kit")
    url = reverse("people:state", args=[row.pk])
    phone.post(url, {**scope(ben_portal, ben), "state": "off"})
    text = text_of(phone.get(MINE))
    assert "for the night" not in text and "<bdi>Jo</bdi></th>" not in text and "Taken off the map" in text
    phone.post(url, {**scope(ben_portal, ben), "state": "on"})
    assert "\u2068Jo\u2069 is the one for the night." in text_of(phone.get(MINE))


def reach_fields(ben: Client, ben_portal: Person, **said: str) -> dict[str, str]:
    return {**scope(ben_portal, ben), "new_id": str(uuid7()), "how": "called", "day": "2026-10-25", "visibility": "my_therapist", **said}


def test_a_reach_out_is_written_down_put_right_and_taken_back(ben: Client, ben_portal: Person, phone: Browser, desk: Browser) -> None:
    row = put(ben_portal, ben)
    fields = reach_fields(ben, ben_portal, felt="4", note="We laughed")
    for _press in range(2):
        assert phone.post(reverse("people:reach", args=[row.pk]), fields).headers["Location"] == reverse("people:person", args=[row.pk])
    with acting_as(ben_portal.actor):
        made = ReachOut.objects.get()
    for text in (text_of(phone.get(reverse("people:person", args=[row.pk]))), text_of(desk.get(reverse("people:desk", args=[ben.pk])))):
        assert "I called" in text and "25 Oct" in text and "Okay" in text and "We laughed" in text
    change = {**fields, "version": "1", "note": "We laughed a lot", "visibility": "only_me"}
    assert phone.post(reverse("people:reach_change", args=[made.pk]), change).status_code == 302
    late = phone.post(reverse("people:reach_change", args=[made.pk]), {**change, "note": "Other"})
    assert late.status_code == 409 and "We laughed a lot" in text_of(late) and "Other" in text_of(late)
    assert "We laughed" not in text_of(desk.get(reverse("people:desk", args=[ben.pk])))
    for _press in range(2):
        phone.post(reverse("people:reach_back", args=[made.pk]), scope(ben_portal, ben))
    assert "25 Oct" not in text_of(phone.get(reverse("people:person", args=[row.pk])))
    assert phone.get(reverse("people:reach_change", args=[made.pk])).status_code == 404


@pytest.mark.parametrize(("field", "value"), [("how", ""), ("how", "shouted"), ("day", ""), ("day", "2999-01-01"), ("felt", "9"), ("note", "x" * 1001)])
def test_a_rough_reach_out_comes_back(ben: Client, ben_portal: Person, phone: Browser, field: str, value: str) -> None:
    row = put(ben_portal, ben)
    fields = reach_fields(ben, ben_portal, **({"note": "kept"} | {field: value}))
    text = text_of(phone.post(reverse("people:reach", args=[row.pk]), fields))
    assert 'class="summary"' in text and (value or "kept") in text
    with acting_as(ben_portal.actor):
        assert not ReachOut.objects.exists()


def test_the_desk_reads_what_is_shared_and_writes_together(ben: Client, ben_portal: Person, tara: Person, desk: Browser) -> None:
    assert "No map yet" in text_of(desk.get(reverse("people:desk", args=[ben.pk])))
    put(ben_portal, ben, "Kept Kit", visibility="only_me")
    shown = put(ben_portal, ben, "Ife", helps=["night_call"])
    with acting_as(ben_portal.actor):
        record_reach_out(supporter=shown, new_id=uuid7(), how="met", by=ben_portal.actor)
    fields = {**scope(tara, ben), "new_id": str(uuid7()), "name": "Food bank", "kind": "community_service", "place": "3"}
    for _press in range(2):
        assert desk.post(reverse("people:desk_add", args=[ben.pk]), fields).status_code == 302
    text = text_of(desk.get(reverse("people:desk", args=[ben.pk])))
    assert "Ife" in text and "We met" in text and text.count("<bdi>Food bank</bdi></span> ") == 1 and "Kept Kit" not in text and "One entry" not in text
    assert "1 entry here is private." in text
    desk.post(reverse("people:desk_state", args=[ben.pk, shown.pk]), {**scope(tara, ben), "state": "off"})
    assert "for the night" not in text_of(desk.get(reverse("people:desk", args=[ben.pk])))


def test_a_supervisor_reads_and_a_stranger_gets_nothing(ben: Client, ben_portal: Person, vera: Person, sam: Person) -> None:
    row = put(ben_portal, ben)
    reads = signed_in(vera)
    assert "Obi" in text_of(reads.get(reverse("people:desk", args=[ben.pk])))
    assert reads.get(reverse("people:desk_person", args=[ben.pk, row.pk])).status_code in (403, 404)
    assert signed_in(sam).get(reverse("people:desk", args=[ben.pk])).status_code == 404


@pytest.mark.parametrize("count", [1, 7, 30])
def test_one_seven_and_thirty_are_a_picture_and_an_equal_table(ben: Client, ben_portal: Person, phone: Browser, count: int) -> None:
    called = ["Obi", "فاطمة الزهراء بنت محمد", "Maximiliana Featherstonehaugh", "王小明"] * 8
    names = [f"{name} {number}" for number, name in enumerate(called[:count])]
    for number, name in enumerate(names):
        put(ben_portal, ben, name, ring=1 + number % 3, helps=["listens"])
    text = text_of(phone.get(MINE))
    table = text.split('<table class="tb">')[1]
    assert all(f"<bdi>{name}</bdi></th>" in table for name in names)
    assert text.count('class="nr"') == (0 if count < 17 else count) and "style=" not in text.split("<main")[1]


def test_what_was_taken_off_is_in_no_count(ben: Client, ben_portal: Person, phone: Browser, desk: Browser) -> None:
    row = put(ben_portal, ben)
    assert MINE in text_of(phone.get(reverse("portal:me")))
    assert "1 on the people map" in text_of(desk.get(reverse("dashboard:record", args=[ben.pk])))
    with acting_as(ben_portal.actor):
        take_off_map(supporter=row, by=ben_portal.actor)
    assert "1 on the people map" not in text_of(desk.get(reverse("dashboard:record", args=[ben.pk])))


def test_the_desk_cannot_put_somebody_on_for_the_client_alone(ben: Client, tara: Person, desk: Browser) -> None:
    sent = {**scope(tara, ben), "new_id": str(uuid7()), "name": "Obi", "place": "2", "visibility": "only_me"}
    assert desk.post(reverse("people:desk_add", args=[ben.pk]), sent).status_code == 302
    assert [row.visibility for row in people_of(ben, tara)] == ["my_therapist"]
