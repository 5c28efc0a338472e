"""/directory/: the clinic's list of services and places, kept by its staff; and what a client finds in it."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from access.gates import clinic_view
from access.permissions import Permission
from access.requests import ActorRequest
from clients.gates import client_view, portal_reading_view, portal_view
from clients.models import Client
from core.errors import Refused, Stale
from core.ids import uuid7
from core.text import plain
from core.zones import today_in
from strengths.community import kinds, needs
from strengths.forms.community import AddServiceForm, EditServiceForm, FindServiceForm
from strengths.models import CommunityService
from strengths.selectors.community import MOST, areas, directory, directory_for_client, names_on_map
from strengths.services.community import add_service, change_service, check_service, put_on_map, put_service_away

BASES = {"admin": "base_clinic.html", "therapist": "base_therapist.html"}
STAFF: Any = ("admin", "therapist")


def rows_of(services: list[CommunityService], zone: str, there: Collection[str] = ()) -> list[dict[str, Any]]:
    """Each with its words; `there`: names that stand on the client's map."""
    today = today_in(zone)
    return [
        {
            "service": each,
            "kind": kinds().get(each.kind, each.kind),
            "needs": ", ".join(needs().get(need, need) for need in each.needs),
            "stale": each.is_stale(today),
            "there": plain(each.name) in there,
            "new_id": uuid7(),
        }
        for each in services
    ]


def found(request: ActorRequest, there: Collection[str] = ()) -> dict[str, Any]:
    """The search and what it finds. Two statements."""
    clinic = request.membership.clinic
    find = FindServiceForm(request.GET or {}, areas=areas(clinic.pk))
    wanted = find.wanted()
    services = list(directory(clinic.pk, **wanted)[:MOST])
    return {"base": BASES[request.actor.kind], "find": find, "rows": rows_of(services, clinic.timezone, there), "searched": any(wanted.values())}


@clinic_view(Permission.COMMUNITY_READ, kinds=STAFF)
def directory_page(request: ActorRequest) -> HttpResponse:
    return TemplateResponse(request, "strengths/directory.html", found(request))


@clinic_view(Permission.COMMUNITY_WRITE, kinds=STAFF)
def directory_add(request: ActorRequest) -> HttpResponse:
    form = AddServiceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_service(new_id=form.cleaned_data["new_id"], zone=request.membership.clinic.timezone, by=request.actor, **form.about())
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Saved."))
            return redirect("community:directory")
    return TemplateResponse(request, "strengths/directory_service.html", {"base": BASES[request.actor.kind], "form": form})


@clinic_view(Permission.COMMUNITY_WRITE, kinds=STAFF)
def directory_service(request: ActorRequest, service_id: UUID) -> HttpResponse:
    service = service_of(request, service_id)
    form, both = EditServiceForm.of(service, request.POST or None), []
    if request.method == "POST" and form.is_valid():
        try:
            change_service(service=service, version=form.cleaned_data["version"], by=request.actor, **form.about())
        except Stale as stale:
            both = form.beside(stale.current)
            typed = request.POST.copy()
            typed["version"] = str(stale.current.version)
            form = EditServiceForm.of(stale.current, typed)
        else:
            messages.success(request, _("Saved."))
            return redirect("community:directory")
    context = {"base": BASES[request.actor.kind], "form": form, "both": both, "service": service, "stale": service.is_stale(today_in(zone_of(request)))}
    return TemplateResponse(request, "strengths/directory_service.html", context, status=409 if both else 200)


@clinic_view(Permission.COMMUNITY_WRITE, kinds=STAFF)
@require_POST
def directory_checked(request: ActorRequest, service_id: UUID) -> HttpResponse:
    check_service(service=service_of(request, service_id), zone=zone_of(request), by=request.actor)
    messages.success(request, _("Checked today."))
    return redirect("community:directory")


@clinic_view(Permission.COMMUNITY_WRITE, kinds=STAFF)
@require_POST
def directory_away(request: ActorRequest, service_id: UUID) -> HttpResponse:
    away = request.POST.get("away") == "yes"
    put_service_away(service=service_of(request, service_id), away=away, by=request.actor)
    messages.success(request, _("Put away.") if away else _("Back in the directory."))
    return redirect("community:directory")


@client_view(Permission.ENTRIES_WRITE)
def from_directory(request: ActorRequest, client: Client) -> HttpResponse:
    """Choose from the directory for a client's map."""
    if request.method == "POST":
        put(request, client)
        return redirect("community:for_client", client_id=client.pk)
    context = {**found(request, names_on_map(client, staff=True)), "client": client}
    return TemplateResponse(request, "strengths/directory.html", context)


@portal_reading_view
def services(request: ActorRequest, client: Client) -> HttpResponse:
    """Find one by need, those looked at last first."""
    need = request.GET.get("need", "")
    need = need if need in needs() else ""
    rows = rows_of(directory_for_client(client.clinic_id, need=need), zone_of(request), names_on_map(client))
    rows.sort(key=lambda row: row["stale"])
    return render(request, "strengths/services.html", {"rows": rows, "needs": needs().items(), "need": need})


@portal_view
@require_POST
def services_put(request: ActorRequest, client: Client) -> HttpResponse:
    put(request, client)
    return redirect("community:services")


def put(request: ActorRequest, client: Client) -> None:
    """One tap: the service and the id of its place on the map come with the button's form. Raises Http404."""
    try:
        service_id, new_id = UUID(request.POST.get("service", "")), UUID(request.POST.get("new_id", ""))
    except ValueError:
        raise Http404 from None
    service = next((each for each in directory_for_client(client.clinic_id) if each.pk == service_id), None)
    if service is None:
        raise Http404
    try:
        put_on_map(service=service, client=client, new_id=new_id, by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, _("It is on the map."))


def zone_of(request: ActorRequest) -> str:
    return request.membership.clinic.timezone


def service_of(request: ActorRequest, service_id: UUID) -> CommunityService:
    """Of the actor's clinic. Raises Http404."""
    service = CommunityService.objects.filter(clinic_id=request.actor.clinic_id, pk=service_id).first()
    if service is None:
        raise Http404
    return service
