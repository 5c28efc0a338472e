"""The client's own thoughts: looked at again, put right, taken back."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from access.requests import ActorRequest
from clients.forms.readers import readers_chosen
from clients.gates import portal_reading_view, portal_view
from clients.models import Client
from clients.names import therapist_name
from core.errors import Refused, Stale
from homework.selectors import said_to
from mindset.forms import ThoughtForm
from mindset.models import ThoughtRecord
from mindset.pages.good import section
from mindset.pages.moments import moment_choices
from mindset.pages.thoughts import day_of, history, one_thought
from mindset.selectors import evidence_of, thought_of
from mindset.services import change_thought, take_back_thought

NUMBERS = range(11)


@portal_reading_view
def mindset(request: ActorRequest, client: Client) -> HttpResponse:
    return render(request, "mindset/mine.html", {"history": history(client), "therapist": therapist_name(client), "good": section(client)})


@portal_reading_view
def thought(request: ActorRequest, client: Client, record_id: UUID) -> HttpResponse:
    record = own_thought(client, record_id)
    replies = said_to(client, record.source_id) if record.source_id else []
    context = {"one": one_thought(record, client), "replies": replies, "therapist": therapist_name(client)}
    return render(request, "mindset/thought.html", context)


@portal_view
def thought_change(request: ActorRequest, client: Client, record_id: UUID) -> HttpResponse:
    """Put it right; what was typed comes back beside the newer text when another window saved first."""
    record = own_thought(client, record_id)
    facts = evidence_of([record], client).get(record.pk, [])
    form = ThoughtForm(request.POST) if request.method == "POST" else ThoughtForm.of(record, facts)
    added = request.POST.getlist("moments") if request.method == "POST" else [str(fact.moment_id) for fact in facts if fact.moment_id]
    moments = moment_choices(client, added)
    both: dict[str, str] = {}
    if request.method == "POST" and form.is_valid():
        ticked = [str(one.moment.row.pk) for one in moments if one.checked]
        given = form.cleaned_data
        try:
            who = readers_chosen(form, record)
            change_thought(record=record, version=given["version"], facts=form.facts(ticked), visibility=who, by=request.actor, **form.said())
        except Refused as refused:
            form.refuse(refused)
        except Stale as stale:
            both = newer(stale, client, form)
            form.data = request.POST.copy()
            form.data["version"] = str(stale.current.version)
        else:
            messages.success(request, _("Saved."))
            return redirect("mindset:thought", record.pk)
    context = {"form": form, "record": record, "moments": moments, "both": both, "numbers": NUMBERS, "therapist": therapist_name(client)}
    return render(request, "mindset/change.html", context, status=409 if both else 200)


@portal_view
@require_POST
def thought_back(request: ActorRequest, client: Client, record_id: UUID) -> HttpResponse:
    """It was a slip, or is not wanted any more: gone from every page and count."""
    record = thought_of(client, record_id, taken_back=True)
    if record is None:
        raise Http404
    take_back_thought(record=record, by=request.actor)
    messages.success(request, _("Taken back."))
    return redirect("mindset:mine")


def newer(stale: Stale, client: Client, form: ThoughtForm) -> dict[str, str]:
    """Both texts: what another window saved, and what was typed here."""
    row = stale.current
    assert isinstance(row, ThoughtRecord)
    mine = form.cleaned_data
    return {
        "theirs": "\n".join(text for text in (row.thought, row.fairer) if text),
        "mine": "\n".join(text for text in (mine["thought"], mine["fairer"]) if text),
        "when": day_of(row.updated_at, client),
    }


def own_thought(client: Client, pk: UUID) -> ThoughtRecord:
    found = thought_of(client, pk)
    if found is None:
        raise Http404
    return found
