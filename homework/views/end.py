"""Ending what is agreed."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from access.permissions import Permission
from access.requests import ActorRequest
from clients.gates import client_view
from clients.models import Client
from core.errors import Refused
from homework.forms import StopForm
from homework.models import Assignment
from homework.services.agreement import finish_assignment, stop_assignment


@client_view(Permission.HOMEWORK_WRITE)
@require_POST
def stop(request: ActorRequest, client: Client, assignment_id: UUID) -> HttpResponse:
    task = get_object_or_404(Assignment, pk=assignment_id, client=client)
    form = StopForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for error in form.errors["why"]))
        return redirect("dashboard:homework", client_id=client.pk)
    return ended(request, client, _("Stopped."), lambda: stop_assignment(assignment=task, why=form.cleaned_data["why"], by=request.actor))


@client_view(Permission.HOMEWORK_WRITE)
@require_POST
def finish(request: ActorRequest, client: Client, assignment_id: UUID) -> HttpResponse:
    task = get_object_or_404(Assignment, pk=assignment_id, client=client)
    return ended(request, client, _("Finished."), lambda: finish_assignment(assignment=task, by=request.actor))


def ended(request: ActorRequest, client: Client, said: str, end: Callable[[], object]) -> HttpResponse:
    try:
        end()
    except Refused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, said)
    return redirect("dashboard:homework", client_id=client.pk)
