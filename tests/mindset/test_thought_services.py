"""Thoughts put right, shown, taken back; and fairer ones found again."""

import pytest

from access.acting import acting_as
from audit.models import AuditEvent
from clients.models import Client, TimelineEntry
from core.errors import Refused, Stale
from homework.models import ExerciseRun
from homework.services.sharing import share
from mindset.models import Evidence
from mindset.selectors import evidence_of, fairer_before, part_done, thought_of, thoughts_of, wants_short
from mindset.selectors.thoughts import is_similar
from mindset.services import change_thought, show_thought, take_back_thought, wish_short
from mindset.services.thoughts import Fact
from tests.cast import Person
from tests.mindset.thinking import looked_at, moment, thinking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]


def test_put_right_with_its_facts_and_only_from_the_newest(ben: Client, ben_portal: Person) -> None:
    row = looked_at(ben_portal, ben)
    facts = [Fact("for", "She cried."), Fact("against", "I stayed")]
    with acting_as(ben_portal.actor):
        changed = change_thought(record=row, version=1, facts=facts, fairer="I stayed", belief_after=3, by=ben_portal.actor)
        assert (changed.version, changed.fairer, changed.belief_after) == (2, "I stayed", 3)
        assert [(one.side, one.text) for one in evidence_of([changed], ben)[row.pk]] == [("against", "I stayed"), ("for", "She cried.")]
        assert Evidence.objects.filter(record=row).count() == 5, "what was taken out stays in its row"
        again = change_thought(record=changed, version=2, facts=facts, fairer="I stayed", by=ben_portal.actor)
        assert again.version == 2, "the same words change nothing"
        with pytest.raises(Stale):
            change_thought(record=changed, version=1, facts=facts, fairer="Other", by=ben_portal.actor)
        for wrong in ({"thought": " "}, {"belief_after": 11}, {"patterns": ["no_such"]}):
            with pytest.raises(Refused):
                change_thought(record=changed, version=2, facts=facts, by=ben_portal.actor, **wrong)


def test_the_wish_to_talk_goes_to_the_run_and_comes_from_it(ben: Client, ben_portal: Person) -> None:
    row = looked_at(ben_portal, ben)
    with acting_as(ben_portal.actor):
        facts = [Fact("for", "She cried.")]
        changed = change_thought(record=row, version=1, facts=facts, for_session=True, by=ben_portal.actor)
        line = TimelineEntry.objects.get(source_id=row.source_id, kind="exercise")
        assert line.for_session and changed.visibility == "my_therapist"
        run = ExerciseRun.objects.get(pk=row.source_id)
        share(run=run, ratings=True, words=True, for_session=False, by=ben_portal.actor)
        row.refresh_from_db()
        assert not row.for_session and row.version == 2


def test_taken_back_it_is_on_no_list_and_cannot_be_changed(ben: Client, ben_portal: Person, as_owner) -> None:
    row = looked_at(ben_portal, ben)
    with acting_as(ben_portal.actor):
        for _press in range(2):
            take_back_thought(record=row, by=ben_portal.actor)
        assert thought_of(ben, row.pk) is None and not thoughts_of(ben).exists()
        with pytest.raises(Refused):
            change_thought(record=thought_of(ben, row.pk, taken_back=True), version=1, facts=[], by=ben_portal.actor)
    with as_owner():
        assert AuditEvent.objects.filter(verb="thought_withdrawn", client_id=ben.pk).count() == 1


def test_shown_again_its_private_fact_stays_private(ben: Client, ben_portal: Person, tara: Person) -> None:
    own = moment(ben_portal, ben, "Mine", visibility="only_me")
    row = looked_at(ben_portal, ben, against__moments=[str(own.pk)])
    with acting_as(ben_portal.actor):
        show_thought(record=row, visibility="only_me", by=ben_portal.actor)
        show_thought(record=row, visibility="my_therapist", by=ben_portal.actor)
    with acting_as(tara.actor):
        assert Evidence.objects.filter(record=row).count() == 3 and not Evidence.objects.exclude(moment=None).exists()


@pytest.mark.parametrize(
    ("one", "other", "similar"),
    [
        ("I am useless!", "i am USELESS", True),
        ("A good mother would know what to do", "A good mother would never shout", True),
        ("Nobody will hire me", "It could be a tumour", False),
        ("", "It could be a tumour", False),
    ],
    ids=["same", "half", "other", "empty"],
)
def test_which_thoughts_are_similar(one: str, other: str, similar: bool) -> None:
    assert is_similar(one, other) is similar


def test_a_fairer_thought_comes_back_for_the_same_thought_once(ben: Client, ben_portal: Person) -> None:
    looked_at(ben_portal, ben, days_ago=9)
    looked_at(ben_portal, ben, days_ago=5)
    looked_at(ben_portal, ben, days_ago=2, thought="Nobody will hire me", fair="One no")
    with acting_as(ben_portal.actor):
        found = fairer_before(ben, "a good mother would know what to do")
        assert [row.fairer for row in found] == ["Babies cry. I stayed and held her."]
        assert fairer_before(ben, "Something else entirely") == []


def test_the_short_version_is_offered_after_two_part_done_or_by_wish(ben: Client, ben_portal: Person) -> None:
    with acting_as(ben_portal.actor):
        assert not wants_short(ben)
    thinking(ben_portal, ben, sit="One")
    with acting_as(ben_portal.actor):
        assert part_done(ben) == 1 and not wants_short(ben)
    thinking(ben_portal, ben, sit="Two")
    with acting_as(ben_portal.actor):
        assert wants_short(ben)


def test_a_wish_for_the_short_version_holds_until_it_is_undone(ben: Client, ben_portal: Person) -> None:
    row = looked_at(ben_portal, ben)
    with acting_as(ben_portal.actor):
        for short in (True, False):
            wish_short(record=row, short=short, by=ben_portal.actor)
            assert wants_short(ben) is short
