"""A line of the therapist's own for the next session."""

from crispy_forms.helper import FormHelper
from django.utils.translation import gettext_lazy as _

from clients.forms.layout import desk_helper
from core.forms import CreateForm, TypedText


class TalkForm(CreateForm):
    text = TypedText(
        label=_("A line for next time"), max_length=500, lines=2, help_text=_("Both of you see it. Notes for yourself belong to your private notes.")
    )

    @property
    def helper(self) -> FormHelper:
        return desk_helper("text")
