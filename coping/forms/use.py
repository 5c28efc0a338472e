"""How it went: before and after, when, where, what was felt."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clients.models import Client, Visibility
from coping.models import StrategyUse
from core.forms import CreateForm, DayField, TypedText
from core.zones import today_in, zone

HELPED = ((5, _("Yes")), (3, _("A bit")), (1, _("No")))


class UseForm(CreateForm):
    """One use. `version` when an earlier one is put right. The feelings have fields of their own (homework.feelings)."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    before = forms.IntegerField(min_value=0, max_value=10, required=False)
    after = forms.IntegerField(min_value=0, max_value=10, required=False)
    helped = forms.TypedChoiceField(choices=HELPED, coerce=int, required=False, empty_value=None)
    day = DayField(label=_("Which day?"))
    at = forms.TimeField(label=_("About when?"), required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=600, required=False)
    situation = TypedText(label=_("What was going on?"), max_length=1000, lines=3, required=False)
    visibility = forms.ChoiceField(label=_("Who reads this?"), choices=Visibility, widget=forms.RadioSelect, required=False)
    for_session = forms.BooleanField(label=_("I want to talk about this"), required=False)

    def __init__(self, *args: Any, client: Client, use: StrategyUse | None = None, **kwargs: Any) -> None:
        self.zone_name = client.timezone
        initial = {"day": today_in(client.timezone), "visibility": Visibility.MY_THERAPIST}
        if use is not None:
            local = use.occurred_at.astimezone(zone(client.timezone))
            names = ("before", "after", "helped", "minutes", "situation", "visibility", "for_session", "version")
            initial = {name: getattr(use, name) for name in names} | {"day": local.date(), "at": local.time().replace(second=0, microsecond=0)}
        super().__init__(*args, **{**kwargs, "initial": initial})

    def use(self) -> dict[str, Any]:
        """What the services take, feelings apart."""
        given = self.cleaned_data
        names = ("before", "after", "helped", "minutes", "situation", "for_session")
        return {name: given[name] for name in names} | {"occurred_at": self.moment(), "visibility": given["visibility"] or Visibility.MY_THERAPIST}

    def moment(self) -> datetime:
        """By the client's own clock. Without a time it is now today, and noon of an earlier day: no change of the clocks leaves noon out."""
        day, at = self.cleaned_data["day"], self.cleaned_data["at"]
        now = timezone.now()
        if at is None and day == today_in(self.zone_name):
            return now
        return datetime.combine(day, at or time(12), zone(self.zone_name))
