"""Looking something up in the trail."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DayField, HouseForm, TypedText
from dashboard.verbs import VERBS


class SearchForm(HouseForm):
    """`people` and `clients`: (id, name). Sent by GET, so that a search can be come back to; it names ids, never a name."""

    who = forms.ChoiceField(label=_("Who"), required=False)
    about = forms.ChoiceField(label=_("About"), required=False)
    what = forms.ChoiceField(label=_("What"), required=False)
    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("To"), required=False)

    def __init__(self, *args: Any, people: Iterable[tuple[UUID, str]], clients: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("who", [("", _("Anybody")), *((str(each), name) for each, name in people)])
        self.offer("about", [("", _("Any record")), *((str(each), name) for each, name in clients)])
        self.offer("what", [("", _("Anything")), *sorted(((key, str(words)) for key, words in VERBS.items()), key=lambda pair: pair[1])])


class SealForm(HouseForm):
    """A hash that was kept elsewhere, or nothing."""

    kept = TypedText(
        label=_("A seal you kept"),
        max_length=100,
        required=False,
        help_text=_("From an earlier day. Leave it empty to check the chain alone."),
    )
