"""The office decides who cares for whom: another therapist, cover, supervision. Days are the clinic's."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.forms.contact import RecentDayField
from clients.forms.layout import Choices, Words, desk_helper, pair
from core.forms import CreateForm, HouseForm, TypedText
from core.zones import today_in, zone

STAYS = [("no", _("Ends")), ("yes", _("Stays as co-therapist"))]
Choice = tuple[Any, str]


def start_of(day: date, zone_name: str) -> datetime | None:
    """The first moment of a day ahead by the clinic's clock; None for today, which means now. A day behind stays what it is: the service refuses it."""
    return None if day == today_in(zone_name) else datetime.combine(day, time.min, zone(zone_name))


def end_of(day: date | None, zone_name: str) -> datetime | None:
    """The end of a last day by the clinic's clock; None without one."""
    return datetime.combine(day + timedelta(days=1), time.min, zone(zone_name)) if day else None


class ChosenClients(HouseForm):
    """Some of `offered` (id, name), everybody ticked to begin with; one of `colleagues` (id, name); and from which day on."""

    clients = forms.MultipleChoiceField(label=_("Clients"), widget=forms.CheckboxSelectMultiple, error_messages={"required": _("Tick at least one client.")})
    therapist = forms.ChoiceField(label=_("Colleague"))
    starts_on = RecentDayField(label=_("From"), help_text=_("Today means at once."))

    def __init__(self, *args: Any, offered: list[Choice], colleagues: list[Choice], zone_name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone_name = zone_name
        self.offer("clients", [(str(each), name) for each, name in offered])
        self.offer("therapist", [("", _("Choose")), *((str(each), name) for each, name in colleagues)])
        self.fields["starts_on"].initial = today_in(zone_name)
        self.helper = desk_helper(*self.parts())

    def parts(self) -> list[Any]:
        return [pair("therapist", "starts_on")]

    def chosen(self) -> list[UUID]:
        return [UUID(each) for each in self.cleaned_data["clients"]]

    def therapist_id(self) -> UUID:
        return UUID(self.cleaned_data["therapist"])

    def starts_at(self) -> datetime | None:
        return start_of(self.cleaned_data["starts_on"], self.zone_name)


class AssignPrimaryForm(ChosenClients):
    """A therapist for clients who have none."""


class HandOverForm(ChosenClients):
    """A new therapist; the one before ends at the same moment, or stays as co-therapist."""

    stays = forms.ChoiceField(label=_("The one before"), choices=STAYS, widget=forms.RadioSelect, initial="no")
    stays_until = RecentDayField(label=_("Stays until"), required=False, help_text=_("The last day as co-therapist. Empty: without an end."))

    def parts(self) -> list[Any]:
        return [pair("therapist", "starts_on"), Choices("stays"), pair("stays_until")]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("stays_until") and given.get("stays") == "no":
            self.add_error("stays_until", _("A last day is for somebody who stays as co-therapist."))
        return given

    def stays_until_moment(self) -> datetime | None:
        return end_of(self.cleaned_data["stays_until"], self.zone_name)


class CoverForm(ChosenClients):
    """Cover while somebody is away. It ends by itself."""

    ends_on = RecentDayField(label=_("Last day"), help_text=_("From the day after, the records are closed to the colleague by themselves."))
    why = TypedText(label=_("Why"), max_length=500, required=False, help_text=_("The team can read this."))

    def parts(self) -> list[Any]:
        return [pair("therapist"), pair("starts_on", "ends_on"), Words("why")]

    def ends_at(self) -> datetime:
        ends = end_of(self.cleaned_data["ends_on"], self.zone_name)
        assert ends is not None
        return ends


class SupervisionForm(CreateForm):
    """Between the person whose page it is and one of `colleagues` (id, name)."""

    colleague = forms.ChoiceField(label=_("Colleague"))
    way = forms.ChoiceField(label=_("Who reads"), widget=forms.RadioSelect, initial="supervises")
    starts_on = RecentDayField(label=_("From"), help_text=_("Today means at once."))
    ends_on = RecentDayField(label=_("Last day"), required=False, help_text=_("Empty: without an end."))

    def __init__(self, *args: Any, name: str, colleagues: list[Choice], zone_name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone_name = zone_name
        self.offer("colleague", [("", _("Choose")), *((str(each), label) for each, label in colleagues)])
        self.offer(
            "way",
            [
                ("supervises", _("%(name)s supervises the colleague") % {"name": name}),
                ("is_supervised", _("The colleague supervises %(name)s") % {"name": name}),
            ],
        )
        self.fields["starts_on"].initial = today_in(zone_name)
        self.helper = desk_helper(pair("colleague"), Choices("way"), pair("starts_on", "ends_on"))

    def colleague_id(self) -> UUID:
        return UUID(self.cleaned_data["colleague"])

    def dates(self) -> dict[str, datetime | None]:
        return {"starts_at": start_of(self.cleaned_data["starts_on"], self.zone_name), "ends_at": end_of(self.cleaned_data["ends_on"], self.zone_name)}
