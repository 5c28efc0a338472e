"""The week, its logs and nights: one log of an activity a day, wordings kept, copies on the axis, nothing of hers to see for staff."""

from datetime import time, timedelta

import pytest

from access.acting import acting_as
from access.selectors import private_counts
from clients.models import TimelineEntry
from core.errors import Refused, Stale
from core.ids import uuid7
from core.zones import today_in
from selfcare.models import DomainHidden, SelfCareEntry
from selfcare.nights import night_times
from selfcare.selectors import activities_of, activity_of, entries_between, first_nights, left_out, one_a_morning
from selfcare.services import (
    add_activity,
    add_log,
    bring_back,
    change_activity,
    change_log,
    change_night,
    hide_domain,
    log_today,
    put_away,
    record_night,
    show_activity,
    show_entry,
    take_back,
)

pytestmark = pytest.mark.django_db
WALK = {"domain": "physical", "name": "Walk", "often": "few", "tiny": "round the block", "standard": "canal bench", "stretch": "the long way"}


def today(client):
    return today_in(client.timezone)


def activity(person, client, **words):
    with acting_as(person.actor):
        return add_activity(client=client, new_id=words.pop("new_id", uuid7()), by=person.actor, **{**WALK, **words})


def log(person, row, days=0, **said):
    with acting_as(person.actor):
        return add_log(
            activity=row, new_id=said.pop("new_id", uuid7()), day=today(row.client) - timedelta(days=days), by=person.actor, **{"size": "tiny", **said}
        )


def night(person, client, days=0, bed=None, wake=None, **said):
    day = today(client) - timedelta(days=days)
    times = night_times(client.timezone, day, bed, wake)
    with acting_as(person.actor):
        return record_night(
            client=client, new_id=said.pop("new_id", uuid7()), day=day, bed=times.bed, wake=times.wake, by=person.actor, **{"quality": 6, **said}
        )


def tap(person, row, size):
    with acting_as(person.actor):
        return log_today(activity=row, size=size, by=person.actor)


def seen(person, client):
    staff = person.membership.role == "therapist"
    with acting_as(person.actor):
        return entries_between(client, today(client) - timedelta(days=30), today(client), staff=staff)


def test_one_tap_is_the_whole_log_and_the_same_again_is_the_same(ben, ben_portal, tara, as_owner):
    row = activity(ben_portal, ben)
    first = tap(ben_portal, row, "tiny")
    assert tap(ben_portal, row, "tiny").pk == tap(ben_portal, row, "stretch").pk == first.pk
    found = seen(tara, ben)
    assert [(one.size, one.day, one.activity.words_of(one.size)) for one in found] == [("stretch", today(ben), "the long way")]
    with as_owner():
        assert SelfCareEntry.objects.count() == 1 and TimelineEntry.objects.filter(kind="selfcare_log", pillar="selfcare").count() == 1
    with pytest.raises(Refused):
        tap(ben_portal, row, "huge")


def test_taken_back_and_tapped_again(ben, ben_portal, as_owner):
    row = activity(ben_portal, ben)
    first = tap(ben_portal, row, "tiny")
    with acting_as(ben_portal.actor):
        for _twice in range(2):
            take_back(entry=first, by=ben_portal.actor)
    assert seen(ben_portal, ben) == []
    assert tap(ben_portal, row, "tiny").pk != first.pk and len(seen(ben_portal, ben)) == 1
    with as_owner():
        assert TimelineEntry.objects.filter(kind="selfcare_log").count() == 1


def test_a_day_later_once_and_not_a_day_to_come(ben, ben_portal):
    row = activity(ben_portal, ben)
    sent = uuid7()
    assert log(ben_portal, row, days=3, new_id=sent, minutes=20, note="Rain").pk == log(ben_portal, row, days=3, new_id=sent).pk
    for days in (3, -1, 365 * 30):
        with pytest.raises(Refused) as no:
            log(ben_portal, row, days=days)
        assert no.value.field == "day"
    assert [(one.minutes, one.note) for one in seen(ben_portal, ben)] == [(20, "Rain")]


def test_a_change_is_stale_when_late_and_its_copy_follows(ben, ben_portal, as_owner):
    row = activity(ben_portal, ben)
    made = log(ben_portal, row)
    log(ben_portal, row, days=5)
    with acting_as(ben_portal.actor):
        day = today(ben) - timedelta(days=2)
        changed = change_log(entry=made, version=1, by=ben_portal.actor, visibility="only_me", size="standard", day=day, for_session=True)
        assert (changed.version, changed.visibility, changed.size) == (2, "only_me", "standard")
        with pytest.raises(Stale):
            change_log(entry=made, version=1, by=ben_portal.actor, visibility="only_me", size="tiny")
        with pytest.raises(Refused):
            change_log(entry=changed, version=2, by=ben_portal.actor, visibility="only_me", day=today(ben) - timedelta(days=5))
    with as_owner():
        copy = TimelineEntry.objects.get(source_id=made.pk)
        assert (copy.visibility, copy.for_session, copy.occurred_at.date()) == ("only_me", True, day)


def test_other_words_keep_the_line_and_its_logs(ben, ben_portal, tara):
    row = activity(ben_portal, ben)
    log(ben_portal, row, days=1)
    with acting_as(tara.actor):
        newer = change_activity(activity=row, new_id=uuid7(), tiny="to the gate", by=tara.actor)
        with pytest.raises(Stale):
            change_activity(activity=row, new_id=uuid7(), tiny="to the shop", by=tara.actor)
        assert activity_of(ben, row.pk).pk == newer.pk and [each.tiny for each in activities_of(ben, staff=True)] == ["to the gate"]
    with pytest.raises(Refused):
        log(ben_portal, newer, days=1)
    assert [one.activity.tiny for one in seen(ben_portal, ben)] == ["round the block"]


