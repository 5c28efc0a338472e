"""A night: the morning, when to bed and up, how it was."""

from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.models import Client, Visibility
from core.errors import Refused
from core.forms import CreateForm, DayField, TypedText
from core.zones import today_in, zone
from selfcare.models import SelfCareEntry
from selfcare.nights import left_out, night_times, second_of_two, shown_twice, which_bed_day

WHICH = (("first", _("The first time, before the clocks went back")), ("second", _("The second time, after it")), ("unsure", _("I do not know")))


def clock_field(label: Any) -> forms.TimeField:
    return forms.TimeField(label=label, required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))


class NightForm(CreateForm):
    """`version` when an earlier one is put right. `bed_which` and `wake_which` are asked in the one hour of the year that the clock shows twice."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    day = DayField(label=_("Which morning?"))
    bed = clock_field(_("To bed"))
    wake = clock_field(_("Up"))
    bed_which = forms.ChoiceField(choices=WHICH, required=False)
    wake_which = forms.ChoiceField(choices=WHICH, required=False)
    quality = forms.IntegerField(min_value=0, max_value=10, required=False)
    note = TypedText(label=_("Anything that made a difference?"), max_length=1000, lines=3, required=False)
    visibility = forms.ChoiceField(label=_("Who reads this?"), choices=Visibility, widget=forms.RadioSelect, required=False)
    for_session = forms.BooleanField(label=_("I want to talk about this"), required=False)

    def __init__(self, *args: Any, client: Client, night: SelfCareEntry | None = None, **kwargs: Any) -> None:
        self.zone_name = client.timezone
        self.asks: list[str] = []
        initial: dict[str, Any] = {"day": today_in(client.timezone), "visibility": Visibility.MY_THERAPIST}
        if night is not None:
            initial = {name: getattr(night, name) for name in ("day", "quality", "note", "visibility", "for_session", "version")} | self._clocks(night)
        super().__init__(*args, **{**kwargs, "initial": initial})

    def _clocks(self, night: SelfCareEntry) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name in ("bed", "wake"):
            at = getattr(night, name)
            if at is not None:
                found[name] = at.astimezone(zone(self.zone_name)).time().replace(second=0, microsecond=0, fold=0)
                if second_of_two(self.zone_name, at):
                    found[f"{name}_which"] = "second"
                    self.asks.append(f"{name}_which")
        return found

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        day, bed, wake = given.get("day"), given.get("bed"), given.get("wake")
        if day is None or self.errors.keys() & {"bed", "wake"} or not 1900 < day.year < 2200:
            return given
        for name, at, on in (("bed", bed, which_bed_day(day, bed, wake) if bed else day), ("wake", wake, day)):
            if at is not None and shown_twice(self.zone_name, on, at):
                self.asks.append(f"{name}_which")
                if not given.get(f"{name}_which"):
                    self.add_error(f"{name}_which", _("The clocks went back that night. Which time was it?"))
        return given

    def said(self) -> dict[str, Any]:
        """What the services take. Raises Refused for two times that cannot be one night."""
        given = self.cleaned_data
        day: date = given["day"]
        again = {f"{name}_again": given.get(f"{name}_which") == "second" for name in ("bed", "wake")}
        if not 1900 < day.year < 2200:
            raise Refused(_("Please look at the year again."), "day")
        times = night_times(self.zone_name, day, given["bed"], given["wake"], **again)
        said = {name: given[name] for name in ("day", "quality", "note", "for_session")}
        return said | {"bed": times.bed, "wake": times.wake, "visibility": given["visibility"] or Visibility.MY_THERAPIST}

    def skipped(self) -> str:
        """A time that the clocks left out, as it is kept; empty when there is none."""
        given = self.cleaned_data
        day, bed, wake = given["day"], given.get("bed"), given.get("wake")
        pairs: list[tuple[time | None, date]] = [(bed, which_bed_day(day, bed, wake) if bed else day), (wake, day)]
        for at, on in pairs:
            if at is not None and left_out(self.zone_name, on, at):
                return at.strftime("%H:%M")
        return ""
