"""The next session: book it, move it, cancel it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from access.permissions import Permission
from access.requests import ActorRequest
from clients.gates import client_view
from clients.models import Client
from core.errors import Refused, Stale
from therapy import services
from therapy.forms import CancelForm, MoveForm, PlanForm
from therapy.forms.when import when_initial
from therapy.models import TherapySession
from therapy.models.sessions import SessionState
from therapy.selectors import next_proposal, planned_sessions
from therapy.times import day_and_time


@client_view(Permission.SESSIONS_WRITE)
def plan_session(request: ActorRequest, client: Client) -> HttpResponse:
    """Proposed: the weekday and time of the last one, in the coming week."""
    zone_name = client.clinic.timezone
    starts_at, format = next_proposal(client)
    form = PlanForm(request.POST or None, zone_name=zone_name, initial=when_initial(starts_at, client.clinic.session_minutes, format, zone_name))
    if request.method == "POST" and form.is_valid():
        try:
            session = services.plan_session(client=client, new_id=form.cleaned_data["new_id"], by=request.actor, **form.appointment())
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Booked: %(when)s.") % {"when": day_and_time(session.starts_at, zone_name)})
            return redirect("dashboard:record", client_id=client.pk)
    return TemplateResponse(request, "therapy/plan_session.html", {"client": client, "form": form, "planned": planned_sessions(client)})


@client_view(Permission.SESSIONS_WRITE)
def session_move(request: ActorRequest, client: Client, session_id: UUID) -> HttpResponse:
    session = _planned(client, session_id)
    zone_name = client.clinic.timezone
    form = MoveForm(request.POST, zone_name=zone_name) if request.method == "POST" else MoveForm.of(session, zone_name)
    changed = ""
    if request.method == "POST" and form.is_valid():
        try:
            session = services.move_session(session=session, version=form.cleaned_data["version"], by=request.actor, **form.appointment())
        except Refused as refused:
            form.refuse(refused)
        except Stale as stale:
            session, changed = stale.current, _when(stale.current, zone_name)
            form = MoveForm(zone_name=zone_name, initial={**form.cleaned_data, "version": session.version})
        else:
            messages.success(request, _("Moved: %(when)s.") % {"when": day_and_time(session.starts_at, zone_name)})
            return redirect("dashboard:record", client_id=client.pk)
    return _move_page(request, client, session, form, changed)


def _move_page(request: ActorRequest, client: Client, session: TherapySession, form: MoveForm, changed: str) -> HttpResponse:
    context = {"client": client, "session": session, "form": form, "changed": changed}
    return TemplateResponse(request, "therapy/session_move.html", context, status=409 if changed else 200)


@client_view(Permission.SESSIONS_WRITE)
@require_POST
def session_cancel(request: ActorRequest, client: Client, session_id: UUID) -> HttpResponse:
    session = _planned(client, session_id, SessionState.CANCELLED_BY_CLIENT, SessionState.CANCELLED_BY_CLINIC)
    form = CancelForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please say which side cancelled."))
        return redirect("therapy:session_move", client_id=client.pk, session_id=session.pk)
    try:
        services.cancel_session(session=session, version=form.cleaned_data["version"], state=form.cleaned_data["state"], by=request.actor)
    except (Refused, Stale):
        messages.error(request, _("Not cancelled: somebody changed this session meanwhile. Please look at it again."))
    else:
        messages.success(request, _("Cancelled."))
    return redirect("therapy:plan_session", client_id=client.pk)


def _planned(client: Client, session_id: UUID, *also: str) -> TherapySession:
    """The session of the address while it is planned, or in one of these states. Raises Http404."""
    found = TherapySession.objects.filter(pk=session_id, client=client, state__in=(SessionState.PLANNED, *also)).first()
    if found is None:
        raise Http404
    found.client = client
    return found


def _when(session: TherapySession, zone_name: str) -> str:
    saved = date_format(timezone.localtime(session.updated_at), "H:i")
    return _("%(when)s, saved at %(saved)s") % {"when": day_and_time(session.starts_at, zone_name), "saved": saved}
