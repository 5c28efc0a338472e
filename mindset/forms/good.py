"""A win or a good thing: put in with one field, put right with its day and its ties."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clients.models import Client, Visibility
from core.errors import Refused
from core.forms import CreateForm, DayField, EditForm, TypedText
from core.zones import today_in, zone
from mindset.models import Accomplishment, GoodKind
from mindset.selectors.good import JarEntry
from strengths.content import strengths
from strengths.selectors import my_people, my_strengths

TEXT_MAX = 1000
WIN, GOOD = "win", "good_thing"
WORDS = {"required": _("A few words are enough.")}
# What the second field is called, by kind; a win and a good thing say why.
WHY = {
    WIN: _("What does it say about you?"),
    GoodKind.GOOD_THING: _("Why did it happen?"),
    GoodKind.SAVOURED: _("What do you call this moment?"),
    GoodKind.PLANNED: _("The best bit"),
    GoodKind.FUTURE: _("A small step"),
    GoodKind.BOTH: _("What was hard that day"),
}


class PutInForm(CreateForm):
    """One field, and the button says what it is."""

    text = TypedText(label=_("Something you did, or something good"), max_length=TEXT_MAX, lines=2, error_messages=WORDS)
    kind = forms.ChoiceField(choices=[(WIN, _("A win")), (GOOD, _("A good thing"))], error_messages={"required": _("Please choose one of the two.")})
    visibility = forms.ChoiceField(label=_("Who reads this?"), choices=Visibility, widget=forms.RadioSelect, required=False)
    for_session = forms.BooleanField(label=_("I want to talk about this"), required=False)

    def said(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {"text": given["text"], "visibility": given["visibility"] or Visibility.MY_THERAPIST, "for_session": given["for_session"]}


class JarForm(EditForm):
    """One that is there. `strength` and `supporter` are of the client's own list and map; what is tied already stays on offer."""

    text = TypedText(label=_("What was it?"), max_length=10_000, lines=3, error_messages=WORDS)
    why = TypedText(label="", max_length=10_000, lines=2, required=False)
    strength = forms.ChoiceField(label=_("Which strength was in it?"), required=False)
    supporter = forms.ChoiceField(label=_("Who or what was part of it?"), required=False)
    day = DayField(label=_("Which day?"))
    visibility = forms.ChoiceField(label=_("Who reads this?"), choices=Visibility, widget=forms.RadioSelect, required=False)
    for_session = forms.BooleanField(label=_("I want to talk about this"), required=False)

    def __init__(self, *args: Any, client: Client, entry: JarEntry, **kwargs: Any) -> None:
        self.entry, self.zone_name = entry, client.timezone
        initial = {name: getattr(entry, name) for name in ("text", "why", "visibility", "for_session", "version")}
        initial |= {
            "strength": entry.strength_id or "",
            "supporter": entry.supporter_id or "",
            "day": entry.occurred_at.astimezone(zone(client.timezone)).date(),
        }
        super().__init__(*args, **{**kwargs, "initial": initial})
        names = {one.key: one.name for one in strengths()}
        self.ties: dict[str, dict[str, Any]] = {
            "strength": {str(row.pk): row for row in (entry.strength, *my_strengths(client)) if row is not None},
            "supporter": {str(row.pk): row for row in (entry.supporter, *my_people(client)) if row is not None},
        }
        self.offer("strength", [("", _("None")), *((pk, names.get(row.key, row.own_words)) for pk, row in self.ties["strength"].items())])
        self.offer("supporter", [("", _("Nobody")), *((pk, row.name) for pk, row in self.ties["supporter"].items())])
        why = WHY.get(WIN if isinstance(entry, Accomplishment) else entry.kind)
        if why is None:
            del self.fields["why"]
        else:
            self.fields["why"].label = why

    def changes(self) -> dict[str, Any]:
        """What the service takes. Raises Refused for a day to come."""
        given = self.cleaned_data
        found = {name: given[name] for name in ("text", "why", "for_session") if name in given}
        return found | {name: self.ties[name].get(given[name]) for name in self.ties} | {"occurred_at": self._moment()}

    def _moment(self) -> datetime:
        """The same day keeps its hour; an earlier one is noon by the client's own clock."""
        day, now = self.cleaned_data["day"], timezone.now()
        if day == self.initial["day"]:
            return self.entry.occurred_at
        today = today_in(self.zone_name)
        if day > today:
            raise Refused(_("That day has not come yet."), "day")
        if day.year < 1900:
            raise Refused(_("Please check the year."), "day")
        return now if day == today else datetime.combine(day, time(12), zone(self.zone_name))
