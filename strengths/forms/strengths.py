"""A strength of the 24 or in own words, and a moment that shows one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.models import Client, Visibility
from core.forms import CreateForm, DayField, HouseForm, TypedText
from core.zones import today_in, zone
from strengths.content import strengths
from strengths.models import SaidBy, StrengthEpisode

TYPED, STORED = 2000, 10_000  # what is asked for, and what an exercise may have left
MINE = ((SaidBy.CLIENT, _("I saw it myself")), (SaidBy.BORROWED, _("Somebody else said it")))
FIELDS = ("happened", "said_by", "eyes", "day")


class ChooseForm(HouseForm):
    """One tap: of the 24, or of own words that were on the list before; and who reads it."""

    key = forms.ChoiceField(required=False)
    again = forms.UUIDField(required=False)
    visibility = forms.ChoiceField(choices=Visibility, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("key", [(one.key, one.name) for one in strengths()])


class OwnWordsForm(CreateForm):
    """A strength that has another name."""

    own_words = TypedText(label=_("In your own words"), max_length=200)
    visibility = forms.ChoiceField(label=_("Who reads this?"), choices=Visibility, required=False)


class MomentFields(CreateForm):
    """What happened, who saw it, on which day."""

    happened = TypedText(label=_("What happened?"), max_length=TYPED, lines=4, error_messages={"required": _("A few words are needed.")})
    said_by = forms.ChoiceField(label=_("Who saw it?"), choices=MINE, widget=forms.RadioSelect, initial=SaidBy.CLIENT)
    eyes = TypedText(label=_("Whose words are they?"), max_length=200, required=False, help_text=_("A first name is enough."))
    day = DayField(label=_("Which day? About is fine."))

    def set_up(self, client: Client, initial: dict[str, Any]) -> dict[str, Any]:
        return {"day": today_in(client.timezone), **initial}

    def desk(self, called: str) -> None:
        """The same questions as the therapist answers them."""
        self.fields["happened"].label = _("A moment that shows it")
        self.offer("said_by", [(SaidBy.THERAPIST, _("I saw it")), (SaidBy.CLIENT, _("%(name)s told me") % {"name": called}), MINE[1]])

    def moment(self) -> dict[str, Any]:
        """What the services take."""
        return {name: self.cleaned_data[name] for name in FIELDS}


class MomentForm(MomentFields):
    """A moment; `version` when an earlier one is put right. Who reads it is asked of the client alone."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    visibility = forms.ChoiceField(label=_("Who reads this?"), choices=Visibility, required=False)

    def __init__(self, *args: Any, client: Client, moment: StrengthEpisode | None = None, staff: bool = False, **kwargs: Any) -> None:
        initial: dict[str, Any] = {"said_by": SaidBy.THERAPIST} if staff else {}
        if moment is not None:
            initial = {name: getattr(moment, name) for name in ("happened", "said_by", "eyes", "visibility", "version")}
            initial["day"] = moment.occurred_at.astimezone(zone(client.timezone)).date()
        super().__init__(*args, **{**kwargs, "initial": self.set_up(client, initial)})
        if moment is not None:
            happened = self.fields["happened"]
            assert isinstance(happened, forms.CharField)
            self.fields["happened"] = TypedText(label=happened.label, max_length=STORED, lines=4)
        if staff:
            del self.fields["visibility"]
            self.desk(client.called)


class SpotForm(MomentFields):
    """The desk: a strength, and the first moment that shows it."""

    key = forms.ChoiceField(label=_("Which strength?"), required=False)
    own_words = TypedText(label=_("Or in other words"), max_length=200, required=False)

    field_order = ("new_id", "key", "own_words", *FIELDS)

    def __init__(self, *args: Any, client: Client, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": self.set_up(client, {"said_by": SaidBy.THERAPIST})})
        self.fields["happened"].required = False
        self.desk(client.called)
        names = [(one.key, f"{one.name}: {one.line}") for one in strengths()]
        self.offer("key", [("", _("None of the 24")), *names])

    def strength(self) -> dict[str, str]:
        key = self.cleaned_data["key"]
        return {"key": key, "own_words": "" if key else self.cleaned_data["own_words"]}
