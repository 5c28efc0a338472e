"""The desk: the week and the nights from what is shared, what was made together, who changed what."""

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
from selfcare.acts import change_part, change_state, idea_of, save_change, save_new
from selfcare.forms import ActivityForm
from selfcare.models import SelfCareActivity
from selfcare.pages.compassion import kind_section
from selfcare.pages.history import history
from selfcare.pages.plan import parts_of
from selfcare.pages.week import week_of, weeks_back
from selfcare.selectors import activity_of


@client_view(Permission.SELFCARE_READ)
def week(request: ActorRequest, client: Client) -> HttpResponse:
    context = {
        "client": client,
        "week": week_of(client, weeks_back(request.GET.get("back", "")), staff=True),
        "private": private_counts([client.pk]).get((client.pk, Pillar.SELFCARE), 0),
        **kind_section(client, staff=True),
    }
    return TemplateResponse(request, "selfcare/desk.html", context)


@client_view(Permission.SELFCARE_WRITE)
def plan(request: ActorRequest, client: Client) -> HttpResponse:
    """Together: the seven parts of life with their ideas, and which of them are left out."""
    if request.method == "POST":
        change_part(request, client)
        return redirect("selfcare:desk_plan", client_id=client.pk)
    return TemplateResponse(request, "selfcare/desk_plan.html", {"client": client, "parts": parts_of(client, staff=True)})


@client_view(Permission.SELFCARE_WRITE)
def add(request: ActorRequest, client: Client) -> HttpResponse:
    form = ActivityForm(request.POST or None, client=client, initial=idea_of(request))
    if request.method == "POST" and save_new(request, client, form, visibility=False):
        return redirect("selfcare:desk", client_id=client.pk)
    return TemplateResponse(request, "selfcare/desk_activity.html", {"client": client, "form": form})


@client_view(Permission.SELFCARE_WRITE)
def change(request: ActorRequest, client: Client, activity_id: UUID) -> HttpResponse:
    activity = shared_activity(client, activity_id)
    form = ActivityForm(request.POST, client=client) if request.method == "POST" else ActivityForm.of(activity, client)
    changed, both = save_change(request, activity, form) if request.method == "POST" else (None, {})
    if changed is not None:
        messages.success(request, _("Saved."))
        return redirect("selfcare:desk", client_id=client.pk)
    context = {"client": client, "form": form, "activity": activity, "both": both}
    return TemplateResponse(request, "selfcare/desk_activity.html", context, status=409 if both else 200)


@client_view(Permission.SELFCARE_WRITE)
@require_POST
def state(request: ActorRequest, client: Client, activity_id: UUID) -> HttpResponse:
    change_state(request, shared_activity(client, activity_id))
    return redirect("selfcare:desk", client_id=client.pk)


@client_view(Permission.SELFCARE_READ)
def changes(request: ActorRequest, client: Client) -> HttpResponse:
    return TemplateResponse(request, "selfcare/desk_history.html", {"client": client, "changes": history(client, staff=True)})


def shared_activity(client: Client, pk: UUID) -> SelfCareActivity:
    found = activity_of(client, pk, staff=True)
    if found is None:
        raise Http404
    return found
