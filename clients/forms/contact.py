"""A client's name and contact, and what is safe when reaching her."""

from datetime import date
from typing import Any

from django import forms
from django.conf.global_settings import LANGUAGES
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clients.forms.layout import Choices, Words, desk_helper, pair, section
from clients.models import Client
from clients.services.care import CONTACT
from core.forms import CreateForm, DayField, EditForm, HouseForm, TypedText
from core.zone_names import ZoneField
from core.zones import today_in

OLDEST = date(1900, 1, 1)
ASKED = [("yes", _("Yes")), ("no", _("No")), ("", _("Not asked"))]
TO_CHOICE = {True: "yes", False: "no", None: ""}
BEGINS, WAITS = "begins", "waits"
CARE = [(BEGINS, _("Begins")), (WAITS, _("On the waiting list"))]
SAFE = ("phone_ok", "voicemail_ok", "email_ok", "post_ok", "phone_checked")


class AskedField(forms.TypedChoiceField):
    """Yes, no, or not asked yet: True, False or None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=ASKED, coerce=lambda value: value == "yes", empty_value=None, required=False, widget=forms.RadioSelect, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return TO_CHOICE.get(value, value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return TO_CHOICE.get(initial, "") != (data or "")


class RecentDayField(DayField):
    """A day in living memory: a year typed with two digits is asked for again."""

    def run_validators(self, value: Any) -> None:
        super().run_validators(value)
        if value and value < OLDEST:
            raise ValidationError(_("This year is too long ago. Please type all four digits."), code="old")


class ContactFields(HouseForm):
    """What `clients.services.care.CONTACT` names."""

    called = TypedText(label=_("Called"), max_length=200, help_text=_("The name this person goes by. It is the one shown."))
    legal_name = TypedText(label=_("Legal name"), max_length=200, required=False, help_text=_("For papers. Leave it empty when it is the same."))
    pronouns = TypedText(label=_("Pronouns"), max_length=40, required=False)
    birth_date = RecentDayField(label=_("Born"), required=False)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, initial="en-gb")
    timezone = ZoneField(label=_("Time zone"), help_text=_("The clock of this person’s entries, agreed days and reminders."))
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    phone = TypedText(label=_("Phone number"), max_length=40, required=False, widget=forms.TextInput(attrs={"type": "tel"}))
    phone_ok = AskedField(label=_("Phone"))
    voicemail_ok = AskedField(label=_("Voicemail"))
    email_ok = AskedField(label=_("E-mail"))
    post_ok = AskedField(label=_("Post"))
    phone_checked = AskedField(label=_("Phone checked"), help_text=_("Does somebody else look at this phone?"))
    emergency_contact = TypedText(label=_("Emergency contact"), max_length=300, required=False, help_text=_("Name and number of somebody you may call."))
    gp = TypedText(label=_("GP"), max_length=300, required=False, help_text=_("Name, practice, number."))

    def __init__(self, *args: Any, zone_name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone_name = zone_name  # the clinic's: says which day is today
        self.fields["timezone"].initial = zone_name
        self.helper = desk_helper(*self.parts())

    def parts(self) -> list[Any]:
        who = section(_("Who"), pair(Words("called"), Words("legal_name")), pair("pronouns", "birth_date"), pair("language", "timezone"), *self.beginning())
        reach = section(_("How to reach them"), pair("email", "phone"))
        safe = section(_("What is safe"), *(Choices(name) for name in SAFE))
        others = section(_("Others"), Words("emergency_contact"), Words("gp"))
        return [who, reach, safe, others]

    def beginning(self) -> list[Any]:
        return []

    def clean_birth_date(self) -> date | None:
        born: date | None = self.cleaned_data["birth_date"]
        if born and born > today_in(self.zone_name):
            raise ValidationError(_("This day lies in the future."), code="future")
        return born

    def contact(self) -> dict[str, Any]:
        """The fields the services take."""
        return {name: self.cleaned_data[name] for name in CONTACT if name in self.cleaned_data}


class AddClientForm(ContactFields, CreateForm):
    """A new client."""

    care = forms.ChoiceField(label=_("Care"), choices=CARE, initial=BEGINS, required=False, widget=forms.RadioSelect)
    started_on = RecentDayField(label=_("Start"), help_text=_("The first day of care, which may lie ahead; or since when this person waits."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["started_on"].initial = today_in(self.zone_name)

    def beginning(self) -> list[Any]:
        return [pair("started_on"), Choices("care")]

    @property
    def waiting(self) -> bool:
        return self.cleaned_data.get("care") == WAITS


class ContactForm(ContactFields, EditForm):
    """Changing it. Carries the version it was made from."""

    def beside(self, current: Client) -> list[tuple[str, str, str]]:
        """Where what is saved by now differs from what was typed: (label, saved, typed)."""
        typed = self.contact()
        return [
            (str(self.fields[name].label), self.said(name, getattr(current, name)), self.said(name, typed[name]))
            for name in typed
            if getattr(current, name) != typed[name]
        ]

    def facts(self) -> list[tuple[str, str]]:
        """For reading: (label, what is saved)."""
        return [(str(field.label), self.said(name, self.initial.get(name))) for name, field in self.fields.items() if name != "version"]

    def said(self, name: str, value: Any) -> str:
        """A value in the words of the page."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            value = field.prepare_value(value)
            return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
        return str(value or "")

    def on_top_of(self, current: Client) -> "ContactForm":
        """The same text, to be saved over the newer version by whoever has seen both."""
        data = {**{name: self.data[name] for name in self.data}, "version": str(current.version)}
        return ContactForm(data, zone_name=self.zone_name)
