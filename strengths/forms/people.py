"""Somebody for the map, a move, and a reach-out."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clients.content import checkin
from clients.models import Client, Visibility
from core.forms import CreateForm, DayField, EditForm, HouseForm, TypedText
from core.zones import today_in, zone
from strengths.content import help_kinds, resource_kinds
from strengths.models import Ease, How, ReachOut, Supporter
from strengths.pages.people import EASE, HEART, PLACES

HOWS = {
    How.CALLED: _("I called"),
    How.WROTE: _("I wrote"),
    How.MET: _("We met"),
    How.ASKED: _("I asked for help"),
    How.OTHER: _("Another way"),
}


class SupporterFields(HouseForm):
    """What is said of somebody. `visibility` is asked of the client alone."""

    name = TypedText(label=_("Name"), max_length=100, help_text=_("A first name or nickname is enough."), error_messages={"required": _("A name is needed.")})
    kind = forms.ChoiceField(label=_("Who or what is it?"), required=False)
    place = forms.ChoiceField(label=_("Where on the map?"), choices=PLACES, widget=forms.RadioSelect, initial="2")
    helps = forms.MultipleChoiceField(label=_("Good for"), required=False, widget=forms.CheckboxSelectMultiple)
    ease = forms.ChoiceField(label=_("How is it to ask?"), required=False, widget=forms.RadioSelect)
    relation = TypedText(label=_("In your words, who is it?"), max_length=100, required=False)
    do_not_contact = forms.BooleanField(label=_("Better not to contact"), required=False)
    visibility = forms.ChoiceField(label=_("Who reads this?"), choices=Visibility, widget=forms.RadioSelect, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(kind.key, kind.name) for kind in resource_kinds() if kind.person]
        others = [(kind.key, kind.name) for kind in resource_kinds() if not kind.person]
        self.offer("kind", [("", _("Leave it open")), (_("People"), people), (_("Animals, places, groups, things"), others)])
        self.offer("helps", [(kind.key, kind.name) for kind in help_kinds().values()])
        self.offer("ease", [*((ease.value, EASE[ease]) for ease in Ease), ("", _("Not said"))])

    def said(self) -> dict[str, Any]:
        """What the services take."""
        given = self.cleaned_data
        place = given["place"]
        said = {name: given[name] for name in ("name", "kind", "helps", "ease", "relation", "do_not_contact")}
        return said | ({"in_heart": True} if place == HEART else {"in_heart": False, "ring": int(place)})


class AddSupporterForm(SupporterFields, CreateForm):
    """A new one."""


class ChangeSupporterForm(SupporterFields, EditForm):
    """Carries the version it was made from."""

    @classmethod
    def of(cls, row: Supporter, data: Any = None) -> "ChangeSupporterForm":
        names = ("name", "kind", "helps", "ease", "relation", "do_not_contact", "visibility", "version")
        return cls(data, initial={name: getattr(row, name) for name in names} | {"place": HEART if row.in_heart else str(row.ring)})


class MoveForm(EditForm):
    """One tap: where they belong."""

    place = forms.ChoiceField(choices=PLACES)

    def ring(self) -> int | None:
        """None: in her heart."""
        place = self.cleaned_data["place"]
        return None if place == HEART else int(place)


class ReachOutForm(CreateForm):
    """One reach-out, now or on an earlier day. `version` when an earlier one is put right."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    how = forms.ChoiceField(label=_("How?"), choices=[(how.value, word) for how, word in HOWS.items()], widget=forms.RadioSelect)
    day = DayField(label=_("Which day?"))
    felt = forms.TypedChoiceField(label=_("How was it?"), coerce=int, required=False, empty_value=None, widget=forms.RadioSelect)
    note = TypedText(label=_("A few words"), max_length=1000, lines=3, required=False)
    visibility = forms.ChoiceField(label=_("Who reads this?"), choices=Visibility, widget=forms.RadioSelect, required=False)

    def __init__(self, *args: Any, client: Client, made: ReachOut | None = None, **kwargs: Any) -> None:
        self.zone_name, self.made = client.timezone, made
        initial: dict[str, Any] = {"day": today_in(client.timezone), "visibility": Visibility.MY_THERAPIST}
        if made is not None:
            local = made.occurred_at.astimezone(zone(client.timezone))
            initial = {name: getattr(made, name) for name in ("how", "felt", "note", "visibility", "version")} | {"day": local.date()}
        super().__init__(*args, **{**kwargs, "initial": initial})
        self.offer("felt", [(option.value, option.name) for option in checkin().mood.options])

    def said(self) -> dict[str, Any]:
        """What the services take."""
        given = self.cleaned_data
        visibility = given["visibility"] or Visibility.MY_THERAPIST
        return {"how": given["how"], "felt": given["felt"], "note": given["note"], "visibility": visibility, "occurred_at": self.moment()}

    def moment(self) -> datetime:
        """By the client's own clock: now today, the same moment as before when the day stays, noon of another day."""
        day = self.cleaned_data["day"]
        if self.made is not None and self.made.occurred_at.astimezone(zone(self.zone_name)).date() == day:
            return self.made.occurred_at
        if day == today_in(self.zone_name):
            return timezone.now()
        return datetime.combine(day, time(12), zone(self.zone_name))
