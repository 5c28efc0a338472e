"""Ending care, and beginning it again."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.forms.layout import Choices, desk_helper, pair
from clients.models.care import EndReason
from clients.models.client import Status
from core.forms import CreateForm, DayField, EditForm
from core.zones import today_in

ENDS = [(Status.DISCHARGED.value, _("Discharge")), (Status.LOST_CONTACT.value, _("Contact was lost"))]


class EndCareForm(EditForm):
    """How, when and why."""

    status = forms.ChoiceField(label=_("How it ends"), choices=ENDS, widget=forms.RadioSelect)
    ended_on = DayField(label=_("Last day"))
    reason = forms.ChoiceField(label=_("Why"), choices=[("", _("Choose")), *EndReason.choices], help_text=_("The office can read this."))

    def __init__(self, *args: Any, zone_name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ended_on"].initial = today_in(zone_name)
        self.helper = desk_helper(pair("ended_on", "reason"), Choices("status"))


class BeginCareForm(EditForm, CreateForm):
    """The first day, of an episode that gets the id of the form."""

    started_on = DayField(label=_("First day"))

    def __init__(self, *args: Any, zone_name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["started_on"].initial = today_in(zone_name)
        self.helper = desk_helper("started_on")
