"""T2: the record, four pillars at equal size; and the axis on its own page."""

from django.http import HttpResponse
from django.template.response import TemplateResponse

from access.permissions import Permission
from access.requests import ActorRequest
from clients.gates import client_view
from clients.models import Client
from clients.selectors import timeline
from core.paging import PAGE, Place
from dashboard.pages.record import record_context, timeline_rows, told_on
from therapy.selectors import next_sessions


@client_view(Permission.ENTRIES_READ)
def record(request: ActorRequest, client: Client) -> HttpResponse:
    context = {**record_context(client, request.can_write), "client": client, "tab": "overview"}
    return TemplateResponse(request, "dashboard/record.html", context)


@client_view(Permission.ENTRIES_READ)
def timeline_page(request: ActorRequest, client: Client) -> HttpResponse:
    """A page of rows, newest first; `?after=` is the place of the last row shown."""
    entries = list(timeline(client, after=Place.read(request.GET.get("after", "")), limit=PAGE + 1))
    context = {
        "client": client,
        "tab": "timeline",
        "next_session": next_sessions([client.pk]).get(client.pk),
        "rows": timeline_rows(entries[:PAGE], told_on(entries[:PAGE])),
        "older": Place(entries[PAGE - 1].occurred_at, entries[PAGE - 1].pk) if len(entries) > PAGE else "",
    }
    return TemplateResponse(request, "dashboard/timeline.html", context)
