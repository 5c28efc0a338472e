"""Something to read: given once, read once, taken back only while it waits, and words about it read by whom she says."""

from datetime import date, timedelta
from typing import Any

import pytest

from access.acting import acting_as
from access.selectors import private_counts
from clients.models import Client, TimelineEntry
from core.errors import Refused, Stale
from core.ids import uuid7
from homework.models import ReadingGiven, ReadingNote
from homework.reading import Text, by_key
from homework.selectors import reading_for_today, reading_of
from homework.services.reading import change_reading_note, give_reading, say_read, stop_open_reading, take_back_reading, take_back_reading_note
from tests.cast import Person
from therapy.services.life import end_care

pytestmark = pytest.mark.django_db


def text(key: str = "sleep") -> Text:
    found = by_key(key)
    assert found is not None
    return found


def give(tara: Person, ben: Client, key: str = "sleep", **said: Any) -> ReadingGiven:
    with acting_as(tara.actor):
        return give_reading(client=ben, new_id=said.pop("new_id", uuid7()), text=text(key), by=tara.actor, **said)


def read(portal: Person, ben: Client, key: str = "sleep", **said: Any) -> ReadingNote | None:
    with acting_as(portal.actor):
        return say_read(client=ben, text=text(key), new_id=said.pop("new_id", uuid7()), by=portal.actor, **said)


def seen(person: Person, ben: Client):
    with acting_as(person.actor):
        return reading_of(ben, staff=person.membership.role == "therapist")


def kinds(as_owner: Any) -> list[str]:
    with as_owner():
        return sorted(TimelineEntry.objects.filter(kind__startswith="reading").values_list("kind", flat=True))


def test_given_twice_is_one_and_waits_for_the_client(tara: Person, ben: Client, ben_portal: Person, as_owner: Any) -> None:
    twice = uuid7()
    assert give(tara, ben, new_id=twice, reason="You asked why").pk == give(tara, ben, new_id=twice).pk
    with pytest.raises(Refused, match="given already"):
        give(tara, ben)
    assert [(row.text.key, row.given.reason, row.is_read) for row in seen(ben_portal, ben).waiting] == [("sleep", "You asked why", False)]
    assert kinds(as_owner) == ["reading_given"]


def test_one_tap_says_it_is_read_and_her_therapist_sees_that(tara: Person, ben: Client, ben_portal: Person, as_owner: Any) -> None:
    give(tara, ben)
    for _tap in range(2):
        assert read(ben_portal, ben) is None
    assert [row.text.key for row in seen(tara, ben).done] == ["sleep"] and seen(ben_portal, ben).waiting == ()
    assert kinds(as_owner) == ["reading_given", "reading_read"] and not seen(tara, ben).done[0].notes
    again = give(tara, ben)
    assert again.state == "given" and len(seen(tara, ben).waiting) == 1


def test_what_stayed_is_hers_to_show(tara: Person, ben: Client, ben_portal: Person) -> None:
    give(tara, ben)
    twice = uuid7()
    note = read(ben_portal, ben, new_id=twice, stayed="Get up at seven", visibility="only_me")
    assert note is not None and read(ben_portal, ben, new_id=twice, stayed="other") == note
    assert not seen(tara, ben).done[0].notes and seen(ben_portal, ben).done[0].notes == (note,)
    with acting_as(tara.actor):
        assert sum(private_counts([ben.pk]).values()) == 1
    with acting_as(ben_portal.actor):
        change_reading_note(note=note, version=note.version, stayed="Up at seven", visibility="my_therapist", for_session=True, by=ben_portal.actor)
        with pytest.raises(Stale) as late:
            change_reading_note(note=note, version=1, stayed="Late", visibility="only_me", for_session=False, by=ben_portal.actor)
    assert late.value.current.stayed == "Up at seven"
    assert [(one.stayed, one.for_session) for one in seen(tara, ben).done[0].notes] == [("Up at seven", True)]


def test_a_text_of_her_own_choice_needs_nobody_to_give_it(tara: Person, ben: Client, ben_portal: Person, as_owner: Any) -> None:
    note = read(ben_portal, ben, "hope")
    assert note is not None and note.given is None
    assert [one.text.key for one in seen(tara, ben).own] == ["hope"] and kinds(as_owner) == ["reading_note"]
    for _tap in range(2):
        with acting_as(ben_portal.actor):
            take_back_reading_note(note=ReadingNote.objects.get(pk=note.pk), by=ben_portal.actor)
    assert seen(tara, ben).empty and seen(ben_portal, ben).empty
    with acting_as(ben_portal.actor), pytest.raises(Refused):
        row = ReadingNote.objects.get(pk=note.pk)
        change_reading_note(note=row, version=1, stayed="x", visibility="only_me", for_session=False, by=ben_portal.actor)


def test_taken_back_while_it_waits_and_not_once_it_is_read(tara: Person, ben: Client, ben_portal: Person, as_owner: Any) -> None:
    waits, kept = give(tara, ben), give(tara, ben, "hope")
    read(ben_portal, ben, "hope")
    with acting_as(tara.actor):
        for _tap in range(2):
            assert take_back_reading(given=waits, by=tara.actor).state == "taken_back"
        with pytest.raises(Refused, match="read meanwhile"):
            take_back_reading(given=kept, by=tara.actor)
    assert seen(ben_portal, ben).waiting == () and len(seen(tara, ben).done) == 1
    with acting_as(tara.actor):
        assert TimelineEntry.objects.filter(kind="reading_given").count() == 1
    assert give(tara, ben).state == "given"


def test_nothing_new_for_who_is_discharged_and_what_waited_is_off_the_list(tara: Person, ben: Client, ben_portal: Person, as_owner: Any) -> None:
    give(tara, ben)
    with acting_as(tara.actor):
        client = Client.objects.get(pk=ben.pk)
        end_care(client=client, version=client.version, status="discharged", ended_on=date.today(), reason="completed", by=tara.actor)
    with as_owner():
        assert [row.state for row in ReadingGiven.objects.all()] == ["taken_back"]
    with pytest.raises(Refused, match="discharged"):
        give(tara, Client(pk=ben.pk, clinic_id=ben.clinic_id, called="Ben", status="discharged"), "hope")
    with acting_as(tara.actor):
        assert stop_open_reading(client=ben, by=tara.actor) == 0


def test_a_day_that_is_over_is_refused(tara: Person, ben: Client) -> None:
    with pytest.raises(Refused) as wrong:
        give(tara, ben, look_at_on=date.today() - timedelta(days=3))
    assert wrong.value.field == "look_at_on"


def test_today_offers_the_one_whose_day_comes_first(tara: Person, ben: Client, ben_portal: Person) -> None:
    def today() -> str | None:
        with acting_as(ben_portal.actor):
            found = reading_for_today(ben)
        return found.text.key if found else None

    assert today() is None
    give(tara, ben, "hope")
    assert today() == "hope"
    give(tara, ben, "values", look_at_on=date.today() + timedelta(days=9))
    give(tara, ben, "sleep", look_at_on=date.today() + timedelta(days=2))
    assert today() == "sleep"
    read(ben_portal, ben, "sleep")
    assert today() == "values"


def test_another_therapist_reads_nothing_of_it(sam: Person, tara: Person, ben: Client, ben_portal: Person) -> None:
    give(tara, ben, reason="You asked why")
    read(ben_portal, ben, stayed="Get up at seven")
    assert seen(sam, ben).empty and not seen(tara, ben).empty
