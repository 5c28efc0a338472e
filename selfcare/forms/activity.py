"""Something in the week: which part of life, its name, how often, three sizes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.models import Client, Visibility
from core.forms import CreateForm, TypedText
from selfcare.models import Often, SelfCareActivity
from selfcare.pages.plan import offered
from selfcare.services.activities import WORDS


class ActivityForm(CreateForm):
    """A new one, or other words for one: those make a new row of its line, and `made_from` is the row they were made from.

    `visibility` is asked of the client alone.
    """

    made_from = forms.UUIDField(widget=forms.HiddenInput, required=False)
    domain = forms.ChoiceField(label=_("Which part of life?"))
    name = TypedText(label=_("What is it?"), max_length=100, error_messages={"required": _("A name is needed.")})
    often = forms.ChoiceField(label=_("How often?"), choices=Often)
    tiny = TypedText(label=_("Tiny: for a bad day"), max_length=100, required=False)
    standard = TypedText(label=_("Standard: for most days"), max_length=100, required=False)
    stretch = TypedText(label=_("Stretch: for a good day"), max_length=100, required=False)
    visibility = forms.ChoiceField(label=_("Who reads this?"), choices=Visibility, widget=forms.RadioSelect, required=False)

    def __init__(self, *args: Any, client: Client, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"visibility": Visibility.MY_THERAPIST, "often": Often.FEW, **kwargs.get("initial", {})}})
        self.offer("domain", [(domain.key, domain.name) for domain in offered(client)])

    @classmethod
    def of(cls, activity: SelfCareActivity, client: Client) -> "ActivityForm":
        initial = {name: getattr(activity, name) for name in (*WORDS, "visibility")}
        return cls(client=client, initial={**initial, "made_from": activity.pk})

    def words(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in WORDS}
