"""The form in which a clinic writes an exercise: what it is, its steps one under the other, and what comes back to the therapist."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.content import measure_directions, measure_name
from clients.pillars import Pillar
from core.forms import CreateForm, HouseForm, TypedText
from homework.player.exercise import StepType
from homework.services.agreement import PER_WEEK, WEEKS

EFFORTS = [
    (1, gettext_lazy("1: works on a very bad day")),
    (2, gettext_lazy("2: needs some strength")),
    (3, gettext_lazy("3: needs a good day")),
]
PLACES = [
    ("anywhere", gettext_lazy("anywhere")),
    ("quiet", gettext_lazy("a quiet place")),
    ("with_people", gettext_lazy("with other people")),
    ("outdoors", gettext_lazy("outdoors")),
]
SHARING = [
    ("shared", gettext_lazy("You see all answers, unless the client keeps them")),
    ("client_chooses", gettext_lazy("You see taps; words only after the client shares them")),
]
STRENGTHS = [
    ("practice", gettext_lazy("clinical custom")),
    ("limited", gettext_lazy("limited: few or small trials")),
    ("moderate", gettext_lazy("moderate: one meta-analysis or several trials")),
    ("strong", gettext_lazy("strong: several meta-analyses")),
]
TYPES = [
    (StepType.TEXT, gettext_lazy("Text to read")),
    (StepType.TIMER, gettext_lazy("Timer")),
    (StepType.RATING, gettext_lazy("Number, 0 to 10")),
    (StepType.SHORT_TEXT, gettext_lazy("One line of text")),
    (StepType.LONG_TEXT, gettext_lazy("A few lines of text")),
    (StepType.CHOICE, gettext_lazy("One choice")),
    (StepType.MULTI_CHOICE, gettext_lazy("Several choices")),
    (StepType.CHECKLIST, gettext_lazy("A list to tick")),
    (StepType.EMOTION, gettext_lazy("Feelings, each with a strength")),
    (StepType.DISTORTION, gettext_lazy("Thinking patterns")),
    (StepType.PEOPLE, gettext_lazy("People from the client’s map")),
]
LISTS = [
    ("", gettext_lazy("my own lines below")),
    ("strengths", gettext_lazy("the 24 strengths")),
    ("my_strengths", gettext_lazy("the client’s own strengths")),
    ("resource_kinds", gettext_lazy("kinds of resources")),
    ("barriers", gettext_lazy("what gets in the way")),
    ("warning_signs", gettext_lazy("warning signs")),
    ("selfcare_domains", gettext_lazy("areas of self-care")),
    ("selfcare_activities_of_choice", gettext_lazy("activities of the area chosen before")),
    ("my_helpful_exercises", gettext_lazy("exercises that helped the client")),
]
WHENS = [("before", gettext_lazy("before")), ("after", gettext_lazy("after")), ("now", gettext_lazy("once, by itself"))]
LONGEST_TIMER = 3600
LINE, LINES = 400, 30


class ManyLines(TypedText):
    """One thing a line; answers the list of them. Empty lines are left out."""

    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        super().__init__(max_length=LINE * LINES, lines=rows, required=False, **kwargs)

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in str(super().clean(value)).splitlines() if line.strip()]
        if len(lines) > LINES:
            raise ValidationError(_("Thirty lines at most, please."), code="lines")
        if any(len(line) > LINE for line in lines):
            raise ValidationError(_("One of these lines is long. Please keep each under 400 characters."), code="long")
        if len(set(lines)) < len(lines):
            raise ValidationError(_("One of these lines stands twice."), code="twice")
        return lines


class ExerciseForm(CreateForm):
    """`base` is the version it was filled from: the one that is worded anew, or the one of ours that is adapted; `number` its number."""

    base = forms.UUIDField(widget=forms.HiddenInput, required=False)
    number = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    title = TypedText(label=gettext_lazy("Title"), max_length=60, help_text=gettext_lazy("Two to five words, as the client reads them."))
    pillar = forms.ChoiceField(label=gettext_lazy("Pillar"), choices=Pillar.choices, initial=Pillar.COPING)
    purpose = TypedText(label=gettext_lazy("What it is for"), max_length=160, help_text=gettext_lazy("One line, for the client."))
    technique = TypedText(label=gettext_lazy("Professional name"), max_length=120, required=False)
    minutes = forms.IntegerField(label=gettext_lazy("Minutes in all"), min_value=1, max_value=180, initial=5)
    effort = forms.TypedChoiceField(label=gettext_lazy("Effort"), choices=EFFORTS, coerce=int, initial=1)
    setting = forms.ChoiceField(label=gettext_lazy("Where"), choices=PLACES, initial="anywhere")
    self_start = forms.BooleanField(label=gettext_lazy("Clients may begin it by themselves, in Practise"), required=False, initial=True)
    sharing_default = forms.ChoiceField(label=gettext_lazy("Who sees the answers"), choices=SHARING, initial="client_chooses")
    intro = TypedText(label=gettext_lazy("First words"), max_length=600, lines=3, help_text=gettext_lazy("One to four short sentences."))
    close_text = TypedText(label=gettext_lazy("Last words"), max_length=400, lines=2, required=False)
    if_worse = TypedText(
        label=gettext_lazy("Instead, when a number got two or more worse"),
        max_length=400,
        lines=2,
        required=False,
        help_text=gettext_lazy("Empty: the library’s own gentle words."),
    )
    headline = TypedText(
        label=gettext_lazy("Your one line about each time"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("A step’s name in braces stands for its answer: “Tension {before} to {after}”."),
    )
    often_text = TypedText(label=gettext_lazy("How often, in words"), max_length=120, help_text=gettext_lazy("Such as “once a day for a week”."))
    per_week = forms.IntegerField(label=gettext_lazy("Times a week"), min_value=1, max_value=PER_WEEK, initial=3)
    weeks = forms.IntegerField(label=gettext_lazy("Weeks"), min_value=1, max_value=WEEKS, initial=2)
    not_for = ManyLines(label=gettext_lazy("Not for"), help_text=gettext_lazy("One a line. Whoever assigns it reads them first."))
    take_care = ManyLines(label=gettext_lazy("Take care"), help_text=gettext_lazy("One a line, for therapists."))
    evidence = forms.ChoiceField(label=gettext_lazy("Evidence"), choices=STRENGTHS, initial="practice")
    source = TypedText(label=gettext_lazy("Where it comes from"), max_length=400, lines=2)


class StepForm(HouseForm):
    """One step. All fields are there for every type; the page shows those of the type that is chosen, and `clean` looks at those alone.

    `sid` is the step's name in the content; `was` the step of `base` it began as, whose finer points (a breathing pattern) it keeps.
    """

    sid = forms.RegexField(r"^[a-z][a-z0-9_]{0,39}$", widget=forms.HiddenInput)
    was = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)
    type = forms.ChoiceField(label=gettext_lazy("What kind of step"), choices=TYPES, initial=StepType.TEXT)
    text = TypedText(label=gettext_lazy("What the client reads"), max_length=600, lines=2)
    seconds = forms.IntegerField(label=gettext_lazy("Seconds"), min_value=1, max_value=LONGEST_TIMER, required=False)
    when = forms.ChoiceField(label=gettext_lazy("Asked"), choices=WHENS, required=False, initial="before")
    measure = forms.ChoiceField(label=gettext_lazy("What is measured"), required=False)
    low = TypedText(label=gettext_lazy("Words at 0"), max_length=40, required=False)
    high = TypedText(label=gettext_lazy("Words at 10"), max_length=40, required=False)
    placeholder = TypedText(label=gettext_lazy("Example in the empty field"), max_length=120, required=False)
    options_ref = forms.ChoiceField(label=gettext_lazy("To choose from"), choices=LISTS, required=False)
    options = ManyLines(label=gettext_lazy("Own lines"), rows=4, help_text=gettext_lazy("One choice a line."))
    max = forms.IntegerField(label=gettext_lazy("At most"), min_value=1, max_value=48, required=False)
    optional = forms.BooleanField(label=gettext_lazy("Say “If you like”"), required=False)
    later = forms.BooleanField(label=gettext_lazy("On a later day, after it was tried"), required=False)
    shared = forms.BooleanField(label=gettext_lazy("You see this answer, as far as it is shared"), required=False, initial=True)
    show_step = forms.ChoiceField(label=gettext_lazy("Only after the answer to"), required=False)
    show_equals = TypedText(label=gettext_lazy("when it is"), max_length=200, required=False)

    def __init__(self, *args: Any, number: int = 1, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.number = number
        measures = sorted((key, measure_name(key)) for key in measure_directions())
        self.offer("measure", [("", _("choose")), *measures])
        self.offer("show_step", [("", _("always shown"))])

    @property
    def mark(self) -> str:
        """As it stands in the therapist's line: `{before}`."""
        return f"{{{self['sid'].value()}}}"

    def place(self, message: str) -> str:
        """The message with its place, for whoever reads it in a list of others."""
        return _("Step %(n)s: %(message)s") % {"n": self.number, "message": message}

    def refuse_at(self, field: str, message: str) -> None:
        if field not in self.errors:
            self.add_error(field, self.place(message))

    def offer_earlier(self, earlier: Sequence[tuple[str, str]]) -> None:
        """Let it depend on one of these (name, words). One that stands later or is gone stays chosen, and is refused when the steps are checked."""
        chosen = str(self["show_step"].value() or "")
        offered = [("", _("always shown")), *earlier]
        if chosen not in dict(offered):
            offered.append((chosen, _("a step that does not come before")))
        self.offer("show_step", offered)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        kind = given.get("type", "")
        if kind == StepType.TIMER and not given.get("seconds"):
            self.refuse_at("seconds", _("A timer needs its seconds."))
        if kind == StepType.RATING:
            self._check_rating(given)
        if kind in (StepType.CHOICE, StepType.MULTI_CHOICE, StepType.CHECKLIST) and not given.get("options") and not given.get("options_ref"):
            self.refuse_at("options", _("There is nothing to choose from yet."))
        if given.get("show_step") and not given.get("show_equals"):
            self.refuse_at("show_equals", _("Which answer? Type it as it stands in that step."))
        return given

    def _check_rating(self, given: dict[str, Any]) -> None:
        if not given.get("low") or not given.get("high"):
            self.refuse_at("low" if not given.get("low") else "high", _("Low and high words are needed."))
        if not given.get("measure"):
            self.refuse_at("measure", _("Please choose what is measured."))
        if not given.get("when"):
            self.refuse_at("when", _("Before, after, or once?"))
