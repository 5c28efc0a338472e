"""The seven steps of a safety plan, as the given data has them."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

DATA = Path(__file__).parent / "data" / "safety_plan.yaml"
WITH_PHONES = ("distract", "ask", "professionals")  # steps whose lines name somebody who can be called
SAFER = "safer"  # folds away on the phone, and is printed only when somebody asks for it
CRISIS_ORDER = ("alone", "distract", "ask")  # below the call buttons; the data's first rule
REVIEW_MONTHS = 3  # at least this often; the data's second rule


@dataclass(frozen=True, slots=True)
class PlanStep:
    """`picker` says what the step offers to tap: warning_signs, my_helpful_exercises, people_and_places, people, crisis_lines, photos_and_text or none."""

    order: int
    key: str
    title: str
    prompt: str
    help: str
    picker: str

    @property
    def has_phones(self) -> bool:
        return self.key in WITH_PHONES

    @property
    def folds(self) -> bool:
        return self.key == SAFER


@lru_cache(maxsize=1)
def plan_steps() -> dict[str, PlanStep]:
    """By key, in the order of the plan."""
    content = yaml.safe_load(DATA.read_text("utf-8"))["safety_plan_steps"]
    names = PlanStep.__dataclass_fields__
    found = (PlanStep(**{name: entry[name] for name in names}) for entry in sorted(content, key=lambda entry: entry["order"]))
    return {step.key: step for step in found}
