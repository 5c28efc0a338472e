"""The code of a page of paper, and what stands around its answers: the day, whether it helped."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import CreateForm, DayField, HouseForm, TypedText
from homework.selectors.paper import plain_code

HELPED = [("", gettext_lazy("not said")), (5, gettext_lazy("yes")), (3, gettext_lazy("a bit")), (1, gettext_lazy("no"))]


class CodeForm(HouseForm):
    """`clients`: those whom the actor may write for, for a page that is nobody's yet."""

    code = TypedText(label=gettext_lazy("Code at the top of the page"), max_length=20)
    client = forms.TypedChoiceField(label=gettext_lazy("Whose page is it?"), coerce=UUID, empty_value=None, required=False)

    def __init__(self, *args: Any, clients: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("client", [("", _("choose")), *((str(pk), called) for pk, called in clients)])
        self.asks_whose = False
        attrs = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "autofocus": True}
        self.fields["code"].widget.attrs |= attrs

    def clean_code(self) -> str:
        code = plain_code(self.cleaned_data["code"])
        if not code:
            raise ValidationError(_("A code has six letters and digits, such as K7P-42M."))
        return code

    def say(self, is_blank: bool) -> None:
        """Why there is no form yet: the page is nobody's and whose it is was not said, or the code is unknown."""
        self.asks_whose = is_blank
        if is_blank:
            self.add_error("client", _("This page was printed without a name. Whose is it?"))
        else:
            self.add_error("code", _("No page of your clients has this code. Please look at it once more."))


class SheetForm(CreateForm):
    done_on = DayField(label=gettext_lazy("Filled in on"))
    helped = forms.TypedChoiceField(label=gettext_lazy("Did it help?"), choices=HELPED, coerce=int, empty_value=None, required=False)
    again = forms.BooleanField(label=gettext_lazy("Enter this page once more for that day"), required=False)
