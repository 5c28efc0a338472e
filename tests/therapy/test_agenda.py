"""What is to be talked about: lines of either side, marked entries, and what the therapist never hears of."""

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from access.acting import acting_as
from audit.models import AuditEvent
from clients.models import CheckIn, Client, TimelineEntry
from clients.services import change_visibility, note_care, record_check_in, talk_about
from core.errors import Refused
from core.ids import uuid7
from tests.cast import Person
from tests.therapy.logs import planned
from therapy.models import AgendaItem
from therapy.models.agenda import AgendaState
from therapy.selectors import agenda_of
from therapy.services import add_agenda_item, bring_entry, close_agenda_item, entry_talked_about

pytestmark = pytest.mark.django_db


def line(person: Person, client: Client, text: str = "the call with my sister", **given: object) -> AgendaItem:
    with acting_as(person.actor):
        return add_agenda_item(client=client, by=person.actor, text=text, **{"new_id": uuid7(), **given})  # type: ignore[arg-type]


def marked(portal: Person, client: Client, visibility: str = "my_therapist") -> CheckIn:
    with acting_as(portal.actor):
        row = record_check_in(client=client, new_id=uuid7(), mood=2, visibility=visibility, by=portal.actor)
        bring_entry(source=row, on=True, by=portal.actor)
    return row


def texts(person: Person, client: Client) -> list[str]:
    with acting_as(person.actor):
        return [point.item.text if point.item else point.row.kind for point in agenda_of(client, staff=person.actor.kind == "therapist")]


def test_a_line_of_either_side_is_on_both_lists_once(tara: Person, ben: Client, ben_portal: Person, as_owner) -> None:
    new_id = uuid7()
    assert line(ben_portal, ben, new_id=new_id) == line(ben_portal, ben, new_id=new_id)
    line(tara, ben, "the holidays")
    assert texts(ben_portal, ben) == texts(tara, ben) == ["the holidays", "the call with my sister"]
    with as_owner():
        assert AuditEvent.objects.filter(verb="agenda_added").count() == 2
    with pytest.raises(Refused):
        line(ben_portal, ben, "")


def test_where_a_line_was_written_is_remembered_and_nothing_else_is(ben: Client, ben_portal: Person) -> None:
    assert line(ben_portal, ben, about="progress").about == "progress"
    assert line(ben_portal, ben, about="<script>").about == ""


def test_what_is_only_hers_is_on_her_list_alone(tara: Person, ben: Client, ben_portal: Person) -> None:
    line(ben_portal, ben, "not yet", visibility="only_me")
    marked(ben_portal, ben, "only_me")
    assert sorted(texts(ben_portal, ben)) == ["check_in", "not yet"]
    assert texts(tara, ben) == []
    with acting_as(tara.actor):  # and the wall says the same without the selector
        assert not AgendaItem.objects.exists() and not TimelineEntry.objects.exists()
    with acting_as(ben_portal.actor):
        change_visibility(source=AgendaItem.objects.get(), visibility="my_therapist", by=ben_portal.actor)
    assert texts(tara, ben) == ["not yet"]


def test_a_mark_is_on_the_row_and_its_line_and_comes_off_again(tara: Person, ben: Client, ben_portal: Person, as_owner) -> None:
    row = marked(ben_portal, ben)
    assert texts(tara, ben) == ["check_in"]
    with acting_as(ben_portal.actor):
        talk_about(source=row, on=True, by=ben_portal.actor)  # a second time changes nothing
    with as_owner():
        assert AuditEvent.objects.filter(verb="entry_marked").count() == 1
    with acting_as(ben_portal.actor):
        talk_about(source=row, on=False, by=ben_portal.actor)
    assert texts(tara, ben) == texts(ben_portal, ben) == []
    with as_owner():
        assert not CheckIn.objects.get().for_session and not TimelineEntry.objects.get().for_session


