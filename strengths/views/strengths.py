"""The desk: the client's strengths and what shows them, from what is shared."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from access.permissions import Permission
from access.requests import ActorRequest
from access.selectors import private_counts
from clients.gates import client_view
from clients.models import Client
from clients.pillars import Pillar
from core.errors import Refused
from strengths.acts import Both, save_change, save_moment, take_back, take_off
from strengths.forms.strengths import MomentForm, SpotForm
from strengths.models import Strength, StrengthEpisode
from strengths.pages.strengths import lead_sentence, shown_strength, shown_strengths
from strengths.selectors import moment_of, strength_of
from strengths.services import spot_strength


@client_view(Permission.ENTRIES_READ)
def strengths(request: ActorRequest, client: Client) -> HttpResponse:
    shown = shown_strengths(client, request.actor.user_id, staff=True)
    context = {
        "client": client,
        "shown": shown,
        "sentence": lead_sentence(shown),
        "private": private_counts([client.pk]).get((client.pk, Pillar.STRENGTHS), 0),
    }
    return TemplateResponse(request, "strengths/desk.html", context)


@client_view(Permission.ENTRIES_WRITE)
def strength_add(request: ActorRequest, client: Client) -> HttpResponse:
    """Spot one, with the moment that shows it."""
    form = SpotForm(request.POST or None, client=client)
    if request.method == "POST" and form.is_valid():
        try:
            spot_strength(client=client, new_id=form.cleaned_data["new_id"], by=request.actor, **form.strength(), **form.moment())
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Added to the list."))
            return redirect("strengths:desk", client_id=client.pk)
    return TemplateResponse(request, "strengths/desk_add.html", {"client": client, "form": form})


@client_view(Permission.ENTRIES_WRITE)
def moment_add(request: ActorRequest, client: Client, strength_id: UUID) -> HttpResponse:
    strength = shared_strength(client, strength_id)
    form = MomentForm(request.POST or None, client=client, staff=True)
    if request.method == "POST" and save_moment(request, strength, form):
        return redirect("strengths:desk", client_id=client.pk)
    return moment_page(request, client, strength, form)


@client_view(Permission.ENTRIES_WRITE)
def moment_change(request: ActorRequest, client: Client, moment_id: UUID) -> HttpResponse:
    """What one wrote oneself; what others wrote is theirs."""
    moment = own_moment(request, client, moment_id)
    form = MomentForm(request.POST or None, client=client, moment=moment, staff=True)
    saved, both = save_change(request, moment, form) if request.method == "POST" else (False, {})
    if saved:
        return redirect("strengths:desk", client_id=client.pk)
    return moment_page(request, client, moment.strength, form, moment, both)


@client_view(Permission.ENTRIES_WRITE)
@require_POST
def moment_back(request: ActorRequest, client: Client, moment_id: UUID) -> HttpResponse:
    take_back(request, own_moment(request, client, moment_id, taken_back=True))
    return redirect("strengths:desk", client_id=client.pk)


@client_view(Permission.ENTRIES_WRITE)
@require_POST
def strength_off(request: ActorRequest, client: Client, strength_id: UUID) -> HttpResponse:
    take_off(request, shared_strength(client, strength_id))
    return redirect("strengths:desk", client_id=client.pk)


def moment_page(
    request: ActorRequest, client: Client, strength: Strength, form: MomentForm, moment: StrengthEpisode | None = None, both: Both | None = None
) -> HttpResponse:
    shown = shown_strength(client, request.actor.user_id, strength, staff=True)
    context = {"client": client, "form": form, "shown": shown, "moment": moment, "both": both}
    return TemplateResponse(request, "strengths/desk_moment.html", context, status=409 if both else 200)


def shared_strength(client: Client, pk: UUID) -> Strength:
    found = strength_of(client, pk, staff=True)
    if found is None:
        raise Http404
    return found


def own_moment(request: ActorRequest, client: Client, pk: UUID, *, taken_back: bool = False) -> StrengthEpisode:
    found = moment_of(client, pk, staff=True, taken_back=taken_back)
    if found is None or found.created_by_id != request.actor.user_id:
        raise Http404
    return found
