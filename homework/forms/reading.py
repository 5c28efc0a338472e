"""Something to read: giving it, and what stayed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.models import Visibility
from core.forms import CreateForm, DayField, TypedText
from homework.models import ReadingNote

STAYED = 2000


class GiveForm(CreateForm):
    """Why, and the day both look at it."""

    reason = TypedText(label=_("Why this one"), max_length=500, lines=2, required=False, help_text=_("One line in your words. It stands above the text."))
    look_at_on = DayField(label=_("We look at it together on"), required=False)


class ReadForm(CreateForm):
    """Read, by one tap; with what stayed for who likes."""

    stayed = TypedText(label=_("What stayed with me"), max_length=STAYED, lines=3, required=False)
    visibility = forms.ChoiceField(label=_("Who reads this?"), choices=Visibility, required=False)
    for_session = forms.BooleanField(required=False)

    def said(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {name: given[name] for name in ("new_id", "stayed", "for_session")} | {"visibility": given["visibility"] or Visibility.MY_THERAPIST}


class StayedForm(ReadForm):
    """What stayed, put right afterwards."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, note: ReadingNote, **kwargs: Any) -> None:
        initial = {name: getattr(note, name) for name in ("stayed", "visibility", "for_session", "version")}
        super().__init__(*args, **{**kwargs, "initial": initial})
        del self.fields["new_id"]
