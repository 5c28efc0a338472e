"""The rules of flags.yaml: each is raised by what its sentence says and by nothing less; what is kept is never used."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.ids import uuid7
from homework.content import flag_entries
from homework.player.exercise import ContentError
from homework.player.flag_rules import parse_rules, sentences_of, words_of
from homework.player.flags import Doing, Flag, flag_rules, flags_in
from tests.homework.flag_cases import CASES, Row
from tests.homework.option_lists import all_exercises, all_lists
from tests.house.test_words import wrong_with

EXERCISES = {one.key: one for one in all_exercises()}
NOW = datetime(2026, 3, 18, 12, tzinfo=UTC)
EACH = [pytest.param(key, place, id=f"{key}-{place}") for key, place in CASES]
# What these sentences ask for is in words alone: no number, no tap and no count of them says it.
IN_WORDS = {
    *("kind_act", "three_step_pause", "clouds", "check_facts", "circle_control", "worst_best_likely", "cope_ahead"),
    *("ten_minute_move", "step_outside", "sleep_evening", "eating_rhythm", "best_friend_letter", "critic_to_coach", "good_enough", "kind_no"),
    *("savour_moment", "plan_good_moment", "thank_you_letter", "other_views", "belief_test", "old_rule_new_rule"),
}


def doing(key: str, days_ago: int, answers: dict[str, Any]) -> Doing:
    exercise, at = EXERCISES[key], NOW - timedelta(days=days_ago)
    seen = frozenset({*exercise.fields, *exercise.fields_if_shared})
    return Doing(uuid7(), exercise, answers, seen, at, at.date(), finished=True)


def newest_flags(key: str, row: Row, place: int, monkeypatch: pytest.MonkeyPatch) -> tuple[Flag, ...]:
    """The flags of the newest doing by this one rule."""
    monkeypatch.setattr("homework.player.flags.flag_rules", lambda: {key: (RULES[key][place],)})
    doings = [doing(key, days_ago, answers) for days_ago, answers in row]
    return flags_in(doings, all_lists()).get(doings[0].run_id, ())


RULES = flag_rules()


def test_every_rule_has_its_cases_and_every_other_exercise_says_why_not():
    assert set(CASES) == {(key, place) for key, rules in RULES.items() for place in range(len(rules))}
    assert set(RULES) | IN_WORDS == set(EXERCISES) and not set(RULES) & IN_WORDS


@pytest.mark.parametrize(("key", "place"), EACH)
def test_raised_with_the_librarys_sentence_its_numbers_and_days(key, place, monkeypatch):
    row = CASES[key, place][0]
    [flag] = newest_flags(key, row, place, monkeypatch)
    rule = RULES[key][place]
    assert flag.sentence == words_of(EXERCISES[key], rule) and flag.sentence in EXERCISES[key].flag
    assert [match.day for match in flag.matches] == [(NOW - timedelta(days=days_ago)).date() for days_ago, _answers in row]
    assert all(match.words and not wrong_with(match.words) for match in flag.matches)


@pytest.mark.parametrize(("key", "place"), EACH)
def test_not_raised_by_less(key, place, monkeypatch):
    assert newest_flags(key, CASES[key, place][1], place, monkeypatch) == ()


@pytest.mark.parametrize(("key", "place"), EACH)
def test_not_raised_by_what_is_kept(key, place, monkeypatch):
    """Kept answers do not come in, and no answer of a kept step counts as none."""
    monkeypatch.setattr("homework.player.flags.flag_rules", lambda: {key: (RULES[key][place],)})
    kept = [replace(doing(key, days_ago, {}), seen=frozenset()) for days_ago, _answers in CASES[key, place][0]]
    raised = flags_in(kept, all_lists())
    assert not raised or RULES[key][place].pace == "uses"


def test_the_sentences_use_no_word_the_software_never_uses():
    said = [sentence for key, exercise in EXERCISES.items() if key in RULES for sentence in sentences_of(exercise.flag)]
    assert len(said) > 30
    assert [(text, wrong) for text in said if (wrong := wrong_with(text))] == []


def test_the_shown_numbers_read_well():
    both = flags_in([doing("hard_time_story", 0, {"before": 5, "after": 9})], all_lists())
    [[flag]] = both.values()
    assert [match.words for match in flag.matches] == ["distress 5 to 9", "distress 9"]


def test_two_families_on_three_days_are_not_one_family():
    strong = [[{"word": "furious", "intensity": 9}], [{"word": "sad", "intensity": 9}], [{"word": "furious", "intensity": 9}]]
    assert flags_in([doing("name_it", place, {"feel": feel}) for place, feel in enumerate(strong)], all_lists()) == {}


def test_enjoyment_counts_across_activities():
    low = [doing("activity_plan", place, {"done": "Yes", "joy": 1}) for place in range(1, 4)]
    here = doing("hobby_menu", 0, {"after": 2})
    assert set(flags_in([here, *low], all_lists())) == {here.run_id}
    nice = [*low[:2], doing("activity_plan", 3, {"done": "Yes", "joy": 6})]
    assert flags_in([here, *nice], all_lists()) == {}


@pytest.mark.parametrize(
    "entry",
    [
        {"when": [{"step": "no_such", "at_least": 8}]},
        {"when": [{"step": "before", "one_of": ["x"]}]},
        {"when": [{"step": "before", "at_least": 8, "at_most": 2}]},
        {"when": [{"step": "before", "warmer": 8}]},
        {"when": [{"measure": "urge", "worse_by": 2}]},
        {"when": [{"step": "before", "at_least": 8}], "in_a_row": 2, "times": 3},
        {"when": [{"step": "before", "at_least": 8}], "times": 3},
        {"when": [{"step": "before", "at_least": 8}], "sentence": 2},
        {"when": [{"step": "before", "at_least": 8}], "loud": True},
        {"uses": 5},
        {"same": {"pick": "before"}, "times": 3, "within_days": 7},
        {},
    ],
)
def test_a_rule_that_does_not_fit_is_refused_by_name(entry):
    with pytest.raises(ContentError, match=r"flags.yaml: five_senses: "):
        parse_rules({"five_senses": [entry]}, EXERCISES.values())


def test_the_file_as_it_stands_is_read():
    assert parse_rules(flag_entries(), EXERCISES.values()) == RULES
