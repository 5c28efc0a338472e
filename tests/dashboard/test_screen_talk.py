"""To talk about, on the therapist's side: its own page and the session log."""

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from access.acting import acting_as
from clients.models import TimelineEntry
from clients.services import record_check_in
from core.ids import uuid7
from tests.dashboard.test_screen_session_log import TAPS, shown
from tests.homework.browsing import words_of
from tests.therapy.logs import planned
from therapy.models import AgendaItem
from therapy.services import add_agenda_item, bring_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def brought(library, ben, ben_portal) -> None:
    """A line, a marked check-in, and both again for herself."""
    with acting_as(ben_portal.actor):
        for visibility, text in (("my_therapist", "the call with my sister"), ("only_me", "not yet")):
            add_agenda_item(client=ben, new_id=uuid7(), text=text, visibility=visibility, by=ben_portal.actor)
            row = record_check_in(client=ben, new_id=uuid7(), mood=2 if visibility == "my_therapist" else 1, visibility=visibility, by=ben_portal.actor)
            bring_entry(source=row, on=True, by=ben_portal.actor)


def scope(person, client) -> dict[str, str]:
    return {"scope": f"{person.membership.pk}:{client.pk}"}


def at(name: str, ben, *more) -> str:
    return reverse(f"dashboard:{name}", args=[ben.pk, *more])


def states(owner) -> dict[str, str]:
    with owner():
        return dict(AgendaItem.objects.values_list("text", "state"))


def test_what_she_brings_and_nothing_of_what_is_only_hers(desk, ben, brought):
    words = words_of(desk.get(at("talk", ben)))
    assert "the call with my sister" in words and "Check-in: 2 of 5" in words and "Ben marked it" in words
    assert "not yet" not in words and "Check-in: 1 of 5" not in words
    assert "To talk about" in words_of(desk.get(f"/clients/{ben.pk}/homework/"))


def test_talked_about_and_off_the_list_however_often_it_is_pressed(desk, tara, ben, brought, as_owner):
    keys = [row.key for row in desk.get(at("talk", ben)).context["rows"]]
    for _press in range(2):
        for key in keys:
            assert desk.post(at("talk_talked", ben), {**scope(tara, ben), "point": key}).status_code == 302
    assert "Nothing is on the list." in words_of(desk.get(at("talk", ben)))
    assert states(as_owner) == {"the call with my sister": "talked", "not yet": "open", "": "talked"}


@pytest.mark.parametrize("point", ["", "x", "line:x", "entry:", "line:00000000-0000-7000-8000-000000000000", "line:\x00"], ids=range(6))
def test_a_made_up_point_changes_nothing(desk, tara, ben, brought, as_owner, point):
    before = states(as_owner)
    assert desk.post(at("talk_talked", ben), {**scope(tara, ben), "point": point}).status_code == 302
    assert states(as_owner) == before


def test_a_hidden_line_is_not_settled_by_its_number(desk, tara, ben, brought, as_owner):
    with as_owner():
        line = AgendaItem.objects.get(text="not yet").pk
        entry = TimelineEntry.objects.get(value=1).pk
    for key in (f"line:{line}", f"entry:{entry}"):
        desk.post(at("talk_talked", ben), {**scope(tara, ben), "point": key})
    assert states(as_owner) == {"the call with my sister": "open", "not yet": "open"}


def test_a_line_of_ones_own_is_added_once_and_taken_off(desk, tara, ben, ben_portal, as_owner):
    page = desk.get(at("talk", ben))
    form = {**scope(tara, ben), "new_id": page.context["form"]["new_id"].value(), "text": "the holidays"}
    for _press in range(2):
        assert desk.post(at("talk_add", ben), form).status_code == 302
    row = desk.get(at("talk", ben)).context["rows"][0]
    assert row.mine and states(as_owner) == {"the holidays": "open"}
    for _press in range(2):
        assert desk.post(at("talk_off", ben, row.point.item.pk), scope(tara, ben)).status_code == 302
    assert states(as_owner) == {"the holidays": "let_go"}
    again = desk.post(at("talk_add", ben), {**form, "new_id": str(uuid7()), "text": " "})
    assert again.status_code == 200 and 'id="id_text_error"' in again.content.decode()


def test_her_lines_are_not_a_therapists_to_take_off(desk, tara, ben, brought, as_owner):
    with as_owner():
        pk = AgendaItem.objects.get(text="the call with my sister").pk
    assert desk.post(at("talk_off", ben, pk), scope(tara, ben)).status_code == 404
    assert states(as_owner)["the call with my sister"] == "open"


def test_whoever_only_reads_is_offered_no_button(vera, ben, brought):
    browser = Browser()
    browser.force_login(vera.user)
    page = browser.get(at("talk", ben))
    assert "the call with my sister" in words_of(page) and "Talked about" not in words_of(page)
    assert browser.post(at("talk_talked", ben), {**scope(vera, ben), "point": "x"}).status_code == 404


def test_the_log_lists_it_and_a_tap_keeps_what_is_typed(desk, tara, ben, brought, as_owner):
    session = planned(tara, ben, timezone.now() - timedelta(hours=1))
    address = reverse("dashboard:session_new", args=[ben.pk])
    page = desk.get(address)
    assert "the call with my sister" in words_of(page) and "not yet" not in words_of(page)
    key = next(row.key for row in page.context["talk"] if row.said)
    after = desk.post(address, {**shown(desk, address, tara, ben), **TAPS, "step": f"talked:{key}"})
    assert after.status_code == 200 and "Breathing has become checking." in after.content.decode()
    assert "the call with my sister" not in words_of(after) and "Check-in: 2 of 5" in words_of(after)
    with as_owner():
        row = AgendaItem.objects.get(state="talked")
        assert (row.text, row.session_id) == ("the call with my sister", session.pk)


def test_an_empty_list_takes_no_room_in_the_log(desk, tara, ben, library):
    assert "To talk about" not in words_of(desk.get(reverse("dashboard:session_new", args=[ben.pk])))
