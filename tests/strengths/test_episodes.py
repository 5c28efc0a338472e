"""Strengths stand on moments: each once, by its author, on the right day, seen as she chose, with its older words kept and nothing lost."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from access.acting import acting_as
from access.selectors import private_counts
from clients.models import Client, TimelineEntry
from core.errors import Refused, Stale
from core.ids import uuid7
from strengths.models import Strength, StrengthEpisode
from strengths.selectors import moment_of, moments_of, my_strengths
from strengths.services import add_moment, add_strength, change_moment, show_moment, show_strength, take_back_moment, take_off_strength

pytestmark = pytest.mark.django_db
AXIS = {"kind": "strength_moment"}


def strength(person, client, **row):
    with acting_as(person.actor):
        return add_strength(client=client, new_id=uuid7(), by=person.actor, **{"key": "kindness", **row})


def moment(person, row, happened="Soup for upstairs", **said):
    with acting_as(person.actor):
        return add_moment(strength=row, new_id=said.pop("new_id", uuid7()), happened=happened, by=person.actor, **said)


def words_of(person, client, **which):
    with acting_as(person.actor):
        return sorted(row.happened for row in moments_of(client, **which) if row.earlier_of_id is None)


def put_right(person, row, happened, **said):
    with acting_as(person.actor):
        given = {"version": row.version, "day": row.occurred_at.date(), "said_by": row.said_by, **said}
        return change_moment(moment=moment_of(row.client, row.pk), happened=happened, by=person.actor, **given)


def test_one_send_is_one_moment(ben, ben_portal, as_owner):
    row, twice = strength(ben_portal, ben), uuid7()
    assert moment(ben_portal, row, new_id=twice).pk == moment(ben_portal, row, new_id=twice, happened="again").pk
    with as_owner():
        assert [made.happened for made in StrengthEpisode.objects.all()] == ["Soup for upstairs"] and TimelineEntry.objects.filter(**AXIS).count() == 1
    with acting_as(ben_portal.actor), pytest.raises(Refused, match="used before"):
        add_moment(strength=row, new_id=row_of_another(as_owner), happened="x", by=ben_portal.actor)


def row_of_another(as_owner):
    """An id that a moment of another author has."""
    with as_owner():
        there = StrengthEpisode.objects.get()
        copy = StrengthEpisode(strength=there.strength, client_id=there.client_id, clinic_id=there.clinic_id, happened="other", created_by=None)
        copy.save(force_insert=True)
        return copy.pk


@pytest.mark.parametrize(
    "said",
    [{"happened": " "}, {"said_by": "nobody"}, {"said_by": "therapist"}, {"day": date(2999, 1, 1)}, {"day": date(1899, 12, 31)}],
    ids=["empty", "unknown", "in_her_name", "to_come", "too_old"],
)
def test_what_makes_no_sense_is_refused(ben, ben_portal, said):
    with pytest.raises(Refused):
        moment(ben_portal, strength(ben_portal, ben), **said)


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25), date(2026, 10, 24)], ids=["23_hours", "25_hours", "plain"])
@pytest.mark.parametrize("place", ["Europe/London", "Pacific/Kiritimati", "America/Los_Angeles"])
def test_the_day_is_hers_whatever_the_clocks_did(ben, ben_portal, as_owner, day, place):
    with as_owner():
        Client.objects.filter(pk=ben.pk).update(timezone=place)
        ben.refresh_from_db()
    made = moment(ben_portal, strength(ben_portal, ben), day=day)
    assert made.occurred_at.astimezone(ZoneInfo(place)).date() == day


def test_today_is_today_by_her_own_clock(ben, ben_portal, as_owner):
    with as_owner():
        Client.objects.filter(pk=ben.pk).update(timezone="Pacific/Kiritimati")  # 14 hours ahead: a day that London has not reached
        ben.refresh_from_db()
    ahead = timezone.now().astimezone(ZoneInfo("Pacific/Kiritimati")).date()
    made = moment(ben_portal, strength(ben_portal, ben), day=ahead)
    assert made.occurred_at <= timezone.now() and made.occurred_at.astimezone(ZoneInfo("Pacific/Kiritimati")).date() == ahead
    with pytest.raises(Refused, match="not come yet"):
        moment(ben_portal, made.strength, day=ahead + timedelta(days=1))


def test_what_is_put_right_keeps_its_older_words_and_a_late_change_is_stale(ben, ben_portal, tara):
    made = moment(ben_portal, strength(ben_portal, ben), day=date(2026, 10, 25))
    changed = put_right(ben_portal, made, "Soup for Mr Ali", said_by="borrowed", eyes="Carys", day=date(2026, 10, 20))
    assert (changed.version, changed.eyes, changed.occurred_at.date()) == (2, "Carys", date(2026, 10, 20))
    assert put_right(ben_portal, made, "Soup for Mr Ali", said_by="borrowed", eyes="Carys", day=date(2026, 10, 20)).version == 2  # sent twice
    with pytest.raises(Stale) as late:
        put_right(ben_portal, made, "too late")
    assert late.value.current.happened == "Soup for Mr Ali"
    assert words_of(tara, ben, staff=True) == ["Soup for Mr Ali"]
    with acting_as(tara.actor):
        assert [row.happened for row in StrengthEpisode.objects.exclude(earlier_of=None)] == ["Soup for upstairs"]
        assert TimelineEntry.objects.get(**AXIS).occurred_at == changed.occurred_at


def test_older_words_of_a_private_time_stay_private(ben, ben_portal, tara):
    made = moment(ben_portal, strength(ben_portal, ben), "a secret", visibility="only_me")
    put_right(ben_portal, made, "the careful words", visibility="my_therapist")
    with acting_as(tara.actor):
        assert [row.happened for row in StrengthEpisode.objects.all()] == ["the careful words"]
    with acting_as(ben_portal.actor):
        show_moment(moment=moment_of(ben, made.pk), visibility="only_me", by=ben_portal.actor)
        assert {row.visibility for row in StrengthEpisode.objects.all()} == {"only_me"}


def test_taken_back_it_is_nowhere_and_only_its_author_does_that(ben, ben_portal, tara, as_owner):
    made = moment(ben_portal, strength(ben_portal, ben))
    put_right(ben_portal, made, "other words")
    with acting_as(tara.actor), pytest.raises(Refused, match="Only who wrote it"):
        take_back_moment(moment=made, by=tara.actor)
    with pytest.raises(Refused, match="Only who wrote it"):
        put_right(tara, made, "hers")
    with acting_as(ben_portal.actor):
        for _twice in range(2):
            take_back_moment(moment=made, by=ben_portal.actor)
        assert moment_of(ben, made.pk) is None and moment_of(ben, made.pk, taken_back=True) is not None
        with pytest.raises(Refused, match="taken back"):
            change_moment(moment=moment_of(ben, made.pk, taken_back=True), version=2, happened="x", day=date.today(), said_by="client", by=ben_portal.actor)
    assert words_of(ben_portal, ben) == words_of(tara, ben, staff=True) == []
    with as_owner():
        assert all(row.withdrawn_at for row in [*StrengthEpisode.objects.all(), *TimelineEntry._base_manager.filter(**AXIS)])


@pytest.mark.parametrize(("hours", "verb"), [(23, "strength_moment_taken_back"), (25, "strength_moment_withdrawn")], ids=["soon", "later"])
def test_the_trail_tells_taking_back_from_withdrawing(ben, ben_portal, as_owner, hours, verb):
    from audit.models import AuditEvent

    made = moment(ben_portal, strength(ben_portal, ben))
    with as_owner():
        StrengthEpisode.objects.filter(pk=made.pk).update(recorded_at=timezone.now() - timedelta(hours=hours))
    with acting_as(ben_portal.actor):
        take_back_moment(moment=moment_of(ben, made.pk), by=ben_portal.actor)
    with as_owner():
        assert AuditEvent.objects.filter(object_id=made.pk, verb=verb).count() == 1


def test_staff_never_see_a_private_moment_nor_one_of_a_private_strength(ben, ben_portal, tara, vera, sam, ada):
    shown, kept = strength(ben_portal, ben), strength(ben_portal, ben, key="hope", visibility="only_me")
    moment(ben_portal, shown, "told")
    moment(ben_portal, shown, "secret one", visibility="only_me")
    moment(ben_portal, kept, "secret two", visibility="my_therapist")
    for reader in (tara, vera):
        with acting_as(reader.actor):
            assert [row.happened for row in StrengthEpisode.objects.all()] == ["told"] and TimelineEntry.objects.filter(**AXIS).count() == 1
    with acting_as(tara.actor):
        assert private_counts([ben.pk]) == {(ben.pk, "strengths"): 3}
    with acting_as(sam.actor):
        assert not StrengthEpisode.objects.exists()
    with acting_as(ada.actor):
        assert StrengthEpisode.objects.count() == 1  # that there is one, without its words
    assert words_of(ben_portal, ben) == ["secret one", "secret two", "told"]


def test_hiding_a_strength_hides_its_moments_and_showing_it_does_not_show_them(ben, ben_portal, tara):
    made = moment(ben_portal, strength(ben_portal, ben))
    with acting_as(ben_portal.actor):
        show_strength(strength=made.strength, visibility="only_me", by=ben_portal.actor)
        with pytest.raises(Refused, match="only yours"):
            show_moment(moment=moment_of(ben, made.pk), visibility="my_therapist", by=ben_portal.actor)
    with acting_as(tara.actor):
        assert not StrengthEpisode.objects.exists() and not TimelineEntry.objects.filter(kind__startswith="strength").exists()
    with acting_as(ben_portal.actor):
        show_strength(strength=Strength.objects.get(), visibility="my_therapist", by=ben_portal.actor)
    assert words_of(tara, ben, staff=True) == []
    with acting_as(ben_portal.actor):
        show_moment(moment=moment_of(ben, made.pk), visibility="my_therapist", by=ben_portal.actor)
    assert words_of(tara, ben, staff=True) == ["Soup for upstairs"]


def test_chosen_again_for_herself_alone_nobody_else_sees_it_come_back(ben, ben_portal, tara):
    hers, seen = strength(ben_portal, ben), strength(tara, ben, spotted_by="therapist")
    for person, row, who in ((ben_portal, hers, "client"), (tara, seen, "therapist")):
        moment(person, row, said_by=who)
    with acting_as(ben_portal.actor):
        take_off_strength(strength=hers, by=ben_portal.actor)
    assert strength(ben_portal, ben, visibility="only_me").pk == hers.pk
    with acting_as(ben_portal.actor):
        assert [row.pk for row in my_strengths(ben)] == [hers.pk]
    with acting_as(tara.actor):
        assert my_strengths(ben, staff=True) == [] and not TimelineEntry.objects.filter(**AXIS).exists()


def test_taken_off_the_list_and_chosen_again_it_comes_back_with_its_moments(ben, ben_portal, tara):
    seen = strength(tara, ben, spotted_by="therapist")
    moment(tara, seen, "You asked about my week", said_by="therapist")
    moment(ben_portal, seen, "told")
    gone = moment(ben_portal, seen, "taken back")
    with acting_as(ben_portal.actor):
        take_back_moment(moment=gone, by=ben_portal.actor)
        for _twice in range(2):
            take_off_strength(strength=seen, by=ben_portal.actor)
        assert my_strengths(ben) == [] and not TimelineEntry.objects.filter(kind__startswith="strength").exists()
    assert words_of(tara, ben, staff=True) == []
    with pytest.raises(Refused, match="took this one off"):
        strength(tara, ben)
    strength(ben_portal, ben)
    assert words_of(tara, ben, staff=True) == ["You asked about my week", "told"]
    with acting_as(tara.actor):
        assert TimelineEntry.objects.filter(**AXIS).count() == 2 and Strength.objects.filter(withdrawn_at=None).count() == 2


def test_staff_take_off_what_they_spotted_and_never_what_is_hers(ben, ben_portal, tara):
    hers = strength(ben_portal, ben)
    made = moment(tara, hers, "You rang on my birthday", said_by="borrowed", eyes="Ife")
    assert made.strength_id != hers.pk and made.strength.created_by_id == tara.user.pk
    moment(ben_portal, made.strength, "a secret of hers", visibility="only_me")
    with acting_as(tara.actor):
        with pytest.raises(Refused, match="Only who put it"):
            take_off_strength(strength=hers, by=tara.actor)
        take_off_strength(strength=made.strength, by=tara.actor)
    assert words_of(ben_portal, ben) == ["a secret of hers"] and words_of(tara, ben, staff=True) == []
    strength(tara, ben)
    assert words_of(tara, ben, staff=True) == ["You rang on my birthday"]


def test_own_words_are_the_same_strength_whatever_their_case(ben, ben_portal, tara):
    first = strength(ben_portal, ben, key="", own_words="I make people laugh")
    assert strength(ben_portal, ben, key="", own_words=" i make PEOPLE laugh ").pk == first.pk
    strength(tara, ben, key="", own_words="I MAKE people laugh", spotted_by="therapist")
    with acting_as(ben_portal.actor):
        assert len(my_strengths(ben)) == 1 and Strength.objects.count() == 2
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        assert strength(ben_portal, ben, key="", own_words="Another").pk != first.pk
