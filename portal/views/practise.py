"""The library in the client's hands: what may be begun alone, the easiest first."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from access.requests import ActorRequest
from clients.gates import portal_view
from clients.models import Client
from clients.names import therapist_name
from core.errors import Refused
from core.ids import uuid7
from homework.selectors import active_assignments
from homework.selectors.library import exercise_of, version_named
from homework.selectors.runs import newest_run
from homework.services.runs import start_run
from portal.forms import StartForm
from portal.pages.begin import begin_page
from portal.pages.practise import shelf_for
from portal.pages.thoughts import short_one
from portal.views.player import begun


@portal_view
def practise(request: ActorRequest, client: Client) -> HttpResponse:
    """Filters stand in the address: `fit` (low, short) and `pillar`."""
    context = {"shelf": shelf_for(client, request.GET.get("fit", ""), request.GET.get("pillar", ""))}
    return render(request, "portal/practise.html", context)


@portal_view
def practise_exercise(request: ActorRequest, client: Client, key: str) -> HttpResponse:
    """One exercise of her own accord. An agreed one leads to its task; one that is for two is not here."""
    version = version_named(key, client.clinic_id)
    if version is None:
        raise Http404
    task = active_assignments(client).filter(item_key=key).values_list("pk", flat=True).first()
    if task is not None:
        return redirect("portal:homework", task)
    exercise = exercise_of(version)
    if not exercise.self_start:
        raise Http404
    form = StartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            run = start_run(
                client=client,
                new_id=given["new_id"],
                exercise_version=version,
                assignment=None,
                visibility=given["visibility"] or "my_therapist",
                fresh=given["fresh"],
                by=request.actor,
            )
        except Refused as refused:
            messages.error(request, str(refused.message))
            return redirect("portal:practise")
        return begun(client, run)
    page = begin_page(client, exercise, newest_run(client, key, None), None)
    context = {"page": page, "therapist": therapist_name(client), "new_id": uuid7(), "active": True, "short": short_one(client, key)}
    return render(request, "portal/begin.html", context)
