"""Goals in the client's words: rate them in one tap, write them, close them."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from access.permissions import Permission
from access.requests import ActorRequest
from clients.gates import client_view
from clients.models import Client
from core.errors import Refused, Stale
from therapy.content import goal_scale
from therapy.forms import AddGoalForm, EditGoalForm, RateForm
from therapy.forms.goals import goal_words
from therapy.models import Goal
from therapy.selectors import goals_with_scale, next_sessions, t_scores
from therapy.services import add_goal, close_goal, edit_goal, rate_goal


@client_view(Permission.GOALS_READ)
def goals(request: ActorRequest, client: Client) -> HttpResponse:
    found = goals_with_scale(client)
    context = {
        "client": client,
        "next_session": next_sessions([client.pk]).get(client.pk),
        "goals": found,
        "closed": goals_with_scale(client, closed=True),
        "t": t_scores(found),
    }
    return TemplateResponse(request, "therapy/goals.html", context)


@client_view(Permission.GOALS_WRITE)
def goal_add(request: ActorRequest, client: Client) -> HttpResponse:
    form = AddGoalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_goal(client=client, new_id=form.cleaned_data["new_id"], by=request.actor, **form.goal())
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Added. It starts where you set its start."))
            return redirect("therapy:goals", client_id=client.pk)
    return TemplateResponse(request, "therapy/goal_form.html", {"client": client, "form": form, "scale": goal_scale()})


@client_view(Permission.GOALS_WRITE)
def goal_edit(request: ActorRequest, client: Client, goal_id: UUID) -> HttpResponse:
    goal = _goal(client, goal_id)
    form = EditGoalForm(request.POST) if request.method == "POST" else EditGoalForm.of(goal)
    both = {}
    if request.method == "POST" and form.is_valid():
        try:
            edit_goal(goal=goal, version=form.cleaned_data["version"], by=request.actor, **form.goal())
        except Refused as refused:
            form.refuse(refused)
        except Stale as stale:
            both = _both(stale.current, form)
            form = EditGoalForm(initial={**form.cleaned_data, "version": stale.current.version})
        else:
            messages.success(request, _("Saved."))
            return redirect("therapy:goals", client_id=client.pk)
    context = {"client": client, "form": form, "goal": goal, "scale": goal_scale(), "both": both}
    return TemplateResponse(request, "therapy/goal_form.html", context, status=409 if both else 200)


@client_view(Permission.GOALS_WRITE)
@require_POST
def goal_rate(request: ActorRequest, client: Client, goal_id: UUID) -> HttpResponse:
    """One tap; another one today takes its place."""
    form = RateForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused(_("A rating is one of the five steps."))
        rate_goal(goal=_goal(client, goal_id), level=form.cleaned_data["level"], by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, _("Rated for today. Another tap today takes its place."))
    return redirect("therapy:goals", client_id=client.pk)


@client_view(Permission.GOALS_WRITE)
@require_POST
def goal_close(request: ActorRequest, client: Client, goal_id: UUID) -> HttpResponse:
    goal = _goal(client, goal_id)
    try:
        close_goal(goal=goal, version=goal.version, by=request.actor)
    except Stale:
        messages.error(request, _("Not closed: somebody changed this goal at the same moment. Please look at it again."))
    else:
        messages.success(request, _("Closed. Its words and ratings stay."))
    return redirect("therapy:goals", client_id=client.pk)


def _goal(client: Client, goal_id: UUID) -> Goal:
    found = Goal.objects.filter(pk=goal_id, client=client).first()
    if found is None:
        raise Http404
    found.client = client
    return found


def _both(current: Goal, form: EditGoalForm) -> dict[str, str]:
    typed = form.goal()
    return {
        "theirs": goal_words(current.text, {int(level): words for level, words in current.levels.items()}),
        "mine": goal_words(typed["text"], typed["levels"]),
        "when": date_format(timezone.localtime(current.updated_at), "D j M, H:i"),
    }
