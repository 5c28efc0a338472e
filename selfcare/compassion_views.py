"""The desk: the kinder answers that are shared, to read them back together, and one found in the session."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from access.permissions import Permission
from access.requests import ActorRequest
from access.selectors import private_counts
from clients.gates import client_view
from clients.models import Client
from clients.pillars import Pillar
from core.errors import Refused
from selfcare.forms.compassion import TogetherForm
from selfcare.pages.compassion import kind_page
from selfcare.services import catch_talk


@client_view(Permission.COMPASSION_READ)
def kind(request: ActorRequest, client: Client) -> HttpResponse:
    private = private_counts([client.pk]).get((client.pk, Pillar.SELFCARE), 0)
    context = {"client": client, "private": private, **kind_page(client, request.actor.user_id, staff=True)}
    return TemplateResponse(request, "selfcare/kind_desk.html", context)


@client_view(Permission.COMPASSION_READ)
def together(request: ActorRequest, client: Client) -> HttpResponse:
    """The answers alone, large, to read them back together."""
    return TemplateResponse(request, "selfcare/kind_together.html", {"client": client, **kind_page(client, request.actor.user_id, staff=True)})


@client_view(Permission.COMPASSION_WRITE)
def add(request: ActorRequest, client: Client) -> HttpResponse:
    form = TogetherForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            catch_talk(client=client, by=request.actor, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Written down."))
            return redirect("kind:desk", client_id=client.pk)
    return TemplateResponse(request, "selfcare/kind_desk_add.html", {"client": client, "form": form})
