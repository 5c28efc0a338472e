"""My progress: read it, leave a block out or show it again, mark something that happened."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from access.requests import ActorRequest
from clients.gates import portal_reading_view, portal_view
from clients.models import Client, LifeEvent
from clients.names import therapist_name
from clients.services import add_life_event, show_block, take_back_life_event
from core.errors import Refused
from portal.forms import BlockForm, LifeEventForm
from portal.pages.progress import progress_page

BEEN = "#been"


@portal_reading_view
def progress(request: ActorRequest, client: Client) -> HttpResponse:
    if request.method == "POST":
        return change(request, client)
    return page(request, client, LifeEventForm())


def change(request: ActorRequest, client: Client) -> HttpResponse:
    """Moods or scores, for good: until they are shown again."""
    form = BlockForm(request.POST)
    if not form.is_valid():
        raise Http404
    show_block(client=client, by=request.actor, **form.cleaned_data)
    if form.cleaned_data["shown"]:
        messages.success(request, _("Shown again."))
    else:
        messages.success(request, _("Hidden. It stays so until you show it again."))
    return redirect(reverse("portal:progress") + BEEN)


@portal_view
@require_POST
def life_event(request: ActorRequest, client: Client) -> HttpResponse:
    form = LifeEventForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            add_life_event(client=client, new_id=given["new_id"], text=given["text"], day=given["day"], visibility=given["visibility"], by=request.actor)
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect(reverse("portal:progress") + BEEN)
    return page(request, client, form)


@portal_view
@require_POST
def life_event_back(request: ActorRequest, client: Client, event_id: UUID) -> HttpResponse:
    event = LifeEvent.objects.filter(pk=event_id, client=client).first()
    if event is None:
        raise Http404
    take_back_life_event(event=event, by=request.actor)
    messages.success(request, _("Taken back."))
    return redirect(reverse("portal:progress") + BEEN)


def page(request: ActorRequest, client: Client, form: LifeEventForm) -> HttpResponse:
    return render(request, "portal/progress.html", {**progress_page(client), "form": form, "therapist": therapist_name(client)})
