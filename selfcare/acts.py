"""What both sides' views do alike with a form: save, or say beside the field what to change."""

from typing import Any

from django.contrib import messages
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from access.requests import ActorRequest
from clients.models import Client, Visibility
from core.errors import Refused, Stale
from selfcare.content import domains
from selfcare.forms import ActivityForm
from selfcare.models import ActivityState, SelfCareActivity
from selfcare.services import add_activity, bring_back, change_activity, hide_domain, put_away

Both = dict[str, str]


def idea_of(request: ActorRequest) -> dict[str, str]:
    """A domain and one of its ideas, as the address names them; nothing for anything else."""
    found = next((domain for domain in domains() if domain.key == request.GET.get("part")), None)
    if found is None:
        return {}
    number = request.GET.get("idea", "")
    ideas = dict(zip(map(str, range(len(found.activities))), found.activities, strict=True))
    return {"domain": found.key, **({"name": ideas[number]} if number in ideas else {})}


def save_new(request: ActorRequest, client: Client, form: ActivityForm, *, visibility: bool) -> SelfCareActivity | None:
    """Add what the form holds; `visibility`: it asked who reads it."""
    if not form.is_valid():
        return None
    given = form.cleaned_data
    who = given["visibility"] if visibility and given["visibility"] else Visibility.MY_THERAPIST
    words: dict[str, Any] = form.words()
    try:
        row = add_activity(client=client, new_id=given["new_id"], visibility=who, by=request.actor, **words)
    except Refused as refused:
        form.refuse(refused)
        return None
    messages.success(request, _("Added to the week."))
    return row


def save_change(request: ActorRequest, activity: SelfCareActivity, form: ActivityForm) -> tuple[SelfCareActivity | None, Both]:
    """The activity as it is now, or None with both texts when somebody was faster: the form then is made from the newer words."""
    if not form.is_valid():
        return None, {}
    given = form.cleaned_data
    try:
        if activity.pk not in (given["made_from"], given["new_id"]):
            raise Stale(activity)
        return change_activity(activity=activity, new_id=given["new_id"], by=request.actor, **form.words()), {}
    except Refused as refused:
        form.refuse(refused)
        return None, {}
    except Stale as stale:
        words = form.words()
        form.data = request.POST.copy()
        form.data["made_from"] = str(stale.current.pk) if stale.current is not None else ""
        mine = "\n".join(words[name] for name in ("name", "tiny", "standard", "stretch") if words[name])
        return None, {"theirs": activity_words(stale.current), "mine": mine, "when": moment_words(stale.current)}


def activity_words(row: SelfCareActivity | None) -> str:
    return "\n".join(word for word in (row.name, row.tiny, row.standard, row.stretch) if word) if row is not None else ""


def moment_words(row: Any) -> str:
    return date_format(timezone.localtime(row.created_at), "D j M, H:i") if row is not None else ""


def change_state(request: ActorRequest, activity: SelfCareActivity) -> None:
    """Put away or bring back, as the button says."""
    try:
        if request.POST.get("state") == ActivityState.RETIRED:
            put_away(activity=activity, by=request.actor)
        elif request.POST.get("state") == ActivityState.ACTIVE:
            bring_back(activity=activity, by=request.actor)
    except Stale:
        messages.warning(request, _("This was changed somewhere else meanwhile. Here is how it stands."))
    else:
        messages.success(request, _("Saved."))


def change_part(request: ActorRequest, client: Client) -> None:
    """Leave a part of life out, or no longer."""
    try:
        hide_domain(client=client, domain=request.POST.get("part", ""), hidden=request.POST.get("hidden") == "yes", by=request.actor)
    except Refused as refused:
        messages.warning(request, str(refused.message))
    else:
        messages.success(request, _("Saved."))
