"""Strengths and supporters: once each, seen as the client chose, refused in words."""

import pytest

from access.acting import acting_as
from clients.models import TimelineEntry
from core.errors import Refused
from core.ids import uuid7
from strengths.models import Strength, Supporter
from strengths.selectors import my_people, my_strengths
from strengths.services import add_strength, add_supporter


def strength(person, client, **row):
    with acting_as(person.actor):
        return add_strength(client=client, new_id=row.pop("new_id", uuid7()), by=person.actor, **row)


def supporter(person, client, name, **row):
    with acting_as(person.actor):
        return add_supporter(client=client, new_id=row.pop("new_id", uuid7()), name=name, by=person.actor, **row)


def test_a_strength_stands_once_however_often_it_is_added(ben, ben_portal, as_owner):
    first = strength(ben_portal, ben, key="kindness")
    assert strength(ben_portal, ben, key="kindness").pk == first.pk
    own = strength(ben_portal, ben, own_words="I make people laugh", new_id=(new_id := uuid7()))
    assert strength(ben_portal, ben, own_words="I make people laugh", new_id=new_id).pk == own.pk
    with as_owner():
        assert Strength.objects.count() == 2
        assert TimelineEntry.objects.filter(kind="strength", pillar="strengths").count() == 2


def test_one_she_keeps_to_herself_does_not_show_by_a_refusal(tara, ben, ben_portal):
    strength(ben_portal, ben, key="kindness", visibility="only_me")
    noted = strength(tara, ben, key="kindness", spotted_by="therapist")
    assert noted.spotted_by == "therapist"
    with acting_as(tara.actor):
        assert [row.pk for row in my_strengths(ben)] == [noted.pk]
    with acting_as(ben_portal.actor):
        assert [row.key for row in my_strengths(ben)] == ["kindness"]


@pytest.mark.parametrize("row", [{"key": "no_such"}, {}])
def test_a_strength_needs_a_name(ben, ben_portal, row):
    with pytest.raises(Refused):
        strength(ben_portal, ben, **row)


def test_a_name_that_is_on_the_map_is_the_same_person(ben, ben_portal, as_owner):
    first = supporter(ben_portal, ben, "Ünal", ring=1)
    assert supporter(ben_portal, ben, " ünal ", ring=3).pk == first.pk
    supporter(ben_portal, ben, "The choir", ring=3)
    with acting_as(ben_portal.actor):
        assert [(row.name, row.ring) for row in my_people(ben)] == [("Ünal", 1), ("The choir", 3)]
    with as_owner():
        assert Supporter.objects.count() == 2


@pytest.mark.parametrize(("name", "ring"), [("", 2), ("  ", 2), ("Obi", 0), ("Obi", 4)])
def test_a_supporter_needs_a_name_and_a_ring(ben, ben_portal, name, ring):
    with pytest.raises(Refused):
        supporter(ben_portal, ben, name, ring=ring)


def test_one_that_its_author_no_longer_reads_is_refused_in_words(tara, ben, ben_portal, as_owner):
    strength(tara, ben, key="kindness", spotted_by="therapist")
    with as_owner():
        Strength.objects.update(visibility="only_me")
    with pytest.raises(Refused, match="cannot be added here"):
        strength(tara, ben, key="kindness", spotted_by="therapist")
