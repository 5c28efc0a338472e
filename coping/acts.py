"""What both sides' views do alike with a form: save, or say beside the field what to change."""

from typing import Any

from django.contrib import messages
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from access.requests import ActorRequest
from clients.models import Client, Visibility
from coping.forms import AddStrategyForm, ChangeStrategyForm, PlanForm
from coping.models import CopingPlan, CopingStrategy, StrategyState
from coping.pages.history import texts
from coping.services import add_strategy, bring_back, change_strategy, retire_strategy, save_plan
from core.errors import Refused, Stale
from core.ids import uuid7

Both = dict[str, str]


def save_plan_form(request: ActorRequest, client: Client, form: PlanForm) -> tuple[PlanForm, Both, bool]:
    """The form to show, both texts when somebody was faster, and whether it is saved."""
    if not form.is_valid():
        return form, {}, False
    try:
        save_plan(client=client, by=request.actor, **form.plan())
    except Refused as refused:
        form.refuse(refused)
        return form, {}, False
    except Stale as stale:
        typed = {name: request.POST.getlist(name) if name == "signs" else request.POST.get(name, "") for name in ("signs", "own_signs", "triggers", "phrase")}
        both = {"theirs": plan_words(stale.current), "mine": form_words(form), "when": moment_words(stale.current)}
        again = PlanForm(plan=stale.current, initial={**typed, "number": stale.current.number if stale.current else 0, "new_id": uuid7()})
        return again, both, False
    messages.success(request, _("Saved."))
    return form, {}, True


def plan_words(plan: CopingPlan | None) -> str:
    """A version as one text, for showing two beside each other."""
    return "\n".join([*texts(plan.early_signs), *plan.triggers, plan.phrase]) if plan is not None else ""


def form_words(form: PlanForm) -> str:
    given = form.plan()
    return "\n".join([*texts(given["early_signs"]), *given["triggers"], given["phrase"]])


def moment_words(row: Any) -> str:
    return date_format(timezone.localtime(row.created_at), "D j M, H:i") if row is not None else ""


def save_new(request: ActorRequest, client: Client, form: AddStrategyForm, *, visibility: bool) -> bool:
    """Add what the form holds; `visibility`: it asked who reads it."""
    if not form.is_valid():
        return False
    given = form.cleaned_data
    who = given["visibility"] if visibility and given["visibility"] else Visibility.MY_THERAPIST
    words: dict[str, Any] = form.words()
    try:
        add_strategy(client=client, new_id=given["new_id"], item_key=given["item_key"], visibility=who, by=request.actor, **words)
    except Refused as refused:
        form.refuse(refused)
        return False
    messages.success(request, _("Added to the plan."))
    return True


def save_change(request: ActorRequest, strategy: CopingStrategy, form: ChangeStrategyForm) -> tuple[CopingStrategy | None, Both]:
    """The strategy as it is now, or None with both texts when somebody was faster."""
    if not form.is_valid():
        return None, {}
    try:
        return change_strategy(strategy=strategy, new_id=form.cleaned_data["new_id"], by=request.actor, **form.words()), {}
    except Refused as refused:
        form.refuse(refused)
        return None, {}
    except Stale as stale:
        return None, {"theirs": strategy_words(stale.current), "mine": "\n".join(form.words().values()), "when": moment_words(stale.current)}


def strategy_words(row: CopingStrategy | None) -> str:
    return "\n".join(word for word in (row.name, row.how, row.when_to) if word) if row is not None else ""


def change_state(request: ActorRequest, strategy: CopingStrategy) -> None:
    """Retire or bring back, as the button says."""
    try:
        if request.POST.get("state") == StrategyState.RETIRED:
            retire_strategy(strategy=strategy, by=request.actor)
        elif request.POST.get("state") == StrategyState.ACTIVE:
            bring_back(strategy=strategy, by=request.actor)
    except Stale:
        messages.warning(request, _("This was changed somewhere else meanwhile. Here is how it stands."))
    else:
        messages.success(request, _("Saved."))
