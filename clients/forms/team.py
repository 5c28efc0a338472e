"""Letting a colleague work with a client too."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.forms.contact import RecentDayField
from clients.forms.layout import Choices, Words, desk_helper, pair
from clients.models.care import Kind
from core.forms import CreateForm, TypedText
from core.zones import zone

KINDS = [(Kind.CO.value, _("Works with this client too")), (Kind.COVER.value, _("Covers while I am away"))]


class AssignForm(CreateForm):
    """`colleagues`: (id, name) of those who may be asked."""

    therapist = forms.ChoiceField(label=_("Colleague"))
    kind = forms.ChoiceField(label=_("How"), choices=KINDS, widget=forms.RadioSelect, initial=Kind.CO.value)
    ends_on = RecentDayField(label=_("Last day"), required=False, help_text=_("Needed for cover. From the day after, the record is closed to them."))
    why = TypedText(label=_("Why"), max_length=500, required=False, help_text=_("The office can read this."))

    def __init__(self, *args: Any, colleagues: list[tuple[Any, str]], zone_name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone_name = zone_name
        self.offer("therapist", [("", _("Choose")), *((str(each), name) for each, name in colleagues)])
        self.helper = desk_helper(pair("therapist", "ends_on"), Choices("kind"), Words("why"))

    def ends_at(self) -> datetime | None:
        """The end of the last day by the clinic's clock."""
        last: date | None = self.cleaned_data["ends_on"]
        return datetime.combine(last + timedelta(days=1), time.min, zone(self.zone_name)) if last else None
