"""To talk about: what the client brings and what the therapist adds, off the list by one tap."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from access.permissions import Permission
from access.requests import ActorRequest
from clients.gates import client_view
from clients.models import Client
from core.errors import Refused
from dashboard.forms.talk import TalkForm
from dashboard.pages.talk import note_talked, talk_rows
from therapy.models import AgendaItem
from therapy.models.agenda import AgendaState
from therapy.selectors import next_sessions
from therapy.services import add_agenda_item, close_agenda_item


@client_view(Permission.AGENDA_READ)
def talk(request: ActorRequest, client: Client) -> HttpResponse:
    return talk_page(request, client, TalkForm())


def talk_page(request: ActorRequest, client: Client, form: TalkForm) -> TemplateResponse:
    rows = talk_rows(client, request.actor.user_id)
    context = {"client": client, "rows": rows, "form": form, "tab": "homework", "next_session": next_sessions([client.pk]).get(client.pk)}
    return TemplateResponse(request, "dashboard/talk.html", context)


@client_view(Permission.AGENDA_WRITE)
@require_POST
def talk_add(request: ActorRequest, client: Client) -> HttpResponse:
    form = TalkForm(request.POST)
    if form.is_valid():
        try:
            add_agenda_item(client=client, new_id=form.cleaned_data["new_id"], text=form.cleaned_data["text"], by=request.actor)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("On the list. Both of you see it."))
            return redirect("dashboard:talk", client_id=client.pk)
    return talk_page(request, client, form)


@client_view(Permission.AGENDA_WRITE)
@require_POST
def talk_talked(request: ActorRequest, client: Client) -> HttpResponse:
    """It was talked about. Sent twice, or settled by somebody else meanwhile, it stays so."""
    if note_talked(client, request.POST.get("point", ""), request.actor):
        messages.success(request, _("Talked about. It leaves the list of both of you."))
    return redirect("dashboard:talk", client_id=client.pk)


@client_view(Permission.AGENDA_WRITE)
@require_POST
def talk_off(request: ActorRequest, client: Client, item_id: UUID) -> HttpResponse:
    """A line of one's own is taken off."""
    item = get_object_or_404(AgendaItem, pk=item_id, client=client, source_id=None)
    try:
        close_agenda_item(item=item, state=AgendaState.LET_GO, by=request.actor)
    except Refused as refused:
        raise Http404 from refused
    messages.success(request, _("Taken off."))
    return redirect("dashboard:talk", client_id=client.pk)
