"""The client's own safety plan: calls first, then what helps alone, then people; the whole of it a tap below, and each step to change."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse

from access.requests import ActorRequest
from clients.gates import portal_reading_view, portal_view
from clients.models import Client
from clients.names import therapist_name
from core.sealed import Unreadable
from safety.pages.plan import history, plan_of
from safety.plan_acts import save_step, step_after, step_or_404
from safety.selectors import has_plan
from safety.views.plan import paper_context


@portal_reading_view
def plan(request: ActorRequest, client: Client) -> HttpResponse:
    return render(request, "safety/mine.html", {"plan": plan_of(client), "therapist": therapist_name(client)})


@portal_view
def plan_step(request: ActorRequest, client: Client, step_key: str) -> HttpResponse:
    """One step a screen. Before there is a plan there is nothing to change."""
    found = step_or_404(step_key)
    if not has_plan(client):
        return redirect("safety:plan")
    try:
        form, both, saved = save_step(request, client, found, staff=False)
    except Unreadable:
        return redirect("safety:plan")
    after = step_after(found)
    if saved and after is not None and "next" in request.POST:
        return redirect("safety:plan_step", step_key=after.key)
    if saved:
        return redirect("safety:plan")
    context = {"step": found, "after": after, "form": form, "both": both, "therapist": therapist_name(client)}
    return render(request, "safety/mine_step.html", context, status=409 if both else 200)


@portal_reading_view
def plan_history(request: ActorRequest, client: Client) -> HttpResponse:
    return render(request, "safety/mine_history.html", {"changes": history(client)})


@portal_reading_view
def plan_paper(request: ActorRequest, client: Client) -> HttpResponse:
    return TemplateResponse(request, "safety/paper.html", paper_context(request, client))
