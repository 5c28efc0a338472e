"""A fairer thought goes into the client's own plan: as the sentence to hold on to, or as something that helps."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from access.requests import ActorRequest
from clients.gates import portal_view
from clients.models import Client
from clients.names import therapist_name
from coping.selectors import current_plan
from coping.services import add_strategy, save_plan
from core.errors import Refused, Stale
from mindset.models import ThoughtRecord
from mindset.selectors import thought_of
from portal.forms import KeepThoughtForm

THINKING = "thinking"  # of coping/data/kinds.yaml
NAME_MAX, PHRASE_MAX, WHEN_MAX = 200, 300, 300


@portal_view
def keep_thought(request: ActorRequest, client: Client, record_id: UUID) -> HttpResponse:
    record = thought_of(client, record_id)
    if record is None or not record.fairer:
        raise Http404
    plan = current_plan(client)
    form = KeepThoughtForm(request.POST or None, initial={"words": record.fairer[:PHRASE_MAX], "number": plan.number if plan else 0})
    if request.method == "POST" and form.is_valid():
        try:
            put_in_plan(request, client, record, form)
        except Refused as refused:
            form.refuse(refused)
        except Stale:
            form.add_error(None, _("The plan was changed in another window meanwhile. Please look at it once more and save again."))
            plan = current_plan(client)
            form.data = request.POST.copy()
            form.data["number"] = str(plan.number if plan else 0)
        else:
            messages.success(request, _("It is in your plan now."))
            return redirect("coping:mine")
    context = {"record": record, "form": form, "plan": plan, "therapist": therapist_name(client)}
    return render(request, "portal/keep_thought.html", context)


def put_in_plan(request: ActorRequest, client: Client, record: ThoughtRecord, form: KeepThoughtForm) -> None:
    """One of the two, by coping's own services: a new version of the plan, or a strategy that is read by whom the thought is read by."""
    given, plan = form.cleaned_data, current_plan(client)
    if given["place"] == "phrase":
        signs, triggers = (plan.early_signs, plan.triggers) if plan else ([], [])
        save_plan(client=client, new_id=given["new_id"], number=given["number"], early_signs=signs, triggers=triggers, phrase=given["words"], by=request.actor)
    else:
        said = {"kind": THINKING, "name": given["words"][:NAME_MAX], "when_to": record.thought[:WHEN_MAX]}
        add_strategy(client=client, new_id=given["new_id"], visibility=record.visibility, by=request.actor, **said)
