"""T3: log a session in under a minute."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
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
from core.ids import uuid7
from dashboard.forms.session_log import LogForm, log_initial, typed_log
from dashboard.pages.session_log import Opening, answer_lines, facts_for, log_context, log_text, open_log, saved_text
from dashboard.pages.talk import note_talked
from therapy.models import SessionNote, TherapySession
from therapy.note_text import note_parts
from therapy.services import autosave_log, save_log, sign_note


@client_view(Permission.SESSIONS_WRITE)
def session_new(request: ActorRequest, client: Client) -> HttpResponse:
    """Of today's planned session, or the nearest that waits for its log, or one that was not in the calendar. Opening it writes nothing."""
    if request.method == "POST":
        return log_posted(request, client, LogForm(request.POST, zone_name=client.clinic.timezone))
    return log_shown(request, open_log(client, request.actor))


@client_view(Permission.SESSIONS_WRITE)
def session_log(request: ActorRequest, client: Client, session_id: UUID) -> HttpResponse:
    """Of this session: planned, begun, or saved and not signed yet."""
    opening = open_log(client, request.actor, session_id)
    if not opening.known:
        raise Http404
    if request.method == "POST":
        return log_posted(request, client, LogForm(request.POST, zone_name=client.clinic.timezone))
    if not opening.may_log:
        return redirect("therapy:session", client_id=client.pk, session_id=session_id)
    return log_shown(request, opening)


def log_shown(request: ActorRequest, opening: Opening, typed: dict[str, Any] | None = None, versions: dict[str, Any] | None = None) -> TemplateResponse:
    """The page with what is typed, or with what stood there before."""
    typed = opening.typed() if typed is None else typed
    initial = {**log_initial(typed), **(opening.versions() if versions is None else versions)}
    form = LogForm(initial=initial, zone_name=opening.client.clinic.timezone)
    return TemplateResponse(request, "dashboard/session_log.html", log_context(opening, form, typed, request.actor))


def log_posted(request: ActorRequest, client: Client, form: LogForm) -> HttpResponse:
    """Save, or (without script) show the draft note or open one of its fields."""
    step = request.POST.get("step", "save")
    try:
        typed = form.typed()
    except ValidationError:
        return log_again(request, client, form, {})
    if step.startswith("talked:"):
        note_talked(client, step.removeprefix("talked:"), request.actor, TherapySession.objects.filter(pk=_id_of(form), client=client).first())
        return log_redrawn(request, client, form, typed, "")
    if step == "show" or step.startswith("edit:"):
        return log_redrawn(request, client, form, typed, step.removeprefix("edit:"))
    if not form.is_valid():
        return log_again(request, client, form, typed)
    try:
        note = save_form(request, client, form)
    except Refused as refused:
        form.refuse(refused)
        return log_again(request, client, form, typed)
    except Stale as stale:
        return log_stale(request, client, form, typed, stale)
    return after_saving(request, note, step)


def save_form(request: ActorRequest, client: Client, form: LogForm) -> SessionNote:
    """Save the log; "sign" signs its note in the same breath."""
    appointment = form.appointment()
    note = save_log(client=client, showing=form.showing(), starts_at=appointment["starts_at"], minutes=appointment["minutes"], log=form.log(), by=request.actor)
    return sign_note(note=note, version=note.version, by=request.actor) if request.POST.get("step") == "sign" else note


def after_saving(request: ActorRequest, note: SessionNote, step: str) -> HttpResponse:
    if step == "sign":
        messages.success(request, _("Saved and signed."))
        return redirect("therapy:session", client_id=note.client_id, session_id=note.session_id)
    messages.success(request, _("Saved. The note stays a draft until you sign it."))
    return redirect("dashboard:assign" if step == "assign" else "dashboard:record", client_id=note.client_id)


def log_again(request: ActorRequest, client: Client, form: LogForm, typed: dict[str, Any]) -> HttpResponse:
    """The same form with what is to change beside its fields; everything typed stays."""
    opening = open_log(client, request.actor, _id_of(form))
    return TemplateResponse(request, "dashboard/session_log.html", log_context(opening, form, typed, request.actor))


def log_redrawn(request: ActorRequest, client: Client, form: LogForm, typed: dict[str, Any], key: str) -> HttpResponse:
    """The draft note anew from the taps; with `key`, that field of it as text to write in. Nothing is saved."""
    parts = {part.key: part for part in note_parts(typed_log(typed), facts_for(client, typed))}
    if key in parts:
        typed["own"] = {**typed["own"], key: parts[key].to_edit}
    kept: dict[str, Any] = {name: form.cleaned_data[name] for name in ("new_id", "version", "session_version", "shown") if name in form.cleaned_data}
    return log_shown(request, open_log(client, request.actor, _id_of(form)), typed, kept)


def log_stale(request: ActorRequest, client: Client, form: LogForm, typed: dict[str, Any], stale: Stale) -> HttpResponse:
    """Both texts, and the form with hers: pressing Save again means it."""
    facts = facts_for(client, typed)
    both = {
        "theirs": saved_text(stale.current, client, request.actor, facts),
        "mine": log_text(typed_log(typed), facts),
        "when": date_format(timezone.localtime(stale.current.updated_at), "D j M, H:i"),
    }
    response = log_shown(request, open_log(client, request.actor, _id_of(form)), typed)
    response.context_data = {**(response.context_data or {}), "both": both}
    response.status_code = 409
    return response


@client_view(Permission.SESSIONS_WRITE)
@require_POST
def session_autosave(request: ActorRequest, client: Client, session_id: UUID) -> HttpResponse:
    """Keep what is typed. Answers when it was saved and the lines of the draft note, or 409 with both texts for an older tab."""
    form = LogForm(request.POST, zone_name=client.clinic.timezone)
    try:
        typed = form.typed()
        showing = form.showing()
        if showing.session_id != session_id:
            raise Http404
        draft = autosave_log(client=client, showing=showing, sent=_sent(request), fields=typed, by=request.actor)
    except ValidationError as error:
        return JsonResponse({"message": " ".join(error.messages)}, status=422)
    except KeyError:
        raise Http404 from None
    except Refused as refused:
        return JsonResponse({"message": str(refused.message)}, status=422)
    except Stale as stale:
        return autosave_refused(request, client, typed, stale)
    answer = {"saved_at": date_format(timezone.localtime(draft.updated_at), "H:i"), "version": draft.version}
    return JsonResponse(answer | {"lines": answer_lines(note_parts(typed_log(typed), facts_for(client, typed)))})


def autosave_refused(request: ActorRequest, client: Client, typed: dict[str, Any], stale: Stale) -> HttpResponse:
    """An older tab: what is saved by now, what this tab holds, and what to do."""
    facts = facts_for(client, typed)
    when = date_format(timezone.localtime(stale.current.updated_at), "H:i")
    theirs, mine = saved_text(stale.current, client, request.actor, facts), log_text(typed_log(typed), facts)
    both = render_to_string("components/both_texts.html", {"theirs": theirs, "mine": mine, "when": when})
    message = _("Not saved: this log was saved in another window at %(time)s. Your text is still here.") % {"time": when}
    return JsonResponse({"message": message, "theirs": theirs, "mine": mine, "both": both}, status=409)


def _id_of(form: LogForm) -> UUID:
    found: UUID = form.cleaned_data.get("new_id") or uuid7()
    return found


def _sent(request: ActorRequest) -> int:
    """The number of this autosave in its page; 0 when the header says none."""
    number = request.headers.get("X-Autosave", "")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 9 else 0
