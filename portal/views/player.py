"""The guided player: one step a screen, saved after each, to go on with on any device."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from access.requests import ActorRequest
from clients.gates import portal_view
from clients.models import Client
from clients.names import therapist_name
from clients.pillars import Pillar
from core.errors import Refused, Stale
from homework.models import ExerciseRun
from homework.models.run import RunState
from homework.player.cleaning import AnswerError
from homework.player.exercise import Step
from homework.player.flow import next_step, previous_step
from homework.player.reading import display_answer
from homework.selectors.library import exercise_of
from homework.selectors.runs import answer_rows, run_of, values_of
from homework.services.answers import go_back, save_answer, skip_step
from homework.services.runs import AT_END, begin_second_part, finish_run, leave_run
from homework.services.sharing import share
from mindset.content import worked_example
from mindset.pages.moments import moment_choices
from mindset.selectors import thought_of_run
from mindset.selectors.thoughts import FULL
from mindset.services import wish_short
from portal.forms import EndForm
from portal.lists import lists_for
from portal.pages.end import end_page
from portal.pages.step import NUMBERS, current_step, heavy_before, place_of, step_page
from portal.pages.thoughts import calm_first, calming_skills, fairer_for, offers_moments, shows_example
from portal.step_form import Posted, read_posted


@portal_view
def player(request: ActorRequest, client: Client, run_id: UUID) -> HttpResponse:
    """Where the run stands, or the step asked for with `?s=`; a form sends one of BUTTONS."""
    run = run_of(client, run_id)
    if run is None:
        raise Http404
    if request.method == "POST":
        try:
            return BUTTONS.get(request.POST.get("button", "").partition(":")[0], on)(request, client, run)
        except Refused as refused:
            messages.error(request, str(refused.message))
            return redirect("portal:player", run.pk)
    rows = answer_rows(run)
    exercise = exercise_of(run.exercise_version)
    step = current_step(run, exercise, values_of(rows), request.GET.get("s", ""))
    if step is not None and (between := between_steps(request, run, step, values_of(rows))) is not None:
        return between
    if step is None:
        context = {"page": end_page(run, rows), "therapist": therapist_name(client), "form": EndForm()}
        return render(request, "portal/end.html", context)
    return show(request, client, run, step)


def between_steps(request: ActorRequest, run: ExerciseRun, step: Step, answers: dict[str, Any]) -> HttpResponse | None:
    """A page of its own before a step, asked for in the address: the worked example, or a calming skill."""
    exercise = exercise_of(run.exercise_version)
    context = {"run": run, "exercise": exercise, "on": f"{reverse('portal:player', args=[run.pk])}?s={place_of(exercise, step.id)}"}
    if "example" in request.GET and run.item_key == FULL:
        return render(request, "portal/example.html", context | {"example": worked_example()})
    before = previous_step(exercise, answers, run.part, step.id)
    if "calm" in request.GET and before is not None and calm_first(exercise, before, answers.get(before.id)):
        return render(request, "portal/calm.html", context | {"skills": calming_skills(), "care": heavy_before(exercise, run, step, answers)})
    return None


def show(request: ActorRequest, client: Client, run: ExerciseRun, step: Step, posted: Posted | None = None, **said: str) -> HttpResponse:
    """One step; with `posted`, what was typed comes back and `said` stands beside it."""
    page = step_page(client, run, step, answer_rows(run), posted.raw if posted else None, **said)
    return render(request, "portal/player.html", {"page": page, "therapist": therapist_name(client), "numbers": NUMBERS})


def to(run: ExerciseRun, also: str = "") -> HttpResponse:
    """The address of where the run stands: a number, so that the browser's own Back goes a step back."""
    address = reverse("portal:player", args=[run.pk])
    if run.step == AT_END:
        return redirect(address)
    exercise = exercise_of(run.exercise_version)
    first = next_step(exercise, {}, run.part, None)
    step_id = run.step or (first.id if first is not None else exercise.steps[0].id)
    return redirect(f"{address}?s={place_of(exercise, step_id)}{also}")


def begun(client: Client, run: ExerciseRun) -> HttpResponse:
    """The first thought record of all begins with an example."""
    return to(run, "&example=1") if shows_example(client, run) else to(run)


def keep(request: ActorRequest, client: Client, run: ExerciseRun, *, move: bool) -> ExerciseRun | HttpResponse:
    """Save what was posted for a step; the page again when it cannot be kept as it is."""
    posted = read_posted(request, client, run)
    step = posted.step
    if posted.error:
        return show(request, client, run, step, posted, error=posted.error)
    lists, moments = lists_for(client, step), added_of(client, run, posted)
    try:
        return save_answer(run=run, step_id=step.id, raw=posted.raw, lists=lists, by=request.actor, version=posted.version, move=move, moments=moments)
    except AnswerError as error:
        return show(request, client, run, step, posted, error=error.message)
    except Stale as stale:
        return show(request, client, run, step, posted, stale=display_answer(step, stale.current.value, lists))


