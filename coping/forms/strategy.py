"""A strategy: its kind, its name, how, when, what its uses rate."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.content import measure_directions, measure_name
from clients.models import Visibility
from coping.content import MEASURES, kinds
from coping.models import CopingStrategy
from core.forms import CreateForm, HouseForm, TypedText


class StrategyFields(HouseForm):
    """What is said of a strategy. `visibility` is asked of the client alone."""

    kind = forms.ChoiceField(label=_("What kind is it?"))
    name = TypedText(label=_("What do you call it?"), max_length=100, error_messages={"required": _("A name is needed.")})
    how = TypedText(label=_("How do you do it?"), max_length=1000, lines=3, required=False)
    when_to = TypedText(label=_("When?"), max_length=200, required=False)
    measure = forms.ChoiceField(label=_("What do you rate before and after?"))
    visibility = forms.ChoiceField(label=_("Who reads this?"), choices=Visibility, widget=forms.RadioSelect, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("kind", [(kind.key, f"{kind.name}: {kind.plain.lower()}") for kind in kinds().values()])
        given = self.data.get("measure") or self.initial.get("measure", "")
        offered = MEASURES if given in MEASURES or given not in measure_directions() else (given, *MEASURES)  # an exercise has a measure of its own
        self.offer("measure", [(measure, measure_name(measure).capitalize()) for measure in offered])

    def words(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("kind", "name", "how", "when_to", "measure")}


class AddStrategyForm(StrategyFields, CreateForm):
    """A new one; `item_key` makes it an exercise of the library."""

    item_key = forms.CharField(max_length=80, required=False, widget=forms.HiddenInput)


class ChangeStrategyForm(StrategyFields, CreateForm):
    """Other words make a new row of the same line, whose id this carries."""

    @classmethod
    def of(cls, strategy: CopingStrategy) -> "ChangeStrategyForm":
        return cls(initial={name: getattr(strategy, name) for name in ("kind", "name", "how", "when_to", "measure", "visibility")})
