"""Which rules of flags.yaml the doings of one client meet. It shows the library's sentence, the numbers that matched and their days; it concludes nothing.

What the client keeps is not used: it is not among the answers that come in here, and a doing of which something is kept never counts as empty.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients.content import emotions, measure_name
from homework.content import flag_entries, library
from homework.player.exercise import Exercise, Step, StepType
from homework.player.flag_rules import Rule, Same, Test, parse_rules, words_of
from homework.player.flow import picked_patterns
from homework.player.options import Lists, label_of
from homework.player.outcome import Change, change
from homework.player.parsing import parse_exercise


@dataclass(frozen=True, slots=True)
class Doing:
    """One run as far as staff may read it. `at` is when it was finished, or begun; `day` the client's own day; `seen` the steps that are shared."""

    run_id: UUID
    exercise: Exercise
    answers: dict[str, Any]
    seen: frozenset[str]
    at: datetime
    day: date
    finished: bool


@dataclass(frozen=True, slots=True)
class Match:
    """What matched, in words, and on which of the client's days."""

    day: date
    words: str


@dataclass(frozen=True, slots=True)
class Flag:
    """`sentence` is the library's; `matches` newest first. It belongs to the run in which it came about."""

    run_id: UUID
    exercise: Exercise
    at: datetime
    sentence: str
    matches: tuple[Match, ...]


@lru_cache(maxsize=1)
def flag_rules() -> dict[str, tuple[Rule, ...]]:
    """By exercise. Raises ContentError when the file does not fit the library."""
    return parse_rules(flag_entries(), [parse_exercise(content) for content in library().exercises])


def flags_in(doings: Iterable[Doing], lists: Lists) -> dict[UUID, tuple[Flag, ...]]:
    """The flags of each run, judged from it and what came before it."""
    ordered = sorted(doings, key=lambda doing: doing.at, reverse=True)
    return {doing.run_id: found for place, doing in enumerate(ordered) if (found := _flags_of(doing, ordered[place:], lists))}


def _flags_of(doing: Doing, so_far: Sequence[Doing], lists: Lists) -> tuple[Flag, ...]:
    raised: dict[str, list[Match]] = {}
    for rule in flag_rules().get(doing.exercise.key, ()):
        matches = _judge(rule, doing, so_far, lists)
        if matches:
            kept = raised.setdefault(words_of(doing.exercise, rule), [])
            kept += [match for match in matches if match not in kept]
    return tuple(Flag(doing.run_id, doing.exercise, doing.at, sentence, tuple(matches)) for sentence, matches in raised.items())


def _judge(rule: Rule, doing: Doing, so_far: Sequence[Doing], lists: Lists) -> list[Match]:
    """What matched; empty when the rule is not met."""
    row = [one for one in so_far if (one.finished or one is doing) and (rule.across or one.exercise.key == doing.exercise.key)]
    if rule.same is not None:
        found = []
        for key in sorted(_same_keys(rule.same, doing.answers.get(rule.same.step))):
            held = [(one, said) for one in row if (said := _same_words(rule.same, key, one, lists))]
            found += _paced(rule, row, held)
        return found
    if rule.pace == "uses":
        return _paced(rule, row, [(one, _("used")) for one in row if one.finished])
    if rule.pace == "mean_of_last":
        return _mean(rule, doing, row)
    held = [(one, said) for one in row if (said := _holds(rule.when, one, lists))]
    if rule.pace == "every_time":
        asked = [one for one in row if any(_after_value(one, test) is not None for test in rule.when)]
        return _paced(rule, asked, held) if doing in asked else []
    return _paced(rule, row, held)


def _paced(rule: Rule, row: Sequence[Doing], held: list[tuple[Doing, str]]) -> list[Match]:
    """The doings that meet the rule's how often, of those in which it held; the newest of the row is one of them."""
    if not held or held[0][0] is not row[0]:
        return []
    newest, number = row[0], rule.number
    if rule.pace in ("days_in_a_row", "weeks_in_a_row"):
        found = _running(held, 1 if rule.pace == "days_in_a_row" else 7, number)
    elif rule.within_days:
        since = newest.day - timedelta(days=rule.within_days - 1)
        found = [pair for pair in held if pair[0].day >= since]
        days = {one.day for one, _words in found}
        asked = [one for one in row if one.day >= since]
        enough = len(found) if rule.pace in ("times", "uses") else len(days)
        if enough < number or (rule.pace == "every_time" and len(found) < len(asked)):
            return []
    else:
        found = held[:number]
        if [one for one, _words in found] != list(row[:number]) or len(found) < number:
            return []
    return [Match(one.day, words) for one, words in found]


