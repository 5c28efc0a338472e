"""Ending a task before it is done."""

from django.utils.translation import gettext_lazy as _

from core.forms import HouseForm, TypedText


class StopForm(HouseForm):
    why = TypedText(label=_("Why"), max_length=500, lines=2, required=False)
