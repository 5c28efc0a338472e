"""One log with all that may be said of it: the day, the size, minutes, a few words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.models import Client, Visibility
from core.forms import CreateForm, DayField, TypedText
from core.zones import today_in
from selfcare.models import SelfCareEntry, Size

FIELDS = ("day", "size", "minutes", "note", "for_session")


class LogForm(CreateForm):
    """`version` when an earlier one is put right."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    day = DayField(label=_("Which day?"))
    size = forms.ChoiceField(label=_("Which size?"), choices=[("", ""), *Size.choices], required=False)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=1440, required=False)
    note = TypedText(label=_("A few words"), max_length=1000, lines=3, required=False)
    visibility = forms.ChoiceField(label=_("Who reads this?"), choices=Visibility, widget=forms.RadioSelect, required=False)
    for_session = forms.BooleanField(label=_("I want to talk about this"), required=False)

    def __init__(self, *args: Any, client: Client, entry: SelfCareEntry | None = None, **kwargs: Any) -> None:
        initial = {"day": today_in(client.timezone), "visibility": Visibility.MY_THERAPIST}
        if entry is not None:
            initial = {name: getattr(entry, name) for name in (*FIELDS, "visibility", "version")}
        super().__init__(*args, **{**kwargs, "initial": initial | kwargs.get("initial", {})})

    def said(self) -> dict[str, Any]:
        """What the services take."""
        return {name: self.cleaned_data[name] for name in FIELDS} | {"visibility": self.cleaned_data["visibility"] or Visibility.MY_THERAPIST}
