"""A look at a crisis line: how, what was found, and the values put right."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from core.forms import CreateForm, EditForm, TypedText
from safety.content import FACTS, NUMBERS, ROUTES
from safety.models import How
from safety.selectors.lines import KnownLine

LABELS = {
    "name": _("Name"),
    "call": _("Number to call"),
    "call_2": _("Second number to call"),
    "call_3": _("Third number to call"),
    "text": _("Number for a text conversation"),
    "text_word": _("Word to text"),
    "sms_callback": _("Number for an SMS that asks for a call back"),
    "sms_callback_words": _("What is said beside that number"),
    "whatsapp": _("WhatsApp number"),
    "chat": _("Page where the chat starts"),
    "web": _("Home page"),
    "hours": _("Hours"),
    "free": _("Is it free?"),
    "for": _("For whom"),
    "languages": _("Languages"),
}
HINTS = {"hours": _("24/7, or in words. Empty: no hours are shown."), "languages": _("As en, es. Empty: the language of the country.")}
DIALLED = re.compile(r"[0-9+*#][0-9 +*#-]*")
FREE = {"yes": True, "no": False}
FOUND = (("right", _("It is right, as it stands below")), ("wrong", _("It is wrong, or nobody answers: take it away at once")))


class CheckForm(CreateForm, EditForm):
    """For an emergency number without the values: those come with the software and are always shown."""

    how = forms.ChoiceField(label=_("How did you look?"), choices=How, widget=forms.RadioSelect)
    found = forms.ChoiceField(label=_("What did you find?"), choices=FOUND, widget=forms.RadioSelect)
    note = TypedText(label=_("Note for the next person"), max_length=500, lines=2, required=False)

    def __init__(self, data: Any = None, *, line: KnownLine) -> None:
        super().__init__(data, initial={"version": line.version, **typed(line.facts)})
        self.line, self.fact_names = line, () if line.is_emergency else FACTS
        if line.is_emergency:
            self.offer("found", [("right", _("It is right")), ("wrong", _("It is wrong"))])
        for name in self.fact_names:
            self.fields[name] = self._field(name)

    def _field(self, name: str) -> forms.Field:
        if name == "free":
            return forms.ChoiceField(label=LABELS[name], choices=[("", _("Not known")), ("yes", _("Yes")), ("no", _("No"))], required=False)
        return TypedText(label=LABELS[name], max_length=300 if name in ("chat", "web") else 120, required=name == "name", help_text=HINTS.get(name, ""))

    @property
    def fact_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fact_names]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name in self.fact_names:
            if name in data:
                try:
                    check_fact(name, data[name])
                except ValidationError as error:
                    self.add_error(name, error)
        if self.fact_names and not any(data.get(name) for name in ROUTES) and not any(name in self.errors for name in ROUTES):
            self.add_error("call", _("Without a number or a chat nobody is reached."))
        for needed, beside in (("text", "text_word"), ("sms_callback", "sms_callback_words"), ("sms_callback_words", "sms_callback")):
            if data.get(beside) and not data.get(needed) and needed not in self.errors:
                self.add_error(needed, _("This is needed beside “%(other)s”.") % {"other": LABELS[beside]})
        return data

    def facts(self) -> dict[str, Any] | None:
        """None for an emergency number. What is empty is left out, so that equal facts are equal."""
        if not self.fact_names:
            return None
        data = {name: self.cleaned_data[name] for name in self.fact_names if self.cleaned_data[name]}
        if "free" in data:
            data["free"] = FREE[data["free"]]
        if "languages" in data:
            data["languages"] = data["languages"].replace(",", " ").split()
        return data

    def beside(self, current: KnownLine) -> list[tuple[Any, Any, Any]]:
        """Label, what is saved by now, what was typed: where the two differ."""
        theirs = typed(current.facts)
        return [(LABELS[name], theirs.get(name, ""), self.data.get(name, "")) for name in self.fact_names if theirs.get(name, "") != self.data.get(name, "")]

    def on_top_of(self, current: KnownLine) -> "CheckForm":
        """The same, as if it had been made from the newer line."""
        return CheckForm({**self.data.dict(), "version": current.version}, line=current)  # type: ignore[attr-defined]  # bound: a QueryDict


def typed(facts: Any) -> dict[str, str]:
    """Facts as they stand in the form."""
    found = {name: str(facts[name]) for name in FACTS if name in facts}
    if "languages" in facts:
        found["languages"] = ", ".join(facts["languages"])
    if "free" in facts:
        found["free"] = "yes" if facts["free"] else "no"
    return found


def check_fact(name: str, value: str) -> None:
    """Raises ValidationError for a number that cannot be dialled and for a page that is no page."""
    if value and name in NUMBERS and not DIALLED.fullmatch(value):
        raise ValidationError(_("Digits, blanks and + * # - only."))
    if value and name in ("chat", "web"):
        URLValidator(schemes=["https"], message=_("A whole address is needed, as https://example.org."))(value)
    if value and name == "languages" and not re.fullmatch(r"[a-z]{2,3}([ ,]+[a-z]{2,3})*", value):
        raise ValidationError(_("Codes of two or three letters, as en, es."))
