"""Opening one record in an emergency."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from clients.forms.layout import Choices, Words, desk_helper, pair
from clients.models.care import GLASS_AT_MOST, EmergencyReason
from core.forms import CreateForm, TypedText

HOURS = range(1, int(GLASS_AT_MOST.total_seconds()) // 3600 + 1)


class EmergencyForm(CreateForm):
    """One of `clients` (id, name), why, and for how long."""

    client = forms.ChoiceField(label=_("Client"))
    reason = forms.ChoiceField(label=_("Reason"), choices=EmergencyReason.choices, widget=forms.RadioSelect, help_text=_("The client can see this."))
    why = TypedText(label=_("What has happened"), max_length=500, lines=3, help_text=_("The therapist and the other admins read this. The client does not."))
    hours = forms.TypedChoiceField(label=_("For"), coerce=int, widget=forms.RadioSelect, initial=1)

    def __init__(self, *args: Any, clients: list[tuple[Any, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("client", [("", _("Choose")), *((str(each), name) for each, name in clients)])
        self.offer("hours", [(n, ngettext_lazy("%(n)s hour", "%(n)s hours", n) % {"n": n}) for n in HOURS])
        self.helper = desk_helper(pair("client"), Choices("reason"), Choices("hours"), Words("why"))

    def client_id(self) -> UUID:
        return UUID(self.cleaned_data["client"])
