"""Notes: the list, one note to read, sign and amend, and what only its author reads."""

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
from core.paging import PAGE, Place
from therapy.forms import AmendForm, PrivateNoteEditForm, PrivateNoteForm, SignForm
from therapy.models import PrivateNote
from therapy.selectors import NoteView, next_sessions, note_view, notes_of, private_notes, sessions_to_log_of, unsaved_logs
from therapy.services import amend_note, edit_private_note, sign_note, write_private_note


@client_view(Permission.NOTES_READ)
def notes(request: ActorRequest, client: Client) -> HttpResponse:
    return TemplateResponse(request, "therapy/notes.html", notes_context(request, client, PrivateNoteForm()))


def notes_context(request: ActorRequest, client: Client, form: PrivateNoteForm) -> dict[str, object]:
    """A page of session notes, `?after=` the place of the last one shown, and what stands around them."""
    found = notes_of(client, request.actor, after=Place.read(request.GET.get("after", "")), limit=PAGE + 1)
    waiting = [row for row in sessions_to_log_of(client, request.actor) if row.ends_at <= timezone.now()] if request.can_write else []
    begun = {draft.session_ref: draft for draft in unsaved_logs(client, request.actor)} if request.can_write else {}
    return {
        "client": client,
        "next_session": next_sessions([client.pk]).get(client.pk),
        "notes": found[:PAGE],
        "older": Place(found[PAGE - 1].session.starts_at, found[PAGE - 1].note.pk) if len(found) > PAGE else "",
        "private": private_notes(client, request.actor),
        "to_log": [(row, begun.pop(row.pk, None)) for row in waiting],
        "unsaved": list(begun.values()),
        "form": form,
    }


@client_view(Permission.NOTES_READ)
def session(request: ActorRequest, client: Client, session_id: UUID) -> HttpResponse:
    """One note: a draft to look over and sign, or a signed one to read and add to."""
    return note_page(request, client, _view(request, client, session_id), AmendForm())


def note_page(request: ActorRequest, client: Client, view: NoteView, form: AmendForm, changed: str = "") -> HttpResponse:
    context = {"client": client, "view": view, "form": form, "sign": SignForm(initial={"version": view.note.version}), "changed": changed}
    return TemplateResponse(request, "therapy/session.html", context, status=409 if changed else 200)


@client_view(Permission.NOTES_WRITE)
@require_POST
def note_sign(request: ActorRequest, client: Client, session_id: UUID) -> HttpResponse:
    view, form = _view(request, client, session_id), SignForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        sign_note(note=view.note, version=form.cleaned_data["version"], by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused.message))
    except Stale as stale:
        when = date_format(timezone.localtime(stale.current.updated_at), "H:i")
        return note_page(request, client, _view(request, client, session_id), AmendForm(), changed=when)
    else:
        messages.success(request, _("Signed. From now on it can only be added to."))
    return redirect("therapy:session", client_id=client.pk, session_id=session_id)


@client_view(Permission.NOTES_WRITE)
@require_POST
def note_amend(request: ActorRequest, client: Client, session_id: UUID) -> HttpResponse:
    view, form = _view(request, client, session_id), AmendForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            amend_note(note=view.note, new_id=data["new_id"], text=data["text"], reason=data["reason"], by=request.actor)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Added. The first text stays as it was signed."))
            return redirect("therapy:session", client_id=client.pk, session_id=session_id)
    return note_page(request, client, view, form)


@client_view(Permission.PRIVATE_NOTES_WRITE)
@require_POST
def private_note_add(request: ActorRequest, client: Client) -> HttpResponse:
    form = PrivateNoteForm(request.POST)
    if form.is_valid():
        try:
            write_private_note(client=client, new_id=form.cleaned_data["new_id"], text=form.cleaned_data["text"], by=request.actor)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Kept, for you alone."))
            return redirect("therapy:notes", client_id=client.pk)
    return TemplateResponse(request, "therapy/notes.html", notes_context(request, client, form))


@client_view(Permission.PRIVATE_NOTES_WRITE)
def private_note_edit(request: ActorRequest, client: Client, note_id: UUID) -> HttpResponse:
    note = PrivateNote.objects.filter(pk=note_id, client=client, created_by_id=request.actor.user_id).first()
    if note is None:
        raise Http404
    form = PrivateNoteEditForm(request.POST or None, initial={"text": note.text, "version": note.version})
    both = {}
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        try:
            edit_private_note(note=note, version=form.cleaned_data["version"], text=text, by=request.actor)
        except Stale as stale:
            both = {"theirs": stale.current.text, "mine": text, "when": date_format(timezone.localtime(stale.current.updated_at), "D j M, H:i")}
            form = PrivateNoteEditForm(initial={"text": text, "version": stale.current.version})
        else:
            messages.success(request, _("Kept, for you alone."))
            return redirect("therapy:notes", client_id=client.pk)
    return TemplateResponse(request, "therapy/private_note.html", {"client": client, "form": form, "both": both}, status=409 if both else 200)


def _view(request: ActorRequest, client: Client, session_id: UUID) -> NoteView:
    found = note_view(client, session_id, request.actor)
    if found is None:
        raise Http404
    return found
