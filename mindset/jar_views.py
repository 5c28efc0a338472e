"""The jar at the desk: what is shared of it, read and never written."""

from django.http import HttpResponse
from django.template.response import TemplateResponse

from access.permissions import Permission
from access.requests import ActorRequest
from clients.gates import client_view
from clients.models import Client
from mindset.pages.good import ALL, jar_rows
from mindset.selectors.good import jar_section


@client_view(Permission.JAR_READ)
def jar(request: ActorRequest, client: Client) -> HttpResponse:
    context = {"client": client, "rows": jar_rows(client, staff=True, limit=ALL), "jar": jar_section(client, staff=True)}
    return TemplateResponse(request, "mindset/jar_desk.html", context)
