"""The client's own reminders; the link of a message; stopping with one click."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from access.requests import ActorRequest
from accounts.models import User
from clients.gates import portal_view
from clients.models import Client
from core.actor import Actor
from core.errors import Refused, Stale
from core.gates import public_view
from reminders.forms import ChooseForm, PauseForm, QuietForm
from reminders.kinds import first_kind, kinds
from reminders.links import read_off_token
from reminders.models import Reminder, ReminderPreference, SetHow
from reminders.selectors import reminder_lines, settings_of
from reminders.services import answer_silence, choose_reminders, go_on, open_reminder, pause, turn_off, turn_off_by_link

LISTED, ALL = 8, 200


@portal_view
def reminders(request: ActorRequest, client: Client) -> HttpResponse:
    """On or off, when, and what happened to each one."""
    kind = first_kind()
    settings = settings_of(client, kind.key)
    form = ChooseForm(request.POST or None, settings=settings)
    if request.method == "POST":
        wants = request.POST.get("on")
        if wants == "off" and settings.row is not None:
            turn_off(preference=settings.row, by=request.actor, how=SetHow.PORTAL)
        saved = wants == "off" or (form.is_valid() and choose(request, client, kind.key, form))
        if saved:
            return redirect("reminders:mine")
    lines, more = reminder_lines(client, ALL if request.GET.get("all") else LISTED)
    context = {"form": form, "settings": settings, "lines": lines, "more": more, "address": cast(User, request.user).email}
    return render(request, "reminders/portal.html", context)


def choose(request: ActorRequest, client: Client, kind: str, form: ChooseForm) -> bool:
    """Save; False when the form says what to change."""
    given = form.cleaned_data
    quiet = {"quiet_from": given["quiet_from"], "quiet_until": given["quiet_until"]}
    try:
        choose_reminders(client=client, kind=kind, version=given["version"], times=form.times(), **quiet, by=request.actor)
    except Refused as refused:
        form.refuse(refused)
        return False
    except Stale:
        messages.warning(request, _("This was changed somewhere else meanwhile. Here is how it stands; nothing new was saved."))
    else:
        messages.success(request, _("Saved."))
    return True


@portal_view
@require_POST
def pause_mine(request: ActorRequest, client: Client) -> HttpResponse:
    preference = get_object_or_404(ReminderPreference, client=client, kind=first_kind().key)
    form = PauseForm(request.POST)
    if form.is_valid():
        days = form.cleaned_data["pause"]
        if days:
            pause(preference=preference, days=days, by=request.actor)
        else:
            go_on(preference=preference, by=request.actor)
        messages.success(request, _("Saved."))
    return redirect("reminders:mine")


@portal_view
@require_POST
def quiet(request: ActorRequest, client: Client) -> HttpResponse:
    """The answer to what Today asks once after several were not opened. Sent twice, the second changes nothing."""
    form = QuietForm(request.POST)
    if form.is_valid():
        try:
            answer_silence(client=client, answer=form.cleaned_data["answer"], by=request.actor)
        except Refused as refused:
            messages.warning(request, str(refused.message))
        except Stale:
            messages.warning(request, _("This was changed somewhere else meanwhile. Here is how it stands; nothing new was saved."))
        else:
            messages.success(request, _("Saved."))
    return redirect("portal:today")


@portal_view
@require_safe
def open_one(request: ActorRequest, client: Client, reminder_id: UUID) -> HttpResponse:
    """The link of a message: noted as opened, then on to what there is to do."""
    reminder = get_object_or_404(Reminder.objects.select_related("preference"), pk=reminder_id, client=client)
    open_reminder(reminder=reminder, by=request.actor)
    kind = kinds().get(reminder.preference.kind)
    return redirect(kind.page if kind is not None else "reminders:mine")


@public_view
@csrf_exempt
def off(request: HttpRequest, token: str) -> HttpResponse:
    """The link that stops them: a mail program posts here by itself, and a person presses the button. Looking changes nothing."""
    stops = read_off_token(token)
    done = False
    if stops is not None and request.method == "POST":
        done = turn_off_by_link(preference_id=stops.preference_id, by=Actor("portal", stops.user_id, stops.clinic_id))
    known = stops is not None and (done or request.method != "POST")
    return render(request, "reminders/off.html", {"known": known, "done": done}, status=200 if known else 404)
