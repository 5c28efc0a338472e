"""Something to read, on the portal. Addresses are numbers: they name no feeling."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from access.requests import ActorRequest
from clients.forms.readers import readers_chosen
from clients.gates import portal_reading_view, portal_view
from clients.models import Client, Visibility
from clients.names import therapist_name
from core.errors import Refused, Stale
from homework.forms.reading import ReadForm, StayedForm
from homework.models import ReadingNote
from homework.pages.reading import shelves
from homework.reading import Text, by_key, by_number
from homework.selectors import library, reading_of
from homework.services.reading import change_reading_note, say_read, take_back_reading_note


@portal_reading_view
def reading(request: ActorRequest, client: Client) -> HttpResponse:
    """What was given first, then everything by pillar."""
    found = reading_of(client)
    return render(request, "homework/reading_mine.html", {"reading": found, "shelves": shelves(found), "therapist": therapist_name(client)})


@portal_reading_view
def text(request: ActorRequest, client: Client, number: int) -> HttpResponse:
    return text_page(request, client, text_with(number), ReadForm(initial={"visibility": Visibility.MY_THERAPIST}))


@portal_view
@require_POST
def read(request: ActorRequest, client: Client, number: int) -> HttpResponse:
    """One tap: read. What stayed goes with it, if anything was written."""
    found = text_with(number)
    form = ReadForm(request.POST)
    if form.is_valid():
        try:
            say_read(client=client, text=found, by=request.actor, **form.said())
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Noted. Take your time with it."))
            return redirect("reading:mine")
    return text_page(request, client, found, form)


@portal_view
def note(request: ActorRequest, client: Client, note_id: UUID) -> HttpResponse:
    """What stayed, put right afterwards."""
    row = own_note(client, note_id)
    form = StayedForm(request.POST or None, note=row)
    both: dict[str, str] = {}
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        said = {name: given[name] for name in ("version", "stayed", "for_session")}
        try:
            change_reading_note(note=row, visibility=readers_chosen(form, row), by=request.actor, **said)
        except Refused as refused:
            form.refuse(refused)
        except Stale as stale:
            both = {"theirs": stale.current.stayed, "mine": given["stayed"], "when": date_format(timezone.localtime(stale.current.updated_at), "D j M, H:i")}
            form.data = request.POST.copy()
            form.data["version"] = str(stale.current.version)
        else:
            messages.success(request, _("Saved."))
            return redirect("reading:mine")
    context = {"form": form, "note": row, "text": by_key(row.item_key), "both": both, "therapist": therapist_name(client)}
    return render(request, "homework/reading_note.html", context, status=409 if both else 200)


@portal_view
@require_POST
def note_back(request: ActorRequest, client: Client, note_id: UUID) -> HttpResponse:
    take_back_reading_note(note=own_note(client, note_id, taken_back=True), by=request.actor)
    messages.success(request, _("Taken back."))
    return redirect("reading:mine")


def text_page(request: ActorRequest, client: Client, found: Text, form: ReadForm) -> HttpResponse:
    mine = reading_of(client)
    given = next((row for row in (*mine.waiting, *mine.done) if row.text.key == found.key), None)
    notes = given.notes if given is not None else tuple(one.note for one in mine.own if one.text.key == found.key)
    known = {version.exercise.key: version.title for version in library.current_versions() if library.exercise_of(version).self_start}
    exercises = [(key, known[key]) for key in found.exercises if key in known]
    context = {"text": found, "form": form, "given": given, "notes": notes, "exercises": exercises, "therapist": therapist_name(client)}
    return render(request, "homework/reading_text.html", context)


def text_with(number: int) -> Text:
    found = by_number(number)
    if found is None:
        raise Http404
    return found


def own_note(client: Client, pk: UUID, *, taken_back: bool = False) -> ReadingNote:
    found = ReadingNote.objects.filter(pk=pk, client=client).first()
    if found is None or (found.withdrawn_at is not None and not taken_back):
        raise Http404
    return found