def added_of(client: Client, run: ExerciseRun, posted: Posted) -> list[str] | None:
    """The client's own moments that were ticked, in the order shown; None on a step that offers none."""
    if not offers_moments(exercise_of(run.exercise_version), posted.step):
        return None
    return [str(one.moment.row.pk) for one in moment_choices(client, posted.raw.get("moments", [])) if one.checked]


def on(request: ActorRequest, client: Client, run: ExerciseRun) -> HttpResponse:
    kept = keep(request, client, run, move=True)
    if not isinstance(kept, ExerciseRun):
        return kept
    exercise = exercise_of(kept.exercise_version)
    step = exercise.step(request.POST.get("step", ""))
    value = values_of(answer_rows(kept)).get(step.id) if exercise.pillar == Pillar.MINDSET else None
    return to(kept, "&calm=1" if calm_first(exercise, step, value) else "")


def use(request: ActorRequest, client: Client, run: ExerciseRun) -> HttpResponse:
    """A fairer thought of before comes into the field, to be kept or changed."""
    posted = read_posted(request, client, run, look=True)
    chosen = request.POST.get("button", "").partition(":")[2]
    for row in fairer_for(client, run, exercise_of(run.exercise_version), posted.step, values_of(answer_rows(run))):
        if str(row.pk) == chosen:
            posted.raw["answer"] = [row.fairer]
    return show(request, client, run, posted.step, posted)


def skip(request: ActorRequest, client: Client, run: ExerciseRun) -> HttpResponse:
    return to(skip_step(run=run, step_id=request.POST.get("step", ""), by=request.actor))


def back(request: ActorRequest, client: Client, run: ExerciseRun) -> HttpResponse:
    """What was typed is kept on the way back too."""
    step_id = request.POST.get("step", "")
    if step_id != AT_END and read_posted(request, client, run, look=True).holds_something:
        kept = keep(request, client, run, move=False)
        if not isinstance(kept, ExerciseRun):
            return kept
    return to(go_back(run=run, step_id=step_id, by=request.actor))


def add(request: ActorRequest, client: Client, run: ExerciseRun) -> HttpResponse:
    """A name was put on the map: ticked on the same page, with everything else as it was."""
    posted = read_posted(request, client, run)
    return show(request, client, run, posted.step, posted, error=posted.error)


def leave(request: ActorRequest, client: Client, run: ExerciseRun) -> HttpResponse:
    if request.POST.get("step") != AT_END and read_posted(request, client, run, look=True).holds_something:
        kept = keep(request, client, run, move=False)
        if not isinstance(kept, ExerciseRun):
            return kept
    leave_run(run=run, by=request.actor)
    messages.success(request, _("Kept. You can go on at any time."))
    return redirect("portal:today")


def second(request: ActorRequest, client: Client, run: ExerciseRun) -> HttpResponse:
    return to(begin_second_part(run=run, by=request.actor))


def drop(request: ActorRequest, client: Client, run: ExerciseRun) -> HttpResponse:
    """The second part is left out: the run is done as far as it went."""
    if run.state == RunState.WAITING:
        finish_run(run=run, by=request.actor)
    return redirect("portal:player", run.pk)


def done(request: ActorRequest, client: Client, run: ExerciseRun) -> HttpResponse:
    """Did it help, and who sees what."""
    form = EndForm(request.POST)
    if not form.is_valid():
        context = {"page": end_page(run, answer_rows(run)), "therapist": therapist_name(client), "form": form}
        return render(request, "portal/end.html", context)
    save_end(run, form, request)
    messages.success(request, _("Saved. That is all for today, if you like."))
    return redirect("portal:today")


def save_end(run: ExerciseRun, form: EndForm, request: ActorRequest) -> None:
    """What was not asked stays as it is."""
    given = form.cleaned_data
    choice = {name: given[name] == "therapist" if given[name] else now for name, now in (("ratings", run.ratings_shared), ("words", run.words_shared))}
    share(run=run, **choice, seen=given["seen"] != "only_me", for_session=given["for_session"], by=request.actor)
    record = thought_of_run(run) if run.item_key == FULL else None
    if record is not None:
        wish_short(record=record, short=given["short_next"], by=request.actor)
    if given["helped"] is not None and run.state == RunState.FINISHED:
        finish_run(run=run, helped=given["helped"], by=request.actor)


BUTTONS: dict[str, Callable[[ActorRequest, Client, ExerciseRun], HttpResponse]] = {
    "next": on, "skip": skip, "back": back, "add": add, "use": use, "leave": leave, "second": second, "drop": drop, "done": done,
}  # fmt: skip
