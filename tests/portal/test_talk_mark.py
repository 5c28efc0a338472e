"""Talk about this, from the page of one entry in every pillar, and back to that page."""

from typing import Any

import pytest
from django.urls import reverse

from access.acting import acting_as
from clients.models import EntryModel, TimelineEntry
from coping.services import add_strategy, change_strategy
from core.ids import uuid7
from selfcare.services import add_activity, catch_talk
from strengths.services import add_moment, add_strength, add_supporter, record_reach_out
from tests.cast import Person
from tests.mindset.thinking import looked_at
from tests.portal.driving import forms_of
from therapy.selectors import agenda_of
from therapy.services import entry_talked_about


def strength(ben: Any, by: Any, **kept: str) -> tuple[EntryModel, str]:
    row = add_strength(client=ben, new_id=uuid7(), key="kindness", by=by, **kept)
    return row, reverse("strengths:one", args=[row.pk])


def moment(ben: Any, by: Any, **kept: str) -> tuple[EntryModel, str]:
    row = add_moment(strength=strength(ben, by, **kept)[0], new_id=uuid7(), happened="x", by=by, **kept)
    return row, reverse("strengths:moment_change", args=[row.pk])


def person(ben: Any, by: Any, **kept: str) -> tuple[EntryModel, str]:
    row = add_supporter(client=ben, new_id=uuid7(), name="Obi", ring=1, by=by, **kept)
    return row, reverse("people:person", args=[row.pk])


def reach(ben: Any, by: Any, **kept: str) -> tuple[EntryModel, str]:
    row = record_reach_out(supporter=person(ben, by, **kept)[0], new_id=uuid7(), how="called", by=by, **kept)
    return row, reverse("people:reach_change", args=[row.pk])


def way(ben: Any, by: Any, **kept: str) -> tuple[EntryModel, str]:
    row = add_strategy(client=ben, new_id=uuid7(), kind="body_calming", measure="distress", name="Tea", by=by, **kept)
    row = change_strategy(strategy=row, new_id=uuid7(), name="Green tea", by=by)  # other words are another row
    return row, reverse("coping:strategy", args=[row.pk])


def activity(ben: Any, by: Any, **kept: str) -> tuple[EntryModel, str]:
    row = add_activity(client=ben, new_id=uuid7(), domain="physical", name="Walk", often="daily", by=by, **kept)
    return row, reverse("selfcare:activity", args=[row.pk])


def note(ben: Any, by: Any, **kept: str) -> tuple[EntryModel, str]:
    row = catch_talk(client=ben, new_id=uuid7(), self_talk="x", by=by, **kept)
    return row, reverse("kind:line", args=[row.line])


MADE = {"strength": strength, "moment": moment, "person": person, "reach": reach, "way": way, "activity": activity, "note": note}


def marks(page: Any) -> list[Any]:
    return [form for form in forms_of(page) if form.fields.get("act") == ["mark"]]


def press(phone: Any, page: Any, on: str) -> Any:
    (form,) = marks(page)
    assert form.buttons == [("on", on)]
    return phone.post(form.action, {**form.fields, "on": on}, follow=True)


@pytest.mark.parametrize("kept", ["my_therapist", "only_me"])
@pytest.mark.parametrize("made", MADE)
def test_an_entry_goes_on_the_list_and_off_it_and_the_page_comes_back(phone, ben_portal: Person, tara: Person, ben, made: str, kept: str) -> None:
    with acting_as(ben_portal.actor):
        _row, url = MADE[made](ben, ben_portal.actor, visibility=kept)
    first = phone.get(url)
    for _again in range(2):  # sent twice it is one
        page = press(phone, first, "true")
    text = page.content.decode()
    assert page.redirect_chain == [(url, 302)] and "On your list to talk about." in text
    assert ("It is only yours until you show it." in text) == (kept == "only_me")
    with acting_as(tara.actor):
        assert len(agenda_of(ben, staff=True)) == (0 if kept == "only_me" else 1)
    page = press(phone, page, "")
    assert page.redirect_chain == [(url, 302)] and "Talk about this" in page.content.decode()
    with acting_as(ben_portal.actor):
        assert agenda_of(ben) == ()


def test_a_thought_stands_on_the_list_with_its_run_until_it_was_talked_about(phone, ben_portal: Person, tara: Person, ben) -> None:
    url = reverse("mindset:thought", args=[looked_at(ben_portal, ben).pk])
    page = press(phone, phone.get(url), "true")
    assert page.redirect_chain == [(url, 302)] and "On your list" in page.content.decode()
    with acting_as(tara.actor):
        (point,) = agenda_of(ben, staff=True)
        entry_talked_about(client=ben, entry_id=point.row.pk, by=tara.actor)
    assert "Talk about this" in phone.get(url).content.decode()


def test_what_the_therapist_wrote_has_no_mark_and_no_other_page_is_led_to(phone, ben_portal: Person, tara: Person, ben) -> None:
    with acting_as(tara.actor):
        _row, url = strength(ben, tara.actor)
    assert marks(phone.get(url)) == []
    with acting_as(ben_portal.actor):
        row, _url = way(ben, ben_portal.actor)
        entry = TimelineEntry.objects.filter(kind="strategy").get()
    sent = {"act": "mark", "kind": entry.source_kind, "entry": entry.source_id, "on": "true", "at": row.pk, "back": "//x.ex"}
    form = next(form for form in forms_of(phone.get(reverse("portal:talk"))) if form.fields.get("act") == ["add"])
    assert phone.post(reverse("portal:talk"), {**form.fields, **sent}).url == reverse("portal:talk")
