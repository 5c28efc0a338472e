"""The desk: what is set, what happened to each one, fewer of them; and setting them together in session."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from access.permissions import Permission
from access.requests import ActorRequest
from clients.gates import client_view
from clients.models import Client
from core.errors import Refused, Stale
from reminders.forms import FewerForm, PauseForm, TogetherForm
from reminders.kinds import first_kind
from reminders.models import ReminderPreference, SetHow
from reminders.selectors import Settings, reminder_lines, settings_of
from reminders.services import choose_reminders, keep_days, pause, turn_off

LISTED, ALL = 20, 200


@client_view(Permission.REMINDERS_READ)
def reminders(request: ActorRequest, client: Client) -> HttpResponse:
    """The truth about each reminder, and the form to set them together."""
    settings = settings_of(client, first_kind().key)
    form = TogetherForm(request.POST or None, settings=settings)
    if request.method == "POST" and form.is_valid() and choose_together(request, client, form):
        return redirect("reminders:desk", client_id=client.pk)
    lines, more = reminder_lines(client, ALL if request.GET.get("all") else LISTED)
    fewer = FewerForm(settings=settings) if settings.is_on else None
    context = {"client": client, "settings": settings, "form": form, "fewer": fewer, "lines": lines, "more": more, "title": first_kind().title}
    return TemplateResponse(request, "reminders/desk.html", context)


def choose_together(request: ActorRequest, client: Client, form: TogetherForm) -> bool:
    """Save, with the client's yes; False when the form says what to change."""
    given = form.cleaned_data
    quiet = {"quiet_from": given["quiet_from"], "quiet_until": given["quiet_until"]}
    try:
        choose_reminders(client=client, kind=first_kind().key, version=given["version"], times=form.times(), **quiet, by=request.actor, together=True)
    except Refused as refused:
        form.refuse(refused)
        return False
    except Stale:
        say_stale(request)
    else:
        messages.success(request, _("Saved, with the client’s yes of today."))
    return True


def say_stale(request: ActorRequest) -> None:
    messages.warning(request, _("This was changed somewhere else meanwhile. Here is how it stands; nothing new was saved."))


def standing(client: Client) -> Settings:
    """What is set now. Raises Http404 where nothing ever was."""
    get_object_or_404(ReminderPreference, client=client, kind=first_kind().key)
    return settings_of(client, first_kind().key)


@client_view(Permission.REMINDERS_READ)
@require_POST
def fewer(request: ActorRequest, client: Client) -> HttpResponse:
    """Keep some of the days."""
    settings = standing(client)
    form = FewerForm(request.POST, settings=settings)
    assert settings.row is not None
    if form.is_valid():
        try:
            keep_days(preference=settings.row, version=form.cleaned_data["version"], days=form.cleaned_data["days"], by=request.actor)
        except (Stale, Refused):
            say_stale(request)
        else:
            messages.success(request, _("Saved."))
    else:
        say_stale(request)
    return redirect("reminders:desk", client_id=client.pk)


@client_view(Permission.REMINDERS_READ)
@require_POST
def pause_hers(request: ActorRequest, client: Client) -> HttpResponse:
    form, settings = PauseForm(request.POST), standing(client)
    assert settings.row is not None
    if form.is_valid() and form.cleaned_data["pause"]:
        pause(preference=settings.row, days=form.cleaned_data["pause"], by=request.actor)
        messages.success(request, _("Saved."))
    return redirect("reminders:desk", client_id=client.pk)


@client_view(Permission.REMINDERS_READ)
@require_POST
def off(request: ActorRequest, client: Client) -> HttpResponse:
    settings = standing(client)
    assert settings.row is not None
    turn_off(preference=settings.row, by=request.actor, how=SetHow.DESK)
    messages.success(request, _("Turned off."))
    return redirect("reminders:desk", client_id=client.pk)
