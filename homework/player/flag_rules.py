"""The rules of `homework/data/flags.yaml`, checked against the steps of the exercises they are about. What does not fit is refused when they are read."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from clients.content import Direction, direction_of
from homework.player.exercise import ContentError, Exercise, Step, StepType

PICKS = frozenset({StepType.CHOICE, StepType.MULTI_CHOICE, StepType.CHECKLIST})
SAYS_ONE_THING = ("at_least", "at_most", "one_of", "other_than", "lacks", "fewer_than", "nothing", "given")
OF_A_MEASURE = ("worse_by", "no_better", "after_at_least", "after_at_most")
PACES = ("in_a_row", "times", "on_days", "days_in_a_row", "weeks_in_a_row", "mean_of_last", "every_time", "uses")
IN_A_TIME = ("times", "on_days", "every_time", "uses")
SENTENCE_END = re.compile(r"(?<=[.?])\s+(?=[A-Z'“])")


@dataclass(frozen=True, slots=True)
class Test:
    """What one doing has to show; one of the fields besides `step` or `measure` is set."""

    step: str = ""
    measure: str = ""
    at_least: int | None = None
    at_most: int | None = None
    one_of: tuple[str, ...] = ()
    other_than: str = ""
    lacks: str = ""
    fewer_than: int | None = None
    nothing: bool = False
    given: bool = False
    worse_by: int | None = None
    no_better: bool = False
    after_at_least: int | None = None
    after_at_most: int | None = None
    not_tried: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Same:
    """It counts for each by itself: a thinking pattern picked in this step, or a family of feelings at this strength."""

    pick: str = ""
    family: str = ""
    at_least: int = 0

    @property
    def step(self) -> str:
        return self.pick or self.family


@dataclass(frozen=True, slots=True)
class Rule:
    """`pace` is one of PACES with its number, empty for one doing; `sentence` counts from 1, 0 is all of the library's words."""

    when: tuple[Test, ...] = ()
    same: Same | None = None
    pace: str = ""
    number: int = 1
    within_days: int = 0
    across: bool = False
    sentence: int = 0


def words_of(exercise: Exercise, rule: Rule) -> str:
    """The library's own words that the rule raises; all of them where an older wording has fewer sentences."""
    sentences = sentences_of(exercise.flag)
    return sentences[rule.sentence - 1] if 0 < rule.sentence <= len(sentences) else exercise.flag


def sentences_of(flag: str) -> list[str]:
    return SENTENCE_END.split(flag)


def parse_rules(content: Mapping[str, Sequence[Mapping[str, Any]]], exercises: Iterable[Exercise]) -> dict[str, tuple[Rule, ...]]:
    """The rules by exercise. Raises ContentError, saying which rule of which exercise and what about it."""
    known = {exercise.key: exercise for exercise in exercises}
    found: dict[str, tuple[Rule, ...]] = {}
    for key, entries in content.items():
        if key not in known:
            raise ContentError(f"flags.yaml: there is no exercise {key}")
        try:
            found[key] = tuple(_rule(known[key], entry) for entry in entries)
        except (ContentError, KeyError, TypeError, ValueError, AttributeError) as error:
            raise ContentError(f"flags.yaml: {key}: {type(error).__name__} {error}") from error
    return found


def _rule(exercise: Exercise, entry: Mapping[str, Any]) -> Rule:
    known = {"when", "same", "within_days", "across", "sentence", *PACES}
    paces = [name for name in PACES if name in entry]
    if entry.keys() - known or len(paces) > 1:
        raise ContentError(f"{sorted(entry)} holds what no rule says")
    pace = paces[0] if paces else ""
    rule = Rule(
        when=tuple(_test(test) for test in entry.get("when", ())),
        same=Same(**entry["same"]) if "same" in entry else None,
        pace=pace,
        number=int(entry[pace]) if pace else 1,
        within_days=int(entry.get("within_days", 0)),
        across=bool(entry.get("across", False)),
        sentence=int(entry.get("sentence", 0)),
    )
    _check(exercise, rule)
    return rule


def _test(content: Mapping[str, Any]) -> Test:
    named = {field.name for field in fields(Test)}
    if content.keys() - named:
        raise ContentError(f"{sorted(content.keys() - named)} are no words of a rule")
    given: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in content.items()}
    return Test(**given)


def _check(exercise: Exercise, rule: Rule) -> None:
    asked = (bool(rule.when), rule.same is not None, rule.pace == "uses")
    if sum(asked) != 1:
        raise ContentError("a rule has one of when, same, uses")
    if bool(rule.within_days) != (rule.pace in IN_A_TIME):
        raise ContentError(f"within_days goes with {', '.join(IN_A_TIME)}")
    if rule.pace and rule.number < 2:
        raise ContentError(f"{rule.pace}: {rule.number}")
    if not 0 <= rule.sentence <= len(sentences_of(exercise.flag)):
        raise ContentError(f"sentence {rule.sentence}")
    if rule.pace == "mean_of_last" and not (len(rule.when) == 1 and rule.when[0].at_most is not None):
        raise ContentError("mean_of_last needs one number that it is compared with")
    if rule.across and not all(test.measure for test in rule.when):
        raise ContentError("across needs a measure")
    if rule.same is not None:
        _check_same(exercise, rule.same)
    for test in rule.when:
        _check_test(exercise, test)


def _check_same(exercise: Exercise, same: Same) -> None:
    kind = StepType.DISTORTION if same.pick else StepType.EMOTION
    if exercise.step(same.step).type != kind or bool(same.pick) == bool(same.family):
        raise ContentError(f"same: {same.step} is no {kind} step")


def _check_test(exercise: Exercise, test: Test) -> None:
    about = [name for name in (*SAYS_ONE_THING, *OF_A_MEASURE, "not_tried") if getattr(test, name) not in (None, (), "", False)]
    if len(about) != 1:
        raise ContentError(f"{about} in one test")
    if test.not_tried:
        fits = all(exercise.step(step).later for step in test.not_tried) and not test.step and not test.measure
    elif about[0] in OF_A_MEASURE:
        fits = bool(test.measure) and not test.step and _is_measured(exercise, test)
    else:
        fits = bool(test.step) and not test.measure and _is_asked(exercise.step(test.step), test)
    if not fits:
        raise ContentError(f"{about[0]} does not fit {test.step or test.measure}")


def _is_measured(exercise: Exercise, test: Test) -> bool:
    if test.worse_by is not None or test.no_better:
        paired = {first.measure for first, _last in exercise.pairs()}
        return test.measure in paired and direction_of(test.measure) != Direction.NEUTRAL
    return any(step.type == StepType.RATING and step.when == "after" and step.measure == test.measure for step in exercise.steps)


def _is_asked(step: Step, test: Test) -> bool:
    if test.at_least is not None or test.at_most is not None:
        return step.type == StepType.RATING
    values = {*test.one_of, test.other_than, test.lacks} - {""}
    if values:
        return step.type in PICKS and values <= {option.value for option in step.options}
    if test.fewer_than is not None:
        return step.type in (StepType.MULTI_CHOICE, StepType.CHECKLIST, StepType.PEOPLE)
    return not step.is_silent
