"""When, how long and how two people meet, by the clock on the clinic's wall."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.errors import Refused
from core.forms import CreateForm, DayField, EditForm, HouseForm
from core.zones import today_in, zone
from therapy.content import session_taps
from therapy.models import TherapySession
from therapy.times import moment

OLDEST = datetime.date(2000, 1, 1)
AHEAD = datetime.timedelta(days=5 * 366)
MINUTES = (5, 480)


class ClockField(forms.TimeField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}), input_formats=["%H:%M", "%H:%M:%S"], **kwargs)


class WhenFields(HouseForm):
    """`starts_at` is in the cleaned data once day and time are right together."""

    date = DayField(label=_("Day"))
    time = ClockField(label=_("Time"))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=MINUTES[0], max_value=MINUTES[1], widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    format = forms.ChoiceField(label=_("How you meet"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, zone_name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone_name = zone_name
        self.offer("format", [(tap.key, tap.button) for tap in session_taps().mode])

    def clean_date(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["date"]
        if not OLDEST <= day <= today_in(self.zone_name) + AHEAD:
            raise ValidationError(_("Please look at the year."), code="year")
        return day

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if found.get("date") and found.get("time") is not None:
            try:
                found["starts_at"] = moment(found["date"], found["time"], self.zone_name)
            except Refused as refused:
                self.refuse(refused)
        return found

    def appointment(self) -> dict[str, Any]:
        """What the services take."""
        return {name: self.cleaned_data[name] for name in ("starts_at", "minutes", "format")}


def when_initial(starts_at: datetime.datetime, minutes: int, format: str, zone_name: str) -> dict[str, Any]:
    """The fields as they show this time."""
    local = starts_at.astimezone(zone(zone_name))
    return {"date": local.date(), "time": local.time(), "minutes": minutes, "format": format}


class PlanForm(WhenFields, CreateForm):
    """A new session in the calendar."""


class MoveForm(WhenFields, EditForm):
    """Another time for one that is planned."""

    @classmethod
    def of(cls, session: TherapySession, zone_name: str) -> "MoveForm":
        initial = when_initial(session.starts_at, session.minutes, session.format, zone_name)
        return cls(zone_name=zone_name, initial=initial | {"version": session.version})


class CancelForm(EditForm):
    """Which side cancelled."""

    state = forms.ChoiceField(choices=[("cancelled_by_client", _("Cancelled by client")), ("cancelled_by_clinic", _("Cancelled by clinic"))])
