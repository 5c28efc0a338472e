"""/clinic/emergency/: an admin opens one record for a few hours, and ends it early."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from access.gates import clinic_view
from access.kept import keep_typed_text
from access.permissions import Permission
from access.requests import ActorRequest
from accounts.again import ask_again, signed_in_lately
from clients.forms import EmergencyForm
from clients.models import CareAssignment, Client
from clients.models.care import Kind
from clients.services import break_glass, end_glass
from core.errors import Refused


@clinic_view(Permission.ASSIGNMENTS_WRITE, kinds=("admin",))
def emergency(request: ActorRequest) -> HttpResponse:
    """Which record, why, and for how long. Whoever signed in more than five minutes ago signs in again first; the text is kept."""
    if not signed_in_lately(request):
        keep_typed_text(request)
        return ask_again(request)
    offered = Client.objects.filter(clinic_id=request.actor.clinic_id)
    names = list(offered.order_by("called", "pk").values_list("pk", "called"))
    form = EmergencyForm(request.POST or None, clients=names)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        client = get_object_or_404(offered, pk=form.client_id())
        try:
            break_glass(client=client, new_id=given["new_id"], reason=given["reason"], why=given["why"], hours=given["hours"], by=request.actor)
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect("dashboard:record", client_id=client.pk)
    return TemplateResponse(request, "clients/emergency.html", {"form": form})


@clinic_view(Permission.ASSIGNMENTS_WRITE, kinds=("admin",))
@require_POST
def end_emergency(request: ActorRequest, assignment_id: UUID) -> HttpResponse:
    """One's own or another admin's, before its time."""
    found = CareAssignment.objects.filter(clinic_id=request.actor.clinic_id, kind=Kind.BREAK_GLASS)
    if end_glass(assignment=get_object_or_404(found, pk=assignment_id), by=request.actor):
        messages.success(request, _("Ended. The record is closed from now."))
    else:
        messages.info(request, _("That had ended already."))
    return redirect("dashboard:clinic")
