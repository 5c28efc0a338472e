"""What both sides' views do alike with a moment: save, or say beside the field what to change."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from access.requests import ActorRequest
from clients.forms.readers import readers_chosen
from clients.models import Visibility
from core.errors import Refused, Stale
from strengths.forms.strengths import MomentForm
from strengths.models import Strength, StrengthEpisode
from strengths.services import add_moment, change_moment, take_back_moment, take_off_strength

Both = dict[str, str]


def save_moment(request: ActorRequest, strength: Strength, form: MomentForm) -> bool:
    """Whether it is saved."""
    if not form.is_valid():
        return False
    who = form.cleaned_data.get("visibility") or Visibility.MY_THERAPIST
    try:
        add_moment(strength=strength, new_id=form.cleaned_data["new_id"], visibility=who, by=request.actor, **form.moment())
    except Refused as refused:
        form.refuse(refused)
        return False
    messages.success(request, _("Saved."))
    return True


def save_change(request: ActorRequest, moment: StrengthEpisode, form: MomentForm) -> tuple[bool, Both]:
    """Whether it is saved; and both texts when somebody was faster."""
    if not form.is_valid():
        return False, {}
    given = form.cleaned_data
    try:
        change_moment(moment=moment, version=given["version"] or 0, visibility=readers_chosen(form, moment), by=request.actor, **form.moment())
    except Refused as refused:
        form.refuse(refused)
        return False, {}
    except Stale as stale:
        form.data = request.POST.copy()
        form.data["version"] = str(stale.current.version)
        return False, {"theirs": stale.current.happened, "mine": given["happened"], "when": moment_words(stale.current.updated_at)}
    messages.success(request, _("Saved."))
    return True, {}


def moment_words(at: datetime) -> str:
    return date_format(timezone.localtime(at), "D j M, H:i")


def take_back(request: ActorRequest, moment: StrengthEpisode) -> None:
    _told(request, _("Taken back."), take_back_moment, moment=moment)


def take_off(request: ActorRequest, strength: Strength) -> None:
    _told(request, _("Taken off the list. Chosen again, it comes back with its moments."), take_off_strength, strength=strength)


def _told(request: ActorRequest, words: str, service: Any, **row: Any) -> None:
    try:
        service(by=request.actor, **row)
    except Refused as refused:
        messages.warning(request, str(refused.message))
    else:
        messages.success(request, words)
