"""Check-ins, the axis and practice: written together, once, with one visibility."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError
from django.utils import timezone

from access.acting import acting_as
from audit.models import AuditEvent
from clients.models import CheckIn, Client, Practice, TimelineEntry
from clients.selectors import timeline, what_works
from clients.services import add_practice, add_timeline_entry, change_visibility, record_check_in, say_more
from core.ids import uuid7
from core.paging import Place
from tests.cast import Person

pytestmark = pytest.mark.django_db


def check_in(by: Person, client: Client, **changes: Any) -> CheckIn:
    with acting_as(by.actor):
        return record_check_in(client=client, by=by.actor, **{"new_id": uuid7(), "mood": 3, **changes})


def practised(by: Person, source: CheckIn, *, shared: bool = True, rows: Any = None, helped: int | None = 4) -> None:
    pair = [{"measure": "tension", "before": 7, "after": 4}] if rows is None else rows
    what: dict[str, Any] = {"pillar": "coping", "item_key": "slow_breathing", "name": "Slow breathing", "minutes": 5}
    with acting_as(by.actor):
        add_practice(source=source, ratings_shared=shared, by=by.actor, rows=pair, helped=helped, **what)


def test_a_check_in_is_on_the_axis_and_on_the_trail(ben_portal: Person, ben: Client, as_owner: Any) -> None:
    row = check_in(ben_portal, ben, mood=2)
    with as_owner():
        entry = TimelineEntry.objects.get()
        assert (entry.kind, entry.value, entry.source_kind, entry.source_id, entry.occurred_at) == ("check_in", 2.0, "clients.checkin", row.pk, row.occurred_at)
        assert (entry.client_id, entry.clinic_id, entry.created_by_id, entry.visibility) == (ben.pk, ben.clinic_id, ben_portal.user.pk, "my_therapist")
        event = AuditEvent.objects.get(verb="check_in_recorded")
        assert (event.object_id, event.client_id, event.detail) == (row.pk, ben.pk, {})


def test_a_second_tap_of_the_same_form_changes_the_first(ben_portal: Person, ben: Client, as_owner: Any) -> None:
    form = uuid7()
    assert check_in(ben_portal, ben, new_id=form, mood=2).pk == check_in(ben_portal, ben, new_id=form, mood=4).pk
    with as_owner():
        assert CheckIn.objects.values_list("mood", flat=True).get() == 4 and TimelineEntry.objects.values_list("value", flat=True).get() == 4.0


@pytest.mark.parametrize("mood", [0, 6])
def test_a_mood_that_is_none_is_refused_by_the_table(mood: int, ben_portal: Person, ben: Client, as_owner: Any) -> None:
    with pytest.raises(IntegrityError):
        check_in(ben_portal, ben, mood=mood)
    with as_owner():
        assert not CheckIn.objects.exists() and not TimelineEntry.objects.exists()


def test_only_the_client_taps(tara: Person, ada: Person, ben: Client) -> None:
    for person in (tara, ada):
        with pytest.raises(ProgrammingError, match="permission denied"):
            check_in(person, ben)


def test_nobody_taps_for_another(ben_portal: Person, cleo: Client) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"):
        check_in(ben_portal, cleo)


def test_a_few_words_more_change_what_is_said_and_nothing_else(ben_portal: Person, ben: Client, as_owner: Any) -> None:
    row = check_in(ben_portal, ben)
    with acting_as(ben_portal.actor):
        say_more(check_in=row, need="talk", note="a long day", by=ben_portal.actor)
        say_more(check_in=row, note="a very long day", visibility="only_me", by=ben_portal.actor)
    with as_owner():
        kept = CheckIn.objects.get()
        assert (kept.need, kept.note, kept.visibility, kept.mood) == ("talk", "a very long day", "only_me", 3)
        assert TimelineEntry.objects.get().visibility == "only_me"
        said = str(list(AuditEvent.objects.values_list("detail", flat=True)))
        assert "long day" not in said


def test_one_source_is_once_on_the_axis_for_each_kind(ben_portal: Person, ben: Client, as_owner: Any) -> None:
    row = check_in(ben_portal, ben)
    with acting_as(ben_portal.actor):
        for kind in ("check_in", "noted", "noted"):
            add_timeline_entry(source=row, kind=kind, by=ben_portal.actor)
    with as_owner():
        assert sorted(TimelineEntry.objects.values_list("kind", flat=True)) == ["check_in", "noted"]


def test_practice_is_written_once_a_measure_and_again_changes_it(ben_portal: Person, ben: Client, as_owner: Any) -> None:
    row = check_in(ben_portal, ben)
    practised(ben_portal, row)
    practised(ben_portal, row, rows=[{"measure": "tension", "before": 7, "after": 2}, {"measure": "mood", "before": 3, "after": 5}], helped=5)
    with as_owner():
        found = {use.measure: (use.before, use.after, use.helped, use.minutes) for use in Practice.objects.all()}
    assert found == {"tension": (7, 2, 5, 5), "mood": (3, 5, 5, 5)}


@pytest.mark.parametrize(
    ("row", "shared", "expected"), [("my_therapist", True, "my_therapist"), ("my_therapist", False, "only_me"), ("only_me", True, "only_me")]
)
def test_practice_is_seen_where_its_ratings_are(row: str, shared: bool, expected: str, ben_portal: Person, ben: Client, as_owner: Any) -> None:
    practised(ben_portal, check_in(ben_portal, ben, visibility=row), shared=shared)
    with as_owner():
        assert Practice.objects.get().visibility == expected


def test_a_changed_mind_moves_every_copy_in_one_transaction(ben_portal: Person, ben: Client, as_owner: Any) -> None:
    row = check_in(ben_portal, ben)
    practised(ben_portal, row)
    with pytest.raises(RuntimeError), acting_as(ben_portal.actor):
        change_visibility(source=row, visibility="only_me", by=ben_portal.actor)
        raise RuntimeError
    with as_owner():
        seen = [model.objects.get().visibility for model in (CheckIn, TimelineEntry, Practice)]
    assert seen == ["my_therapist"] * 3
    with acting_as(ben_portal.actor):
        change_visibility(source=row, visibility="only_me", by=ben_portal.actor)
    with as_owner():
        assert [model.objects.get().visibility for model in (CheckIn, TimelineEntry, Practice)] == ["only_me"] * 3


def test_the_axis_is_read_newest_first_by_pages(ben_portal: Person, tara: Person, ben: Client) -> None:
    now = timezone.now()
    for hours in (5, 1, 3, 2, 4):
        check_in(ben_portal, ben, mood=hours, occurred_at=now - timedelta(hours=hours))
    with acting_as(tara.actor):
        first = list(timeline(ben, limit=2))
        rest = list(timeline(ben, after=Place(first[-1].occurred_at, first[-1].pk)))
    assert [entry.value for entry in (*first, *rest)] == [1, 2, 3, 4, 5]


def test_what_works_counts_what_the_reader_may_see(ben_portal: Person, tara: Person, ben: Client) -> None:
    for number in range(4):
        practised(ben_portal, check_in(ben_portal, ben), shared=number > 0)
    for person, uses in ((ben_portal, 4), (tara, 3)):
        with acting_as(person.actor):
            assert [line.used for line in what_works(ben).shown] == [uses], person
