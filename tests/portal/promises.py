"""An exercise as its file promises it, beside what the pages do: the file is read here as it stands, by nothing that the product reads it with."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import Any

import yaml

from clients.content import direction_of
from tests.homework.option_lists import all_lists
from tests.portal.driving import form_with

FILE = Path(__file__).parents[2] / "homework" / "data" / "exercises.yaml"
NAME = "Ünal O'Brien"
WORDS = ("short_text", "long_text", "people")
SILENT = ("text", "timer")
LISTS = all_lists()
LIST_OF = {"emotion": "emotions", "distortion": "distortions"}
FALLBACK = {"my_strengths": "strengths", "my_helpful_exercises": "in_help_now"}


@lru_cache(maxsize=1)
def the_file() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))
    return found


def said(page: Any) -> str:
    """What a page holds, with every run of blanks as one."""
    return flat(re.sub(r"<[^>]*>", " ", page.content.decode()))


def flat(text: str) -> str:
    return " ".join(unescape(text).split())


@dataclass
class Promise:
    """One exercise's entry in the file, and one way through it: `fixed` choices, and how many points worse its numbers end."""

    content: dict[str, Any]
    worse: int = 1
    fixed: dict[str, str] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)

    @property
    def steps(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.content["steps"]
        return found

    def part(self, later: bool) -> list[dict[str, Any]]:
        """The steps of a visit as the file has them, without those that the answers so far hide."""
        return [step for step in self.steps if bool(step.get("later")) == later]

    def shown(self, step: dict[str, Any]) -> bool:
        return self._holds(step.get("show_if"), True) and not self._holds(step.get("hide_if"), False)

    def _holds(self, condition: dict[str, str] | None, without: bool) -> bool:
        value = self.answers.get(condition["step"]) if condition else None
        return without if condition is None else condition["equals"] in value if isinstance(value, list) else value == condition["equals"]

    @property
    def pairs(self) -> list[tuple[str, str, str]]:
        """Measure, first step before, last step after."""
        rated = [step for step in self.steps if step["type"] == "rating"]
        before = {step["measure"]: step["id"] for step in reversed(rated) if step["when"] == "before"}
        after = {step["measure"]: step["id"] for step in rated if step["when"] == "after"}
        return [(measure, before[measure], after[measure]) for measure in before if measure in after]

    def post(self, step: dict[str, Any], page: Any) -> dict[str, list[str]]:
        """What is sent for this step, and what has to be kept of it (`answers`)."""
        form = form_with(page, "step")
        kind, name = step["type"], step["id"]
        if kind == "text":
            return {}
        if kind == "timer":
            self.answers[name] = {"seconds_done": 31}
            return {"seconds_done": ["31"]}
        if kind == "rating":
            self.answers[name] = self._rating(step)
            return {"answer": [str(self.answers[name])]}
        if kind in ("short_text", "long_text"):
            self.answers[name] = f"{name}: naïve & 'quiet'" + ("\nשלום 🌿" if kind == "long_text" else "")
            return {"answer": [self.answers[name]]}
        if kind == "people" and not form.offered.get("answer"):
            return {"new_name": [NAME]}  # what is kept is the id of somebody new
        return self._tap(step, form)

    def _tap(self, step: dict[str, Any], form: Any) -> dict[str, list[str]]:
        kind, name = step["type"], step["id"]
        if step.get("rerates"):
            rated = [field.removeprefix("intensity-") for field in form.offered if field.startswith("intensity-")]
            self.answers[name] = [{"word": word, "intensity": 4} for word in rated]
            return {f"intensity-{word}": ["4"] for word in rated}
        offered = form.offered["answer"]
        if kind == "choice":
            self.answers[name] = self.fixed.get(name, offered[0])
            assert self.answers[name] in offered
            return {"answer": [self.answers[name]]}
        picks = [self.fixed[name]] if name in self.fixed else offered[: min(2, step.get("max", 2))]
        if name in self.fixed and picks[0] not in offered:  # "Nothing to skip" and the like: a button of its own
            self.answers[name] = picks
            return {"alone": picks}
        if kind == "emotion":
            self.answers[name] = [{"word": word, "intensity": 6} for word in picks]
            return {"answer": picks} | {f"intensity-{word}": ["6"] for word in picks}
        self.answers[name] = picks
        return {"answer": picks}

    def _rating(self, step: dict[str, Any]) -> int:
        """5, and afterwards so many points the way that is not wanted."""
        if step["when"] == "after" and step["measure"] in {measure for measure, _first, _last in self.pairs}:
            return 5 - self.worse * (direction_of(step["measure"]) or 1)
        return 5

    def is_worse(self) -> bool:
        """Two points or more, in a measure of which one way is the better one."""
        moved = [(direction_of(measure), self.answers[last] - self.answers[first]) for measure, first, last in self.pairs if last in self.answers]
        return any(direction and direction * by <= -2 for direction, by in moved)

    def read(self, step: dict[str, Any]) -> str:
        """The answer as it reads."""
        value = self.answers[step["id"]]
        if step["type"] == "people":
            return NAME
        if isinstance(value, list):
            return ", ".join(self._label(step, one["word"]) + f" {one['intensity']}" if isinstance(one, dict) else self._label(step, one) for one in value)
        return flat(self._label(step, value) if step["type"] == "choice" else str(value))

    def _label(self, step: dict[str, Any], value: str) -> str:
        own = [*step.get("options", ()), *step.get("items", ())]
        named = LIST_OF.get(step["type"], step.get("options_ref", ""))
        options = {one["value"]: one["label"] for one in own if isinstance(one, dict)}
        options |= {one.value: one.label for one in (*LISTS.get(named, ()), *LISTS.get(FALLBACK.get(named, ""), ()))}
        return options.get(value, value)

    def headline(self, kept: set[str]) -> str:
        """The line for the therapist, filled in; `kept` are the steps that she does not share."""

        def fill(found: re.Match[str]) -> str:
            step = next(one for one in self.steps if one["id"] == found[1])
            if step["id"] in kept:
                return "kept private"
            if not self.shown(step):
                return "not answered" + (found[3] or "")
            return (str(len(self.answers[found[1]])) if found[2] else self.read(step)) + (found[3] or "")

        said = flat(re.sub(r"\{(\w+)(\|count)?\}(/10)?", fill, self.content["therapist_sees"]["headline"]))
        return said.replace("'kept private'", "kept private").replace("'not answered'", "not answered")  # quotes are for words
