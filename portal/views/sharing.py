"""Looking back at a run, and deciding anew who sees it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from access.requests import ActorRequest
from accounts.selectors import names_of
from clients.gates import portal_reading_view
from clients.models import Client
from clients.names import therapist_name
from homework.selectors.library import exercise_of
from homework.selectors.runs import answer_rows, run_of
from portal.forms import EndForm
from portal.pages.end import answer_lines, end_page
from portal.views.player import save_end


@portal_reading_view
def sharing(request: ActorRequest, client: Client, run_id: UUID) -> HttpResponse:
    """What was answered, each with who may read it; the choice can be changed at any time."""
    run = run_of(client, run_id)
    if run is None:
        raise Http404
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        save_end(run, form, request)
        messages.success(request, _("Saved."))
        return redirect("portal:sharing", run.pk)
    rows = answer_rows(run)
    answers = answer_lines(client, exercise_of(run.exercise_version), rows)
    context = {"page": end_page(run, rows), "answers": answers, "therapist": therapist_name(client), "form": form}
    if run.paper_code:
        context["typed_by"] = names_of([run.created_by_id]).get(run.created_by_id, "")
    return render(request, "portal/sharing.html", context)
