"""The desk: thoughts that are shared, and the margin to answer in."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse

from access.permissions import Permission
from access.requests import ActorRequest
from access.selectors import private_counts
from clients.gates import client_view
from clients.models import Client
from clients.pillars import Pillar
from homework.selectors import said_to
from mindset.pages.good import section
from mindset.pages.thoughts import history, one_thought
from mindset.selectors import thought_of


@client_view(Permission.THOUGHTS_READ)
def mindset(request: ActorRequest, client: Client) -> HttpResponse:
    private = private_counts([client.pk]).get((client.pk, Pillar.MINDSET), 0)
    context = {"client": client, "history": history(client, staff=True), "private": private, "good": section(client, staff=True)}
    return TemplateResponse(request, "mindset/desk.html", context)


@client_view(Permission.THOUGHTS_READ)
def thought(request: ActorRequest, client: Client, record_id: UUID) -> HttpResponse:
    """One thought with its facts. What is answered stands with the run it was made in (docs/decisions/0014)."""
    record = thought_of(client, record_id, staff=True)
    if record is None:
        raise Http404
    replies = said_to(client, record.source_id, request.actor.user_id) if record.source_id else []
    context = {"client": client, "one": one_thought(record, client, staff=True), "replies": replies}
    return TemplateResponse(request, "mindset/desk_thought.html", context)
