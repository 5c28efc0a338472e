"""The map: what moves, what is kept of before, who reads it, who may be called, and what has grown, in a sentence."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

import strengths
from access.acting import acting_as
from clients.models import TimelineEntry
from core.errors import Refused, Stale
from core.ids import uuid7
from strengths.models import ReachOut, Supporter
from strengths.people_then import growth_sentence, state_at
from strengths.selectors import callable_people, my_people, reach_outs_of, whole_map
from strengths.services import (
    add_supporter,
    change_reach_out,
    change_supporter,
    move_supporter,
    put_back,
    record_reach_out,
    show_supporter,
    take_back_reach_out,
    take_off_map,
)

pytestmark = pytest.mark.django_db
REACHED_BY = ("phone", "number", "mail", "address")
NIGHT = ["night_call"]
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def put(person, client, name="Obi", **said):
    with acting_as(person.actor):
        return add_supporter(client=client, new_id=said.pop("new_id", uuid7()), name=name, by=person.actor, **said)


def act(person, service, **said):
    with acting_as(person.actor):
        return service(by=person.actor, **said)


def reached(person, supporter, **said):
    return act(person, record_reach_out, supporter=supporter, **{"new_id": uuid7(), "how": "called", **said})


def names(found):
    return [row.name for row in found]


def test_everything_that_is_said_of_somebody_is_kept(ben, ben_portal, tara):
    row = put(ben_portal, ben, kind="partner", relation="my other half", helps=["listens", "practical"], ease="easy", ring=1)
    with acting_as(tara.actor):
        there = Supporter.objects.get(pk=row.pk)
        assert (there.kind, there.relation, there.helps, there.ease) == ("partner", "my other half", ["listens", "practical"], "easy")
        assert (there.ring, there.history) == (1, [])


@pytest.mark.parametrize(
    ("field", "said"), [("kind", {"kind": "enemy"}), ("helps", {"helps": ["listens", "money"]}), ("ease", {"ease": "never"}), ("ring", {"ring": 4})]
)
def test_what_is_not_on_the_lists_is_refused(ben, ben_portal, field, said):
    with pytest.raises(Refused) as refused:
        put(ben_portal, ben, **said)
    assert refused.value.field == field
    row = put(ben_portal, ben)
    with pytest.raises(Refused):
        act(ben_portal, change_supporter, supporter=row, version=1, **said)


def test_a_move_keeps_where_it_stood_and_a_late_one_is_stale(ben, ben_portal):
    row = put(ben_portal, ben, ring=1)
    moved = act(ben_portal, move_supporter, supporter=row, ring=3, version=1)
    assert (moved.ring, moved.version, [was["ring"] for was in moved.history]) == (3, 2, [1])
    with pytest.raises(Stale):
        act(ben_portal, move_supporter, supporter=row, ring=2, version=1)
    again = act(ben_portal, move_supporter, supporter=moved, ring=3, version=2)
    assert (again.version, len(again.history)) == (2, 1)
    worded = act(ben_portal, change_supporter, supporter=moved, version=2, relation="brother")
    assert (worded.relation, worded.version, len(worded.history)) == ("brother", 3, 1)


def test_in_her_heart_is_kept_and_in_no_list_of_calls(ben, ben_portal):
    for name, said in {
        "Ife": {"helps": ["night_call"], "ring": 1},
        "Obi": {"helps": ["listens"]},
        "Gran": {"helps": ["night_call"]},
        "Ex": {"helps": ["listens"], "do_not_contact": True},
        "Gone": {"helps": ["listens"]},
        "Choir": {"helps": ["company"]},
        "Tofu": {"helps": ["listens"], "kind": "pet"},
    }.items():
        put(ben_portal, ben, name, **said)
    with acting_as(ben_portal.actor):
        found = {row.name: row for row in my_people(ben)}
        move_supporter(supporter=found["Gran"], ring=None, version=1, by=ben_portal.actor)
        take_off_map(supporter=found["Gone"], by=ben_portal.actor)
        assert names(callable_people(ben)) == ["Ife", "Obi"]
        assert names(my_people(ben))[-1] == "Gran" and "Gone" not in names(my_people(ben))
        assert "Gone" in names(whole_map(ben))


def test_off_the_map_and_back_twice_each(ben, ben_portal, as_owner):
    row = put(ben_portal, ben, "Jo", ring=1)
    off = act(ben_portal, take_off_map, supporter=row)
    act(ben_portal, take_off_map, supporter=off)
    with acting_as(ben_portal.actor):
        assert my_people(ben) == []
    assert put(ben_portal, ben, "jo").pk == row.pk  # the name brings the same one back
    with acting_as(ben_portal.actor):
        back = Supporter.objects.get(pk=row.pk)
        put_back(supporter=back, by=ben_portal.actor)
        assert [was["on_map"] for was in Supporter.objects.get(pk=row.pk).history] == [True, False]
    with as_owner():
        assert TimelineEntry.objects.filter(kind="supporter").count() == 1


def test_a_reach_out_is_one_however_often_it_is_sent(ben, ben_portal, tara):
    row, twice = put(ben_portal, ben), uuid7()
    then = timezone.now() - timedelta(days=3)
    assert {reached(ben_portal, row, new_id=twice, occurred_at=then).pk for _send in range(2)} == {twice}
    reached(ben_portal, row, occurred_at=then - timedelta(days=9), how="met")
    with acting_as(tara.actor):
        assert [each.reached_at for each in whole_map(ben, staff=True)] == [then]
        assert TimelineEntry.objects.filter(kind="reach_out").count() == 2


@pytest.mark.parametrize(("field", "said"), [("how", {"how": "shouted"}), ("felt", {"felt": 6}), ("day", {"occurred_at": datetime(2999, 1, 1, tzinfo=UTC)})])
def test_a_reach_out_of_no_kind_or_to_come_is_refused(ben, ben_portal, field, said):
    with pytest.raises(Refused) as refused:
        reached(ben_portal, put(ben_portal, ben), **said)
    assert refused.value.field == field


def test_it_can_be_put_right_and_taken_back(ben, ben_portal, as_owner):
    made = reached(ben_portal, put(ben_portal, ben))
    earlier = timezone.now() - timedelta(days=2)
    said = {"visibility": "my_therapist", "occurred_at": earlier, "note": "We laughed"}
    changed = act(ben_portal, change_reach_out, reach_out=made, version=1, **said)
    with pytest.raises(Stale):
        act(ben_portal, change_reach_out, reach_out=made, version=1, **said)
    with as_owner():
        assert TimelineEntry.objects.get(kind="reach_out").occurred_at == earlier
    for _time in range(2):
        act(ben_portal, take_back_reach_out, reach_out=changed)
    with acting_as(ben_portal.actor):
        assert reach_outs_of(ben) == [] and not TimelineEntry.objects.filter(kind="reach_out").exists()
        assert whole_map(ben)[0].reached_at is None


def test_what_she_keeps_to_herself_no_staff_sees(ben, ben_portal, tara):
    kept, shown = put(ben_portal, ben, "Kit", visibility="only_me"), put(ben_portal, ben, "Obi")
    assert reached(ben_portal, kept).visibility == "only_me"
    reached(ben_portal, shown)
    with acting_as(tara.actor):
        assert names(whole_map(ben, staff=True)) == ["Obi"] and len(reach_outs_of(ben, staff=True)) == ReachOut.objects.count() == 1
    act(ben_portal, show_supporter, supporter=shown, visibility="only_me")
    with acting_as(tara.actor):
        assert Supporter.objects.count() == ReachOut.objects.count() == TimelineEntry.objects.filter(kind__in=("supporter", "reach_out")).count() == 0
    act(ben_portal, show_supporter, supporter=shown, visibility="my_therapist")
    with acting_as(tara.actor):
        assert Supporter.objects.count() == 1 and ReachOut.objects.count() == 0  # told apart: it stays hers until she shows it


def row(name, *, began=400, history=(), **said):
    """One that came on the map `began` days before NOW."""
    until = [{"until": (NOW - timedelta(days=days)).isoformat(), **WAS, **was} for days, was in history]
    return Supporter(name=name, occurred_at=NOW - timedelta(days=began), history=until, **{"ring": 2, "helps": [], **said})


WAS = {"ring": 2, "in_heart": False, "helps": [], "do_not_contact": False, "on_map": True}


def said_of(*rows, own=True):
    return growth_sentence(rows, now=NOW, zone_name="Europe/London", own=own)


def test_it_was_what_its_history_says():
    friend = row("Obi", history=[(300, {"ring": 3}), (100, {"ring": 1, "helps": ["listens"]})])
    rings = {days: state_at(friend, NOW - timedelta(days=days)) for days in (500, 350, 200, 50)}
    assert rings[500] is None
    assert [(rings[days].ring, rings[days].helps) for days in (350, 200, 50)] == [(3, ()), (1, ("listens",)), (2, ())]


@pytest.mark.parametrize(
    ("sentence", "rows"),
    [
        ("Two you can call at night; in May there was none.", [row("Ife", helps=NIGHT, history=[(90, {})]), row("Bo", helps=NIGHT, began=20)]),
        ("Two you can call at night; in May there was one.", [row("Ife", helps=NIGHT), row("Bo", helps=NIGHT, began=20)]),
        ("One who listens; in May there was none.", [row("Ife", helps=["listens"], history=[(90, {})])]),
        ("Two in the close ring; in August there was one.", [row("Ife", ring=1, began=100), row("Bo", ring=1, began=20)]),
        ("", [row("Ife", helps=NIGHT, began=80)]),  # there was no map then
        ("", [row("Ife", helps=NIGHT)]),  # nothing has grown
        ("", [row("Ife", history=[(90, {"helps": ["night_call"]})])]),  # what became less is not said
        ("", [row("Ife"), row("Bo", helps=NIGHT, in_heart=True, began=20)]),
        ("", [row("Ife"), row("Bo", helps=NIGHT, do_not_contact=True, began=20)]),
        ("", [row("Ife"), row("Bo", helps=NIGHT, began=20, withdrawn_at=NOW)]),
        ("", []),
    ],
    ids=["none", "one", "listens", "quarter", "no map", "same", "less", "heart", "no contact", "off", "empty"],
)
def test_what_has_grown_is_one_sentence(sentence, rows):
    assert said_of(*rows) == sentence


def test_to_staff_it_is_not_said_as_you():
    assert said_of(row("Ife", helps=NIGHT, history=[(90, {})]), own=False) == "One to call at night; in May there was none."


def test_nothing_is_kept_to_reach_anybody_by():
    """No column for a number or an address, and no code of this pillar that sends."""
    columns = {field.name for model in (Supporter, ReachOut) for field in model._meta.concrete_fields}
    assert not [name for name in columns if any(part in name for part in REACHED_BY)]
    code = "".join(path.read_text("utf-8") for path in Path(strengths.__file__).parent.rglob("*.py"))
    assert not re.search(r"send_mail|EmailMessage|reminders|tel:|mailto:|delay\(", code)
    assert [name for name in ("phone_number",) if any(part in name for part in REACHED_BY)] and re.search(r"send_mail", "send_mail(x)")


def test_put_on_again_for_herself_alone_nobody_else_sees_them_come_back(ben, ben_portal, tara):
    row = put(ben_portal, ben)
    act(ben_portal, take_off_map, supporter=row)
    again = put(ben_portal, ben, "obi", visibility="only_me")
    assert again.pk != row.pk and put(ben_portal, ben).pk == again.pk
    with acting_as(tara.actor):
        assert my_people(ben, staff=True) == []


def test_how_somebody_stood_while_they_were_hers_alone_is_not_told_by_showing_them(tara, ben, ben_portal):
    with acting_as(ben_portal.actor):
        row = add_supporter(client=ben, new_id=uuid7(), name="Obi", ring=1, do_not_contact=True, visibility="only_me", by=ben_portal.actor)
        row = change_supporter(supporter=row, version=row.version, by=ben_portal.actor, ring=2, do_not_contact=False)
        assert [was["ring"] for was in row.history] == [1]
        show_supporter(supporter=row, visibility="my_therapist", by=ben_portal.actor)
        row = change_supporter(supporter=row, version=row.version, by=ben_portal.actor, ring=3)
    with acting_as(tara.actor):
        alone, shared = Supporter.objects.get().history
        assert set(alone) == {"until", "alone"} and shared["ring"] == 2 and shared["do_not_contact"] is False
        assert state_at(row, row.occurred_at) is None and state_at(row, timezone.now()).ring == 3
