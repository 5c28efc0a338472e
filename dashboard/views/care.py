"""The life of a client's care: how it stands, its end, its new beginning, and a summary to keep."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from access.permissions import Permission
from access.requests import ActorRequest
from clients.gates import client_view
from clients.models import Client
from clients.models.client import Status
from clients.selectors import episodes_of
from clients.services import begin_care
from core.errors import Refused, Stale
from dashboard.forms.care import BeginCareForm, EndCareForm
from dashboard.pages.care import summary_context
from therapy.services import end_care


@client_view(Permission.EPISODES_READ)
def care(request: ActorRequest, client: Client) -> HttpResponse:
    active = client.status == Status.ACTIVE
    kind = EndCareForm if active else BeginCareForm
    form = kind(request.POST or None, initial={"version": client.version}, zone_name=client.clinic.timezone)
    stale = False
    if request.method == "POST" and form.is_valid():
        try:
            return _ended(request, client, form) if active else _begun(request, client, form)
        except Refused as refused:
            form.refuse(refused)
        except Stale as newer:
            stale = True
            form.data = {**request.POST.dict(), "version": newer.current.version}
    context = {"client": client, "form": form, "active": active, "stale": stale, "episodes": episodes_of(client)}
    return TemplateResponse(request, "dashboard/care.html", context, status=409 if stale else 200)


def _ended(request: ActorRequest, client: Client, form: EndCareForm | BeginCareForm) -> HttpResponse:
    given = form.cleaned_data
    end_care(client=client, version=given["version"], status=given["status"], ended_on=given["ended_on"], reason=given["reason"], by=request.actor)
    messages.success(request, _("Care has ended. This is the summary, to print or to save."))
    return redirect("dashboard:care_summary", client_id=client.pk)


def _begun(request: ActorRequest, client: Client, form: EndCareForm | BeginCareForm) -> HttpResponse:
    given = form.cleaned_data
    begin_care(client=client, version=given["version"], new_id=given["new_id"], started_on=given["started_on"], by=request.actor)
    messages.success(request, _("Care has begun. Everything from before is still here."))
    return redirect("dashboard:record", client_id=client.pk)


@client_view(Permission.EPISODES_READ)
def care_summary(request: ActorRequest, client: Client) -> HttpResponse:
    return TemplateResponse(request, "dashboard/care_summary.html", {"client": client, **summary_context(client)})
