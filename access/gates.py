"""The clinic gate, and the steps that the client and portal gates (clients.gates) share with it."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils import timezone

from access.acting import acting_as
from access.kept import give_back, keep_typed_text, keep_what_broke
from access.permissions import Permission
from access.requests import ActorRequest
from access.scope import form_scope
from accounts.models import Membership, Role
from accounts.selectors import memberships_of
from accounts.sessions import SessionStore
from accounts.working_as import SESSION_KEY
from audit.services import record_at_the_door
from core.actor import Actor, Kind
from core.gates import View, mark
from core.requests import request_id
from core.zones import zone

METHODS = ("GET", "HEAD", "POST")  # what a page and its forms need; views look for POST, and nothing else may write
REFUSED = (400, 403, 404)
KIND_OF_ROLE: dict[str, Kind] = {Role.ADMIN: "admin", Role.THERAPIST: "therapist", Role.CLIENT: "portal"}
Answer = Callable[[ActorRequest, tuple[Any, ...], dict[str, Any]], HttpResponseBase]
Bind = Callable[[ActorRequest, tuple[Kind, ...], dict[str, Any]], None]


class GateRefusal(Exception):
    """The gate answers with this page instead of calling the view."""

    def __init__(self, response: HttpResponseBase) -> None:
        super().__init__("refused")
        self.response = response


def own_memberships(request: ActorRequest) -> list[Membership]:
    """Of whoever is signed in; asked once a request."""
    if not hasattr(request, "memberships"):  # the middleware has asked already
        request.memberships = memberships_of(request.user)
        if isinstance(request.session, SessionStore):
            request.session.roles = frozenset(membership.role for membership in request.memberships)
    return request.memberships


def bind_membership(request: ActorRequest, kinds: tuple[Kind, ...]) -> None:
    """Let the request work in the membership its form was made for, else the one chosen, else the first that fits.

    Sets `request.memberships`, `request.membership` and `request.actor`. Raises GateRefusal when there is none of these kinds.
    """
    fitting = [membership for membership in own_memberships(request) if KIND_OF_ROLE[membership.role] in kinds]
    if request.method == "POST":
        wanted, _client = form_scope(request)
        fitting = [membership for membership in fitting if membership.pk == wanted]
        if not fitting and wanted is None:
            raise GateRefusal(render(request, "errors/400.html", status=400))
    chosen = request.session.get(SESSION_KEY)
    if not fitting:
        raise GateRefusal(not_found(request))
    membership = next((each for each in fitting if str(each.pk) == chosen), None)
    if membership is None:
        membership = fitting[0]
        if request.method == "GET":
            request.session[SESSION_KEY] = str(membership.pk)
    work_in(request, membership, KIND_OF_ROLE[membership.role])


def work_in(request: ActorRequest, membership: Membership, kind: Kind) -> None:
    """From here on the request acts in this membership, as this kind."""
    request.membership = membership
    request.actor = Actor(kind, membership.user_id, membership.clinic_id)
    timezone.activate(zone(membership.clinic.timezone))  # staff pages show the clinic's time; the portal gate changes it to the client's


def not_found(request: HttpRequest) -> HttpResponse:
    """Not yours and not there are the same page, byte for byte."""
    return render(request, "404.html", status=404)


def run_inside(request: ActorRequest, call: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Call the view and render its response as `request.actor`; a 403, 404, 405, a page of 500 and more, or an exception, keeps nothing it wrote."""
    try:
        with acting_as(request.actor):
            response = call()
            if hasattr(response, "render") and callable(response.render):
                response = response.render()
            if response.status_code in (*REFUSED, 405) or response.status_code >= 500:
                transaction.set_rollback(True)
    except Http404:
        response = not_found(request)
    except PermissionDenied:
        response = render(request, "403.html", status=403)
    except GateRefusal as refusal:
        response = refusal.response
    if response.status_code in REFUSED:
        note_refusal(request, response.status_code)
    return response


def note_refusal(request: HttpRequest, status: int) -> None:
    """After the rollback, so that it stays: who was refused where (the URL's name, never its ids)."""
    match = request.resolver_match
    membership = getattr(request, "membership", None)
    record_at_the_door(
        verb="refused",
        user_id=request.user.pk,
        clinic_id=membership.clinic_id if membership else None,
        request_id=request_id(request),
        detail={"view": match.view_name if match else "", "method": request.method, "status": status},
    )


def bind_as_usual(request: ActorRequest, kinds: tuple[Kind, ...], kwargs: dict[str, Any]) -> None:
    bind_membership(request, kinds)


def gated(view: View, gate: str, kinds: tuple[Kind, ...], answer: Answer, bind: Bind = bind_as_usual) -> View:
    """A view behind a gate. `answer(request, args, kwargs)`, called inside `acting_as`, calls the view with what the gate hands it.

    A gate is the outermost decorator: one above it, such as `require_POST`, would refuse the GET on which kept text is given back.
    """

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            keep_typed_text(request)
            return redirect_to_login(request.get_full_path())
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        acting = cast(ActorRequest, request)
        try:
            bind(acting, kinds, kwargs)
        except GateRefusal as refusal:
            note_refusal(request, refusal.response.status_code)
            return refusal.response
        try:
            return give_back(request) or run_inside(acting, lambda: answer(acting, args, kwargs))
        except Exception:
            keep_what_broke(acting)
            raise

    return mark(inner, gate)


def clinic_view(permission: Permission, *, kinds: tuple[Kind, ...] = ("therapist",)) -> Callable[[View], View]:
    """For staff pages that are about the clinic, not one client: `def view(request)`."""
    allowed = tuple(kind for kind in kinds if permission.allowed_to(kind))

    def decorate(view: View) -> View:
        return gated(view, f"clinic:{permission.name}", allowed, lambda request, args, kwargs: view(request, *args, **kwargs))

    return decorate
