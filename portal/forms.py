"""What the client's own pages take in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.content import checkin
from clients.models import Visibility
from core.forms import CreateForm, DayField, HouseForm, TypedText

NOTE_MAX = 500


class MoodForm(CreateForm):
    """The first tap."""

    mood = forms.IntegerField(
        min_value=1, max_value=5, error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), _("Please tap one of the five."))
    )


class NeedForm(HouseForm):
    """The second tap: what would help."""

    need = forms.ChoiceField(error_messages=dict.fromkeys(("required", "invalid_choice"), _("Please tap one of these.")))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("need", [(option.value, option.name) for option in checkin().need.options])


class WordsForm(HouseForm):
    """A few words to a check-in, and who reads them."""

    note = TypedText(label=_("A few words"), max_length=NOTE_MAX, lines=4, required=False)
    visibility = forms.ChoiceField(label=_("Who reads this?"), choices=Visibility, widget=forms.RadioSelect)


class StartForm(CreateForm):
    """Beginning an exercise; `visibility` is asked for one of her own only."""

    visibility = forms.ChoiceField(choices=Visibility, required=False)
    fresh = forms.BooleanField(required=False)


class EndForm(HouseForm):
    """The end of a run: did it help, and who sees what. Whatever is not asked is left as it is."""

    WHO = (("therapist", _("My therapist")), ("only_me", _("Only me")))

    helped = forms.TypedChoiceField(choices=[(5, _("Yes")), (3, _("A bit")), (1, _("No"))], coerce=int, required=False, empty_value=None)
    seen = forms.ChoiceField(choices=WHO, required=False)
    ratings = forms.ChoiceField(choices=WHO, required=False)
    words = forms.ChoiceField(choices=WHO, required=False)
    for_session = forms.BooleanField(required=False)
    short_next = forms.BooleanField(required=False)


class NotTodayForm(CreateForm):
    """What to do instead, and what got in the way."""

    choice = forms.CharField(max_length=20, required=False)
    barrier = forms.CharField(max_length=40, required=False)
    until = forms.DateField(required=False, error_messages={"invalid": _("Please pick a day.")})
    replied = forms.BooleanField(required=False)  # the reply to the barrier was on the page


class KeepThoughtForm(CreateForm):
    """Where a fairer thought goes, in which words. `number` is the version of the plan that was shown."""

    PLACES = (("phrase", _("The sentence I hold on to")), ("strategy", _("One more thing that helps")))

    words = TypedText(label=_("In which words?"), max_length=300, lines=3)
    place = forms.ChoiceField(label=_("Where does it go?"), choices=PLACES, error_messages={"required": _("Please choose one of these.")})
    number = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class VisibilityForm(HouseForm):
    """An entry of her own and who may read it from now on."""

    kind = forms.CharField(max_length=40)
    entry = forms.UUIDField()
    visibility = forms.ChoiceField(choices=Visibility)


class ReadForm(HouseForm):
    """A reply is put away; `back` says on which page it stood."""

    reply = forms.UUIDField()
    back = forms.CharField(max_length=10, required=False)


class TalkForm(CreateForm):
    """A line for the next session."""

    text = TypedText(
        label=_("What do you want to talk about?"), max_length=500, lines=3, error_messages={"required": _("A word or two, please. A question is fine.")}
    )
    visibility = forms.ChoiceField(label=_("Who reads this?"), choices=Visibility, initial=Visibility.MY_THERAPIST, widget=forms.RadioSelect)
    about = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)


class TalkLineForm(HouseForm):
    """A line of her own, to show or to take off."""

    line = forms.UUIDField()


class MarkForm(HouseForm):
    """An entry of her own, on the list for the next session or off it."""

    kind = forms.CharField(max_length=60)
    entry = forms.UUIDField()
    on = forms.BooleanField(required=False)
    back = forms.CharField(max_length=10, required=False)
    at = forms.UUIDField(required=False)


class BlockForm(HouseForm):
    """A block of My progress, shown or left out from now on."""

    block = forms.ChoiceField(choices=[("moods", "moods"), ("scores", "scores")])
    shown = forms.TypedChoiceField(choices=[("yes", "yes"), ("no", "no")], coerce=lambda value: value == "yes")


class LifeEventForm(CreateForm):
    """Something that happened, and its day."""

    text = TypedText(label=_("What happened?"), max_length=60, error_messages={"required": _("A few words are enough.")})
    visibility = forms.ChoiceField(label=_("Who reads this?"), choices=Visibility, initial=Visibility.MY_THERAPIST, widget=forms.RadioSelect)
    day = DayField(label=_("Which day?"), error_messages={"required": _("Please pick a day."), "invalid": _("Please pick a day.")})
