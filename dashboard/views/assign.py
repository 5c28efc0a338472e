"""T4: agree on homework in three clicks: Assign, a card, "Checked, send"."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from access.permissions import Permission
from access.requests import ActorRequest
from clients.gates import client_view
from clients.models import Client
from dashboard.pages.assign import FIRST_ROWS, address, agree, assign_form, cards, desk_of, lead_words, library_rows, load_words, opened_key
from homework.forms import FindForm
from homework.models import Assignment
from homework.selectors import last_agreed


@client_view(Permission.HOMEWORK_WRITE)
def assign(request: ActorRequest, client: Client) -> HttpResponse:
    """`?exercise=KEY` opens its sheet in place; the filters of the library are in the address too."""
    find = FindForm(request.GET)
    desk = desk_of(client, find.wanted()["pillar"])
    chosen = opened_key(request, desk)
    form = assign_form(request, desk, chosen) if chosen else None
    if request.method == "POST" and form is not None and form.is_valid():
        task = agree(request, desk, form)
        if task is not None:
            return agreed(request, client, task, paper=form.cleaned_data["paper"])
    fits = cards(request, desk, chosen)
    rows = library_rows(request, desk, [card.exercise.key for card in fits])
    shown = rows if find.has_filter or request.GET.get("all") else rows[:FIRST_ROWS]
    context = {
        "client": client,
        "lead": lead_words(desk),
        "load": load_words(desk, chosen) if chosen else "",
        "cards": fits,
        "open": next((card.exercise for card in fits if card.chosen), None),
        "form": form,
        "find": find,
        "rows": shown,
        "more": len(rows) - len(shown),
        "more_url": address(request, all="1") + "#library",
        "count": len(rows),
        "total": len(desk.versions),
        "last": last_agreed(client),
    }
    return TemplateResponse(request, "dashboard/assign.html", context)


def agreed(request: ActorRequest, client: Client, task: Assignment, *, paper: bool) -> HttpResponse:
    if paper:
        return redirect("homework:paper", client_id=client.pk, assignment_id=task.pk)
    if client.portal_user_id:
        said = _("Sent. %(name)s finds it under Today.")
    elif client.invitation_id:
        said = _("Agreed. %(name)s finds it under Today once the invitation is accepted.")
    else:
        said = _("Agreed. %(name)s does not sign in yet; it can be printed here.")
    messages.success(request, said % {"name": client.called})
    return redirect("dashboard:homework", client_id=client.pk)
