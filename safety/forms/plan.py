"""One step of the safety plan, and the note that it was looked at together."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms import CreateForm, DayField, LinesField, TypedText
from safety.content import warning_signs
from safety.models import Line, SafetyPlan
from safety.plan_content import REVIEW_MONTHS, PlanStep
from safety.services.plan import LINES_MAX, PHONE_MAX, TEXT_MAX, months_after

GROUPS = {
    "thoughts": _("Thoughts"),
    "feelings": _("Feelings"),
    "body": _("In my body"),
    "actions": _("Things I do"),
    "situations": _("Situations"),
}
FREE_ROWS = 3
A_PHONE = re.compile(r"^[+0-9][0-9 ().*#-]*$")


class PhoneField(TypedText):
    def clean(self, value: Any) -> Any:
        phone = super().clean(value)
        if phone and not A_PHONE.match(phone):
            raise forms.ValidationError(_("Numbers only, please, such as 020 7946 0000."), code="phone")
        return phone


class StepForm(CreateForm):
    """Signs to tick, things to tap, lines in own words or names with numbers: as the step has it. Carries the number of the version it was made from."""

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data: Mapping[str, Any] | None = None, *, step: PlanStep, plan: SafetyPlan | None = None, offers: Iterable[Line] = ()) -> None:
        self.step = step
        there = plan.steps.get(step.key, ()) if plan is not None else ()
        initial: dict[str, Any] = {"number": plan.number if plan is not None else 0}
        super().__init__(data, initial=initial)
        if step.picker == "warning_signs":
            self._add_signs(there)
            known = {sign.key for sign in warning_signs()}
            there = tuple(line for line in there if line.text not in known)
        names = set() if self.is_bound else {line.text for line in there}  # a second send may tap what the first put in
        self.offers = {line.text: line for line in offers if line.text not in names}
        if self.offers:
            self.fields["picks"] = forms.MultipleChoiceField(label=_("Tap what belongs here"), required=False, widget=forms.CheckboxSelectMultiple)
            self.offer("picks", [(text, f"{text}, {line.phone}" if line.phone and line.phone != text else text) for text, line in self.offers.items()])
        if step.has_phones:
            self._add_rows(there)
        else:
            label = _("In my own words, one a line")
            self.fields["own_lines"] = LinesField(label=label, initial="\n".join(line.text for line in there))

    def _add_signs(self, there: Iterable[Line]) -> None:
        ticked = {line.text for line in there}
        self.sign_names = []
        for group, label in GROUPS.items():
            signs = [sign for sign in warning_signs() if sign.group == group]
            name = f"signs_{group}"
            self.fields[name] = forms.MultipleChoiceField(label=label, required=False, widget=forms.CheckboxSelectMultiple)
            self.fields[name].initial = [sign.key for sign in signs if sign.key in ticked]
            self.offer(name, [(sign.key, sign.text) for sign in signs])
            self.sign_names.append(name)

    def _add_rows(self, there: tuple[Line, ...]) -> None:
        """A pair of fields for each line, and a few that are empty."""
        posted = sum(1 for name in self.data if re.fullmatch(r"name_\d{1,2}", name)) if self.is_bound else 0
        self.rows = min(max(len(there) + FREE_ROWS, posted), LINES_MAX)
        for row in range(self.rows):
            line = there[row] if row < len(there) else Line("")
            self.fields[f"name_{row}"] = TypedText(label=_("Name or place"), max_length=TEXT_MAX, required=False, initial=line.text)
            self.fields[f"phone_{row}"] = PhoneField(
                label=_("Phone"), max_length=PHONE_MAX, required=False, initial=line.phone, widget=forms.TextInput(attrs={"inputmode": "tel"})
            )

    @property
    def sign_fields(self) -> Iterator[forms.BoundField]:
        return (self[name] for name in getattr(self, "sign_names", ()))

    @property
    def pairs(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        return ((self[f"name_{row}"], self[f"phone_{row}"]) for row in range(getattr(self, "rows", 0)))

    def lines(self) -> list[Line]:
        """What the step holds when this is saved."""
        given = self.cleaned_data
        signs = [Line(key) for name in getattr(self, "sign_names", ()) for key in given[name]]
        typed = [Line(text) for text in given.get("own_lines", ())]
        named = [Line(given[f"name_{row}"], given[f"phone_{row}"]) for row in range(getattr(self, "rows", 0))]
        return [*signs, *typed, *named, *(self.offers[text] for text in given.get("picks", ()))]


class ReviewForm(CreateForm):
    """When both looked at the plan, and when they will again."""

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    reviewed_on = DayField(label=_("Looked at together on"))
    next_review = DayField(label=_("Next time"), help_text=_("At most 3 months later, and after any crisis."))

    def __init__(self, data: Mapping[str, Any] | None = None, *, plan: SafetyPlan) -> None:
        today = timezone.localdate()
        super().__init__(data, initial={"number": plan.number, "reviewed_on": today, "next_review": months_after(today, REVIEW_MONTHS)})
