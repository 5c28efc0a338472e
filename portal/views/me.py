"""Me: what I did lately, who sees what, who looked."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from access.requests import ActorRequest
from clients.gates import portal_reading_view
from clients.models import Client, Consent, EntryModel
from clients.models.care import Kind
from clients.names import called
from clients.selectors import emergencies, team_of
from clients.services import change_visibility
from coping.models import CopingStrategy, StrategyUse
from coping.services import show_strategy, show_use
from core.actor import Actor
from core.errors import Refused
from portal.forms import VisibilityForm
from portal.pages.me import entry_to_change, own_entries, places
from portal.pages.privacy import LONGEST, RECENT, looks
from portal.pages.therapist import therapist_now
from selfcare.models import SelfCareActivity, SelfCareEntry
from selfcare.services import show_activity, show_entry
from strengths.models import ReachOut, Strength, StrengthEpisode, Supporter
from strengths.services import show_moment, show_reach_out, show_strength, show_supporter

LATELY, LISTED, ALL = 8, 12, 300


@portal_reading_view
def me(request: ActorRequest, client: Client) -> HttpResponse:
    """What I did lately, and the ways to everything that is about me."""
    return render(request, "portal/me.html", {"entries": own_entries(client, LATELY), "places": places(request.can_write)})


@portal_reading_view
def privacy(request: ActorRequest, client: Client) -> HttpResponse:
    """Who sees what, who opened the record, and each entry with a way to change who reads it."""
    if request.method == "POST":
        return change(request, client)
    people = team_of(client)
    treating = [care for care in people if care.kind != Kind.BREAK_GLASS]
    every, longer = request.GET.get("looks") == "all", request.GET.get("entries") == "all"
    hurried = emergencies(None if every else RECENT, why=False, client=client)
    context = {
        "entries": own_entries(client, ALL if longer else LISTED),
        "looks": looks(client, treating, hurried, back=LONGEST if every else RECENT),
        "team": people,
        "therapist_now": therapist_now(client),
        "every": every,
        "more": not longer,
        "emergencies": hurried,
        "therapist": called(treating[0].therapist.name) if treating else _("Your therapist"),
        "consents": Consent.objects.filter(client=client, withdrawn_at=None).order_by("given_at"),
    }
    return render(request, "portal/privacy.html", context)


def change(request: ActorRequest, client: Client) -> HttpResponse:
    """One entry, only hers or shared, from now on."""
    form = VisibilityForm(request.POST)
    entry = entry_to_change(client, form.cleaned_data["kind"], form.cleaned_data["entry"]) if form.is_valid() else None
    if entry is None:
        raise Http404
    wanted = form.cleaned_data["visibility"]
    if entry.visibility != wanted:
        try:
            show(entry, wanted, request.actor)
        except Refused as refused:
            messages.warning(request, str(refused.message))
        else:
            messages.success(request, _("Changed."))
    return redirect("portal:privacy")


def show(entry: EntryModel, visibility: str, by: Actor) -> None:
    """Who reads it, and what hangs on it."""
    if isinstance(entry, CopingStrategy):
        show_strategy(strategy=entry, visibility=visibility, by=by)
    elif isinstance(entry, Strength):
        show_strength(strength=entry, visibility=visibility, by=by)
    elif isinstance(entry, StrengthEpisode):
        show_moment(moment=entry, visibility=visibility, by=by)
    elif isinstance(entry, Supporter):
        show_supporter(supporter=entry, visibility=visibility, by=by)
    elif isinstance(entry, ReachOut):
        show_reach_out(reach_out=entry, visibility=visibility, by=by)
    elif isinstance(entry, StrategyUse):
        show_use(use=entry, visibility=visibility, by=by)
    elif isinstance(entry, SelfCareActivity):
        show_activity(activity=entry, visibility=visibility, by=by)
    elif isinstance(entry, SelfCareEntry):
        show_entry(entry=entry, visibility=visibility, by=by)
    else:
        change_visibility(source=entry, visibility=visibility, by=by)
