"""The client's own map: read it, add, move, change, say that I reached out. Nobody on it is ever written to."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from access.requests import ActorRequest
from clients.forms.readers import readers_chosen
from clients.gates import portal_reading_view, portal_view
from clients.models import Client, Visibility
from clients.names import therapist_name
from core.errors import Refused, Stale
from strengths.forms.people import AddSupporterForm, ChangeSupporterForm, ReachOutForm
from strengths.models import ReachOut, Supporter
from strengths.pages.people import PLACES, map_of, row_of
from strengths.pages.reach_outs import reached_rows
from strengths.people_acts import Both, change_state, save_change, save_new
from strengths.people_acts import move as move_row
from strengths.selectors import reach_out_of, reach_outs_of, supporter_of
from strengths.services import change_reach_out, record_reach_out, show_supporter, take_back_reach_out


@portal_reading_view
def people(request: ActorRequest, client: Client) -> HttpResponse:
    return render(request, "strengths/people.html", {"map": map_of(client), "places": PLACES, "therapist": therapist_name(client)})


@portal_view
def add(request: ActorRequest, client: Client) -> HttpResponse:
    form = AddSupporterForm(request.POST or None, initial={"visibility": Visibility.MY_THERAPIST})
    row = save_new(request, client, form) if request.method == "POST" else None
    if row is not None:
        return redirect("people:mine") if row.pk == form.cleaned_data["new_id"] else redirect("people:person", row.pk)
    return render(request, "strengths/person_form.html", {"form": form, "therapist": therapist_name(client)})


@portal_reading_view
def person(request: ActorRequest, client: Client, supporter_id: UUID) -> HttpResponse:
    """One of them, with every time I reached out."""
    row = own_supporter(client, supporter_id)
    reached = reached_rows(reach_outs_of(client, supporter=row), client)
    return render(request, "strengths/person.html", {"row": row_of(row, 0, client), "reached": reached, "therapist": therapist_name(client)})


@portal_view
def change(request: ActorRequest, client: Client, supporter_id: UUID) -> HttpResponse:
    row = own_supporter(client, supporter_id)
    form = ChangeSupporterForm.of(row, request.POST or None)
    both: Both = {}
    if request.method == "POST":
        changed, form, both = save_change(request, row, form)
        if changed is not None:
            show_supporter(supporter=changed, visibility=readers_chosen(form, row), by=request.actor)
            messages.success(request, _("Saved."))
            return redirect("people:person", row.pk)
    context = {"form": form, "supporter": row, "both": both, "therapist": therapist_name(client)}
    return render(request, "strengths/person_form.html", context, status=409 if both else 200)


@portal_view
@require_POST
def move(request: ActorRequest, client: Client, supporter_id: UUID) -> HttpResponse:
    move_row(request, own_supporter(client, supporter_id))
    return redirect("people:mine")


@portal_view
@require_POST
def state(request: ActorRequest, client: Client, supporter_id: UUID) -> HttpResponse:
    change_state(request, own_supporter(client, supporter_id))
    return redirect("people:mine")


@portal_view
def reach(request: ActorRequest, client: Client, supporter_id: UUID) -> HttpResponse:
    """I reached out: today, or an earlier day."""
    row = own_supporter(client, supporter_id)
    form = ReachOutForm(request.POST or None, client=client)
    if request.method == "POST" and form.is_valid():
        try:
            record_reach_out(supporter=row, new_id=form.cleaned_data["new_id"], by=request.actor, **form.said())
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Saved."))
            return redirect("people:person", row.pk)
    return reach_page(request, client, row, form)


@portal_view
def reach_change(request: ActorRequest, client: Client, reach_out_id: UUID) -> HttpResponse:
    """Put it right afterwards."""
    made = own_reach_out(client, reach_out_id)
    form = ReachOutForm(request.POST or None, client=client, made=made)
    both: Both = {}
    if request.method == "POST" and form.is_valid():
        try:
            said = {**form.said(), "visibility": readers_chosen(form, made)}
            change_reach_out(reach_out=made, version=form.cleaned_data["version"] or 0, by=request.actor, **said)
        except Refused as refused:
            form.refuse(refused)
        except Stale as stale:
            both = {"theirs": stale.current.note, "mine": form.cleaned_data["note"]}
            form.data = request.POST.copy()
            form.data["version"] = stale.current.version
        else:
            messages.success(request, _("Saved."))
            return redirect("people:person", made.supporter_id)
    return reach_page(request, client, made.supporter, form, made, both)


@portal_view
@require_POST
def reach_back(request: ActorRequest, client: Client, reach_out_id: UUID) -> HttpResponse:
    """It was a slip: gone from every page and count."""
    made = own_reach_out(client, reach_out_id, taken_back=True)
    take_back_reach_out(reach_out=made, by=request.actor)
    messages.success(request, _("Taken back."))
    return redirect("people:person", made.supporter_id)


def reach_page(
    request: ActorRequest, client: Client, row: Supporter, form: ReachOutForm, made: ReachOut | None = None, both: Both | None = None
) -> HttpResponse:
    context = {"form": form, "supporter": row, "made": made, "both": both, "therapist": therapist_name(client)}
    return render(request, "strengths/reach_out.html", context, status=409 if both else 200)


def own_supporter(client: Client, pk: UUID) -> Supporter:
    found = supporter_of(client, pk)
    if found is None:
        raise Http404
    return found


def own_reach_out(client: Client, pk: UUID, *, taken_back: bool = False) -> ReachOut:
    found = reach_out_of(client, pk)
    if found is None or (found.withdrawn_at is not None and not taken_back):
        raise Http404
    return found
