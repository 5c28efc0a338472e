"""The plans of a record."""

from django.http import HttpResponse
from django.template.response import TemplateResponse

from access.permissions import Permission
from access.requests import ActorRequest
from clients.gates import client_view
from clients.models import Client
from dashboard.pages.plans import plan_rows


@client_view(Permission.SAFETY_PLAN_READ)
def plans(request: ActorRequest, client: Client) -> HttpResponse:
    return TemplateResponse(request, "dashboard/plans.html", {"client": client, "tab": "plans", "rows": plan_rows(client)})
