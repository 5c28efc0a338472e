"""T2: the record, four pillars at equal size; and the axis on its own page."""

from datetime import datetime

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from access.permissions import Permission
from access.requests import ActorRequest
from clients.gates import client_view
from clients.models import Client
from clients.selectors import timeline
from dashboard.pages.record import record_context, timeline_rows
from therapy.selectors import next_sessions

PAGE = 50


@client_view(Permission.ENTRIES_READ)
def record(request: ActorRequest, client: Client) -> HttpResponse:
    context = {**record_context(client, request.can_write), "client": client, "tab": "overview"}
    return TemplateResponse(request, "dashboard/record.html", context)


@client_view(Permission.ENTRIES_READ)
def timeline_page(request: ActorRequest, client: Client) -> HttpResponse:
    """Fifty rows a page, newest first; `?before=` is the moment of the last row shown."""
    before: datetime | None = parse_datetime(request.GET.get("before", "").replace(" ", "+")) if request.GET.get("before") else None
    if before is not None and timezone.is_naive(before):
        before = timezone.make_aware(before)
    entries = list(timeline(client, before=before, limit=PAGE + 1))
    context = {
        "client": client,
        "tab": "timeline",
        "next_session": next_sessions([client.pk]).get(client.pk),
        "rows": timeline_rows(entries[:PAGE]),
        "older": entries[PAGE - 1].occurred_at.isoformat() if len(entries) > PAGE else "",
    }
    return TemplateResponse(request, "dashboard/timeline.html", context)
