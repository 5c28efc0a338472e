"""An agreed exercise: beginning it, coming back to it, and not today."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from access.requests import ActorRequest
from clients.gates import portal_view
from clients.models import Client
from clients.names import therapist_name
from core.errors import Refused
from core.ids import uuid7
from homework.models import Assignment
from homework.models.agreement import AssignmentState, NotTodayChoice
from homework.selectors.library import exercise_of
from homework.selectors.runs import newest_run
from homework.services.agreement import stop_assignment
from homework.services.not_today import not_today as put_off
from homework.services.runs import start_run
from portal.forms import NotTodayForm, StartForm
from portal.pages.begin import begin_page
from portal.pages.not_today import barrier_of, gentle_one, ways_on
from portal.pages.thoughts import short_one
from portal.pages.today import look_at_words
from portal.views.player import begun

CHOICES = {"way": NotTodayChoice.ANOTHER_DAY, "stop": NotTodayChoice.TALK}  # a barrier alone: it comes back tomorrow; stopping is worth a talk
AFTER_REPLY = ("way", "stop", NotTodayChoice.TALK, NotTodayChoice.SMALLER)


def task_of(client: Client, assignment_id: UUID) -> Assignment:
    """The client's own task; anybody else's is not there. Raises Http404."""
    found = Assignment.objects.select_related("exercise_version").filter(pk=assignment_id, client=client).first()
    if found is None:
        raise Http404
    return found


@portal_view
def homework(request: ActorRequest, client: Client, assignment_id: UUID) -> HttpResponse:
    """What it is for and where it stands. Its form begins it, or goes on, or begins anew."""
    task = task_of(client, assignment_id)
    form = StartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            run = start_run(
                client=client, new_id=given["new_id"], exercise_version=task.exercise_version, assignment=task, fresh=given["fresh"], by=request.actor
            )
        except Refused as refused:
            messages.error(request, str(refused.message))
            return redirect("portal:today")
        return begun(client, run)
    open_run = newest_run(client, task.item_key, task)
    page = begin_page(client, exercise_of(task.exercise_version), open_run, task)
    context = {
        "page": page,
        "therapist": therapist_name(client),
        "new_id": uuid7(),
        "look_at": look_at_words(task),
        "active": task.state == AssignmentState.ACTIVE,
        "short": short_one(client, task.item_key),
    }
    return render(request, "portal/begin.html", context)


@portal_view
def not_today(request: ActorRequest, client: Client, assignment_id: UUID) -> HttpResponse:
    """What would suit instead. A barrier first gets its kind reply, then the same ways on."""
    task = task_of(client, assignment_id)
    if request.method != "POST" and task.state != AssignmentState.ACTIVE:
        return redirect("portal:homework", task.pk)  # it says so
    form = NotTodayForm(request.POST or None, initial={"barrier": request.GET.get("barrier", "")})
    if request.method == "POST" and form.is_valid():
        answer = put_it_off(request, client, task, form)
        if answer is not None:
            return answer
    context = ways_on(task, form["barrier"].value() or "")
    context |= {"form": form, "task": task, "therapist": therapist_name(client), "new_id": uuid7()}
    return render(request, "portal/not_today.html", context)


def put_it_off(request: ActorRequest, client: Client, task: Assignment, form: NotTodayForm) -> HttpResponse | None:
    """Keep the answer and go where it leads; nothing when the page has to come again, with the reply or with what is missing."""
    given = form.cleaned_data
    barrier, choice = barrier_of(given["barrier"]), given["choice"]
    if choice == "way" and barrier is None:
        form.add_error("barrier", _("Please choose one of these."))
    elif choice == NotTodayChoice.ANOTHER_DAY and given["until"] is None:
        form.add_error("until", _("Please pick a day."))
    if form.errors or (choice == "way" and not given["replied"]):
        return None
    try:
        put_off(
            client=client,
            assignment=task,
            new_id=given["new_id"],
            choice=CHOICES.get(choice, choice),
            barrier=barrier.key if barrier is not None and choice in AFTER_REPLY else "",
            until=given["until"] if choice == NotTodayChoice.ANOTHER_DAY else None,
            by=request.actor,
        )
        if choice == "stop" and task.state == AssignmentState.ACTIVE:
            task = stop_assignment(assignment=task, by=request.actor)
    except Refused as refused:
        form.refuse(refused)
        return None
    if task.state != AssignmentState.ACTIVE and choice != "stop":
        messages.success(request, _("This left your list meanwhile. What you said is kept."))
        return redirect("portal:today")
    gentle = gentle_one(exercise_of(task.exercise_version), client.clinic_id)
    if choice == NotTodayChoice.SMALLER and gentle is not None:
        return redirect("portal:practise_exercise", gentle.key)
    messages.success(request, _("Saved. Nothing is lost."))
    return redirect("portal:today")
