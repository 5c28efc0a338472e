"""When reminders come: what the client's page and the desk take in."""

from datetime import time
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext_lazy as _

from core.forms import EditForm, HouseForm
from reminders.selectors import Settings
from reminders.services.preferences import PAUSES
from reminders.services.silence import ANSWERS

USUAL_DAYS, USUAL_TIME = (0, 2, 4), time(18, 30)  # what the form offers first; nothing is chosen until it is saved
QUIET = (time(21), time(8))
DAYS = [(number, WEEKDAYS_ABBR[number]) for number in range(7)]


class ClockField(forms.TimeField):
    """A local time, in the browser's own way to choose one."""

    def __init__(self, **kwargs: Any) -> None:
        said = {"invalid": _("A time such as 18:30, please."), "required": _("Please choose a time.")}
        super().__init__(widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}), input_formats=["%H:%M"], error_messages=said, **kwargs)


class ChooseForm(HouseForm):
    """Days and times, and the quiet hours. `at_0` to `at_6`: another time for one weekday. `version` is 0 where nothing was chosen before."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    on = forms.ChoiceField(choices=[("on", _("On")), ("off", _("Off"))], widget=forms.RadioSelect)
    days = forms.TypedMultipleChoiceField(label=_("On these days"), choices=DAYS, coerce=int, widget=forms.CheckboxSelectMultiple, required=False)
    at = ClockField(label=_("At"))
    quiet_from = ClockField(label=_("Quiet from"))
    quiet_until = ClockField(label=_("until"))

    def __init__(self, data: QueryDict | None = None, *, settings: Settings) -> None:
        super().__init__(data, initial=initial_of(settings))
        for number in range(7):
            self.fields[f"at_{number}"] = ClockField(label=WEEKDAYS[number], required=False)

    def times(self) -> dict[int, time]:
        """Weekday to time."""
        return {day: self.cleaned_data[f"at_{day}"] or self.cleaned_data["at"] for day in self.cleaned_data["days"]}

    def other_times(self) -> list[forms.BoundField]:
        return [self[f"at_{number}"] for number in range(7)]

    def others_open(self) -> bool:
        """Are they shown from the start: one has a time of its own, or something to say?"""
        return any(field.value() or field.errors for field in self.other_times())


class TogetherForm(ChooseForm):
    """The same at the desk, in session: the client's yes instead of on and off."""

    agreed = forms.BooleanField(label=_("We sit together, and the client asks for this"), error_messages={"required": _("Only together with the client.")})

    def __init__(self, data: QueryDict | None = None, *, settings: Settings) -> None:
        super().__init__(data, settings=settings)
        del self.fields["on"]


def initial_of(settings: Settings) -> dict[str, Any]:
    row, times = settings.row, settings.times
    at = next(iter(sorted(times.items())))[1] if times else USUAL_TIME
    others = {f"at_{day}": each for day, each in times.items() if each != at}
    quiet = (row.quiet_from, row.quiet_until) if row is not None else QUIET
    base = {"version": settings.version, "on": "on" if settings.is_on else "off", "days": list(times) or list(USUAL_DAYS), "at": at}
    return {**base, **others, "quiet_from": quiet[0], "quiet_until": quiet[1]}


class FewerForm(EditForm):
    """The days to keep, of those there are."""

    days = forms.TypedMultipleChoiceField(label=_("Keep these days"), coerce=int, widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, data: QueryDict | None = None, *, settings: Settings) -> None:
        super().__init__(data, initial={"version": settings.version, "days": sorted(settings.times)})
        self.offer("days", [(day, WEEKDAYS[day]) for day in sorted(settings.times)])


class PauseForm(HouseForm):
    """For so many days, today among them; 0 ends a pause."""

    pause = forms.TypedChoiceField(choices=[(days, days) for days in (0, *PAUSES)], coerce=int)


class QuietForm(HouseForm):
    """Whether reminders that went quiet by themselves come back."""

    answer = forms.ChoiceField(choices=[(answer, answer) for answer in ANSWERS])
