"""The desk: the plan made together, what works from what is shared, who changed what."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST

from access.permissions import Permission
from access.requests import ActorRequest
from access.selectors import private_counts
from clients.gates import client_view
from clients.models import Client
from clients.pillars import Pillar
from coping.acts import change_state, save_change, save_new, save_plan_form
from coping.forms import AddStrategyForm, ChangeStrategyForm, PlanForm
from coping.models import CopingStrategy
from coping.pages.history import history
from coping.pages.plan import lead_sentence, plan_of, who_to_tell
from coping.pages.uses import use_rows
from coping.selectors import current_plan, strategy_of


@client_view(Permission.COPING_READ)
def coping(request: ActorRequest, client: Client) -> HttpResponse:
    plan = plan_of(client, staff=True)
    context = {
        "client": client,
        "plan": plan,
        "sentence": lead_sentence(plan),
        "tell": who_to_tell(client, staff=True),
        "uses": use_rows(client, staff=True),
        "private": private_counts([client.pk]).get((client.pk, Pillar.COPING), 0),
    }
    return TemplateResponse(request, "coping/desk.html", context)


@client_view(Permission.COPING_WRITE)
def plan_edit(request: ActorRequest, client: Client) -> HttpResponse:
    plan = current_plan(client)
    form = PlanForm(request.POST or None, plan=plan)
    form, both, saved = save_plan_form(request, client, form) if request.method == "POST" else (form, {}, False)
    if saved:
        return redirect("coping:desk", client_id=client.pk)
    return TemplateResponse(request, "coping/desk_plan.html", {"client": client, "form": form, "both": both}, status=409 if both else 200)


@client_view(Permission.COPING_READ)
def plan_history(request: ActorRequest, client: Client) -> HttpResponse:
    return TemplateResponse(request, "coping/desk_history.html", {"client": client, "changes": history(client, staff=True)})


@client_view(Permission.COPING_WRITE)
def strategy_add(request: ActorRequest, client: Client) -> HttpResponse:
    form = AddStrategyForm(request.POST or None)
    if request.method == "POST" and save_new(request, client, form, visibility=False):
        return redirect("coping:desk", client_id=client.pk)
    return TemplateResponse(request, "coping/desk_strategy.html", {"client": client, "form": form})


@client_view(Permission.COPING_WRITE)
def strategy_change(request: ActorRequest, client: Client, strategy_id: UUID) -> HttpResponse:
    strategy = shared_strategy(client, strategy_id)
    form = ChangeStrategyForm(request.POST) if request.method == "POST" else ChangeStrategyForm.of(strategy)
    changed, both = save_change(request, strategy, form) if request.method == "POST" else (None, {})
    if changed is not None:
        return redirect("coping:desk", client_id=client.pk)
    context = {"client": client, "form": form, "strategy": strategy, "both": both}
    return TemplateResponse(request, "coping/desk_strategy.html", context, status=409 if both else 200)


@client_view(Permission.COPING_WRITE)
@require_POST
def strategy_state(request: ActorRequest, client: Client, strategy_id: UUID) -> HttpResponse:
    change_state(request, shared_strategy(client, strategy_id))
    return redirect("coping:desk", client_id=client.pk)


def shared_strategy(client: Client, pk: UUID) -> CopingStrategy:
    found = strategy_of(client, pk, staff=True)
    if found is None:
        raise Http404
    return found
