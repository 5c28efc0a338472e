"""The desk: the map as far as it is shared, read and made together."""

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
from strengths.forms.people import AddSupporterForm, ChangeSupporterForm
from strengths.models import Supporter
from strengths.pages.people import map_of
from strengths.pages.reach_outs import reached_rows
from strengths.people_acts import Both, change_state, save_change, save_new
from strengths.selectors import reach_outs_of, supporter_of


@client_view(Permission.SUPPORT_MAP_READ)
def people(request: ActorRequest, client: Client) -> HttpResponse:
    context = {
        "client": client,
        "map": map_of(client, staff=True),
        "reached": reached_rows(reach_outs_of(client, staff=True), client),
        "private": private_counts([client.pk]).get((client.pk, Pillar.STRENGTHS), 0),
    }
    return TemplateResponse(request, "strengths/desk_people.html", context)


@client_view(Permission.SUPPORT_MAP_WRITE)
def add(request: ActorRequest, client: Client) -> HttpResponse:
    form = AddSupporterForm(request.POST or None)
    row = save_new(request, client, form) if request.method == "POST" else None
    if row is not None:
        return redirect("people:desk", client_id=client.pk)
    return TemplateResponse(request, "strengths/desk_person.html", {"client": client, "form": form})


@client_view(Permission.SUPPORT_MAP_WRITE)
def change(request: ActorRequest, client: Client, supporter_id: UUID) -> HttpResponse:
    row = shared_supporter(client, supporter_id)
    form = ChangeSupporterForm.of(row, request.POST or None)
    both: Both = {}
    if request.method == "POST":
        changed, form, both = save_change(request, row, form)
        if changed is not None:
            messages.success(request, _("Saved."))
            return redirect("people:desk", client_id=client.pk)
    context = {"client": client, "form": form, "supporter": row, "both": both}
    return TemplateResponse(request, "strengths/desk_person.html", context, status=409 if both else 200)


@client_view(Permission.SUPPORT_MAP_WRITE)
@require_POST
def state(request: ActorRequest, client: Client, supporter_id: UUID) -> HttpResponse:
    change_state(request, shared_supporter(client, supporter_id))
    return redirect("people:desk", client_id=client.pk)


def shared_supporter(client: Client, pk: UUID) -> Supporter:
    found = supporter_of(client, pk, staff=True)
    if found is None:
        raise Http404
    return found
