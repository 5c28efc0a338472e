"""What both sides' views do alike: save a step, or say beside the field what to change."""

from django.contrib import messages
from django.http import Http404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from access.requests import ActorRequest
from clients.models import Client
from core.errors import Refused, Stale
from safety.forms import ReviewForm, StepForm
from safety.models import SafetyPlan
from safety.pages.plan import offers, words_of
from safety.plan_content import PlanStep, plan_steps
from safety.selectors import current_safety_plan
from safety.services import review_safety_plan, save_safety_plan

Both = dict[str, str]


def step_or_404(key: str) -> PlanStep:
    found = plan_steps().get(key)
    if found is None:
        raise Http404
    return found


def step_after(step: PlanStep) -> PlanStep | None:
    return next((each for each in plan_steps().values() if each.order == step.order + 1), None)


def save_step(request: ActorRequest, client: Client, step: PlanStep, *, staff: bool) -> tuple[StepForm, Both, bool]:
    """The form to show, both texts when somebody was faster, and whether it is saved. Raises core.sealed.Unreadable."""
    plan = current_safety_plan(client)
    offered = offers(client, step, staff=staff)
    if request.method != "POST":
        return StepForm(step=step, plan=plan, offers=offered), {}, False
    form = StepForm(request.POST, step=step, plan=plan, offers=offered)
    if not form.is_valid():
        return form, {}, False
    given = form.cleaned_data
    try:
        save_safety_plan(client=client, new_id=given["new_id"], number=given["number"], steps={step.key: form.lines()}, by=request.actor)
    except Refused as refused:
        form.refuse(refused)
    except Stale as stale:
        form.data = request.POST.copy()
        form.data["number"] = str(number_of(stale.current))
        return form, both_texts(stale.current, step, form), False
    else:
        messages.success(request, _("Saved."))
        return form, {}, True
    return form, {}, False


def both_texts(there: SafetyPlan | None, step: PlanStep, form: StepForm) -> Both:
    theirs = words_of(there.steps.get(step.key, ())) if there is not None else ()
    when = date_format(timezone.localtime(there.created_at), "D j M, H:i") if there is not None else ""
    return {"theirs": "\n".join(theirs), "mine": "\n".join(words_of(form.lines())), "when": when}


def number_of(plan: SafetyPlan | None) -> int:
    return plan.number if plan is not None else 0


def save_review(request: ActorRequest, client: Client, form: ReviewForm) -> tuple[bool, bool]:
    """Whether it is saved, and whether the plan was changed meanwhile."""
    if not form.is_valid():
        return False, False
    given = form.cleaned_data
    try:
        review_safety_plan(client=client, by=request.actor, **given)
    except Refused as refused:
        form.refuse(refused)
    except Stale as stale:
        form.data = request.POST.copy()
        form.data["number"] = str(number_of(stale.current))
        return False, True
    else:
        messages.success(request, _("Noted."))
        return True, False
    return False, False
