"""Putting a thought right afterwards."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.models import Visibility
from core.forms import EditForm, TypedText
from mindset.content import thinking_patterns
from mindset.models import Evidence, Side, ThoughtRecord
from mindset.services.thoughts import Fact, facts_in

WORDS = ("situation", "thought", "fairer", "expected", "happened", "next_step")
SCORES = ("belief_before", "belief_after", "fairer_belief")
LONG = 10_000


class ScoreField(forms.IntegerField):
    """0 to 10, or not said."""

    def __init__(self) -> None:
        wrong = _("Please pick a number from 0 to 10.")
        super().__init__(min_value=0, max_value=10, required=False, error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), wrong))


class ThoughtForm(EditForm):
    """Its words, numbers, patterns and facts; a line, a fact. Feelings stay as they were said then."""

    situation = TypedText(label=_("What happened? Where and when?"), max_length=LONG, lines=2, required=False)
    thought = TypedText(label=_("What went through your mind?"), max_length=LONG, lines=2)
    belief_before = ScoreField()
    patterns = forms.MultipleChoiceField(label=_("Is there a thinking pattern here?"), required=False, widget=forms.CheckboxSelectMultiple)
    facts_for = TypedText(label=_("What facts support the thought?"), max_length=LONG, lines=3, required=False, help_text=_("One fact a line."))
    facts_against = TypedText(label=_("What facts do not fit with it?"), max_length=LONG, lines=3, required=False, help_text=_("One fact a line."))
    expected = TypedText(label=_("What did you expect?"), max_length=2000, lines=2, required=False)
    happened = TypedText(label=_("What really happened?"), max_length=LONG, lines=2, required=False)
    fairer = TypedText(label=_("A fairer thought"), max_length=LONG, lines=3, required=False)
    fairer_belief = ScoreField()
    belief_after = ScoreField()
    next_step = TypedText(label=_("One small thing to do next"), max_length=2000, lines=2, required=False)
    visibility = forms.ChoiceField(label=_("Who reads this?"), choices=Visibility, widget=forms.RadioSelect, required=False)
    for_session = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        content = thinking_patterns()
        self.offer("patterns", [*((one.key, one.name) for one in content.patterns), (content.none_key, content.none_name)])

    @classmethod
    def of(cls, record: ThoughtRecord, facts: list[Evidence]) -> "ThoughtForm":
        names = (*WORDS, *SCORES, "patterns", "visibility", "for_session", "version")
        lines = {side: "\n".join(fact.text for fact in facts if fact.side == side and fact.text) for side in Side.values}
        initial = {name: getattr(record, name) for name in names} | {"facts_for": lines[Side.FOR], "facts_against": lines[Side.AGAINST]}
        return cls(initial=initial)

    def clean_patterns(self) -> list[str]:
        """None fits goes with nothing else."""
        picked = list(self.cleaned_data["patterns"])
        none = thinking_patterns().none_key
        if none in picked and len(picked) > 1:
            raise forms.ValidationError(_("You picked “None of these fits” and something else too. Please keep one or the other."))
        return picked

    def said(self) -> dict[str, Any]:
        """What the service takes, facts and readers apart."""
        names = (*WORDS, *SCORES, "patterns", "for_session")
        return {name: self.cleaned_data[name] for name in names}

    def facts(self, moments: list[str]) -> list[Fact]:
        given = self.cleaned_data
        words = [*facts_in(Side.FOR, given["facts_for"]), *facts_in(Side.AGAINST, given["facts_against"])]
        return [*words, *(Fact(Side.AGAINST, moment=moment) for moment in moments)]
