"""The gates to a client's record: staff by the address, the client to her own. Each hands the view the object, never the id."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from access.gates import GateRefusal, gated
from access.permissions import Permission
from access.requests import ActorRequest
from access.scope import form_scope
from audit.services import record_event
from clients.models import Client
from clients.models.care import Kind as CareKind
from clients.selectors import my_care
from core.actor import Actor, Kind
from core.gates import View
from core.zones import zone

WRITING = (CareKind.PRIMARY, CareKind.CO, CareKind.COVER)


def may_write(client: Client, actor: Actor) -> bool:
    """Do the acting staff write in this record, or read only? Raises Http404 when neither. The database asks the same again."""
    if actor.kind == "admin":
        return True
    care = list(my_care(actor).filter(client=client).values_list("therapist_id", "kind"))
    if not care:
        raise Http404
    return any(therapist_id == actor.user_id and kind in WRITING for therapist_id, kind in care)


def open_record(request: ActorRequest, client_id: UUID, permission: Permission) -> Client:
    """The client of the address, if she is the actor's to read; a form only if she is the actor's to write. Raises Http404."""
    client = Client.objects.select_related("clinic").filter(pk=client_id).first()
    if client is None or client.clinic_id != request.actor.clinic_id:
        raise Http404
    can_write = may_write(client, request.actor)
    if (permission.writes or request.method == "POST") and not can_write:
        raise Http404
    request.client, request.can_write = client, can_write
    return client


def note_opened(request: ActorRequest, client: Client) -> None:
    """On the trail, for whoever asks who looked: a page of the record is shown."""
    record_event(verb="record_opened", by=request.actor, row=client, client_id=client.pk, request_id=request.request_id)


def is_page(response: HttpResponseBase) -> bool:
    """Does it show anything of the record? A redirect does not, and an autosave answers with what was typed."""
    return (response.status_code < 300 or response.status_code == 409) and response.headers.get("Content-Type", "").startswith("text/html")


def client_view(permission: Permission, *, kinds: tuple[Kind, ...] = ("therapist",)) -> Callable[[View], View]:
    """For staff pages under /clients/<uuid>/: `def view(request, client)`. Not yours and not there are the same 404."""
    allowed = tuple(kind for kind in kinds if permission.allowed_to(kind))

    def decorate(view: View) -> View:
        def answer(request: ActorRequest, args: tuple[Any, ...], kwargs: dict[str, Any]) -> HttpResponseBase:
            client_id = kwargs.pop("client_id")
            client = open_record(request, client_id, permission)
            if request.method == "POST" and form_scope(request)[1] != client_id:
                raise GateRefusal(render(request, "errors/400.html", status=400))
            if request.method != "POST":
                note_opened(request, client)
            response = view(request, client, *args, **kwargs)
            if request.method == "POST" and is_page(response):  # a form comes back with the page around it
                note_opened(request, client)
            return response

        return gated(view, f"client:{permission.name}", allowed, answer)

    return decorate


def portal_view(view: View) -> View:
    """For the client's own pages: `def view(request, client)` with the signed-in person's own record."""

    def answer(request: ActorRequest, args: tuple[Any, ...], kwargs: dict[str, Any]) -> HttpResponseBase:
        client = Client.objects.select_related("clinic").filter(portal_user_id=request.actor.user_id, clinic_id=request.actor.clinic_id).first()
        if client is None:
            raise Http404
        request.client = client
        timezone.activate(zone(client.timezone))
        return view(request, client, *args, **kwargs)

    return gated(view, "portal", ("portal",), answer)
