"""The gates to a client's record: staff by the address, the client to her own. Each hands the view the object, never the id."""

from collections.abc import Callable
from datetime import UTC
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from access.acting import acting_as
from access.gates import GateRefusal, bind_membership, gated, own_memberships, work_in
from access.permissions import Permission
from access.requests import ActorRequest, Glass
from access.scope import form_scope
from accounts.models import Role
from audit.services import record_event
from clients.models import Client
from clients.models.care import Kind as CareKind
from clients.models.client import Status
from clients.selectors import active_assignments, my_care, reads_until
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


def bind_reader(request: ActorRequest, kinds: tuple[Kind, ...], kwargs: dict[str, Any]) -> None:
    """As usual; but an admin who has broken the glass of this very record looks at its pages as kind therapist. Forms stay closed to her."""
    if request.method != "POST" and "therapist" in kinds:
        for membership in own_memberships(request):
            glass = broken_glass(Actor("admin", membership.user_id, membership.clinic_id), kwargs["client_id"]) if membership.role == Role.ADMIN else None
            if glass is not None:
                work_in(request, membership, "therapist")
                request.glass = glass
                return
    bind_membership(request, kinds)


def broken_glass(actor: Actor, client_id: UUID) -> Glass | None:
    """The admin's own, that holds now. Asked as the admin, before the record is opened."""
    with acting_as(actor):
        own = active_assignments().filter(client_id=client_id, therapist_id=actor.user_id, clinic_id=actor.clinic_id, kind=CareKind.BREAK_GLASS)
        return next((Glass(pk, ends_at) for pk, ends_at in own.values_list("pk", "ends_at") if ends_at is not None), None)


def open_record(request: ActorRequest, client_id: UUID, permission: Permission) -> Client:
    """The client of the address, if she is the actor's to read; a form only if she is the actor's to write. Raises Http404."""
    client = Client.objects.select_related("clinic").filter(pk=client_id).first()
    if client is None or client.clinic_id != request.actor.clinic_id:
        raise Http404
    can_write = may_write(client, request.actor) and not hasattr(request, "glass")
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

        return gated(view, f"client:{permission.name}", allowed, answer, bind_reader)

    return decorate


def open_own_record(request: ActorRequest, *, reads: bool) -> Client:
    """The signed-in person's own record. After her discharge it is read only, for as long as the clinic says. The database asks the same again.

    Raises GateRefusal with a page that says so: for what is not there to be read, for a form, and once the time is over.
    """
    client = Client.objects.select_related("clinic").filter(portal_user_id=request.actor.user_id, clinic_id=request.actor.clinic_id).first()
    if client is None:  # the wall has closed it
        raise GateRefusal(care_ended(request, {"over": True}))
    timezone.activate(zone(client.timezone))
    request.client, request.can_write = client, client.status != Status.DISCHARGED
    if not request.can_write:
        until = reads_until(client)
        over = until is not None and until < timezone.now().astimezone(UTC).date()
        if over or not reads or request.method == "POST":
            raise GateRefusal(care_ended(request, {"over": over, "until": until}))
    return client


def care_ended(request: ActorRequest, context: dict[str, Any]) -> HttpResponse:
    """A form is refused; a page that has nothing more to offer says so, and refuses nothing."""
    return render(request, "clients/care_ended.html", context, status=403 if request.method == "POST" else 200)


def _portal(view: View, *, reads: bool) -> View:
    def answer(request: ActorRequest, args: tuple[Any, ...], kwargs: dict[str, Any]) -> HttpResponseBase:
        return view(request, open_own_record(request, reads=reads), *args, **kwargs)

    return gated(view, "portal", ("portal",), answer)


def portal_view(view: View) -> View:
    """For the client's own pages, while she is in care: `def view(request, client)` with the signed-in person's own record."""
    return _portal(view, reads=False)


def portal_reading_view(view: View) -> View:
    """A `portal_view` that is there to be read after a discharge too; its template asks `request.can_write` before it offers a form."""
    return _portal(view, reads=True)
