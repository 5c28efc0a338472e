"""What exercises about thoughts leave: one record a run, read by whom ratings and words are read by, and edited like anything else."""

from typing import Any

import pytest
from django.db import ProgrammingError, transaction

from access.acting import acting_as
from clients.models import Client
from homework.models import ExerciseAnswer, ExerciseRun
from homework.services.runs import finish_run
from homework.services.sharing import share
from mindset.models import Evidence, ThoughtRecord
from mindset.selectors import evidence_of, thoughts_of
from mindset.services import change_thought, show_thought, take_back_thought
from strengths.services import show_moment
from tests.cast import Person
from tests.homework.agreed import answer
from tests.mindset.thinking import SAID, finish, looked_at, moment, thinking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]


def read_by(person: Person, client: Client) -> list[ThoughtRecord]:
    """As the person, without any filter of ours: what the wall lets through."""
    with acting_as(person.actor):
        return list(ThoughtRecord.objects.filter(client=client, withdrawn_at=None))


def facts_read_by(person: Person, client: Client) -> list[tuple[str, str]]:
    staff = person.membership.role == "therapist"
    with acting_as(person.actor):
        rows = list(thoughts_of(client, staff=staff))
        return [(fact.side, fact.text or fact.moment.happened) for row in rows for fact in evidence_of([row], client, staff=staff).get(row.pk, ())]


def shares(portal: Person, run: ExerciseRun, *, ratings: bool = True, words: bool = True, seen: bool = True) -> None:
    with acting_as(portal.actor):
        share(run=run, ratings=ratings, words=words, seen=seen, by=portal.actor)


def test_a_full_record_is_one_thought_with_its_facts(tara: Person, ben: Client, ben_portal: Person) -> None:
    run = thinking(ben_portal, ben, **SAID)
    for _press in range(2):
        finish(ben_portal, run)
    (row,) = read_by(tara, ben)
    assert (row.kind, row.measure, row.belief_before, row.belief_after, row.fairer_belief) == ("full", "belief", 9, 4, 7)
    assert (row.thought, row.fairer, row.patterns) == (SAID["thought"], SAID["fair"], ["shoulds"])
    assert row.feelings == [{"word": "guilty", "intensity": 8, "after": 4}, {"word": "overwhelmed", "intensity": 7, "after": None}]
    assert facts_read_by(tara, ben) == [("against", SAID["against"]), ("for", "She cried."), ("for", "I did not know why.")]


SHORT: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "other_views": ({"what": "He left", "before": 8, "keep": "He was late", "after": 3}, {"kind": "short", "measure": "distress", "fairer": "He was late"}),
    "pattern_spotter": ({"thought": "Always me", "before": 8, "which": ["none"], "after": 3}, {"kind": "short", "patterns": ["none"], "belief_after": 3}),
    "belief_test": ({"belief": "They laugh", "b1": 8, "predict": "Laughter", "happened": "Silence", "learn": "They listen", "b2": 3}, {"kind": "test"}),
    "old_rule_new_rule": ({"old": "Be perfect", "b1": 8, "new": "Good is enough", "bnew": 5, "b2": 3}, {"kind": "rule", "fairer": "Good is enough"}),
    "check_facts": ({"facts": "She walked past", "story": "She hates me", "after": 3}, {"kind": "short", "belief_before": None, "measure": "distress"}),
    "worst_best_likely": ({"fear": "I will be fired", "b1": 8, "likely": "A chat", "b2": 3}, {"kind": "short", "measure": "likelihood"}),
}


@pytest.mark.parametrize("key", sorted(SHORT))
def test_each_of_the_others_leaves_what_it_asked_for(key: str, ben: Client, ben_portal: Person) -> None:
    said, left = SHORT[key]
    row = finish(ben_portal, thinking(ben_portal, ben, key, **said))
    assert {name: getattr(row, name) for name in left} == left
    assert (row.belief_before in (8, None)) and row.belief_after == 3


def test_without_a_thought_nothing_is_left(ben: Client, ben_portal: Person) -> None:
    run = thinking(ben_portal, ben, b1=9, b2=4)
    with acting_as(ben_portal.actor):
        finish_run(run=run, by=ben_portal.actor)
    assert read_by(ben_portal, ben) == []


def test_a_score_that_was_skipped_stays_unsaid(ben: Client, ben_portal: Person) -> None:
    row = looked_at(ben_portal, ben, b1=None, b2=0)
    assert row.belief_before is None and row.belief_after == 0


