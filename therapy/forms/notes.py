"""Signing a note, adding to it, and writing for oneself."""

from django.utils.translation import gettext_lazy as _

from core.forms import CreateForm, EditForm, TypedText

LONGEST = 20_000


class SignForm(EditForm):
    """The version of the note that was read."""


class AmendForm(CreateForm):
    text = TypedText(label=_("What you add"), max_length=LONGEST, lines=4)
    reason = TypedText(label=_("Reason"), max_length=200, required=False, help_text=_("Such as: a detail was left out."))


class PrivateNoteForm(CreateForm):
    text = TypedText(label=_("Only for you"), max_length=LONGEST, lines=4)


class PrivateNoteEditForm(EditForm):
    text = TypedText(label=_("Only for you"), max_length=LONGEST, lines=8)
