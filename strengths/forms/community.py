"""The directory: one service, and the search."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext_lazy as _

from core.forms import CreateForm, EditForm, HouseForm, TypedText
from strengths.community import kinds, needs
from strengths.models import CommunityService

FIELDS = ("name", "kind", "needs", "phone", "email", "website", "address", "area", "for_whom", "staff_note")


class ServiceFields(HouseForm):
    """What is known of a service. A client reads all of it but the note."""

    name = TypedText(label=_("Name"), max_length=120, error_messages={"required": _("A name is needed.")})
    kind = forms.ChoiceField(label=_("What kind is it?"))
    needs = forms.MultipleChoiceField(label=_("What is it good for?"), widget=forms.CheckboxSelectMultiple, error_messages={"required": _("Tap at least one.")})
    phone = TypedText(label=_("Phone"), max_length=40, required=False)
    email = TypedText(label=_("E-mail"), max_length=254, required=False)
    website = TypedText(label=_("Website"), max_length=300, required=False, help_text=_("As https://example.org."))
    address = TypedText(label=_("Address"), max_length=300, required=False)
    area = TypedText(label=_("Area"), max_length=80, required=False, help_text=_("A part of town, or “online”."))
    for_whom = TypedText(label=_("For whom"), max_length=200, required=False)
    staff_note = TypedText(label=_("Note for staff"), max_length=1000, lines=3, required=False, help_text=_("No client sees this."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("kind", kinds().items())
        self.offer("needs", needs().items())

    def clean_website(self) -> str:
        value: str = self.cleaned_data["website"]
        if value:
            URLValidator(schemes=["https", "http"], message=_("A whole address is needed, as https://example.org."))(value)
        return value

    def clean_email(self) -> str:
        value: str = self.cleaned_data["email"]
        if value:
            validate_email(value)
        return value

    def clean_phone(self) -> str:
        value: str = self.cleaned_data["phone"]
        if value and not any(sign.isdigit() for sign in value):
            raise ValidationError(_("A phone number has digits."))
        return value

    def about(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FIELDS}


class AddServiceForm(ServiceFields, CreateForm):
    """A new one."""


class EditServiceForm(ServiceFields, EditForm):
    """An edit, made from a version."""

    @classmethod
    def of(cls, service: CommunityService, data: Any = None) -> "EditServiceForm":
        return cls(data, initial={"version": service.version, **{name: getattr(service, name) for name in FIELDS}})

    def beside(self, current: CommunityService) -> list[tuple[Any, str, str]]:
        """Label, what is saved by now, what was typed: where the two differ."""
        pairs = [(self.fields[name].label, said(getattr(current, name)), said(self.cleaned_data[name])) for name in FIELDS]
        return [pair for pair in pairs if pair[1] != pair[2]]


def said(value: Any) -> str:
    return ", ".join(needs().get(str(each), str(each)) for each in value) if isinstance(value, list) else kinds().get(value, str(value))


class FindServiceForm(HouseForm):
    """Search and filters; all of them may be empty."""

    q = TypedText(label=_("Search the directory"), max_length=100, required=False)
    need = forms.ChoiceField(label=_("Good for"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    area = forms.ChoiceField(label=_("Area"), required=False)
    away = forms.BooleanField(label=_("Those put away"), required=False)

    def __init__(self, *args: Any, areas: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("q", "need", "kind", "area"):
            self.fields[name].widget.attrs["class"] = "inp"
        self.offer("need", [("", _("Good for anything")), *needs().items()])
        self.offer("kind", [("", _("Every kind")), *kinds().items()])
        self.offer("area", [("", _("Everywhere")), *((area, area) for area in areas)])

    def wanted(self) -> dict[str, Any]:
        """What the selector takes; a filter that is not known filters nothing."""
        self.is_valid()
        data = self.cleaned_data
        return {"search": data.get("q", ""), **{name: data.get(name, "") for name in ("need", "kind", "area")}, "away": bool(data.get("away"))}
