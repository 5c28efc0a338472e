"""The sheet of one exercise that opens in place: filled in, everything can be changed."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, cast
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core.forms import CreateForm, TypedText
from homework.models import Assignment
from homework.services.agreement import PER_WEEK, WEEKS
from homework.words import per_week_words, weeks_words

OFTEN = (1, 2, 3, 4, 5, 7, 14, 21)
FOR_WEEKS = (1, 2, 3, 4, 6, 8, 12)
START_WITHIN = 8  # days offered to begin on, today among them
Choices = list[tuple[Any, Any]]


class TasksField(forms.TypedMultipleChoiceField):
    """Tasks to stop. One that has ended since the page was opened is let through: there is nothing left to stop."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=UUID, required=False, widget=forms.CheckboxSelectMultiple, **kwargs)

    def valid_value(self, value: str) -> bool:
        return True


class AssignForm(CreateForm):
    """`tasks` are the client's active ones; `sessions` the starts of the next booked sessions; `today` is the clinic's date."""

    exercise_version = forms.UUIDField(widget=forms.HiddenInput)
    replaces = forms.UUIDField(widget=forms.HiddenInput, required=False)
    checked = forms.BooleanField(required=False)
    paper = forms.BooleanField(required=False)
    per_week = forms.IntegerField(label=_("How often"), min_value=1, max_value=PER_WEEK)
    weeks = forms.IntegerField(label=_("for"), min_value=1, max_value=WEEKS)
    starts_on = forms.DateField(label=_("from"))
    reason = TypedText(label=_("Reason"), max_length=500, lines=2, required=False)
    if_then = TypedText(label=_("If-then"), max_length=500, lines=2, required=False)
    confidence = forms.IntegerField(label=_("How sure"), min_value=0, max_value=10, required=False)
    look_at_on = forms.DateField(label=_("Look at it together"), required=False)
    stop = TasksField(label=_("Stop in the same step"))

    def __init__(self, *args: Any, tasks: Iterable[tuple[Assignment, str]], sessions: Sequence[datetime], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("stop", [(str(task.pk), words) for task, words in tasks])
        self._offer_also("per_week", [(n, per_week_words(n)) for n in OFTEN], per_week_words)
        self._offer_also("weeks", [(n, weeks_words(n)) for n in FOR_WEEKS], weeks_words)
        self._offer_also("starts_on", start_choices(today), day_words)
        self._offer_also("look_at_on", look_choices(sessions, today), day_words)

    def _offer_also(self, name: str, choices: Choices, words: Any) -> None:
        """A select that also holds the value it starts with, or came back with, when that is not among the usual ones."""
        field, value = self.fields[name], self[name].value()
        try:
            chosen = field.to_python(value)
        except forms.ValidationError:
            chosen = None
        if chosen is not None and chosen not in [offered for offered, _label in choices]:
            choices = sorted([*choices, (chosen, words(chosen))], key=lambda choice: (choice[0] == "", choice[0] or 0))
        field.widget = forms.Select(choices=[(_sent(offered), label) for offered, label in choices])

    @property
    def look_at_words(self) -> str:
        """The chosen day as the select names it."""
        chosen = str(self["look_at_on"].value() or "")
        choices = cast(forms.Select, self.fields["look_at_on"].widget).choices
        return next((str(label) for offered, label in choices if str(offered) == chosen and chosen), "")

    def look_again(self, exercise_version: UUID) -> None:
        """The sheet came back because its wording has changed: what is sent next is about the wording shown now."""
        data = cast(QueryDict, self.data).copy()
        data["exercise_version"] = str(exercise_version)
        self.data = data

    @property
    def terms(self) -> dict[str, Any]:
        """What the form shares with `assign_exercise` by name."""
        names = ("new_id", "per_week", "weeks", "starts_on", "look_at_on", "reason", "if_then", "confidence", "checked")
        return {name: self.cleaned_data[name] for name in names}


def _sent(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def day_words(day: date) -> str:
    return date_format(day, "l j F")


def start_choices(today: date) -> Choices:
    first = [(today, _("today")), (today + timedelta(days=1), _("tomorrow"))]
    days = [today + timedelta(days=n) for n in range(2, START_WITHIN)]
    return [*first, *((day, day_words(day)) for day in days)]


def look_choices(sessions: Sequence[datetime], today: date) -> Choices:
    """The booked sessions with their time, else a week and two from now; or no day."""
    booked = {timezone.localdate(at): date_format(timezone.localtime(at), "l j F, H:i") for at in sessions}
    later = {day: day_words(day) for day in (today + timedelta(days=7), today + timedelta(days=14)) if day not in booked}
    return [*sorted({**later, **booked}.items()), ("", _("no day yet"))]
