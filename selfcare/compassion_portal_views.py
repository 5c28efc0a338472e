"""A kinder voice: self-talk caught and answered, and what is good enough."""

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
from selfcare.forms.compassion import AnswerForm, CatchForm, GoodEnoughForm
from selfcare.models import CompassionNote, NoteKind
from selfcare.pages.compassion import earlier_answers, kind_page, line_page
from selfcare.selectors.compassion import kindness_of, note_of
from selfcare.services import add_good_enough, answer_talk, catch_talk, take_back_note, use_again

OFFERED = 8  # earlier self-talk to pick "the same again" from


@portal_reading_view
def kind(request: ActorRequest, client: Client) -> HttpResponse:
    return render(request, "selfcare/kind.html", {**kind_page(client, request.actor.user_id), "therapist": therapist_name(client)})


@portal_view
def catch(request: ActorRequest, client: Client) -> HttpResponse:
    """Write it down; the next page asks for the kinder answer. `again` in the address picks one that was caught before."""
    asked = request.POST.get("again") or request.GET.get("again", "")
    lines = [line for number, line in enumerate(kindness_of(client).lines) if number < OFFERED or str(line.newest.pk) == asked]
    form = CatchForm(request.POST or None, lines=lines, initial={"again": request.GET.get("again", ""), "visibility": Visibility.MY_THERAPIST})
    if request.method == "POST" and form.is_valid():
        again = form.cleaned_data["again"]
        same_as = next((line.newest for line in lines if str(line.newest.pk) == again), None) if again else None
        try:
            note = catch_talk(client=client, same_as=same_as, by=request.actor, **form.said())
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Caught. That is the hard part."))
            return redirect("kind:note", note.pk)
    return render(request, "selfcare/kind_catch.html", {"form": form, "lines": lines, "therapist": therapist_name(client)})


@portal_view
def note(request: ActorRequest, client: Client, note_id: UUID) -> HttpResponse:
    """The kinder answer: what was answered before with one tap, or new words; and everything can be put right."""
    row = own_note(request, client, note_id)
    form = AnswerForm(request.POST or None, note=row)
    both: dict[str, str] = {}
    if request.method == "POST" and form.is_valid():
        visibility = readers_chosen(form, row)
        try:
            answer_talk(note=row, version=form.cleaned_data["version"], visibility=visibility, by=request.actor, **form.said())
        except Refused as refused:
            form.refuse(refused)
        except Stale as stale:
            both = both_texts(stale.current, form)
            form.data = request.POST.copy()
            form.data["version"] = str(stale.current.version)
        else:
            messages.success(request, _("Saved."))
            return redirect("kind:mine")
    context = {"form": form, "note": row, "good_enough": row.kind == NoteKind.GOOD_ENOUGH, "earlier": earlier_answers(client, row), "both": both}
    return render(request, "selfcare/kind_note.html", {**context, "therapist": therapist_name(client)}, status=409 if both else 200)


@portal_view
@require_POST
def again(request: ActorRequest, client: Client, note_id: UUID) -> HttpResponse:
    """One tap: the answer from before."""
    row = own_note(request, client, note_id)
    earlier = note_of(client, as_id(request.POST.get("earlier", "")))
    if earlier is None:
        raise Http404
    try:
        used = use_again(note=row, earlier=earlier, by=request.actor)
    except (Refused, Stale) as late:
        messages.warning(request, str(late.message) if isinstance(late, Refused) else _("This was changed in another window meanwhile. Here is how it stands."))
    else:
        kept = used.visibility == Visibility.ONLY_ME != row.visibility
        messages.success(request, _("Used again. That answer was only yours, so this one is too.") if kept else _("Used again."))
    return redirect("kind:note", row.pk)


@portal_reading_view
def line(request: ActorRequest, client: Client, line_id: UUID) -> HttpResponse:
    """One piece of self-talk with each time it was caught."""
    page = line_page(client, line_id, request.actor.user_id)
    if page is None:
        raise Http404
    return render(request, "selfcare/kind_line.html", {**page, "therapist": therapist_name(client)})


@portal_view
@require_POST
def back(request: ActorRequest, client: Client, note_id: UUID) -> HttpResponse:
    row = own_note(request, client, note_id, taken_back=True)
    take_back_note(note=row, by=request.actor)
    messages.success(request, _("Taken back."))
    return redirect("kind:mine")


@portal_view
def good_enough(request: ActorRequest, client: Client) -> HttpResponse:
    """An own sentence for the list."""
    form = GoodEnoughForm(request.POST or None, initial={"visibility": Visibility.MY_THERAPIST})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        words = {name: given[name] for name in ("new_id", "sentence", "rule")}
        try:
            add_good_enough(client=client, visibility=given["visibility"] or Visibility.MY_THERAPIST, by=request.actor, **words)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Added. Good enough."))
            return redirect("kind:mine")
    return render(request, "selfcare/kind_good_enough.html", {"form": form, "therapist": therapist_name(client)})


def both_texts(newer: CompassionNote, form: AnswerForm) -> dict[str, str]:
    when = date_format(timezone.localtime(newer.updated_at), "D j M, H:i")
    return {"theirs": newer.kinder_answer or newer.self_talk, "mine": form.cleaned_data["kinder_answer"] or form.cleaned_data["self_talk"], "when": when}


def own_note(request: ActorRequest, client: Client, pk: UUID, *, taken_back: bool = False) -> CompassionNote:
    """What the client wrote; what was written at the desk is the therapist's to change."""
    found = note_of(client, pk, taken_back=taken_back)
    if found is None or found.created_by_id != request.actor.user_id:
        raise Http404
    return found


def as_id(value: str) -> UUID:
    try:
        return UUID(value)
    except ValueError:
        raise Http404 from None
