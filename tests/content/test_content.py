"""The content that comes with the product: counts, unique keys, references that lead somewhere, words that can be read."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from clients.content import checkin, emotions, measure_directions
from homework.content import barriers, library
from homework.player.exercise import OPTION_LISTS, StepType
from homework.player.parsing import HEADLINE_FIELD
from mindset.content import thinking_patterns
from safety.content import countries, directory, warning_signs
from selfcare.content import domains
from strengths.content import resource_kinds, strengths
from tests.homework.option_lists import all_exercises, all_lists

ROOT = Path(__file__).parents[2]
ALL = all_exercises()
CONTENT = {content["key"]: content for content in library().exercises}
CRISIS = yaml.safe_load((ROOT / "safety/data/countries.yaml").read_text("utf-8"))
REQUIRED = set(
    "key title pillar area technique purpose minutes effort setting self_start sharing_default intro steps therapist_sees frequency not_for take_care "
    "evidence related_instruments".split()
)
OPTIONAL = {"close", "in_help_now", "in_help_now_rule"}
MEASURES_ASKED_AFTER_ONLY = {"mood", "confidence", "present", "clarity", "enjoyment", "hooked", "worry", "mastery", "distress", "problem_size"}
CALLS = ("call", "call_2", "call_3")
NUMBERS = (*CALLS, "text", "whatsapp", "sms_callback")
LINE_FIELDS = {
    *NUMBERS,
    *"name text_word sms_callback_words chat web hours free for languages source source_date confidence note warning hold hold_reason".split(),
}


def once(values: Any) -> bool:
    return max(Counter(values).values()) == 1


# --- counts


def test_counts():
    assert Counter(one.pillar for one in ALL) == {"strengths": 12, "coping": 17, "selfcare": 13, "mindset": 12}
    assert (len(strengths()), len(resource_kinds()), len(barriers()), len(thinking_patterns().patterns)) == (24, 18, 18, 16)
    assert [len(family.words) for family in emotions().families] == [6] * 8
    assert [len(domain.activities) for domain in domains()] == [8] * 7
    assert (len(warning_signs()), len({sign.group for sign in warning_signs()})) == (30, 5)
    assert (len(CRISIS["crisis_lines"]), sum(len(country["lines"]) for country in CRISIS["crisis_lines"])) == (28, 41)
    assert [option.value for option in checkin().mood.options] == [1, 2, 3, 4, 5]


def test_keys_are_unique_and_every_list_has_its_words():
    assert once(one.key for one in ALL)
    for name, options in all_lists().items():
        assert once(option.value for option in options), name
        assert all(option.value and option.label for option in options), name
    assert {option_list for option_list in OPTION_LISTS if option_list not in all_lists()} == {"my_strengths", "my_helpful_exercises"}


def test_yaml_read_every_text_as_text():
    """A bare `no` or `07:10` would have become something else."""
    for one in ALL:
        for step in one.steps:
            texts = [step.id, step.text, step.placeholder, step.low, step.high, step.default, *(option.label for option in step.options)]
            assert all(isinstance(text, str) for text in texts), (one.key, step.id)
    assert all(isinstance(code, str) for code in countries())


# --- exercises


@pytest.mark.parametrize("content", CONTENT.values(), ids=CONTENT.keys())
def test_fields_of_an_exercise(content):
    assert set(content) >= REQUIRED and set(content) - REQUIRED <= OPTIONAL
    assert content["pillar"] in {pillar.key for pillar in library().pillars}
    assert content["not_for"] or content["take_care"], "no contraindication or care note"
    assert content["evidence"]["strength"] in ("strong", "moderate", "limited", "practice") and content["evidence"]["checked"] in ("seen", "partly")
    assert all(content["evidence"][field] for field in ("technique_source", "outcome_source", "note"))


@pytest.mark.parametrize("one", ALL, ids=[one.key for one in ALL])
def test_ratings_have_a_direction_and_pairs_are_complete(one):
    asked: dict[str, set[str]] = {}
    for step in one.steps:
        if step.type == StepType.RATING:
            assert step.measure in measure_directions()
            asked.setdefault(step.measure, set()).add(step.when)
    for measure, when in asked.items():
        assert "after" not in when or "before" in when or measure in MEASURES_ASKED_AFTER_ONLY, measure
    assert len(list(one.pairs())) <= 1, "the practice rows count one use for each pair"


@pytest.mark.parametrize("one", ALL, ids=[one.key for one in ALL])
def test_timers_fit_the_minutes_and_the_patterns_their_timer(one):
    assert sum(step.seconds for step in one.steps) / 60 <= one.minutes + 0.5
    for step in one.steps:
        for pattern in ([step.pattern] if step.pattern else []) + [pattern for _value, pattern in step.patterns]:
            assert abs(pattern.seconds - step.seconds) <= 10
            assert pattern.hold_in == pattern.hold_out == 0, "breath holds are 0 on purpose"
        assert all(0 < cue.at < step.seconds for cue in step.cues)


@pytest.mark.parametrize("one", ALL, ids=[one.key for one in ALL])
def test_what_the_therapist_sees_can_be_seen(one):
    answerable = {step.id for step in one.steps if not step.is_silent}
    assert {*one.fields, *one.fields_if_shared} == answerable, "every answer is offered or left out by name"
    assert not set(one.fields) & set(one.fields_if_shared)
    for step_id, count in HEADLINE_FIELD.findall(one.headline):
        many = one.step(step_id).type in (StepType.MULTI_CHOICE, StepType.CHECKLIST, StepType.PEOPLE)
        assert many or not count, f"{step_id} cannot be counted"
    assert not re.search(r"yes/no|\{[^}]*$", one.headline)


def test_the_headline_counts_where_a_number_is_read():
    counted = re.compile(r"\{(\w+)\} (close|middle|outer|kinds?|resource|early|kind acts|eating)\b")
    assert not [one.key for one in ALL if counted.search(one.headline)]


def test_exercises_of_the_help_page_are_short_and_start_without_words():
    for one in ALL:
        if one.in_help_now:
            assert one.minutes <= 6 and not one.steps[0].is_answered_with_words


def test_conditions_name_an_option_that_exists():
    for one in ALL:
        for step in one.steps:
            for condition in (step.show_if, step.hide_if):
                assert condition is None or condition.equals in {option.value for option in one.step(condition.step).options}
            if step.default:
                assert step.default in {option.value for option in step.options}
            if step.patterns:
                assert {value for value, _pattern in step.patterns} == {option.value for option in one.step(step.source).options}


def test_every_exercise_is_in_exactly_one_coping_kind():
    kinds = yaml.safe_load((ROOT / "coping/data/kinds.yaml").read_text("utf-8"))["coping_kinds"]
    assert once(kind["key"] for kind in kinds)
    assert Counter(key for kind in kinds for key in kind["exercises"]) == Counter(one.key for one in ALL)


# --- words


def syllables(word: str) -> int:
    word = re.sub(r"[^a-z]", "", word.lower())
    if len(word) <= 3:
        return 1
    word = re.sub(r"(?:[^laeiouy]es|[^td]ed|[^laeiouy]e)$", lambda ending: ending[0][0], word)
    return max(1, len(re.findall(r"[aeiouy]+", word)))


def reading_grade(texts: list[str]) -> float:
    """Flesch-Kincaid grade (Kincaid 1975)."""
    sentences = [words for text in texts for part in re.split(r"[.!?]+(?:\s|$)|\n", text) if (words := re.findall(r"[A-Za-z][A-Za-z'’]*", part))]
    words = [word for sentence in sentences for word in sentence]
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


@pytest.mark.parametrize("one", ALL, ids=[one.key for one in ALL])
def test_a_child_of_twelve_can_read_it(one):
    texts = [f"{one.title}.", one.purpose, one.intro, *(step.text for step in one.steps), *(cue.say for step in one.steps for cue in step.cues)]
    assert reading_grade([*texts, one.close_text, one.if_worse]) <= 7


def test_the_short_texts_can_be_read_too():
    texts = [pattern.plain for pattern in thinking_patterns().patterns] + [pattern.question for pattern in thinking_patterns().patterns]
    texts += [strength.line for strength in strengths()] + [barrier.say for barrier in barriers()]
    assert reading_grade(texts) <= 5 and max(len(part.split()) for text in texts for part in re.split(r"[.!?]", text)) <= 20


def test_what_clients_read_has_none_of_the_words_we_do_not_use():
    unwanted = re.compile(r"\b(compliance|overdue|irrational|commit suicide|attention-seeking|streak)\b", re.IGNORECASE)
    for one in ALL:
        assert not unwanted.search(" ".join((one.title, one.purpose, one.intro, *(step.text for step in one.steps)))), one.key
    assert sum(word.care_flag for family in emotions().families for word in family.words) == 3
    assert {sign.level for sign in warning_signs()} == {"early", "crisis"}


# --- crisis lines


def dialled(number: Any) -> str:
    assert isinstance(number, str) and re.fullmatch(r"[0-9+*#][0-9 +*#-]*", number), f"{number!r} cannot be dialled"
    return re.sub(r"[ -]", "", number)


@pytest.mark.parametrize("country", CRISIS["crisis_lines"], ids=[str(country["country"]) for country in CRISIS["crisis_lines"]])
def test_numbers_can_be_dialled_and_stand_once(country):
    assert set(country) == {"country", "country_name", "emergency", "verify_before_use", "lines"} and country["verify_before_use"] is True
    assert re.fullmatch("[A-Z]{2}", country["country"])
    for number in country["emergency"]:
        assert set(number) == {"number", "label", "seen"} and number["label"] and isinstance(number["seen"], bool)
    calls = [number["number"] for number in country["emergency"]] + [line[field] for line in country["lines"] for field in CALLS if field in line]
    assert once(map(dialled, calls))
    for field in ("text", "whatsapp", "sms_callback"):
        assert once([dialled(line[field]) for line in country["lines"] if field in line] or [""]), field


@pytest.mark.parametrize("line", [pytest.param(line, id=line["name"]) for country in CRISIS["crisis_lines"] for line in country["lines"]])
def test_fields_of_a_crisis_line(line):
    assert set(line) <= LINE_FIELDS, "what was verified belongs in the database"
    assert all(line.get(field) for field in ("name", "hours", "for", "source", "source_date"))
    assert line["confidence"] in ("high", "medium", "low") and any(field in line for field in NUMBERS)
    assert "text_word" not in line or "text" in line
    assert ("sms_callback" in line) == ("sms_callback_words" in line)
    assert line.get("hold", True) is True and ("hold" in line) == bool(line.get("hold_reason"))
    assert isinstance(line.get("free", True), bool)


def test_unchecked_lines_stay_drafts():
    policy = CRISIS["crisis_lines_policy"]
    assert policy["show_unverified"] is False and policy["guess_country_silently"] is False
    demanded = "always_show_emergency_number two_person_check two_person_check_emergency hide_button_without_value risk_questions_need_verified_line"
    assert all(policy[name] is True for name in [*demanded.split(), "always_show_second_route"])
    assert directory().url.startswith("https://")


def test_every_country_has_a_number_to_dial():
    assert list(countries()) == sorted(countries(), key=lambda code: countries()[code].name)
    assert all(re.fullmatch("[0-9]{2,6}", number.dial) for country in countries().values() for number in country.emergency)
