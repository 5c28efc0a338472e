"""A few words in the margin of an entry."""

from crispy_forms.helper import FormHelper
from django.utils.translation import gettext_lazy as _

from clients.forms.layout import desk_helper
from core.forms import CreateForm, TypedText


class ReplyForm(CreateForm):
    text = TypedText(
        label=_("Your answer"), max_length=1000, lines=4, help_text=_("It stands on the first page of the portal until it is read, and beside the entry.")
    )

    @property
    def helper(self) -> FormHelper:
        return desk_helper("text")
