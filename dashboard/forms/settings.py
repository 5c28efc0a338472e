"""The clinic's settings, a form for each section of the page; each is saved alone."""

import re
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from accounts.models import Clinic
from clients.forms.layout import Choices, Quiet, desk_helper, pair
from core.forms import EditForm, TypedText
from core.zone_names import ZoneField, country_names

CLOCK = re.compile(r"([01]?\d|2[0-4])(?:[:.]([0-5]\d))?")
YES_NO = [("yes", _("Yes")), ("no", _("No"))]
TO_SAY = {True: "yes", False: "no"}


def clock(typed: str) -> str:
    """9, 9:30 or 9.30 as "09:30"; 24 is the end of the day. Raises ValidationError."""
    found = CLOCK.fullmatch(typed.strip())
    if found is None or (found[1] == "24" and (found[2] or "00") != "00"):
        raise ValidationError(_("“%(typed)s” is no time of day. Write it as 9:00 or 16:30."), params={"typed": typed.strip()[:20]})
    return "23:59" if found[1] == "24" else f"{int(found[1]):02}:{found[2] or '00'}"


class Section(EditForm):
    """Fields of the clinic, by their names, with the version they were read at."""

    key: ClassVar[str]

    def __init__(self, data: Any = None, *, clinic: Clinic) -> None:
        self.clinic = clinic
        super().__init__(data, prefix=self.key, initial={**self.read(clinic), "version": clinic.version})
        self.helper = desk_helper(*self.parts())

    def parts(self) -> list[Any]:
        raise NotImplementedError

    def names(self) -> list[str]:
        return [name for name in self.fields if name != "version"]

    def read(self, clinic: Clinic) -> dict[str, Any]:
        """What is saved, as the fields show it."""
        return {name: TO_SAY.get(value, value) if isinstance(value := getattr(clinic, name), bool) else value for name in self.base_fields if name != "version"}

    def changes(self) -> dict[str, Any]:
        return {name: value == "yes" if value in ("yes", "no") else value for name, value in self.cleaned_data.items() if name != "version"}

    def beside(self, current: Clinic) -> list[tuple[str, str, str]]:
        """Where what is saved by now differs from what was typed: (label, saved, typed)."""
        now = self.read(current)
        typed = {name: str(self[name].value() or "") for name in self.names()}
        return [(str(self.fields[name].label), str(now[name]), typed[name]) for name in self.names() if str(now[name]) != typed[name]]

    def on_top_of(self, current: Clinic) -> "Section":
        """The same text, to be saved over the newer version by whoever has seen both."""
        return type(self)({**{name: self.data[name] for name in self.data}, f"{self.key}-version": str(current.version)}, clinic=current)


class ClinicForm(Section):
    key = "clinic"
    name = TypedText(label=_("Name"), max_length=200)
    phone = TypedText(
        label=_("Phone number"), max_length=40, required=False, help_text=_("One that is answered. Clients see it on Help now and after their care.")
    )
    country = forms.ChoiceField(label=_("Country"), choices=lambda: list(country_names().items()), help_text=_("Help now shows its emergency numbers."))
    timezone = ZoneField(label=_("Time zone"), help_text=_("The clock of all staff pages. Reminders follow the client’s own."))

    def parts(self) -> list[Any]:
        return [pair("name", "phone"), pair("country", "timezone")]


class CareForm(Section):
    key = "care"
    session_minutes = forms.IntegerField(
        label=_("Length of a session"), min_value=5, max_value=480, help_text=_("Minutes. The form for the next session begins with it.")
    )
    portal_days_after_discharge = forms.IntegerField(
        label=_("Portal after discharge"), min_value=0, max_value=3650, help_text=_("Days in which a client still reads what is theirs.")
    )
    works_with_minors = forms.ChoiceField(
        label=_("Works with under 18"), choices=YES_NO, widget=forms.RadioSelect, help_text=_("Only then can somebody under 18 be invited to the portal.")
    )

    def parts(self) -> list[Any]:
        return [pair("session_minutes", "portal_days_after_discharge"), Choices("works_with_minors")]


class SignInForm(Section):
    key = "sign_in"
    second_factor_required = forms.ChoiceField(
        label=_("Second step for staff"),
        choices=YES_NO,
        widget=forms.RadioSelect,
        help_text=_("An app or a passkey beside the password. Whoever has none yet, you too, sets it up before any other page."),
    )

    def parts(self) -> list[Any]:
        return [Choices("second_factor_required")]


class HoursForm(Section):
    """One line for each weekday: 9:00-12:30, 14:00-18:00; empty when closed. One for each holiday: its day and its name."""

    key = "hours"
    holidays = TypedText(
        label=_("Holidays"),
        max_length=5000,
        lines=6,
        required=False,
        help_text=_("Days on which you are closed, one on each line: 2026-12-25 Christmas Day."),
    )

    def parts(self) -> list[Any]:
        days = {f"day_{weekday}": TypedText(label=WEEKDAYS[weekday], max_length=100, required=False) for weekday in range(7)}
        self.fields = {**days, **self.fields}
        return [pair(*(Quiet(name) for name in days)), Quiet("holidays")]

    def read(self, clinic: Clinic) -> dict[str, Any]:
        week = clinic.opening_hours or [[]] * 7
        days = {f"day_{weekday}": ", ".join(f"{opens}-{closes}" for opens, closes in week[weekday]) for weekday in range(7)}
        return {**days, "holidays": "\n".join(f"{day} {name}".strip() for day, name in clinic.holidays)}

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for weekday in range(7):
            try:
                given[f"day_{weekday}"] = stretches(given.get(f"day_{weekday}", ""))
            except ValidationError as wrong:
                self.add_error(f"day_{weekday}", wrong)
        return given

    def clean_holidays(self) -> list[list[str]]:
        found: dict[str, str] = {}
        for line in filter(None, map(str.strip, self.cleaned_data["holidays"].split("\n"))):
            day, _blank, name = line.partition(" ")
            try:
                found.setdefault(date.fromisoformat(day).isoformat(), name.strip())
            except ValueError as error:
                message = _("“%(typed)s”: begin with the day, as in 2026-12-25 Christmas Day.")
                raise ValidationError(message, params={"typed": line[:40]}) from error
        return [[day, name] for day, name in sorted(found.items())]

    def changes(self) -> dict[str, Any]:
        week = [self.cleaned_data[f"day_{weekday}"] for weekday in range(7)]
        return {"opening_hours": week if any(week) else [], "holidays": self.cleaned_data["holidays"]}


def stretches(typed: str) -> list[list[str]]:
    """ "9-12:30, 14:00-18:00" as [["09:00", "12:30"], ["14:00", "18:00"]]. Raises ValidationError."""
    found = []
    for part in filter(str.strip, typed.split(",")):
        ends = re.split(r"[-–]", part)
        if len(ends) != 2:
            raise ValidationError(_("Write from when to when: 9:00-17:00."))
        found.append([clock(end) for end in ends])
    found.sort()
    ends_of = [clock for stretch in found for clock in stretch]
    if ends_of != sorted(set(ends_of)):
        raise ValidationError(_("These times overlap, or end before they begin."))
    return found
