"""What is agreed with a client, and what came back."""

from django.http import HttpResponse
from django.template.response import TemplateResponse

from access.permissions import Permission
from access.requests import ActorRequest
from clients.gates import client_view
from clients.models import Client
from dashboard.pages.homework import homework_context
from homework.forms import StopForm


@client_view(Permission.HOMEWORK_READ)
def homework(request: ActorRequest, client: Client) -> HttpResponse:
    context = homework_context(client)
    return TemplateResponse(request, "dashboard/homework.html", {**context, "client": client, "tab": "homework", "stop_form": StopForm(auto_id=False)})
