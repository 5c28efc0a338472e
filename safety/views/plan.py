"""The safety plan at the desk: read, changed together a step at a time, looked at together, printed."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from access.permissions import Permission
from access.requests import ActorRequest
from clients.gates import client_view
from clients.models import Client
from core.sealed import Unreadable
from safety.content import directory
from safety.forms import ReviewForm
from safety.pages.plan import history, plan_of
from safety.plan_acts import save_review, save_step, step_after, step_or_404
from safety.plan_content import SAFER
from safety.selectors import current_safety_plan


@client_view(Permission.SAFETY_PLAN_READ)
def plan(request: ActorRequest, client: Client) -> HttpResponse:
    return TemplateResponse(request, "safety/desk.html", {"client": client, "tab": "plans", "plan": plan_of(client)})


@client_view(Permission.SAFETY_PLAN_WRITE)
def plan_step(request: ActorRequest, client: Client, step_key: str) -> HttpResponse:
    found = step_or_404(step_key)
    try:
        form, both, saved = save_step(request, client, found, staff=True)
    except Unreadable:
        return redirect("safety:desk_plan", client_id=client.pk)
    after = step_after(found)
    if saved and after is not None and "next" in request.POST:
        return redirect("safety:desk_step", client_id=client.pk, step_key=after.key)
    if saved:
        return redirect("safety:desk_plan", client_id=client.pk)
    context = {"client": client, "step": found, "after": after, "form": form, "both": both}
    return TemplateResponse(request, "safety/desk_step.html", context, status=409 if both else 200)


@client_view(Permission.SAFETY_PLAN_WRITE)
def plan_review(request: ActorRequest, client: Client) -> HttpResponse:
    there = current_safety_plan(client)
    if there is None:
        raise Http404
    form = ReviewForm(request.POST if request.method == "POST" else None, plan=there)
    try:
        saved, late = save_review(request, client, form) if request.method == "POST" else (False, False)
    except Unreadable:
        saved, late = True, False  # the plan's page says what is the matter
    if saved:
        return redirect("safety:desk_plan", client_id=client.pk)
    context = {"client": client, "form": form, "plan": there, "late": late}
    return TemplateResponse(request, "safety/desk_review.html", context, status=409 if late else 200)


@client_view(Permission.SAFETY_PLAN_READ)
def plan_history(request: ActorRequest, client: Client) -> HttpResponse:
    return TemplateResponse(request, "safety/desk_history.html", {"client": client, "changes": history(client, staff=True)})


@client_view(Permission.SAFETY_PLAN_READ)
def plan_paper(request: ActorRequest, client: Client) -> HttpResponse:
    return TemplateResponse(request, "safety/paper.html", paper_context(request, client) | {"desk": True})


def paper_context(request: ActorRequest, client: Client) -> dict[str, object]:
    """One A4 page. Step 6 is on it when its tick was sent, and not otherwise."""
    found = plan_of(client)
    if found.version is None or found.unreadable:
        raise Http404
    steps = [each for each in found.steps if each.lines and (each.step.key != SAFER or "safer" in request.GET)]
    return {"client": client, "plan": found, "steps": steps, "with_safer": "safer" in request.GET, "directory": directory()}
