"""Self-talk that was caught, the kinder answer, and what is good enough."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.models import Visibility
from core.forms import CreateForm, EditForm, TypedText
from selfcare.models import CompassionNote, NoteKind
from selfcare.selectors.compassion import Line

TYPED, STORED = 500, 5000  # what is asked for, and what an exercise may have left
ANSWER, LETTER = 2000, 10_000
TALK = ("self_talk", "kinder_answer", "belief_before", "belief_after")


class CatchForm(CreateForm):
    """What was heard, typed or picked among what was caught before."""

    self_talk = TypedText(label=_("What did you hear yourself say?"), max_length=TYPED, lines=3, required=False)
    again = forms.TypedChoiceField(label=_("Or the same again"), required=False, empty_value=None)
    belief_before = forms.IntegerField(min_value=0, max_value=10, required=False)
    visibility = forms.ChoiceField(label=_("Who reads this?"), choices=Visibility, required=False)
    for_session = forms.BooleanField(required=False)

    def __init__(self, *args: Any, lines: Iterable[Line], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("again", [(str(line.newest.pk), line.said) for line in lines])

    def said(self) -> dict[str, Any]:
        """What the service takes, the earlier note apart."""
        given = self.cleaned_data
        words = {name: given[name] for name in ("new_id", "self_talk", "belief_before", "for_session")}
        return {**words, "visibility": given["visibility"] or Visibility.MY_THERAPIST}


class AnswerForm(EditForm):
    """The kinder answer, and everything else of one note, so that it can be put right."""

    self_talk = TypedText(label=_("What you heard"), max_length=STORED, lines=3, required=False)
    kinder_answer = TypedText(label=_("A kinder answer"), max_length=LETTER, lines=5, required=False)
    belief_before = forms.IntegerField(min_value=0, max_value=10, required=False)
    belief_after = forms.IntegerField(min_value=0, max_value=10, required=False)
    visibility = forms.ChoiceField(label=_("Who reads this?"), choices=Visibility, required=False)
    for_session = forms.BooleanField(required=False)

    def __init__(self, *args: Any, note: CompassionNote, **kwargs: Any) -> None:
        initial = {name: getattr(note, name) for name in (*TALK, "visibility", "for_session", "version")}
        super().__init__(*args, **{**kwargs, "initial": initial})
        if note.kind == NoteKind.GOOD_ENOUGH:
            self.fields["self_talk"].label, self.fields["kinder_answer"].label = _("The rule I let go"), _("My own sentence")

    def said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in (*TALK, "for_session")}


class GoodEnoughForm(CreateForm):
    """An own sentence, and the rule it lets go."""

    sentence = TypedText(label=_("My own sentence"), max_length=TYPED, lines=2, required=False)
    rule = TypedText(label=_("The rule I let go"), max_length=TYPED, lines=2, required=False)
    visibility = forms.ChoiceField(label=_("Who reads this?"), choices=Visibility, required=False)


class TogetherForm(CreateForm):
    """The desk: self-talk and its answer, found together in the session. The client reads it too."""

    self_talk = TypedText(label=_("What the inner critic says"), max_length=TYPED, lines=2, error_messages={"required": _("A few words are needed.")})
    kinder_answer = TypedText(label=_("The kinder answer"), max_length=ANSWER, lines=4, required=False)
    belief_before = forms.IntegerField(label=_("Believed before, 0 to 10"), min_value=0, max_value=10, required=False)
    belief_after = forms.IntegerField(label=_("Believed after, 0 to 10"), min_value=0, max_value=10, required=False)
