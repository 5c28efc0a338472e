"""A goal in the client's words, with its five steps."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import CreateForm, EditForm, HouseForm, TypedText
from therapy.content import goal_scale
from therapy.models import Goal

LEVELS = (-2, -1, 0, 1, 2)


def level_field(level: int) -> str:
    """Name of the field that holds the words of a step, least first: step_1 to step_5."""
    return f"step_{level + 3}"


class GoalFields(HouseForm):
    """The goal, her words for each step, where she begins, and how much it matters beside her other goals."""

    text = TypedText(label=_("The goal, in the client’s words"), max_length=300)
    baseline = forms.TypedChoiceField(label=_("Where it begins"), coerce=int, widget=forms.RadioSelect, initial=-1)
    importance = forms.TypedChoiceField(label=_("How much it matters"), coerce=int, widget=forms.RadioSelect, initial=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scale = goal_scale()
        for each in scale.levels:
            self.fields[level_field(each.value)] = TypedText(label=each.name, max_length=80, required=False)
        self.offer("baseline", [(each.value, each.name) for each in scale.levels if each.value < 1])
        self.offer("importance", [(1, _("As the others")), (2, _("More")), (3, _("Most"))])

    @property
    def steps(self) -> list[forms.BoundField]:
        return [self[level_field(level)] for level in LEVELS]

    def goal(self) -> dict[str, Any]:
        """What the services take."""
        found = {name: self.cleaned_data[name] for name in ("text", "baseline", "importance")}
        return found | {"levels": {level: self.cleaned_data[level_field(level)] for level in LEVELS}}


class AddGoalForm(GoalFields, CreateForm):
    """A new goal."""


class EditGoalForm(GoalFields, EditForm):
    """Changing one. Carries the version it was made from."""

    @classmethod
    def of(cls, goal: Goal) -> "EditGoalForm":
        words = {level_field(level): goal.levels.get(str(level), "") for level in LEVELS}
        return cls(initial={"text": goal.text, "baseline": goal.baseline, "importance": goal.importance, "version": goal.version, **words})


class RateForm(HouseForm):
    """One of the five steps."""

    level = forms.TypedChoiceField(choices=[(level, str(level)) for level in LEVELS], coerce=int)


def goal_words(text: str, levels: dict[int, str]) -> str:
    """A goal with its steps as one text, for showing two of them beside each other."""
    return "\n".join([text, *(f"{level:+d} {levels[level]}" for level in LEVELS if levels.get(level))])