def test_numbers_shared_and_words_kept_the_therapist_reads_no_row(tara: Person, ben: Client, ben_portal: Person, as_owner) -> None:
    run = thinking(ben_portal, ben, shared=False, **SAID)
    finish(ben_portal, run)
    assert read_by(tara, ben) == [] and len(read_by(ben_portal, ben)) == 1
    for ratings, words in ((True, True), (False, True), (True, False)):
        shares(ben_portal, run, ratings=ratings, words=words)
        assert len(read_by(tara, ben)) == int(ratings and words)
        with as_owner():
            kept = Evidence.objects.filter(client=ben, visibility="my_therapist").exists()
            assert kept is (ratings and words)
    shares(ben_portal, run, seen=False)
    assert read_by(tara, ben) == []


def test_hidden_by_hand_it_is_shown_by_opening_it_again_alone(tara: Person, ben: Client, ben_portal: Person) -> None:
    run = thinking(ben_portal, ben, **SAID)
    row = finish(ben_portal, run)
    with acting_as(ben_portal.actor):
        show_thought(record=row, visibility="only_me", by=ben_portal.actor)
        finish_run(run=run, helped=5, by=ben_portal.actor)
    shares(ben_portal, run)
    assert read_by(tara, ben) == []
    shares(ben_portal, run, words=False)
    shares(ben_portal, run)
    assert len(read_by(tara, ben)) == 1


def test_it_follows_the_run_until_it_is_put_right_by_hand(ben: Client, ben_portal: Person) -> None:
    run = thinking(ben_portal, ben, **SAID)
    row = finish(ben_portal, run)
    answered_again(ben_portal, run, "thought", "A good mother knows")
    assert finish(ben_portal, run).thought == "A good mother knows"
    with acting_as(ben_portal.actor):
        change_thought(record=row, version=1, facts=[], thought="Mine now", by=ben_portal.actor)
    answered_again(ben_portal, run, "thought", "From the run")
    found = finish(ben_portal, run)
    assert found.thought == "Mine now" and facts_read_by(ben_portal, ben) == []
    with acting_as(ben_portal.actor):
        take_back_thought(record=found, by=ben_portal.actor)
        finish_run(run=run, by=ben_portal.actor)
    assert read_by(ben_portal, ben) == []


def answered_again(portal: Person, run: ExerciseRun, step: str, value: str) -> None:
    with acting_as(portal.actor):
        ExerciseAnswer.objects.filter(run=run, step=step).update(value=value)


def test_a_private_moment_is_evidence_for_its_client_alone(tara: Person, ben: Client, ben_portal: Person, as_owner) -> None:
    open_one, own = moment(ben_portal, ben, "I held her the whole hour"), moment(ben_portal, ben, "Nobody knows", visibility="only_me", strength="humour")
    looked_at(ben_portal, ben, against="", against__moments=[str(open_one.pk), str(own.pk)])
    mine, theirs = ([text for side, text in facts_read_by(one, ben) if side == "against"] for one in (ben_portal, tara))
    assert mine == ["I held her the whole hour", "Nobody knows"] and theirs == ["I held her the whole hour"]
    with acting_as(tara.actor):
        assert not Evidence.objects.filter(moment_id=own.pk).exists(), "the wall by itself"
    with acting_as(ben_portal.actor):
        show_moment(moment=open_one, visibility="only_me", by=ben_portal.actor)
    assert [text for side, text in facts_read_by(tara, ben) if side == "against"] == [], "hidden later"


def test_a_supervisor_reads_what_is_shared_an_outsider_nothing_an_admin_no_words(
    ben: Client, ben_portal: Person, tara: Person, vera: Person, sam: Person, ada: Person
) -> None:
    looked_at(ben_portal, ben)
    looked_at(ben_portal, ben, shared=False, thought="Only mine")
    assert [row.thought for row in read_by(tara, ben)] == [row.thought for row in read_by(vera, ben)] == [SAID["thought"]]
    assert read_by(sam, ben) == []
    with acting_as(ada.actor):
        assert ThoughtRecord.objects.filter(client=ben).values_list("id", "kind").count() == 1
        for column in ("thought", "fairer", "belief_before"):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                list(ThoughtRecord.objects.filter(client=ben).values_list(column))
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            list(Evidence.objects.filter(client=ben).values_list("text"))


def test_somebody_elses_moment_is_no_evidence(ben: Client, ben_portal: Person, vera: Client, tara: Person, as_owner) -> None:
    run = thinking(ben_portal, ben, **{**SAID, "against": ""})
    answer(ben_portal, run, "against.moments", ["00000000-0000-0000-0000-000000000000"], shared=False)
    finish(ben_portal, run)
    assert [side for side, _text in facts_read_by(ben_portal, ben)] == ["for", "for"]
