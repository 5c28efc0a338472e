"""A therapist's answer in the margin: to what is shared alone, once, read by both, taken back by its author."""

from types import SimpleNamespace

import pytest
from django.db import DatabaseError, transaction

from access.acting import acting_as
from clients.models import Visibility
from clients.services import add_timeline_entry, change_visibility, record_check_in
from core.errors import Refused
from core.ids import uuid7
from homework.models import Reply
from homework.selectors import said_to
from homework.services.replies import mark_read, take_back_reply, write_reply
from tests.homework.agreed import agree, run_of
from tests.homework.browsing import words_of


@pytest.fixture
def shared(ben, ben_portal):
    with acting_as(ben_portal.actor):
        return record_check_in(client=ben, new_id=uuid7(), mood=4, by=ben_portal.actor)


def replied(who, client, entry, text="That made me smile."):
    with acting_as(who.actor):
        return write_reply(client=client, source_id=entry.pk, new_id=uuid7(), text=text, by=who.actor)


def test_an_answer_is_read_by_both_and_put_away_by_the_client(tara, ben, ben_portal, shared):
    row = replied(tara, ben, shared)
    with acting_as(ben_portal.actor):
        (said,) = said_to(ben, shared.pk)
        assert (said.text, said.by, said.mine) == ("That made me smile.", tara.user.name, False)
        mark_read(reply=said.reply, by=ben_portal.actor)
    with acting_as(tara.actor):
        assert Reply.objects.get(pk=row.pk).read_at is not None
        assert said_to(ben, shared.pk, tara.user.pk)[0].mine


def test_what_is_private_or_not_there_is_not_answered(tara, ben, ben_portal, shared):
    with acting_as(ben_portal.actor):
        change_visibility(source=shared, visibility=Visibility.ONLY_ME, by=ben_portal.actor)
    for entry in (shared, SimpleNamespace(pk=uuid7())):
        with pytest.raises(Refused, match="not shared"):
            replied(tara, ben, entry)


def test_sent_twice_it_is_one(tara, ben, shared):
    with acting_as(tara.actor):
        new_id = uuid7()
        for _ in range(2):
            write_reply(client=ben, source_id=shared.pk, new_id=new_id, text="Once.", by=tara.actor)
        assert Reply.objects.count() == 1


def test_its_author_alone_takes_it_back(tara, sam, ben, ben_portal, shared):
    row = replied(tara, ben, shared)
    with acting_as(sam.actor):
        take_back_reply(reply=row, by=sam.actor)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), acting_as(ben_portal.actor):
        take_back_reply(reply=row, by=ben_portal.actor)
    with acting_as(ben_portal.actor):
        assert said_to(ben, shared.pk)
    with acting_as(tara.actor):
        take_back_reply(reply=row, by=tara.actor)
    with acting_as(ben_portal.actor):
        assert not said_to(ben, shared.pk)


def test_the_wall_keeps_words_from_the_office_from_outsiders_and_from_the_clients_pen(ada, sam, tara, ben, ben_portal, shared):
    row = replied(tara, ben, shared)
    with acting_as(sam.actor):
        assert not Reply.objects.exists()
    with acting_as(ada.actor):
        assert list(Reply.objects.values_list("source_kind", flat=True)) == ["clients.checkin"]
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), acting_as(ada.actor):
        list(Reply.objects.values_list("text"))
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), acting_as(ben_portal.actor):
        Reply.objects.filter(pk=row.pk).update(text="other words")


def test_the_page_shows_the_entry_and_sends(desk, tara, ben, ben_portal, shared):
    address = f"/clients/{ben.pk}/reply/{shared.pk}/"
    assert "Check-in: 4 of 5" in words_of(desk.get(address))
    form = {"new_id": str(uuid7()), "scope": f"{tara.membership.pk}:{ben.pk}"}
    page = desk.post(address, {**form, "text": "See you Thursday."}, follow=True)
    assert "See you Thursday." in words_of(page) and "Read on" not in words_of(page)
    with acting_as(tara.actor):
        row = Reply.objects.get(client=ben)
    page = desk.post(f"{address}{row.pk}/back/", {"scope": form["scope"]}, follow=True)
    assert "Taken back." in words_of(page) and "See you Thursday." not in words_of(page)


def test_an_answer_stands_beside_the_run_on_the_homework_page(desk, tara, ben, ben_portal, library):
    run = run_of(ben_portal, ben, agree(tara, ben))
    with acting_as(ben_portal.actor):
        add_timeline_entry(source=run, kind="exercise", item_key=run.item_key, by=ben_portal.actor)
    page = desk.get(f"/clients/{ben.pk}/homework/")
    assert f"/clients/{ben.pk}/reply/{run.pk}/" in page.content.decode()
    replied(tara, ben, run, "Four slow ones. Well kept.")
    assert "Four slow ones. Well kept." in words_of(desk.get(f"/clients/{ben.pk}/homework/"))


def test_no_words_are_asked_for_beside_the_field_and_an_unknown_entry_is_not_found(desk, tara, ben, shared):
    form = {"new_id": str(uuid7()), "scope": f"{tara.membership.pk}:{ben.pk}", "text": ""}
    page = desk.post(f"/clients/{ben.pk}/reply/{shared.pk}/", form)
    assert page.status_code == 200 and 'id="id_text"' in page.content.decode() and "error" in page.content.decode()
    assert desk.get(f"/clients/{ben.pk}/reply/{uuid7()}/").status_code == 404


def test_taken_back_after_the_entry_was_hidden_leads_to_a_page_that_is_there(desk, tara, ben, ben_portal, shared):
    row = replied(tara, ben, shared)
    with acting_as(ben_portal.actor):
        change_visibility(source=shared, visibility=Visibility.ONLY_ME, by=ben_portal.actor)
    address = f"/clients/{ben.pk}/reply/{shared.pk}/"
    assert desk.get(address).status_code == 404, "the control: its page is gone"
    page = desk.post(f"{address}{row.pk}/back/", {"scope": f"{tara.membership.pk}:{ben.pk}"}, follow=True)
    assert page.status_code == 200 and "Taken back." in words_of(page) and "Check-in: 4 of 5" not in words_of(page)
    with acting_as(ben_portal.actor):
        assert said_to(ben, shared.pk) == []
