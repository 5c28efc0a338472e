"""Adding a client, and changing how she is called and reached."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from access.gates import clinic_view
from access.permissions import Permission
from access.requests import ActorRequest
from clients.forms import AddClientForm, ContactForm
from clients.gates import client_view
from clients.models import Client
from clients.selectors.people import same_person
from clients.services import add_client, update_contact
from clients.services.care import CONTACT
from core.errors import Refused, Stale


@clinic_view(Permission.CONTACT_WRITE)
def add(request: ActorRequest) -> HttpResponse:
    form = AddClientForm(request.POST or None, zone_name=request.membership.clinic.timezone)
    if request.method == "POST" and form.is_valid():
        contact = form.contact()
        same = same_person(called=contact["called"], legal_name=contact["legal_name"], birth_date=contact["birth_date"], new_id=form.cleaned_data["new_id"])
        try:
            given = form.cleaned_data
            client = add_client(new_id=given["new_id"], started_on=given["started_on"], waiting=form.waiting, by=request.actor, **contact)
        except Refused as refused:
            form.refuse(refused)
        else:
            say_what_is_next(request, client, same)
            return redirect("dashboard:record", client_id=client.pk)
    return TemplateResponse(request, "clients/add.html", {"form": form})


def say_what_is_next(request: ActorRequest, client: Client, same: Client | None) -> None:
    """On the record: the way to the invitation, and a note when she may be there twice."""
    way = reverse("clients:portal", args=[client.pk])
    added = _("Added. The next step: invite them to the portal, best while you sit together.")
    messages.success(request, format_html('{} <a href="{}">{}</a>', added, way, _("Invite")))
    if same is not None:
        note = _("You have another client with this name and birth date. Is it the same person?")
        messages.warning(request, format_html('{} <a href="{}">{}</a>', note, reverse("dashboard:record", args=[same.pk]), _("Look")))


@client_view(Permission.CONTACT_READ)
def contact(request: ActorRequest, client: Client) -> HttpResponse:
    """To change for those who may write, else to read."""
    initial = {**{name: getattr(client, name) for name in CONTACT}, "version": client.version}
    form = ContactForm(request.POST or None, initial=initial, zone_name=client.clinic.timezone)
    if not request.can_write:
        return TemplateResponse(request, "clients/contact_read.html", {"client": client, "facts": form.facts()})
    both: list[tuple[str, Any, Any]] = []
    if request.method == "POST" and form.is_valid():
        try:
            update_contact(client=client, version=form.cleaned_data["version"], changes=form.contact(), by=request.actor)
        except Stale as stale:
            both = form.beside(stale.current)
            form = form.on_top_of(stale.current)
        else:
            messages.success(request, _("Saved."))
            return redirect("dashboard:record", client_id=client.pk)
    return TemplateResponse(request, "clients/contact.html", {"client": client, "form": form, "both": both}, status=409 if both else 200)
