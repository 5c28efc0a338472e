"""To talk about: lines and marked entries, on the list until they were talked about, and what stays the client's own."""

import pytest
from django.urls import reverse

from access.acting import acting_as
from clients.models import CheckIn
from clients.services import record_check_in
from core.ids import uuid7
from strengths.services import add_supporter
from tests.homework.agreed import agree, run_of
from tests.portal.driving import forms_of, send
from therapy.models import AgendaItem
from therapy.selectors import agenda_of
from therapy.services import add_agenda_item

TALK, ME = "/portal/talk/", "/portal/me/"


def main_of(page) -> str:
    assert page.status_code == 200
    text = page.content.decode()
    return text[text.index("<main") : text.index("</main>")]


def press(phone, page, act: str, **changes: str):
    """The first form of the page that does this."""
    form = next(form for form in forms_of(page) if form.fields.get("act") == [act])
    return phone.post(TALK, {**form.fields, **changes}, follow=True)


def seen_by(tara, ben) -> list[str]:
    with acting_as(tara.actor):
        return [point.item.text if point.item else point.row.kind for point in agenda_of(ben, staff=True)]


def test_an_empty_list_says_so_and_takes_a_line_once(phone, tara, ben, as_owner):
    page = phone.get(TALK)
    assert "For when you meet Tara. Nothing is on your list yet." in main_of(page)
    for _press in range(3):
        after = send(phone, page, "text", text="  The call with my sister,\r\nagain 🐈 ")
    assert "On your list." in after.content.decode() and "The call with my sister,<br>again 🐈" in main_of(after)
    assert seen_by(tara, ben) == ["The call with my sister,\nagain 🐈"]
    with as_owner():
        assert AgendaItem.objects.count() == 1


@pytest.mark.parametrize("typed", ["", " ", "x" * 501, "a\x00b\x07"], ids=["nothing", "blank", "long", "control"])
def test_rough_lines_come_back_with_a_word_or_are_cleaned(phone, as_owner, typed):
    page = send(phone, phone.get(TALK), "text", text=typed, visibility="only_me")
    with as_owner():
        kept = list(AgendaItem.objects.values_list("text", flat=True))
    if kept:
        assert kept == ["ab"]
    else:
        text = main_of(page)
        assert 'role="alert"' in text and 'id="id_text_error"' in text and 'value="only_me" checked' in text
        assert typed.strip("\x00\x07 ")[:40] in text


def test_exactly_as_much_as_the_counter_allows_fits(phone, tara, ben):
    line = "\r\n".join(["x" * 24] * 19 + ["x" * 25])  # 500 characters, a line break counted as one
    send(phone, phone.get(TALK), "text", text=line)
    assert [len(text) for text in seen_by(tara, ben)] == [500]


def test_a_line_of_her_own_is_shown_by_one_tap_and_taken_off_by_one(phone, tara, ben):
    page = send(phone, phone.get(TALK), "text", text="not yet", visibility="only_me")
    assert "This one is only yours. Show it to Tara to bring it along." in main_of(page) and seen_by(tara, ben) == []
    page = press(phone, page, "show")
    assert "only yours" not in main_of(page) and seen_by(tara, ben) == ["not yet"]
    old = page
    for _press in range(2):
        page = press(phone, old, "off")
    assert "not yet" not in main_of(page) and seen_by(tara, ben) == []


def test_a_line_of_the_therapist_says_who_wrote_it_and_is_not_hers_to_take_off(phone, tara, ben):
    with acting_as(tara.actor):
        row = add_agenda_item(client=ben, new_id=uuid7(), text="the holidays", by=tara.actor)
    page = phone.get(TALK)
    assert "the holidays" in main_of(page) and "Tara wrote this" in main_of(page)
    assert not any(form.fields.get("act") == ["off"] for form in forms_of(page))
    scope = forms_of(page)[0].fields["scope"]
    assert phone.post(TALK, {"scope": scope, "act": "off", "line": str(row.pk)}).status_code == 404


def test_an_entry_is_marked_from_me_and_comes_off_again(phone, tara, ben, ben_portal):
    with acting_as(ben_portal.actor):
        record_check_in(client=ben, new_id=uuid7(), mood=2, by=ben_portal.actor)
    page = press(phone, phone.get(ME), "mark", on="true")
    assert page.redirect_chain[-1][0] == ME and "On your list to talk about" in main_of(page)
    assert seen_by(tara, ben) == ["check_in"]
    assert "You said “Hard”" in main_of(phone.get(TALK))
    page = press(phone, phone.get(TALK), "mark")
    assert "Nothing is on your list yet." in main_of(page) and seen_by(tara, ben) == []
    assert "On your list to talk about" not in main_of(phone.get(ME))


def test_what_is_only_hers_and_marked_the_therapist_never_hears_of(phone, tara, ben, ben_portal):
    with acting_as(ben_portal.actor):
        add_supporter(client=ben, new_id=uuid7(), name="Obi", visibility="only_me", by=ben_portal.actor)
    press(phone, phone.get(ME), "mark", on="true")
    page = phone.get(TALK)
    assert "This one is only yours." in main_of(page) and seen_by(tara, ben) == []
    press(phone, page, "show_entry")
    assert seen_by(tara, ben) == ["supporter"]


def test_a_private_run_is_shown_on_its_own_page(phone, ben, ben_portal):
    run = run_of(ben_portal, ben, None, key="clouds", visibility="only_me", ratings_shared=False)
    scope = forms_of(phone.get(ME))[0].fields["scope"]
    phone.post(TALK, {"scope": scope, "act": "mark", "kind": "homework.exerciserun", "entry": str(run.pk), "on": "true"})
    with acting_as(ben_portal.actor):
        run.refresh_from_db()
        assert run.for_session
    run_with_a_line = phone.get(reverse("portal:sharing", args=[run.pk])).content.decode()
    assert 'name="for_session" value="true" checked' in run_with_a_line


def test_the_place_she_came_from_is_remembered(phone, as_owner):
    page = phone.get(TALK + "?about=progress")
    assert "You came from your progress." in main_of(page)
    send(phone, page, "text", text="May was hard")
    with as_owner():
        assert AgendaItem.objects.get().about == "progress"
    assert "You came from" not in main_of(phone.get(TALK + "?about=%00<b>"))


@pytest.mark.parametrize(
    "posted",
    [{}, {"act": "burn"}, {"act": "off"}, {"act": "off", "line": "x"}, {"act": "mark", "kind": "accounts.user", "entry": "x"}, {"act": "show_entry"}],
    ids=["nothing", "unknown", "no line", "rough line", "another table", "no entry"],
)
def test_a_made_up_act_does_nothing(phone, posted):
    scope = forms_of(phone.get(ME))[0].fields["scope"]
    assert phone.post(TALK, {"scope": scope, **posted}).status_code == 404


def test_somebody_elses_entries_and_lines_are_not_there(phone, tara, cleo, as_owner):
    with acting_as(tara.actor):
        row = add_agenda_item(client=cleo, new_id=uuid7(), text="hers", by=tara.actor)
    task = agree(tara, cleo)
    scope = forms_of(phone.get(ME))[0].fields["scope"]
    for posted in (
        {"act": "off", "line": row.pk},
        {"act": "show", "line": row.pk},
        {"act": "mark", "kind": "homework.nottoday", "entry": task.pk, "on": "true"},
    ):
        assert phone.post(TALK, {"scope": scope, **posted}).status_code == 404
    with as_owner():
        assert AgendaItem.objects.get().state == "open" and not CheckIn.objects.exists()
