"""The client's own strengths: what they are, the moments that show them, all 24 to choose from."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from access.requests import ActorRequest
from clients.gates import portal_reading_view, portal_view
from clients.models import Client, Visibility
from clients.names import therapist_name
from core.errors import Refused
from core.ids import uuid7
from strengths.acts import Both, save_change, save_moment, take_back, take_off
from strengths.forms.strengths import ChooseForm, MomentForm, OwnWordsForm
from strengths.models import Strength, StrengthEpisode
from strengths.pages.strengths import Shown, lead_sentence, offers, shown_strength, shown_strengths
from strengths.selectors import moment_of, noted_ever, strength_of
from strengths.services import add_strength, show_strength


@portal_reading_view
def strengths(request: ActorRequest, client: Client) -> HttpResponse:
    shown = shown_strengths(client, request.actor.user_id)
    context = {"shown": shown, "sentence": lead_sentence(shown), "therapist": therapist_name(client)}
    return render(request, "strengths/mine.html", context)


@portal_view
def choose(request: ActorRequest, client: Client) -> HttpResponse:
    """All 24, a tap each; own words that were on the list before; and new ones."""
    tapped = ChooseForm(request.POST) if {"key", "again"} & request.POST.keys() else None
    form = OwnWordsForm(request.POST if request.method == "POST" and tapped is None else None)
    sent = tapped or form
    if request.method == "POST" and sent.is_valid():
        given = sent.cleaned_data
        again = given.get("again")
        before = noted_ever(client).filter(pk=again, key="").first() if again else None
        if tapped is not None and not (before or given["key"]):
            raise Http404
        named = {"key": given.get("key", ""), "own_words": before.own_words if before else given.get("own_words", "")}
        who = given["visibility"] or Visibility.MY_THERAPIST
        try:
            row = add_strength(client=client, new_id=given.get("new_id") or uuid7(), visibility=who, by=request.actor, **named)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Added to your strengths."))
            return redirect("strengths:one", row.pk)
    context = {"form": form, "offers": offers(client), "visibility": request.POST.get("visibility", ""), "therapist": therapist_name(client)}
    return render(request, "strengths/choose.html", context)


@portal_reading_view
def one(request: ActorRequest, client: Client, strength_id: UUID) -> HttpResponse:
    """One strength with all its moments."""
    shown = own_shown(request, client, own_strength(client, strength_id))
    return render(request, "strengths/one.html", {"shown": shown, "therapist": therapist_name(client)})


@portal_view
@require_POST
def readers(request: ActorRequest, client: Client, strength_id: UUID) -> HttpResponse:
    """Who reads it: what the client noted of it, with its moments when it is hidden."""
    shown = own_shown(request, client, own_strength(client, strength_id))
    wanted = request.POST.get("visibility")
    if shown.mine is None or wanted not in Visibility.values:
        raise Http404
    if shown.mine.visibility != wanted:
        show_strength(strength=shown.mine, visibility=wanted, by=request.actor)
        messages.success(request, _("Changed."))
    return redirect("strengths:one", shown.row.pk)


@portal_view
@require_POST
def off(request: ActorRequest, client: Client, strength_id: UUID) -> HttpResponse:
    take_off(request, own_strength(client, strength_id, withdrawn=True))
    return redirect("strengths:mine")


@portal_view
def moment_add(request: ActorRequest, client: Client, strength_id: UUID) -> HttpResponse:
    strength = own_strength(client, strength_id)
    form = MomentForm(request.POST or None, client=client)
    if request.method == "POST" and save_moment(request, strength, form):
        return redirect("strengths:mine")
    return moment_page(request, client, strength, form)


@portal_view
def moment_change(request: ActorRequest, client: Client, moment_id: UUID) -> HttpResponse:
    """Put it right afterwards; the older words are kept."""
    moment = own_moment(request, client, moment_id)
    form = MomentForm(request.POST or None, client=client, moment=moment)
    saved, both = save_change(request, moment, form) if request.method == "POST" else (False, {})
    if saved:
        return redirect("strengths:one", moment.strength_id)
    return moment_page(request, client, moment.strength, form, moment, both)


@portal_view
@require_POST
def moment_back(request: ActorRequest, client: Client, moment_id: UUID) -> HttpResponse:
    moment = own_moment(request, client, moment_id, taken_back=True)
    take_back(request, moment)
    return redirect("strengths:mine")


def moment_page(
    request: ActorRequest, client: Client, strength: Strength, form: MomentForm, moment: StrengthEpisode | None = None, both: Both | None = None
) -> HttpResponse:
    shown = own_shown(request, client, strength)
    kept = (moment.strength if moment else shown.mine or strength).visibility == Visibility.ONLY_ME
    context = {"form": form, "shown": shown, "moment": moment, "both": both, "kept": kept, "therapist": therapist_name(client)}
    return render(request, "strengths/moment.html", context, status=409 if both else 200)


def own_shown(request: ActorRequest, client: Client, strength: Strength) -> Shown:
    found = shown_strength(client, request.actor.user_id, strength)
    if found is None:
        raise Http404
    return found


def own_strength(client: Client, pk: UUID, *, withdrawn: bool = False) -> Strength:
    found = strength_of(client, pk, withdrawn=withdrawn)
    if found is None:
        raise Http404
    return found


def own_moment(request: ActorRequest, client: Client, pk: UUID, *, taken_back: bool = False) -> StrengthEpisode:
    """What the client wrote; what a therapist wrote is the therapist's to change."""
    found = moment_of(client, pk, taken_back=taken_back)
    if found is None or found.created_by_id != request.actor.user_id:
        raise Http404
    return found
