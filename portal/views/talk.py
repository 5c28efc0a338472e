"""What I want to talk about: my lines and the entries I marked, collected for the next session."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from access.requests import ActorRequest
from clients.gates import portal_view
from clients.models import Client
from clients.names import therapist_name
from clients.services import change_visibility
from core.errors import Refused
from portal.forms import MarkForm, TalkForm, TalkLineForm
from portal.pages.me import entry_to_change
from portal.pages.talk import entry_to_mark, talk_context
from portal.views.me import show
from therapy.models import AgendaItem
from therapy.models.agenda import AgendaState
from therapy.services import add_agenda_item, bring_entry, close_agenda_item

# the page of one entry on which "Talk about this" stood
BACK = {
    "strength": "strengths:one",
    "moment": "strengths:moment_change",
    "person": "people:person",
    "reach": "people:reach_change",
    "way": "coping:strategy",
    "activity": "selfcare:activity",
    "note": "kind:line",
    "thought": "mindset:thought",
}


@portal_view
def talk(request: ActorRequest, client: Client) -> HttpResponse:
    """The list. Its forms say in `act` what they do; `about` in the address says which page led here."""
    if request.method == "POST":
        act = ACTS.get(request.POST.get("act", ""))
        if act is None:
            raise Http404
        return act(request, client)
    return talk_page(request, client, TalkForm())


def talk_page(request: ActorRequest, client: Client, form: TalkForm) -> HttpResponse:
    about = form["about"].value() or request.GET.get("about", "")
    return render(request, "portal/talk.html", {**talk_context(client, therapist_name(client), about), "form": form})


def add(request: ActorRequest, client: Client) -> HttpResponse:
    form = TalkForm(request.POST)
    if not form.is_valid():
        return talk_page(request, client, form)
    given = form.cleaned_data
    try:
        add_agenda_item(client=client, by=request.actor, **given)
    except Refused as refused:
        form.refuse(refused)
        return talk_page(request, client, form)
    messages.success(request, _("On your list."))
    return redirect("portal:talk")


def line_of(request: ActorRequest, client: Client) -> AgendaItem:
    """The client's own line. Raises Http404."""
    form = TalkLineForm(request.POST)
    mine = AgendaItem.objects.filter(client=client, created_by_id=client.portal_user_id, source_id=None)
    found = mine.filter(pk=form.cleaned_data["line"]).first() if form.is_valid() else None
    if found is None:
        raise Http404
    return found


def off(request: ActorRequest, client: Client) -> HttpResponse:
    close_agenda_item(item=line_of(request, client), state=AgendaState.LET_GO, by=request.actor)
    messages.success(request, _("Taken off your list."))
    return redirect("portal:talk")


def show_line(request: ActorRequest, client: Client) -> HttpResponse:
    """A line that was only hers is shown from now on."""
    line = line_of(request, client)
    if line.visibility != "my_therapist":
        change_visibility(source=line, visibility="my_therapist", by=request.actor)
    return redirect("portal:talk")


def mark(request: ActorRequest, client: Client) -> HttpResponse:
    """One of her entries goes on the list or off it."""
    form = MarkForm(request.POST)
    entry = entry_to_mark(client, form.cleaned_data["kind"], form.cleaned_data["entry"]) if form.is_valid() else None
    if entry is None:
        raise Http404
    on = form.cleaned_data["on"]
    bring_entry(source=entry, on=on, by=request.actor)
    messages.success(request, _("On your list to talk about.") if on else _("Taken off your list."))
    back, at = form.cleaned_data["back"], form.cleaned_data["at"]
    if back in BACK and at is not None:
        return redirect(BACK[back], at)
    return redirect("portal:me" if back == "me" else "portal:talk")


def show_entry(request: ActorRequest, client: Client) -> HttpResponse:
    """A marked entry that was only hers is shown, as on the page of who sees what."""
    form = MarkForm(request.POST)
    entry = entry_to_change(client, form.cleaned_data["kind"], form.cleaned_data["entry"]) if form.is_valid() else None
    if entry is None:
        raise Http404
    try:
        if entry.visibility != "my_therapist":
            show(entry, "my_therapist", request.actor)
    except Refused as refused:
        messages.warning(request, str(refused.message))
    return redirect("portal:talk")


ACTS: dict[str, Callable[[ActorRequest, Client], HttpResponse]] = {"add": add, "off": off, "show": show_line, "mark": mark, "show_entry": show_entry}