def test_a_name_stands_once_and_put_away_comes_back(ben, ben_portal, tara):
    sent = uuid7()
    row = activity(ben_portal, ben, new_id=sent)
    assert activity(ben_portal, ben, new_id=sent).pk == row.pk
    with pytest.raises(Refused) as twice:
        activity(tara, ben, name="walk")
    assert twice.value.field == "name"
    with acting_as(ben_portal.actor):
        put_away(activity=row, by=ben_portal.actor)
        assert [each.state for each in activities_of(ben)] == ["retired"]
        bring_back(activity=row, by=ben_portal.actor)
        assert [each.state for each in activities_of(ben)] == ["active"]
    for wrong in ({"domain": "money"}, {"name": " "}, {"often": "hourly"}):
        with pytest.raises(Refused):
            activity(ben_portal, ben, **wrong)


def test_staff_see_nothing_of_what_is_hers_alone(ben, ben_portal, tara, as_owner):
    hers = activity(ben_portal, ben, name="Sit in church", domain="spiritual", visibility="only_me")
    log(ben_portal, hers)
    shared = activity(ben_portal, ben)
    log(ben_portal, shared, days=1, visibility="only_me", note="with M.")
    night(ben_portal, ben, visibility="only_me")
    assert seen(tara, ben) == []
    with acting_as(tara.actor):
        assert [row.name for row in activities_of(ben, staff=True)] == ["Walk"] and not SelfCareEntry.objects.exists()
        assert private_counts([ben.pk])[ben.pk, "selfcare"] == 4
    assert len(seen(ben_portal, ben)) == 3
    with as_owner():
        assert set(TimelineEntry.objects.filter(kind="night").values_list("visibility", "value")) == {("only_me", None)}


def test_hiding_an_activity_hides_its_logs_and_showing_it_does_not_show_them(ben, ben_portal, tara):
    row = activity(ben_portal, ben)
    made = log(ben_portal, row)
    with acting_as(ben_portal.actor):
        show_activity(activity=row, visibility="only_me", by=ben_portal.actor)
        made.refresh_from_db()
        with pytest.raises(Refused):
            show_entry(entry=made, visibility="my_therapist", by=ben_portal.actor)
    assert seen(tara, ben) == []
    with acting_as(ben_portal.actor):
        show_activity(activity=activity_of(ben, row.pk), visibility="my_therapist", by=ben_portal.actor)
    assert seen(tara, ben) == []
    with acting_as(ben_portal.actor):
        show_entry(entry=SelfCareEntry.objects.select_related("activity").get(pk=made.pk), visibility="my_therapist", by=ben_portal.actor)
    assert len(seen(tara, ben)) == 1


def test_a_night_is_one_a_morning_and_says_something(ben, ben_portal, tara, as_owner):
    sent = uuid7()
    made = night(ben_portal, ben, days=1, bed=time(23, 10), wake=time(6), new_id=sent)
    assert night(ben_portal, ben, days=1, new_id=sent).pk == made.pk and made.slept == 410
    with pytest.raises(Refused) as twice:
        night(ben_portal, ben, days=1)
    assert twice.value.field == "day"
    with pytest.raises(Refused):
        night(ben_portal, ben, days=2, quality=None)
    with acting_as(ben_portal.actor):
        changed = change_night(entry=made, version=1, by=ben_portal.actor, visibility="my_therapist", wake=None)
        assert changed.slept is None and changed.quality == 6
    with as_owner():
        assert TimelineEntry.objects.get(source_id=made.pk).value is None
    assert [one.kind for one in seen(tara, ben)] == ["night"]


def test_a_missing_night_is_no_night(ben, ben_portal):
    night(ben_portal, ben, days=6, bed=time(23), wake=time(6))
    night(ben_portal, ben, days=2, bed=time(23), wake=time(5))
    night(ben_portal, ben, days=1, quality=3)
    with acting_as(ben_portal.actor):
        assert [one.slept for one in one_a_morning(entries_between(ben, today(ben) - timedelta(days=6), today(ben)))] == [420, 360, None]
        assert [one.slept for one in first_nights(ben)] == [420, 360]


def test_a_part_left_out_is_taken_back_by_the_side_that_said_so(ben, ben_portal, tara, as_owner):
    for person in (tara, ben_portal):
        with acting_as(person.actor):
            for _twice in range(2):
                hide_domain(client=ben, domain="nutrition", hidden=True, by=person.actor)
    with acting_as(ben_portal.actor):
        assert left_out(ben) == {"nutrition": {"client", "staff"}}
        hide_domain(client=ben, domain="nutrition", hidden=False, by=ben_portal.actor)
        assert left_out(ben) == {"nutrition": {"staff"}}
        assert not DomainHidden.objects.filter(side="staff").update(hidden=False)
        with pytest.raises(Refused):
            hide_domain(client=ben, domain="money", hidden=True, by=ben_portal.actor)
    with as_owner():
        assert DomainHidden.objects.count() == 2


def test_what_somebody_else_sent_under_this_id_is_not_hers(ben, ben_portal, tara):
    row = activity(tara, ben)
    with pytest.raises(Refused):
        activity(ben_portal, ben, new_id=row.pk, name="Other")
