"""Doing an exercise: beginning once, each answer its own row, both parts, the end, and who sees what then and later."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from access.acting import acting_as
from audit.models import AuditEvent
from clients.models import Practice, TimelineEntry
from core.errors import Refused, Stale
from core.ids import uuid7
from homework.models import ExerciseAnswer, ExerciseRun
from homework.player.cleaning import AnswerError
from homework.player.flow import resume_step
from homework.player.options import options_for
from homework.selectors import exercise_of
from homework.selectors.runs import answers_of, run_of
from homework.services.agreement import stop_assignment
from homework.services.answers import go_back, save_answer, skip_step
from homework.services.runs import AT_END, begin_second_part, end_part, finish_run, leave_run, start_run
from homework.services.sharing import share
from strengths.models import Strength, Supporter
from strengths.services import add_supporter
from tests.homework.agreed import agree, version_of
from tests.homework.option_lists import all_lists
from tests.homework.test_all_exercises import sensible

pytestmark = pytest.mark.usefixtures("library")
LISTS = all_lists()


def begin(ben, ben_portal, key, task=None, **more) -> ExerciseRun:
    with acting_as(ben_portal.actor):
        version = task.exercise_version if task else version_of(key)
        return start_run(client=ben, new_id=more.pop("new_id", uuid7()), exercise_version=version, assignment=task, by=ben_portal.actor, **more)


def post(ben_portal, run, step_id, **raw: Any):
    with acting_as(ben_portal.actor):
        version = raw.pop("version", None)
        named = {name.replace("intensity_", "intensity-"): value for name, value in raw.items()}
        return save_answer(run=run, step_id=step_id, raw=named, lists=LISTS, by=ben_portal.actor, version=version)


def do_part(ben_portal, run) -> ExerciseRun:
    """Answers every step from where the run stands to the end of its part."""
    with acting_as(ben_portal.actor):
        exercise = exercise_of(run.exercise_version)
        while run.step != AT_END:
            answers = answers_of(run)
            step = resume_step(exercise, answers, run.part, run.step or None)
            raw = sensible(step, options_for(step, LISTS, answers), answers)
            run = save_answer(run=run, step_id=step.id, raw=raw, lists=LISTS, by=ben_portal.actor)
    return run


def rows(owner, model, **which):
    with owner():
        return list(model.objects.filter(**which))


def seen_by(person, model, **which):
    with acting_as(person.actor):
        return list(model.objects.filter(**which))


# --- beginning


def test_an_agreed_run_is_seen_by_the_therapist_whatever_was_asked(tara, ben, ben_portal):
    task = agree(tara, ben, "compassion_break")
    run = begin(ben, ben_portal, "", task, visibility="only_me")
    assert run.visibility == "my_therapist"
    assert [row.pk for row in seen_by(tara, ExerciseRun)] == [run.pk]


def test_a_run_of_her_own_carries_her_choice(tara, ben, ben_portal):
    begin(ben, ben_portal, "five_senses", visibility="only_me")
    assert seen_by(tara, ExerciseRun) == []
    other = begin(ben, ben_portal, "slow_breathing")
    assert [row.pk for row in seen_by(tara, ExerciseRun)] == [other.pk]


def test_starting_twice_makes_one_run(as_owner, ben, ben_portal):
    new_id = uuid7()
    first = begin(ben, ben_portal, "five_senses", new_id=new_id)
    again = begin(ben, ben_portal, "five_senses", new_id=new_id)
    other_tab = begin(ben, ben_portal, "five_senses")
    assert first.pk == again.pk == other_tab.pk
    assert len(rows(as_owner, ExerciseRun)) == 1
    assert len(rows(as_owner, AuditEvent, verb="run_started")) == 1


def test_starting_fresh_keeps_the_open_run(as_owner, ben, ben_portal):
    first = begin(ben, ben_portal, "five_senses")
    post(ben_portal, first, "before", answer="7")
    second = begin(ben, ben_portal, "five_senses", fresh=True)
    assert second.pk != first.pk
    assert rows(as_owner, ExerciseRun, pk=first.pk)[0].state == "left"
    assert rows(as_owner, ExerciseAnswer)[0].value == 7
    assert begin(ben, ben_portal, "five_senses").pk == second.pk


def test_what_was_left_before_a_newer_run_is_history(ben, ben_portal):
    first = begin(ben, ben_portal, "five_senses")
    second = do_part(ben_portal, begin(ben, ben_portal, "five_senses", fresh=True))
    assert second.state == "finished"
    assert begin(ben, ben_portal, "five_senses").pk not in (first.pk, second.pk)


def test_a_task_that_ended_is_not_begun_again_but_can_be_gone_on_with(tara, ben, ben_portal):
    task, other = agree(tara, ben), agree(tara, ben, "five_senses")
    run = begin(ben, ben_portal, "", task)
    for each in (task, other):
        with acting_as(tara.actor):
            stop_assignment(assignment=each, by=tara.actor)
    assert begin(ben, ben_portal, "", task).pk == run.pk
    with pytest.raises(Refused, match="no longer on your list"):
        begin(ben, ben_portal, "", other)


def test_an_exercise_for_two_is_not_begun_alone(tara, ben, ben_portal):
    with pytest.raises(Refused, match="Ask your therapist"):
        begin(ben, ben_portal, "belief_test")
    assert begin(ben, ben_portal, "", agree(tara, ben, "belief_test"))


# --- answering


def test_each_answer_is_a_row_and_sending_it_again_changes_nothing(as_owner, ben, ben_portal):
    run = begin(ben, ben_portal, "five_senses")
    for _time in range(2):
        assert post(ben_portal, run, "before", answer="7", version=0).step == "feet"
    found = rows(as_owner, ExerciseAnswer)
    assert [(row.step, row.value, row.version) for row in found] == [("before", 7, 1)]
    assert len(rows(as_owner, AuditEvent, verb="answer_saved")) == 1


def test_an_older_page_is_refused_with_the_newer_answer(ben, ben_portal):
    run = begin(ben, ben_portal, "clouds")
    post(ben_portal, run, "thought", answer="written on the phone", version=0)
    with pytest.raises(Stale) as stale:
        post(ben_portal, run, "thought", answer="written on the desk", version=0)
    assert stale.value.current.value == "written on the phone"
    post(ben_portal, run, "thought", answer="written on the desk", version=1)
    assert values(ben_portal, run)["thought"] == "written on the desk"


def values(ben_portal, run):
    with acting_as(ben_portal.actor):
        return answers_of(run)


def test_rough_input_is_answered_and_nothing_is_stored(as_owner, ben, ben_portal):
    run = begin(ben, ben_portal, "clouds")
    with pytest.raises(AnswerError):
        post(ben_portal, run, "thought", answer="a\x00b")
    with pytest.raises(Refused):
        post(ben_portal, run, "no_such_step", answer="x")
    assert rows(as_owner, ExerciseAnswer) == []


def test_skipping_stores_null_and_goes_on(ben, ben_portal):
    run = begin(ben, ben_portal, "slow_breathing")
    with acting_as(ben_portal.actor):
        skipped = skip_step(run=run, step_id="before", by=ben_portal.actor)
    assert skipped.step == "set"
    assert values(ben_portal, run) == {"before": None}


def test_back_keeps_every_answer(ben, ben_portal):
    run = begin(ben, ben_portal, "slow_breathing")
    post(ben_portal, run, "before", answer="7")
    post(ben_portal, run, "set", answer="easy")
    with acting_as(ben_portal.actor):
        assert go_back(run=run, step_id="breathe", by=ben_portal.actor).step == "set"
        assert go_back(run=run, step_id="set", by=ben_portal.actor).step == "before"
        assert go_back(run=run, step_id="before", by=ben_portal.actor).step == "before"
    assert values(ben_portal, run) == {"before": 7, "set": "easy"}


def test_leaving_keeps_it_and_the_next_answer_goes_on(ben, ben_portal):
    run = begin(ben, ben_portal, "slow_breathing")
    post(ben_portal, run, "before", answer="7")
    with acting_as(ben_portal.actor):
        assert leave_run(run=run, by=ben_portal.actor).state == "left"
        assert leave_run(run=run, by=ben_portal.actor).state == "left"
    assert begin(ben, ben_portal, "slow_breathing").pk == run.pk
    assert post(ben_portal, run, "set", answer="easy").state == "started"


def test_an_act_picked_for_another_domain_is_taken_back(ben, ben_portal):
    run = begin(ben, ben_portal, "selfcare_check")
    post(ben_portal, run, "dry", answer="sleep")
    post(ben_portal, run, "act", answer="Same wake-up time")
    post(ben_portal, run, "dry", answer="leisure")
    assert values(ben_portal, run)["act"] is None


def test_nobody_else_can_answer(tara, ben, ben_portal, cleo):
    run = begin(ben, ben_portal, "five_senses", visibility="only_me")
    with acting_as(tara.actor), pytest.raises(ExerciseRun.DoesNotExist):
        save_answer(run=run, step_id="before", raw={"answer": "1"}, lists=LISTS, by=tara.actor)
    with acting_as(ben_portal.actor):
        assert run_of(cleo, run.pk) is None


# --- the end


def test_finishing_writes_the_axis_practice_and_the_trail_once(as_owner, tara, ben, ben_portal):
    run = do_part(ben_portal, begin(ben, ben_portal, "", agree(tara, ben)))
    assert run.state == "finished" and run.finished_at is not None
    for vote in (5, 1):
        with acting_as(ben_portal.actor):
            finish_run(run=run, by=ben_portal.actor, helped=vote)
            end_part(run=run, by=ben_portal.actor)
    entries = [entry for entry in rows(as_owner, TimelineEntry) if entry.source_id == run.pk]
    assert [(entry.kind, entry.pillar, entry.item_key, entry.value, entry.visibility) for entry in entries] == [
        ("exercise", "coping", "slow_breathing", 4.0, "my_therapist")
    ]
    practice = rows(as_owner, Practice)
    assert [(use.measure, use.before, use.after, use.helped, use.name, use.minutes) for use in practice] == [("tension", 7, 4, 1, "Slow breathing", 6)]
    assert len(rows(as_owner, AuditEvent, verb="run_finished")) == 1
    with acting_as(ben_portal.actor), pytest.raises(Refused):
        finish_run(run=run, by=ben_portal.actor, helped=6)


def test_a_finished_answer_put_right_changes_the_copies(as_owner, ben, ben_portal):
    run = do_part(ben_portal, begin(ben, ben_portal, "slow_breathing"))
    with acting_as(ben_portal.actor):
        assert go_back(run=run, step_id=AT_END, by=ben_portal.actor).step == "after"
    saved = post(ben_portal, run, "after", answer="2")
    assert (saved.state, saved.step) == ("finished", AT_END)
    assert [use.after for use in rows(as_owner, Practice)] == [2]
    assert [entry.value for entry in rows(as_owner, TimelineEntry, kind="exercise")] == [2.0]


def test_an_exercise_without_ratings_is_one_use_without_numbers(as_owner, ben, ben_portal):
    do_part(ben_portal, begin(ben, ben_portal, "resource_toolbox"))
    assert [(use.measure, use.before, use.after) for use in rows(as_owner, Practice)] == [("", None, None)]


def test_the_first_part_waits_for_the_second(as_owner, tara, ben, ben_portal):
    run = do_part(ben_portal, begin(ben, ben_portal, "", agree(tara, ben, "strength_new_way")))
    assert (run.state, run.part, run.finished_at) == ("waiting", 1, None)
    assert rows(as_owner, Practice) == []
    with acting_as(ben_portal.actor):
        end_part(run=run, by=ben_portal.actor)
        run = begin_second_part(run=run, by=ben_portal.actor)
        assert begin_second_part(run=run, by=ben_portal.actor).part == 2
    run = do_part(ben_portal, run)
    assert run.state == "finished"
    assert [(use.before, use.after) for use in rows(as_owner, Practice)] == [(7, 4)]
    assert sorted(entry.kind for entry in rows(as_owner, TimelineEntry, source_id=run.pk)) == ["exercise", "first_part"]


def test_starting_fresh_while_the_second_part_waits_takes_it_as_done(as_owner, tara, ben, ben_portal):
    task = agree(tara, ben, "strength_new_way")
    run = do_part(ben_portal, begin(ben, ben_portal, "", task))
    assert begin(ben, ben_portal, "", task).pk == run.pk
    fresh = begin(ben, ben_portal, "", task, fresh=True)
    assert fresh.pk != run.pk
    assert rows(as_owner, ExerciseRun, pk=run.pk)[0].state == "finished"


def test_a_page_of_the_first_part_sent_late_is_kept_and_moves_nothing(tara, ben, ben_portal):
    run = do_part(ben_portal, begin(ben, ben_portal, "", agree(tara, ben, "strength_new_way")))
    with acting_as(ben_portal.actor):
        run = begin_second_part(run=run, by=ben_portal.actor)
    saved = post(ben_portal, run, "plan", answer="call my sister")
    assert (saved.part, saved.step, saved.state) == (2, "", "started")
    assert values(ben_portal, run)["plan"] == "call my sister"


# --- who sees what


def test_words_stay_private_and_ratings_are_seen(as_owner, tara, ben, ben_portal):
    run = do_part(ben_portal, begin(ben, ben_portal, "", agree(tara, ben, "critic_to_coach")))
    seen = {row.step: row.value for row in seen_by(tara, ExerciseAnswer, run=run)}
    exercise = exercise_of(run.exercise_version)
    assert seen and all(not exercise.step(step).is_answered_with_words for step in seen)
    assert {row.step for row in rows(as_owner, ExerciseAnswer, run=run)} > set(seen)


def test_sharing_changes_answers_and_copies_both_ways(tara, ben, ben_portal):
    run = do_part(ben_portal, begin(ben, ben_portal, "", agree(tara, ben, "critic_to_coach")))
    words = {step.id for step in exercise_of(run.exercise_version).steps if step.is_answered_with_words}
    for _time in range(2):
        change(ben_portal, run, ratings=False, words=True)
        assert seen_by(tara, Practice) == []
        assert [entry.value for entry in seen_by(tara, TimelineEntry, kind="exercise")] == [None]
        assert {row.step for row in seen_by(tara, ExerciseAnswer)} & words
    change(ben_portal, run, ratings=False, words=False)
    assert seen_by(tara, ExerciseAnswer) == []
    assert [row.pk for row in seen_by(tara, ExerciseRun)] == [run.pk]
    change(ben_portal, run, ratings=True, words=True)
    assert [entry.value for entry in seen_by(tara, TimelineEntry, kind="exercise")] == [4.0]
    assert len(seen_by(tara, Practice)) == 1


def change(ben_portal, run, **choice):
    with acting_as(ben_portal.actor):
        return share(run=run, by=ben_portal.actor, **choice)


def test_a_run_of_her_own_can_be_hidden_and_shown(tara, ben, ben_portal):
    run = do_part(ben_portal, begin(ben, ben_portal, "slow_breathing"))
    change(ben_portal, run, ratings=True, words=True, seen=False)
    for model in (ExerciseRun, ExerciseAnswer, Practice):
        assert seen_by(tara, model) == []
    assert seen_by(tara, TimelineEntry, kind="exercise") == []
    change(ben_portal, run, ratings=True, words=False, seen=True, for_session=True)
    assert [entry.for_session for entry in seen_by(tara, TimelineEntry, kind="exercise")] == [True]
    assert seen_by(tara, ExerciseRun)[0].for_session


def test_that_an_agreed_run_was_done_cannot_be_hidden(tara, ben, ben_portal):
    run = do_part(ben_portal, begin(ben, ben_portal, "", agree(tara, ben)))
    change(ben_portal, run, ratings=False, words=False, seen=False)
    assert [row.visibility for row in seen_by(tara, ExerciseRun)] == ["my_therapist"]


def test_what_the_exercise_does_not_offer_is_never_shared(tara, ben, ben_portal):
    run = do_part(ben_portal, begin(ben, ben_portal, "", agree(tara, ben)))
    change(ben_portal, run, ratings=True, words=True)
    offered = set(exercise_of(run.exercise_version).fields) | set(exercise_of(run.exercise_version).fields_if_shared)
    assert {row.step for row in seen_by(tara, ExerciseAnswer)} <= offered


# --- care, and what other pillars keep


def test_a_heavy_answer_leaves_one_note_without_content(as_owner, tara, ben, ben_portal):
    run = begin(ben, ben_portal, "", agree(tara, ben, "ride_the_wave"))
    for _time in range(2):
        post(ben_portal, run, "what", answer="To hurt myself")
    notes = seen_by(tara, TimelineEntry, kind="care_note")
    assert [(note.item_key, note.value) for note in notes] == [("ride_the_wave", None)]
    post(ben_portal, run, "before", answer="9")
    assert len(seen_by(tara, TimelineEntry, kind="care_note")) == 1
    change(ben_portal, run, ratings=False, words=False)
    assert seen_by(tara, TimelineEntry, kind="care_note") == []


def test_a_heavy_answer_in_a_private_run_stays_private(tara, ben, ben_portal):
    run = begin(ben, ben_portal, "name_it", visibility="only_me")
    post(ben_portal, run, "feel", answer=["hopeless"], intensity_hopeless="8")
    assert seen_by(ben_portal, TimelineEntry, kind="care_note")
    assert seen_by(tara, TimelineEntry) == [] or {entry.kind for entry in seen_by(tara, TimelineEntry)} == {"assigned"}


def test_strengths_picked_go_on_the_list_and_follow_the_run(as_owner, tara, ben, ben_portal):
    run = begin(ben, ben_portal, "strengths_spotting")
    post(ben_portal, run, "picks", answer=["kindness", "hope"])
    with acting_as(ben_portal.actor):
        for _time in range(2):
            finish_run(run=run, by=ben_portal.actor)
    assert sorted(row.key for row in seen_by(tara, Strength)) == ["hope", "kindness"]
    assert {row.spotted_by for row in rows(as_owner, Strength)} == {"client"}
    change(ben_portal, run, ratings=False, words=True)
    assert seen_by(tara, Strength) == [] and seen_by(tara, TimelineEntry, kind="strength") == []
    change(ben_portal, run, ratings=True, words=True)
    assert len(seen_by(tara, Strength)) == len(seen_by(tara, TimelineEntry, kind="strength")) == 2


def test_a_person_named_in_private_words_stays_private(tara, ben, ben_portal):
    run = begin(ben, ben_portal, "thank_you_letter")
    with acting_as(ben_portal.actor):
        add_supporter(client=ben, new_id=uuid7(), name="Obi", visibility="only_me", source=run, by=ben_portal.actor)
        finish_run(run=run, by=ben_portal.actor)
    assert seen_by(tara, Supporter) == []
    change(ben_portal, run, ratings=True, words=True)
    assert [row.name for row in seen_by(tara, Supporter)] == ["Obi"]


def test_a_day_later_the_finish_keeps_its_first_moment(ben, ben_portal):
    run = do_part(ben_portal, begin(ben, ben_portal, "slow_breathing"))
    first = run.finished_at
    with acting_as(ben_portal.actor):
        again = finish_run(run=run, by=ben_portal.actor, helped=3)
    assert again.finished_at == first <= timezone.now() < first + timedelta(minutes=5)
