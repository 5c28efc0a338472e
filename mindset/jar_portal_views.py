"""The jar in the client's hands: open it, put something in, put it right, take it out."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from access.requests import ActorRequest
from clients.forms.readers import readers_chosen
from clients.gates import portal_reading_view, portal_view
from clients.models import Client
from clients.names import therapist_name
from core.errors import Refused, Stale
from mindset.forms.good import WIN, JarForm, PutInForm
from mindset.pages.good import ALL, LISTED, draw, jar_rows, row_of
from mindset.selectors.good import JarEntry, entry_of
from mindset.services import add_good_thing, add_win, change_entry, take_back_entry


@portal_reading_view
def jar(request: ActorRequest, client: Client) -> HttpResponse:
    """One thing at a time. `put` names what was put in just now."""
    return jar_page(request, client, PutInForm())


@portal_view
@require_POST
def put_in(request: ActorRequest, client: Client) -> HttpResponse:
    """One field, and one of two buttons."""
    form = PutInForm(request.POST)
    if form.is_valid():
        try:
            add = add_win if form.cleaned_data["kind"] == WIN else add_good_thing
            made = add(client=client, new_id=form.cleaned_data["new_id"], by=request.actor, **form.said())
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect(f"{reverse('jar:mine')}?put={made.pk}")
    return jar_page(request, client, form)


def jar_page(request: ActorRequest, client: Client, form: PutInForm) -> HttpResponse:
    drawn = draw(client, request.GET.get("visit", ""), request.GET.get("n", ""))
    put = entry_named(client, request.GET.get("put", ""))
    context = {"drawn": drawn, "form": form, "put": row_of(put) if put is not None else None, "therapist": therapist_name(client)}
    return render(request, "mindset/jar_mine.html", context)


@portal_reading_view
def everything(request: ActorRequest, client: Client) -> HttpResponse:
    """All that is in it, each with a way to change it."""
    longer = request.GET.get("show") == "all"
    rows = jar_rows(client, limit=ALL if longer else LISTED)
    return render(request, "mindset/jar_all.html", {"rows": rows, "more": len(rows) == LISTED and not longer})


@portal_view
def entry(request: ActorRequest, client: Client, entry_id: UUID) -> HttpResponse:
    """Put it right, say which strength and who was in it, and who reads it."""
    row = own_entry(client, entry_id)
    form = JarForm(request.POST if request.method == "POST" else None, client=client, entry=row)
    both: dict[str, str] = {}
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            change_entry(entry=row, version=given["version"], visibility=readers_chosen(form, row), by=request.actor, **form.changes())
        except Refused as refused:
            form.refuse(refused)
        except Stale as stale:
            if stale.current is None:
                raise Http404 from stale
            both = {"theirs": words_of(stale.current), "mine": "\n".join(filter(None, (given["text"], given.get("why"))))}
            form.data = request.POST.copy()
            form.data["version"] = stale.current.version
        else:
            messages.success(request, _("Saved."))
            return redirect("jar:all")
    context = {"form": form, "row": row_of(row), "both": both, "therapist": therapist_name(client)}
    return render(request, "mindset/jar_entry.html", context, status=409 if both else 200)


@portal_view
@require_POST
def take_out(request: ActorRequest, client: Client, entry_id: UUID) -> HttpResponse:
    """It was a slip: gone from every page and count."""
    take_back_entry(entry=own_entry(client, entry_id, taken_back=True), by=request.actor)
    messages.success(request, _("Taken out."))
    return redirect("jar:all")


def words_of(row: JarEntry) -> str:
    return "\n".join(filter(None, (row.text, row.why)))


def own_entry(client: Client, pk: UUID, *, taken_back: bool = False) -> JarEntry:
    found = entry_of(client, pk, taken_back=taken_back)
    if found is None:
        raise Http404
    return found


def entry_named(client: Client, pk: str) -> JarEntry | None:
    """What an address names; None for whatever is no id of this client's."""
    try:
        return entry_of(client, UUID(pk)) if pk else None
    except ValueError:
        return None
