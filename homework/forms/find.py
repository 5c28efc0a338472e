"""Search and filters of the library: in the address, so that every result can be kept and shared with a colleague."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.pillars import Pillar
from core.text import is_blank

EFFORTS = [("", _("Any effort")), (1, _("Effort 1")), (2, _("Effort 1 or 2"))]
MINUTES = [("", _("Any length")), (3, _("Up to 3 min")), (5, _("Up to 5 min")), (10, _("Up to 10 min")), (15, _("Up to 15 min"))]
LONGEST = 100  # characters; a search is a few words


def filter_select() -> forms.Select:
    return forms.Select(attrs={"class": "inp"})


class FindForm(forms.Form):
    """A filter with a value nobody offers is as good as none: an old address still opens."""

    search = forms.CharField(label=_("Search the library"), required=False)
    pillar = forms.ChoiceField(label=_("Pillar"), choices=[("", _("All pillars")), *Pillar.choices], required=False, widget=filter_select())
    effort = forms.TypedChoiceField(label=_("Effort"), choices=EFFORTS, coerce=int, empty_value=None, required=False, widget=filter_select())
    minutes = forms.TypedChoiceField(label=_("Minutes"), choices=MINUTES, coerce=int, empty_value=None, required=False, widget=filter_select())

    def clean_search(self) -> str:
        typed = str(self.cleaned_data["search"])[:LONGEST]
        return "" if is_blank(typed) else typed

    def wanted(self) -> dict[str, Any]:
        """Arguments of `homework.choosing.search`."""
        self.full_clean()
        given = getattr(self, "cleaned_data", {})
        return {"query": given.get("search", ""), "pillar": given.get("pillar", ""), "max_effort": given.get("effort"), "max_minutes": given.get("minutes")}

    @property
    def has_filter(self) -> bool:
        return any(self.wanted().values())