def _running(held: list[tuple[Doing, str]], length: int, number: int) -> list[tuple[Doing, str]]:
    """The newest of each of so many days, or weeks from Monday, in a row."""
    by_unit: dict[int, tuple[Doing, str]] = {}
    for pair in held:
        by_unit.setdefault((pair[0].day.toordinal() - 1) // length, pair)
    newest = next(iter(by_unit))
    found = [by_unit[unit] for unit in range(newest, newest - number, -1) if unit in by_unit]
    return found if len(found) == number else []


def _mean(rule: Rule, doing: Doing, row: Sequence[Doing]) -> list[Match]:
    test = rule.when[0]
    rated = [(one, value) for one in row if (value := _number(one, test.step)) is not None][: rule.number]
    if len(rated) < rule.number or rated[0][0] is not doing or sum(value for _one, value in rated) > (test.at_most or 0) * rule.number:
        return []
    return [Match(one.day, _rated(doing.exercise.step(test.step).measure, value)) for one, value in rated]


def _holds(tests: tuple[Test, ...], doing: Doing, lists: Lists) -> str:
    """What this doing shows of all of it, in words; empty when one does not hold."""
    said = [_shows(test, doing, lists) for test in tests]
    return "" if not all(said) else "; ".join(said)


def _shows(test: Test, doing: Doing, lists: Lists) -> str:
    if test.not_tried:
        left = doing.finished and all(step in doing.seen and doing.answers.get(step) in (None, []) for step in test.not_tried)
        return _("not tried") if left else ""
    if test.measure:
        return _moved(test, doing)
    step = next((step for step in doing.exercise.steps if step.id == test.step), None)
    if step is None or step.id not in doing.answers or step.id not in doing.seen:
        return ""  # kept, not reached, or an older wording that did not ask
    value = doing.answers[step.id]
    if step.type == StepType.RATING:
        low, high = test.at_least if test.at_least is not None else 0, test.at_most if test.at_most is not None else 10
        return _rated(step.measure, value) if isinstance(value, int) and low <= value <= high else ""
    return _picked(test, step, value, lists)


def _picked(test: Test, step: Step, value: Any, lists: Lists) -> str:
    chosen = value if isinstance(value, list) else [] if value is None else [value]
    if test.nothing:
        return "" if chosen else _("“%(question)s”: nothing") % {"question": _question(step)}
    if test.given:
        return _("planned") if chosen else ""
    if test.fewer_than is not None:
        return ngettext("%(n)d picked", "%(n)d picked", len(chosen)) % {"n": len(chosen)} if len(chosen) < test.fewer_than else ""
    if test.lacks:
        return _("without “%(label)s”") % {"label": test.lacks} if isinstance(value, list) and test.lacks not in value else ""
    hits = [one for one in chosen if (one in test.one_of if test.one_of else one != test.other_than)]
    return ", ".join(_quoted(label_of(step, one, lists) or str(one)) for one in hits)


def _moved(test: Test, doing: Doing) -> str:
    if test.worse_by is None and not test.no_better:
        value = _after_value(doing, test)
        low, high = test.after_at_least or 0, 10 if test.after_at_most is None else test.after_at_most
        return _rated(test.measure, value) if value is not None and low <= value <= high else ""
    moved = next((one for one in change(doing.exercise, doing.answers) if one.measure == test.measure), None)
    if moved is None or moved.toward_better > (0 if test.worse_by is None else -test.worse_by):
        return ""
    return _change_words(moved)


def _after_value(doing: Doing, test: Test) -> int | None:
    """The last number of the measure that was given afterwards, or that of the step."""
    if test.step:
        return _number(doing, test.step)
    asked = [step.id for step in doing.exercise.steps if step.type == StepType.RATING and step.when == "after" and step.measure == test.measure]
    return _number(doing, asked[-1]) if asked else None


def _number(doing: Doing, step: str) -> int | None:
    value = doing.answers.get(step)
    return value if isinstance(value, int) else None


def _same_keys(same: Same, value: Any) -> set[str]:
    """The patterns picked, or the families of feelings at this strength or more."""
    if same.pick:
        return set(picked_patterns(value))
    families = {word.key: family.key for family in emotions().families for word in family.words}
    strong = [entry for entry in value or () if isinstance(entry, dict) and isinstance(entry.get("intensity"), int) and entry["intensity"] >= same.at_least]
    return {families[entry["word"]] for entry in strong if entry.get("word") in families}


def _same_words(same: Same, key: str, doing: Doing, lists: Lists) -> str:
    value = doing.answers.get(same.step)
    if key not in _same_keys(same, value):
        return ""
    if same.pick:
        return _quoted(label_of(doing.exercise.step(same.step), key, lists) or key)
    words = next({word.key: word.name for word in family.words} for family in emotions().families if family.key == key)
    return ", ".join(
        f"{words[entry['word']]} {entry['intensity']}" for entry in value or () if entry.get("word") in words and (entry["intensity"] or 0) >= same.at_least
    )


def _rated(measure: str, value: int) -> str:
    return f"{measure_name(measure)} {value}"


def _change_words(moved: Change) -> str:
    return _("%(measure)s %(before)d to %(after)d") % {"measure": measure_name(moved.measure), "before": moved.before, "after": moved.after}


def _quoted(label: str) -> str:
    return f"“{label}”"


def _question(step: Step) -> str:
    """Its first sentence."""
    return step.text.split("? ")[0].rstrip("?:. ") + ("?" if "?" in step.text else "")
