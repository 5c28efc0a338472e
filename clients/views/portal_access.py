"""A client's way into her portal: invite, send again, withdraw."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from access.permissions import Permission
from access.requests import ActorRequest
from clients.forms import InviteClientForm
from clients.gates import client_view
from clients.models import Client
from clients.selectors.people import portal_state
from clients.services import invite_client, withdraw_client_invitation
from core.errors import Refused


@client_view(Permission.CONTACT_READ)
def portal_access(request: ActorRequest, client: Client) -> HttpResponse:
    state = portal_state(client)
    sent_to = client.invitation.email if client.invitation and state != "none" else client.email
    form = InviteClientForm(request.POST or None, initial={"email": sent_to}, minor=client.is_minor)
    if request.method == "POST" and form.is_valid():
        try:
            invite_client(client=client, by=request.actor, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            sent = _("The invitation is on its way.") if state == "none" else _("A new link is on its way. The earlier one no longer works.")
            messages.success(request, sent)
            return redirect("clients:portal", client_id=client.pk)
    return TemplateResponse(request, "clients/portal.html", {"client": client, "form": form, "state": state})


@client_view(Permission.INVITATIONS_WRITE)
@require_POST
def withdraw(request: ActorRequest, client: Client) -> HttpResponse:
    withdraw_client_invitation(client=client, by=request.actor)
    messages.success(request, _("Withdrawn. The link no longer works."))
    return redirect("clients:portal", client_id=client.pk)
