"""The session log: seven rows of taps, and the note they make. Attendance and time are filled in; risk never is."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clients.models import Client
from core.forms import CreateForm, TypedText
from core.ids import uuid7
from core.text import clean_text
from therapy.content import note_formats, session_taps
from therapy.forms.when import WhenFields, when_initial
from therapy.log import SessionLog
from therapy.note_text import NOTE_KEYS, note_prompts
from therapy.services import Showing

LONGEST = 10_000  # characters of one field of the note
WHEN = ("date", "time", "minutes")
MAY_STAY_EMPTY = ("homework_review", "felt")
NOT_SAID = [("", _("Not said"))]  # how a tap is taken back: a radio alone cannot be


def text_name(key: str) -> str:
    """Name of the field that holds what she wrote herself in a part of the note."""
    return f"text_{key}"


class LogForm(WhenFields, CreateForm):
    """`new_id` is the id of the session, planned or to be made; `shown` that of this showing of the form; the versions are 0 where there is no row yet."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)
    session_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)
    shown = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    attendance = forms.ChoiceField(label=_("Came?"), widget=forms.RadioSelect)
    risk = forms.ChoiceField(label=_("Risk"), required=False, widget=forms.RadioSelect)
    risk_note = TypedText(max_length=1000, lines=2, required=False)
    focus = forms.MultipleChoiceField(label=_("Focus"), required=False, widget=forms.CheckboxSelectMultiple)
    did = forms.MultipleChoiceField(label=_("You did"), required=False, widget=forms.CheckboxSelectMultiple)
    homework_review = forms.ChoiceField(label=_("Homework"), required=False, widget=forms.RadioSelect)
    felt = forms.ChoiceField(label=_("It felt"), required=False, widget=forms.RadioSelect)
    one_line = TypedText(label=_("One line"), max_length=500, lines=2, required=False)
    note_format = forms.ChoiceField(label=_("Format"), widget=forms.Select(attrs={"class": "fmt"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taps = session_taps()
        rows = {
            "attendance": taps.attendance,
            "risk": taps.risk_reviewed,
            "focus": taps.focus,
            "did": taps.technique,
            "homework_review": taps.homework_review,
            "felt": taps.session_feel,
        }
        for name, choices in rows.items():
            self.offer(name, [(tap.key, tap.button) for tap in choices] + NOT_SAID * (name in MAY_STAY_EMPTY))
        self.offer("note_format", [(key, each.name) for key, each in note_formats().items()])
        for key, (label, prompt) in note_prompts().items():
            self.fields[text_name(key)] = TypedText(
                label=label, max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 4, "class": "inp voice", "placeholder": prompt})
            )
        self.fields["one_line"].widget.attrs["class"] = "inp voice"
        self.fields["risk_note"].widget.attrs["class"] = "inp voice"

    @property
    def asks_risk(self) -> bool:
        """Is the risk tap still to come? Never chosen for her."""
        return not self["risk"].value()

    def showing(self) -> Showing:
        """What this form was made from, for the services."""
        data = self.cleaned_data
        return Showing(data["new_id"], data["session_version"], data["version"], data["shown"])

    def log(self) -> SessionLog:
        data = self.cleaned_data
        own = {key: data[text_name(key)] for key in NOTE_KEYS if data[text_name(key)]}
        return SessionLog.read({**data, "own": own})

    def typed(self) -> dict[str, Any]:
        """What stands in the form, right or not, as a draft keeps it. Raises ValidationError for text that cannot be kept."""
        self.full_clean()
        texts = ("risk_note", "one_line", *(text_name(key) for key in NOTE_KEYS))
        for name in texts:
            if name in self.errors:
                raise ValidationError(f"{self.fields[name].label or _('Risk')}: {self.errors[name][0]}")
        found: dict[str, Any] = {name: _short(self.data.get(name, "")) for name in WHEN}
        for name in ("format", "attendance", "risk", "homework_review", "felt", "note_format"):
            found[name] = self.cleaned_data.get(name) or self.fields[name].initial or ""
        for name in ("focus", "did"):
            found[name] = self.cleaned_data.get(name, [])
        found["own"] = {key: self.cleaned_data[text_name(key)] for key in NOTE_KEYS if self.cleaned_data[text_name(key)]}
        return found | {"risk_note": self.cleaned_data["risk_note"], "one_line": self.cleaned_data["one_line"]}


def _short(value: str) -> str:
    """A date or time as typed, when it is one line of harmless characters."""
    try:
        return clean_text(value)[:20]
    except ValidationError:
        return ""


def typed_log(typed: Mapping[str, Any]) -> SessionLog:
    """The log that a draft holds. What was not chosen yet reads as the form shows it at first."""
    return SessionLog.read({name: value for name, value in typed.items() if value != "" or name not in ("format", "attendance", "note_format")})


def log_initial(typed: Mapping[str, Any]) -> dict[str, Any]:
    """The form's fields as they show what is typed."""
    own = {text_name(key): text for key, text in typed_log(typed).own.items()}
    return {**typed_log(typed).as_dict(), **{name: typed.get(name, "") for name in WHEN}, **own}


def when_of(starts_at: datetime, minutes: int, client: Client) -> dict[str, str]:
    """Day, time and minutes as they are typed."""
    found = when_initial(starts_at, minutes, "", client.clinic.timezone)
    return {"date": found["date"].isoformat(), "time": f"{found['time']:%H:%M}", "minutes": str(minutes)}