def test_a_note_about_a_heavy_answer_is_no_wish_of_hers(ben: Client, ben_portal: Person, as_owner) -> None:
    row = marked(ben_portal, ben)
    with acting_as(ben_portal.actor):
        note_care(source=row, by=ben_portal.actor)
        bring_entry(source=row, on=False, by=ben_portal.actor)
        bring_entry(source=row, on=True, by=ben_portal.actor)
    assert texts(ben_portal, ben) == ["check_in"]


def test_talked_about_leaves_the_list_of_both_and_can_be_marked_again(tara: Person, ben: Client, ben_portal: Person) -> None:
    row = marked(ben_portal, ben)
    for _twice in range(2):
        with acting_as(tara.actor):
            entry = TimelineEntry.objects.get(source_id=row.pk)
            entry_talked_about(client=ben, entry_id=entry.pk, by=tara.actor)
    assert texts(tara, ben) == texts(ben_portal, ben) == []
    with acting_as(tara.actor):
        assert AuditEvent.objects.filter(verb="agenda_talked").count() == 1
    with acting_as(ben_portal.actor):
        bring_entry(source=row, on=True, by=ben_portal.actor)
    assert texts(tara, ben) == ["check_in"]
    with acting_as(tara.actor):
        assert entry_talked_about(client=ben, entry_id=TimelineEntry.objects.get(source_id=row.pk).pk, by=tara.actor)
        assert AgendaItem.objects.get().state == AgendaState.TALKED
    assert texts(tara, ben) == []


def test_what_is_hidden_or_somebody_elses_is_not_talked_about(tara: Person, ben: Client, cleo: Client, ben_portal: Person, as_owner) -> None:
    hidden, shared = marked(ben_portal, ben, "only_me"), marked(ben_portal, ben)
    with as_owner():
        entries = {entry.source_id: entry.pk for entry in TimelineEntry.objects.all()}
    with acting_as(tara.actor):
        assert not entry_talked_about(client=ben, entry_id=entries[hidden.pk], by=tara.actor)
        assert not entry_talked_about(client=cleo, entry_id=entries[shared.pk], by=tara.actor)
        assert not AgendaItem.objects.exists()
    assert len(texts(ben_portal, ben)) == 2


def test_a_line_is_talked_about_by_either_and_taken_off_by_its_author(tara: Person, ben: Client, ben_portal: Person, as_owner) -> None:
    hers, theirs = line(ben_portal, ben), line(tara, ben, "the holidays")
    with acting_as(tara.actor), pytest.raises(Refused):
        close_agenda_item(item=hers, state=AgendaState.LET_GO, by=tara.actor)
    with acting_as(ben_portal.actor):
        with pytest.raises(Refused):
            close_agenda_item(item=theirs, state=AgendaState.LET_GO, by=ben_portal.actor)
        for _twice in range(2):
            assert close_agenda_item(item=hers, state=AgendaState.LET_GO, by=ben_portal.actor).state == AgendaState.LET_GO
    with as_owner():
        assert AuditEvent.objects.filter(verb="agenda_let_go").count() == 1
    with acting_as(tara.actor):
        assert close_agenda_item(item=theirs, state=AgendaState.TALKED, by=tara.actor).state_changed_at is not None
    assert texts(tara, ben) == []


def test_a_session_of_somebody_else_does_not_go_with_it(tara: Person, ben: Client, cleo: Client) -> None:

    session = planned(tara, cleo, timezone.now())
    with acting_as(tara.actor), pytest.raises(Refused):
        close_agenda_item(item=line(tara, ben), state=AgendaState.TALKED, session=session, by=tara.actor)


def test_the_database_refuses_a_line_that_says_nothing(tara: Person, ben: Client) -> None:
    with acting_as(tara.actor), pytest.raises(DatabaseError), transaction.atomic():
        AgendaItem(client=ben, clinic_id=ben.clinic_id, created_by_id=tara.user.pk).save(force_insert=True)


def test_two_statements_however_much_is_on_the_list(tara: Person, ben: Client, ben_portal: Person, django_assert_num_queries) -> None:
    for number in range(3):
        line(ben_portal, ben, f"line {number}")
        marked(ben_portal, ben)
    with acting_as(tara.actor), django_assert_num_queries(2):
        assert len(agenda_of(ben, staff=True)) == 6
