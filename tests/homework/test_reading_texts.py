"""The texts to read: plain, short, honest about figures, and checked when they are read in."""

import re
from copy import deepcopy
from typing import Any

import pytest
import yaml

from clients.pillars import Pillar
from homework.content import DATA
from homework.reading import ReadingError, Text, by_key, by_number, going_with, parse, texts
from tests.content.test_content import reading_grade
from tests.homework.option_lists import all_exercises

ALL = texts()
RAW: dict[str, Any] = yaml.safe_load((DATA / "reading.yaml").read_text("utf-8"))
ABOUT = {
    "strengths_with_proof", "asking_for_help", "values", "noticing_and_breathing", "riding_an_urge", "worry_time", "problem_steps", "activity_and_mood",
    "sleep", "self_compassion", "boundaries", "thinking_patterns", "thought_records", "testing_a_belief", "gratitude", "savouring", "hope",
}  # fmt: skip
# figures that stand in the design notes (read), or in an exercise's evidence with `checked: seen`; each with the source that has to stand below the text
FIGURES = {
    "28 tests": "Toli", "1,636": "Toli", "58 in 100": "Britton", "123 students": "Bowen", "seven days": "Bowen", "by up to half": "Flynn & Lake",
    "26 trials": "Ekers", "1,524": "Ekers", "27 trials": "Ferrari", "14 studies": "McMillan", "27 studies": "Cregg", "3,675": "Cregg",
}  # fmt: skip
NEVER = ("cure your", "you will recover", "will cure", "proven", "guarantee", "harmless", "always works", "works for everyone")


def words_of(text: Text) -> str:
    return " ".join(part.text for part in text.parts)


def test_there_is_one_for_each_pillar_and_for_the_techniques() -> None:
    assert sorted(one.pillar for one in ALL if one.whole_pillar) == sorted(Pillar.values)
    assert {one.key for one in ALL} >= ABOUT and {one.number for one in ALL} == set(range(1, len(ALL) + 1))


def test_every_exercise_has_something_to_read_and_the_technique_comes_before_the_pillar() -> None:
    assert sorted({one.key for one in all_exercises()} - {key for one in ALL for key in one.exercises}) == ["eating_rhythm"]
    assert [one.key for one in going_with("thought_record")] == ["thought_records", "about_mindset"]


@pytest.mark.parametrize("one", ALL, ids=[one.key for one in ALL])
def test_a_child_of_twelve_can_read_it_in_a_few_minutes(one: Text) -> None:
    assert reading_grade([f"{one.title}.", *(part.text for part in one.parts)]) <= 7
    assert 150 <= len(words_of(one).split()) <= 300 and one.parts[-1].kind == "try"
    assert max(len(sentence.split()) for part in one.parts for sentence in re.split(r"[.!?:]", part.text)) <= 28


@pytest.mark.parametrize("one", ALL, ids=[one.key for one in ALL])
def test_a_figure_names_its_source_and_nothing_is_promised(one: Text) -> None:
    said = words_of(one)
    assert not [promise for promise in NEVER if promise in said.lower()]
    for figure, source in FIGURES.items():
        if figure in said and (figure != "seven days" or "studies" in said or "study" in said):
            assert any(source in line for line in one.sources), figure
    research = [sentence for sentence in re.split(r"(?<=[.!?])\s", said) if re.search(r"\d", sentence) and re.search("stud|trial|tests with|in 100", sentence)]
    assert all(any(figure in sentence for figure in FIGURES) for sentence in research), research


LIMITS = {
    "gratitude": "does not cure low mood",
    "sleep": "not a cure",
    "noticing_and_breathing": "can bring up hard things",
    "self_compassion": "do not help everyone",
    "hope": "By itself the lift does not last",
}


@pytest.mark.parametrize("key", LIMITS, ids=list(LIMITS))
def test_its_limits_are_said(key: str) -> None:
    found = by_key(key)
    assert found is not None and LIMITS[key] in words_of(found)


WRONG: list[tuple[str, Any, str]] = [
    ("colour", "blue", "colour: this field is not known"),
    ("pillar", "sports", "pillar"),
    ("number", "7", "number"),
    ("minutes", 9, "minutes"),
    ("title", "", "title"),
    ("exercises", ["juggling"], "“juggling” is not known"),
    ("parts", [], "parts"),
    ("parts", [{"song": "la"}], "parts"),
    ("sources", [3], "sources"),
]


@pytest.mark.parametrize(("field", "value", "said"), WRONG, ids=[f"{field}-{number}" for number, (field, _value, _said) in enumerate(WRONG)])
def test_a_slip_in_the_file_is_named(field: str, value: Any, said: str) -> None:
    content = deepcopy(RAW)
    content["texts"][3][field] = value
    with pytest.raises(ReadingError, match="about_mindset") as wrong:
        parse(content)
    assert said in str(wrong.value)


def test_two_texts_never_share_a_name_or_an_address() -> None:
    content = deepcopy(RAW)
    content["texts"][3]["number"] = 1
    with pytest.raises(ReadingError, match="number: “1” stands there twice"):
        parse(content)
    assert by_number(1) is by_key("about_strengths") and by_number(999) is None and by_key("no") is None
