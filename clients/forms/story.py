"""The few lines a therapist keeps about a client."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.forms.layout import Words, desk_helper
from core.forms import HouseForm, TypedText

MOST = 5000


class StoryForm(HouseForm):
    """`version` is 0 before the first lines."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    summary = TypedText(
        label=_("What we work on"),
        max_length=MOST,
        lines=4,
        required=False,
        help_text=_("For whoever reads the record."),
    )
    story = TypedText(label=_("What brought them here"), max_length=MOST, lines=8, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = desk_helper(Words("summary"), Words("story"))
