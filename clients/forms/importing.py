"""Importing clients from a file: the file itself, and one form for each of its lines."""

import json
from collections import Counter
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from clients.csv_file import MOST_BYTES, Line
from clients.forms.contact import OLDEST, SAFE, ContactFields, TypedText
from clients.forms.layout import Choices, desk_helper
from clients.services.importing import NewClient
from core.forms import CreateForm
from core.ids import uuid7_within
from core.text import is_blank
from core.zones import today_in

NEEDED = ("called",)
YES, NO = {"yes", "y", "true", "1"}, {"no", "n", "false", "0"}
WRITTEN = ("%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y")
DAY_FIRST = ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y")
MONTH_FIRST = ("%m/%d/%Y", "%m.%d.%Y", "%m-%d-%Y")
ORDERS = {"": WRITTEN, "day": (*WRITTEN, *DAY_FIRST), "month": (*WRITTEN, *MONTH_FIRST)}


class FileForm(CreateForm):
    """A file or its text; `new_id` stands for the import, which is then written once."""

    file = forms.FileField(label=_("File"), required=False, allow_empty_file=True, help_text=_("CSV, at most 1 MB and 500 lines."))
    text = forms.CharField(
        label=_("Or its text"), required=False, strip=False, max_length=MOST_BYTES, widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"})
    )
    days = forms.ChoiceField(
        label=_("Days such as 03/04/2026"),
        choices=[("", _("There are none")), ("day", _("Day first")), ("month", _("Month first"))],
        widget=forms.RadioSelect,
        required=False,
        help_text=_("2026-04-03 and 3 April 2026 need no choice."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = desk_helper("file", "text", Choices("days"))

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not given.get("file") and is_blank(given.get("text", "")):
            self.add_error("file", _("Choose a file of at most 1 MB, or paste its text."))
        return given


class WrittenDay(forms.DateField):
    """A day as a file writes it. One that can be read in two ways is refused until somebody says which is meant."""

    def to_python(self, value: Any) -> date | None:
        typed = " ".join(str(value or "").replace(",", " ").split())
        for written in self.input_formats or ():
            try:
                return datetime.strptime(typed, str(written)).date()
            except ValueError:
                continue
        if not typed:
            return None
        message = _("“%(typed)s” can be read in two ways, or is no day. Write 2026-04-03 or 3 April 2026, or say how this file writes days.")
        raise ValidationError(message, params={"typed": typed})


class YesNo(forms.CharField):
    """yes, no, or nothing for not asked."""

    def to_python(self, value: Any) -> bool | None:  # type: ignore[override]
        typed = str(value or "").strip().casefold()
        if typed and typed not in YES | NO:
            raise ValidationError(_("“%(typed)s”: write yes or no, or leave it empty."), params={"typed": str(value)})
        return typed in YES if typed else None

    def run_validators(self, value: Any) -> None:
        """Nothing more to ask of it."""


class LineForm(ContactFields):
    """One client of the file. An empty language or zone is the clinic's."""

    started_on = WrittenDay(label=_("Start"), required=False)
    therapist = TypedText(label=_("Therapist"), max_length=254, required=False)

    def __init__(self, line: Line, *, order: str, zone_name: str, therapists: dict[str, UUID]) -> None:
        ours = {"language": "en-gb", "timezone": zone_name}
        super().__init__({**ours, **{name: value for name, value in line.cells.items() if value}}, zone_name=zone_name)
        self.line, self.therapists = line, therapists
        self.fields["birth_date"] = WrittenDay(label=_("Born"), required=False)
        for name in SAFE:
            self.fields[name] = YesNo(label=self.fields[name].label, required=False)
        for name in ("birth_date", "started_on"):
            self.fields[name].input_formats = ORDERS[order]  # type: ignore[attr-defined]

    def clean_started_on(self) -> date:
        day: date = self.cleaned_data["started_on"] or today_in(self.zone_name)
        if day < OLDEST:
            raise ValidationError(_("This year is too long ago. Please type all four digits."))
        return day

    def clean_birth_date(self) -> date | None:
        born = super().clean_birth_date()
        if born and born < OLDEST:
            raise ValidationError(_("This year is too long ago. Please type all four digits."))
        return born

    def clean_therapist(self) -> UUID | None:
        typed = self.cleaned_data["therapist"]
        if typed and typed.casefold() not in self.therapists:
            raise ValidationError(_("“%(typed)s” is nobody’s address who works here as therapist."), params={"typed": typed})
        return self.therapists.get(typed.casefold()) if typed else None

    def problems(self) -> list[str]:
        """What is wrong, each with the column's name; empty when the line can be imported."""
        if self.line.trouble:
            return [self.line.trouble]
        return [_now("%(column)s: %(what)s") % {"column": self.fields[name].label, "what": text} for name, all_of in self.errors.items() for text in all_of]

    def client(self, new_id: UUID) -> NewClient:
        return NewClient(new_id, self.contact(), self.cleaned_data["started_on"], self.cleaned_data["therapist"])


def headings() -> dict[str, str]:
    """Whatever heading is understood, in lower case, and the column it means: the template's own, and the label on our pages."""
    known = {str(field.label).casefold(): name for name, field in LineForm.base_fields.items() if name not in SAFE}
    return known | {name.replace("_", " "): name for name in LineForm.base_fields}


def ids_within(batch: UUID, lines: list[Line]) -> list[UUID]:
    """An id for each line, the same when the same lines are sent again; lines that are alike to the letter are told apart."""
    seen: Counter[str] = Counter()
    found = []
    for line in lines:
        words = json.dumps(sorted(line.cells.items()))
        found.append(uuid7_within(batch, f"{seen[words]} {words}"))
        seen[words] += 1
    return found
