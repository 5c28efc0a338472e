"""The plan: signs to tick and in own words, triggers, a phrase."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coping.models import CopingPlan
from core.forms import CreateForm, LinesField, TypedText
from safety.content import warning_signs


class PlanForm(CreateForm):
    """Carries the number of the version it was made from; each save is a version of its own."""

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    signs = forms.MultipleChoiceField(label=_("How I notice"), required=False, widget=forms.CheckboxSelectMultiple)
    own_signs = LinesField(label=_("In my own words, one a line"))
    triggers = LinesField(label=_("What often sets it off, one a line"))
    phrase = TypedText(label=_("A phrase to hold on to"), max_length=300, required=False)

    def __init__(self, *args: Any, plan: CopingPlan | None = None, **kwargs: Any) -> None:
        if plan is not None:
            kwargs["initial"] = initial_of(plan) | kwargs.get("initial", {})
        else:
            kwargs["initial"] = {"number": 0} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        ticked = set(kwargs["initial"].get("signs", ()))
        self.offer("signs", [(sign.key, sign.text) for sign in warning_signs() if sign.level == "early" or sign.key in ticked])

    def plan(self) -> dict[str, Any]:
        """What the service takes."""
        given = self.cleaned_data
        return {
            "new_id": given["new_id"],
            "number": given["number"],
            "early_signs": [*given["signs"], *given["own_signs"]],
            "triggers": given["triggers"],
            "phrase": given["phrase"],
        }


def initial_of(plan: CopingPlan) -> dict[str, Any]:
    known = {sign.key for sign in warning_signs()}
    return {
        "number": plan.number,
        "signs": [sign for sign in plan.early_signs if sign in known],
        "own_signs": "\n".join(sign for sign in plan.early_signs if sign not in known),
        "triggers": "\n".join(plan.triggers),
        "phrase": plan.phrase,
    }
