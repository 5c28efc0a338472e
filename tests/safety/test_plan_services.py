"""The safety plan: versions, reviews, who may begin it, nothing twice, nothing lost when two edit; encrypted, with keys that can be changed."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from access.acting import acting_as
from audit.models import AuditEvent
from clients.models import Client, TimelineEntry
from core.errors import Refused, Stale
from core.ids import uuid7
from core.sealed import Unreadable, newest_key, seal, unseal
from safety.models import Line, SafetyPlan
from safety.plan_content import plan_steps
from safety.selectors import current_safety_plan, has_plan, safety_plan_versions, with_next_review
from safety.services import review_safety_plan, save_safety_plan
from safety.services.plan import months_after, reseal_plans

pytestmark = pytest.mark.django_db
ASK = {"ask": [Line("Grandma Hua", "020 7946 0011"), Line("Bex")]}


def save(person, client, number=0, steps=ASK, **more):
    with acting_as(person.actor):
        return save_safety_plan(client=client, new_id=more.pop("new_id", uuid7()), number=number, steps=steps, by=person.actor, **more)


def review(person, client, number, reviewed_on=None, next_review=None, **more):
    day = reviewed_on or timezone.localdate()
    with acting_as(person.actor):
        dates = {"reviewed_on": day, "next_review": next_review or day + timedelta(days=30)}
        return review_safety_plan(client=client, new_id=more.pop("new_id", uuid7()), number=number, by=person.actor, **dates)


def texts(person, client):
    with acting_as(person.actor):
        plan = current_safety_plan(client)
        return {key: [line.text for line in lines] for key, lines in plan.steps.items()}


def test_the_therapist_begins_it_and_both_go_on(tara, ben, ben_portal):
    with pytest.raises(Refused):
        save(ben_portal, ben)
    first = save(tara, ben)
    assert (first.number, first.reviewed_on, first.next_review) == (1, timezone.localdate(), months_after(timezone.localdate(), 3))
    second = save(ben_portal, ben, 1, {"reasons": [Line(" The mural "), Line(""), Line("The mural")]})
    assert (second.number, second.reviewed_on, second.next_review) == (2, first.reviewed_on, first.next_review)
    assert texts(tara, ben) == texts(ben_portal, ben) == {"ask": ["Grandma Hua", "Bex"], "reasons": ["The mural"]}
    with acting_as(tara.actor):
        assert [row.created_by_id for row in safety_plan_versions(ben)] == [ben_portal.user.pk, tara.user.pk] and has_plan(ben)


def test_the_same_words_make_no_version_and_a_second_send_neither(tara, ben, as_owner):
    first = save(tara, ben)
    assert save(tara, ben, 1).pk == first.pk
    twice, steps = uuid7(), {"alone": [Line("Shower")]}
    assert save(tara, ben, 1, steps, new_id=twice).pk == save(tara, ben, 1, steps, new_id=twice).pk
    looked = uuid7()
    assert review(tara, ben, 2, new_id=looked).pk == review(tara, ben, 2, new_id=looked).pk
    with as_owner():
        assert SafetyPlan.objects.count() == 3
        assert sorted(TimelineEntry.objects.filter(client=ben).values_list("kind", flat=True)) == ["safety_plan", "safety_plan_review"]


def test_two_who_change_the_same_step_see_both_and_of_two_steps_none_is_lost(tara, ben, ben_portal):
    save(tara, ben)
    save(ben_portal, ben, 1, {"alone": [Line("Shower")]})
    save(tara, ben, 1, {"reasons": [Line("Tofu")]})  # from the version before, another step
    assert texts(tara, ben) == {"alone": ["Shower"], "ask": ["Grandma Hua", "Bex"], "reasons": ["Tofu"]}
    with pytest.raises(Stale) as late:
        save(tara, ben, 1, {"alone": [Line("Five senses")]})
    assert late.value.current.number == 3 and texts(tara, ben)["alone"] == ["Shower"]


def test_an_emptied_step_stays_empty(tara, ben):
    save(tara, ben)
    save(tara, ben, 1, {"ask": [], "alone": [Line("Shower")]})
    assert texts(tara, ben) == {"alone": ["Shower"]}


def test_only_steps_of_the_plan_and_numbers_only_where_somebody_is_called(tara, ben):
    with pytest.raises(Refused):
        save(tara, ben, 0, {"contract": [Line("x")]})
    with pytest.raises(Refused):
        save(tara, ben, 0, {"alone": [Line("x" * 301)]})
    plan = save(tara, ben, 0, {"alone": [Line("Shower", "123")], "professionals": [Line("", "999")]})
    assert plan.steps == {"alone": (Line("Shower"),), "professionals": (Line("999", "999"),)}
    assert list(plan_steps()) == ["warning_signs", "alone", "distract", "ask", "professionals", "safer", "reasons"]


def test_a_review_changes_no_word_and_at_most_three_months_go_by(tara, ben, ben_portal):
    save(tara, ben)
    today = timezone.localdate()
    with pytest.raises(Refused):
        review(ben_portal, ben, 1)
    for reviewed_on, next_review in (
        (today + timedelta(days=1), None),
        (today - timedelta(days=1), None),
        (today, today),
        (today, months_after(today, 3) + timedelta(days=1)),
    ):
        with pytest.raises(Refused):
            review(tara, ben, 1, reviewed_on, next_review)
    row = review(tara, ben, 1, today, months_after(today, 3))
    assert (row.number, row.reviewed_on, row.next_review) == (2, today, months_after(today, 3)) and texts(tara, ben) == {"ask": ["Grandma Hua", "Bex"]}
    with pytest.raises(Stale):
        review(tara, ben, 1)


def test_months_end_where_a_month_ends():
    assert months_after(date(2026, 11, 30), 3) == date(2027, 2, 28) and months_after(date(2026, 12, 31), 3) == date(2027, 3, 31)


def test_who_else_reads_it(tara, sam, vera, ada, ben):
    save(tara, ben)
    assert texts(vera, ben) == {"ask": ["Grandma Hua", "Bex"]}
    with acting_as(sam.actor):
        assert not SafetyPlan.objects.exists()
    with pytest.raises(DatabaseError, match="row-level security"), acting_as(vera.actor):
        save_safety_plan(client=ben, new_id=uuid7(), number=1, steps={"alone": [Line("x")]}, by=vera.actor)
    with acting_as(ada.actor):
        assert with_next_review(Client.objects.filter(pk=ben.pk)).get().next_review == months_after(timezone.localdate(), 3)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), acting_as(ada.actor):
        current_safety_plan(ben)


def test_no_word_stands_in_the_row_or_on_the_trail(tara, ben, ben_portal, as_owner):
    """The control: the same search finds what was not sealed."""
    save(tara, ben)
    save(ben_portal, ben, 1, {"safer": [Line("With Grandma, in the garage")]})
    words = ("Hua", "7946", "Bex", "garage")
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(to_jsonb(t)::text, ' ') FROM safety_safetyplan t")
        raw = cursor.fetchone()[0]
        trail = " ".join(f"{event.verb} {event.detail}" for event in AuditEvent.objects.filter(client_id=ben.pk))
        assert [word for word in words if word in raw or word in trail] == []
        assert "safety_plan_made" in trail and "safety_plan_changed" in trail and "'safer'" in trail
        SafetyPlan.objects.filter(number=1).update(sealed="Grandma Hua")
        cursor.execute("SELECT string_agg(to_jsonb(t)::text, ' ') FROM safety_safetyplan t")
        assert "Hua" in cursor.fetchone()[0]


def test_a_new_key_opens_what_the_old_one_sealed_until_all_is_sealed_anew(tara, ben, as_owner, settings):
    settings.SEALING_KEYS = ["old"]
    save(tara, ben)
    settings.SEALING_KEYS = ["new", "old"]
    assert texts(tara, ben) == {"ask": ["Grandma Hua", "Bex"]}
    save(tara, ben, 1, {"alone": [Line("Shower")]})
    settings.SEALING_KEYS = ["new"]
    with acting_as(tara.actor):
        first = SafetyPlan.objects.get(number=1)
        with pytest.raises(Unreadable):
            first.steps  # noqa: B018  (reading it is what fails)
    settings.SEALING_KEYS = ["new", "old"]
    with as_owner():
        assert (reseal_plans(), reseal_plans()) == (1, 0)
    settings.SEALING_KEYS = ["new"]
    with acting_as(tara.actor):
        assert SafetyPlan.objects.get(number=1).steps["ask"][1] == Line("Bex")


def test_what_is_sealed_opens_for_its_own_row_alone(settings):
    box = seal("a word", about="one")
    assert unseal(box, about="one") == "a word" and seal("a word", about="one") != box and box.startswith(f"{newest_key()}:")
    middle = len(box) // 2
    for wrong, about in ((box, "two"), (box[:middle] + ("A" if box[middle] != "A" else "B") + box[middle + 1 :], "one"), ("no box", "one"), ("", "one")):
        with pytest.raises(Unreadable):
            unseal(wrong, about=about)
