"""Who works with a client, and who opened her record."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from access.permissions import Permission
from access.requests import ActorRequest
from clients.forms import AssignForm
from clients.gates import client_view
from clients.models import Client
from clients.models.care import Kind
from clients.selectors import active_assignments, emergencies, team_of
from clients.selectors.people import colleagues_for, therapists_of, who_looked
from clients.services import assign_colleague, end_assignment
from core.errors import Refused


@client_view(Permission.CONTACT_READ)
def team(request: ActorRequest, client: Client) -> HttpResponse:
    offered = colleagues_for(client)
    everybody = therapists_of(client.clinic_id) if request.method == "POST" else offered  # whoever is there already is refused by the service
    form = AssignForm(request.POST or None, colleagues=everybody, zone_name=client.clinic.timezone)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            assign_colleague(
                client=client,
                new_id=given["new_id"],
                therapist_id=UUID(given["therapist"]),
                kind=given["kind"],
                ends_at=form.ends_at(),
                why=given["why"],
                by=request.actor,
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Saved. Your colleague finds this client in the caseload now."))
            return redirect("clients:team", client_id=client.pk)
    context = {"client": client, "form": form, "offered": offered, "team": team_of(client, "why"), "looks": who_looked(client)}
    context["emergencies"] = emergencies(None, client=client)
    return TemplateResponse(request, "clients/team.html", context)


@client_view(Permission.ASSIGNMENTS_WRITE)
@require_POST
def end_care(request: ActorRequest, client: Client, assignment_id: UUID) -> HttpResponse:
    """End a co-therapist's or a cover's work with this client, one's own included; a primary therapist's is ended by a transfer."""
    care = get_object_or_404(active_assignments(client).filter(kind__in=[Kind.CO, Kind.COVER]), pk=assignment_id)
    end_assignment(assignment=care, by=request.actor)
    messages.success(request, _("Ended. The record is closed to them from now."))
    if care.therapist_id == request.actor.user_id:
        return redirect("dashboard:caseload")
    return redirect("clients:team", client_id=client.pk)
