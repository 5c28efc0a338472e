"""A task on one A4 page, for who writes by hand."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse

from access.permissions import Permission
from access.requests import ActorRequest
from accounts.selectors import names_of
from clients.gates import client_view
from clients.models import Client
from homework.models import Assignment
from homework.pages.paper import sheet
from homework.selectors import exercise_of
from homework.words import dose_words
from safety.content import directory
from safety.selectors import country_for


@client_view(Permission.HOMEWORK_READ)
def paper(request: ActorRequest, client: Client, assignment_id: UUID) -> HttpResponse:
    """The wording that was agreed on, also when the library has a newer one."""
    task = Assignment.objects.filter(pk=assignment_id, client=client).select_related("exercise_version").first()
    if task is None:
        raise Http404
    context = {
        "client": client,
        "task": task,
        "sheet": sheet(exercise_of(task.exercise_version)),
        "dose": dose_words(task.per_week, task.weeks),
        "by": next(iter(names_of([task.created_by_id]).values()), ""),
        "country": country_for(client.country, client.clinic),
        "directory": directory(),
    }
    return TemplateResponse(request, "homework/paper.html", context)
