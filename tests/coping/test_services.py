"""The plan, its strategies and their uses: versions, history, copies on the axis and in practice, nothing twice, nothing of hers to see for staff."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from access.acting import acting_as
from access.selectors import private_counts
from clients.models import Client, Practice, TimelineEntry
from clients.selectors import shared_practice, what_works
from coping.models import CopingPlan, CopingStrategy, StrategyUse
from coping.pages.history import history
from coping.pages.plan import plan_of
from coping.selectors import strategies_of, strategy_of, uses_of
from coping.services import (
    add_strategy,
    bring_back,
    change_strategy,
    change_use,
    rate_again,
    record_use,
    retire_strategy,
    save_plan,
    show_strategy,
    show_use,
    take_back_use,
)
from core.errors import Refused, Stale
from core.ids import uuid7

pytestmark = pytest.mark.django_db
TEA = {"kind": "body_calming", "name": "A cup of tea by the window", "how": "Kettle, chair, ten breaths", "when_to": "When I am alone at night"}


def plan(person, client, number=0, **words):
    words = {"early_signs": ["ws_cancel", "I hum"], "triggers": ["No sleep"], "phrase": "Good enough is good.", **words}
    with acting_as(person.actor):
        return save_plan(client=client, new_id=words.pop("new_id", uuid7()), number=number, by=person.actor, **words)


def strategy(person, client, **words):
    with acting_as(person.actor):
        return add_strategy(client=client, new_id=words.pop("new_id", uuid7()), by=person.actor, **{**TEA, **words})


def use(person, row, **said):
    with acting_as(person.actor):
        return record_use(strategy=row, new_id=said.pop("new_id", uuid7()), by=person.actor, **said)


def test_every_save_is_a_version_and_the_same_words_make_none(tara, ben, ben_portal):
    first = plan(tara, ben)
    assert plan(tara, ben, number=1).pk == first.pk
    second = plan(ben_portal, ben, number=1, phrase="One hour at a time.")
    assert (first.number, second.number) == (1, 2)
    with acting_as(tara.actor):
        changes = history(Client.objects.get(pk=ben.pk), staff=True)
    assert [(change.who, change.what, change.added, change.removed) for change in changes[:1]] == [
        ("Ben", "The phrase", ("One hour at a time.",), ("Good enough is good.",))
    ]
    assert {change.who for change in changes[1:]} == {"Tara"} and ("I cancel plans", "I hum") in [change.added for change in changes]


def test_a_late_save_is_stale_and_a_second_send_is_the_same_version(tara, ben, ben_portal, as_owner):
    plan(tara, ben)
    twice = uuid7()
    assert plan(ben_portal, ben, number=1, new_id=twice, phrase="a").pk == plan(ben_portal, ben, number=1, new_id=twice, phrase="a").pk
    with pytest.raises(Stale) as late:
        plan(tara, ben, number=1, phrase="b")
    assert late.value.current.phrase == "a"
    with as_owner():
        assert CopingPlan.objects.count() == 2 and TimelineEntry.objects.filter(kind="coping_plan", visibility="my_therapist").count() == 2


def test_other_words_make_a_new_row_and_the_ledger_goes_on(ben, ben_portal, tara):
    row = strategy(ben_portal, ben)
    for before, after in ((8, 5), (7, 5)):
        use(ben_portal, row, before=before, after=after)
    with acting_as(ben_portal.actor):
        newer = change_strategy(strategy=row, new_id=uuid7(), name="Tea", by=ben_portal.actor)
        with pytest.raises(Stale):
            change_strategy(strategy=row, new_id=uuid7(), name="Coffee", by=ben_portal.actor)
        assert strategy_of(ben, row.pk).pk == newer.pk and [each.name for each in strategies_of(ben)] == ["Tea"]
    use(ben_portal, newer, before=9, after=4)
    with acting_as(tara.actor):
        line = what_works(ben, shared_practice(ben)).shown[0]
        assert (line.item_key, line.used, line.change) == (row.practice_key, 3, -3.0)
        shown = plan_of(ben, staff=True)
        assert shown.active[0].said == "Distress from 8 to 5, 3 times."
        assert {change.what for change in history(ben, staff=True)} == {"Strategy added", "Strategy in other words"}


def test_put_away_and_put_back(ben, ben_portal):
    row = strategy(ben_portal, ben)
    with acting_as(ben_portal.actor):
        for _twice in range(2):
            retire_strategy(strategy=strategy_of(ben, row.pk), by=ben_portal.actor)
        assert [item.strategy.name for item in plan_of(ben).retired] == [TEA["name"]] and not plan_of(ben).active
        bring_back(strategy=strategy_of(ben, row.pk), by=ben_portal.actor)
        assert [item.strategy.name for item in plan_of(ben).active] == [TEA["name"]]


def test_an_exercise_takes_its_title_and_kind_and_stands_once(library, tara, ben):
    row = strategy(tara, ben, item_key="slow_breathing", name="", kind="")
    assert (row.name, row.kind, row.practice_key) == ("Slow breathing", "breathing", "slow_breathing")
    assert strategy(tara, ben, item_key="slow_breathing", name="", kind="").pk == row.pk


@pytest.mark.parametrize("words", [{"kind": "no_such"}, {"name": " "}, {"measure": "weight"}, {"item_key": "no_such"}])
def test_what_makes_no_sense_is_refused(ben, ben_portal, words):
    with pytest.raises(Refused):
        strategy(ben_portal, ben, **words)


def test_a_use_of_a_private_strategy_is_private_everywhere(tara, ben, ben_portal, as_owner):
    row = strategy(ben_portal, ben, visibility="only_me")
    use(ben_portal, row, before=7, after=2, situation="at home", visibility="my_therapist")
    with as_owner():
        copies = [*TimelineEntry.objects.filter(kind__startswith="strategy"), *Practice.objects.all(), *StrategyUse.objects.all()]
        assert len(copies) == 4 and {copy.visibility for copy in copies} == {"only_me"}
        assert TimelineEntry.objects.get(kind="strategy_use").value is None
    with acting_as(tara.actor):
        assert not strategies_of(ben, staff=True) and not uses_of(ben, staff=True) and not CopingStrategy.objects.exists()
        assert private_counts([ben.pk]) == {(ben.pk, "coping"): 2}


def test_hiding_a_strategy_hides_its_uses_whose_copies_bear_its_name(tara, ben, ben_portal):
    row = strategy(ben_portal, ben)
    for _time in range(3):
        made = use(ben_portal, row, before=7, after=2)
    with acting_as(ben_portal.actor):
        show_strategy(strategy=row, visibility="only_me", by=ben_portal.actor)
        made = StrategyUse.objects.select_related("strategy").get(pk=made.pk)
        with pytest.raises(Refused):
            show_use(use=made, visibility="my_therapist", by=ben_portal.actor)
    with acting_as(tara.actor):
        assert not what_works(ben, shared_practice(ben)).shown and not Practice.objects.exists() and not StrategyUse.objects.exists()
    with acting_as(ben_portal.actor):
        show_strategy(strategy=row, visibility="my_therapist", by=ben_portal.actor)
        made = StrategyUse.objects.select_related("strategy").get(pk=made.pk)
        show_use(use=made, visibility="my_therapist", by=ben_portal.actor)
    with acting_as(tara.actor):
        assert Practice.objects.count() == 1 and TimelineEntry.objects.get(kind="strategy_use").value == 2.0


def test_other_words_under_an_id_of_another_client_are_refused(tara, ben, cleo):
    row, other = strategy(tara, ben), strategy(tara, cleo)
    with acting_as(tara.actor), pytest.raises(Refused, match="used before"):
        change_strategy(strategy=row, new_id=other.pk, name="Tea", by=tara.actor)
    with acting_as(tara.actor):
        assert strategy_of(ben, row.pk).state == "active"


def test_hiding_a_strategy_hides_its_earlier_wordings_and_showing_does_not_show_them(tara, ben, ben_portal):
    row = strategy(ben_portal, ben)
    with acting_as(ben_portal.actor):
        newer = change_strategy(strategy=row, new_id=uuid7(), name="Tea", by=ben_portal.actor)
        show_strategy(strategy=newer, visibility="only_me", by=ben_portal.actor)
    with acting_as(tara.actor):
        assert not CopingStrategy.objects.exists() and not TimelineEntry.objects.filter(kind="strategy").exists()
    with acting_as(ben_portal.actor):
        show_strategy(strategy=newer, visibility="my_therapist", by=ben_portal.actor)
    with acting_as(tara.actor):
        assert [each.name for each in CopingStrategy.objects.all()] == ["Tea"] and TimelineEntry.objects.filter(kind="strategy").count() == 1


def test_a_use_put_right_carries_its_copies_along(ben, ben_portal, tara):
    made = use(ben_portal, strategy(ben_portal, ben), before=7, after=5, helped=3, minutes=10)
    noon = timezone.now() - timedelta(days=3)
    with acting_as(ben_portal.actor):
        changed = change_use(use=made, version=made.version, before=6, after=2, occurred_at=noon, visibility="my_therapist", by=ben_portal.actor)
        with pytest.raises(Stale):
            change_use(use=made, version=made.version, before=1, visibility="my_therapist", by=ben_portal.actor)
    with acting_as(tara.actor):
        practice, entry = Practice.objects.get(), TimelineEntry.objects.get(kind="strategy_use")
        assert (practice.before, practice.after, practice.helped, practice.minutes) == (6, 2, 3, 10)
        assert entry.value == 2.0 and entry.occurred_at == practice.occurred_at == changed.occurred_at == noon


def test_taken_back_it_is_nowhere(ben, ben_portal, as_owner):
    made = use(ben_portal, strategy(ben_portal, ben), before=7, after=5)
    with acting_as(ben_portal.actor):
        for _twice in range(2):
            take_back_use(use=made, by=ben_portal.actor)
        assert not uses_of(ben) and not Practice.objects.exists() and not TimelineEntry.objects.filter(kind="strategy_use").exists()
        made.refresh_from_db()
        with pytest.raises(Refused):
            change_use(use=made, version=made.version, before=1, visibility="my_therapist", by=ben_portal.actor)
    with as_owner():
        rows = [*Practice._base_manager.all(), *TimelineEntry._base_manager.filter(kind="strategy_use"), *StrategyUse.objects.all()]
        assert len(rows) == 3 and all(row.withdrawn_at for row in rows)


def test_one_send_is_one_use_and_a_day_to_come_is_refused(ben, ben_portal):
    row, twice = strategy(ben_portal, ben), uuid7()
    assert use(ben_portal, row, new_id=twice, before=5).pk == use(ben_portal, row, new_id=twice, before=5).pk
    with pytest.raises(Refused, match="not come yet"):
        use(ben_portal, row, occurred_at=timezone.now() + timedelta(hours=1))


def test_one_sided_ratings_are_no_pair_and_the_order_of_entries_never_matters(ben, ben_portal):
    row = strategy(ben_portal, ben)
    when = datetime(2026, 10, 25, 12, tzinfo=ZoneInfo("Europe/London"))  # the night before had 25 hours
    for days, before, after in ((3, 9, 6), (1, 8, None), (2, None, 2), (5, 7, 5), (4, 6, 5)):
        use(ben_portal, row, occurred_at=when - timedelta(days=days), before=before, after=after)
    with acting_as(ben_portal.actor):
        line = what_works(ben).shown[0]
    assert (line.used, line.pairs, line.change) == (5, 3, -2.0)


def test_feelings_are_rated_again(ben, ben_portal):
    feelings = [{"word": "guilty", "intensity": 8}, {"word": "joyful", "intensity": None}]
    made = use(ben_portal, strategy(ben_portal, ben), feelings=feelings)
    with acting_as(ben_portal.actor):
        rate_again(use=made, strengths={"guilty": 3}, by=ben_portal.actor)
        made.refresh_from_db()
    assert made.feelings == [{"word": "guilty", "intensity": 8, "after": 3}, {"word": "joyful", "intensity": None, "after": None}]
