"""An exercise on one A4 page, for who writes by hand: as a task of a client, or as a blank page of the library."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse

from access.gates import clinic_view
from access.permissions import Permission
from access.requests import ActorRequest
from accounts.selectors import names_of
from clients.gates import client_view
from clients.models import Client
from homework.models import Assignment
from homework.pages.paper import sheet
from homework.selectors import exercise_of
from homework.selectors.library import version_named
from homework.selectors.paper import sheet_of
from homework.services.paper import print_blank, print_sheet
from homework.words import dose_words
from safety.content import directory
from safety.selectors import country_for


@client_view(Permission.HOMEWORK_READ)
def paper(request: ActorRequest, client: Client, assignment_id: UUID) -> HttpResponse:
    """The wording that was agreed on, also when the library has a newer one. Its code is made when it is first opened by who may type it back."""
    task = Assignment.objects.filter(pk=assignment_id, client=client).select_related("exercise_version").first()
    if task is None:
        raise Http404
    page = print_sheet(assignment=task, by=request.actor) if request.can_write else sheet_of(task)
    context = {
        "client": client,
        "code": page.shown if page is not None else "",
        "task": task,
        "sheet": sheet(exercise_of(task.exercise_version)),
        "dose": dose_words(task.per_week, task.weeks),
        "by": next(iter(names_of([task.created_by_id]).values()), ""),
        "country": country_for(client.country, client.clinic),
        "directory": directory(),
    }
    return TemplateResponse(request, "homework/paper.html", context)


@clinic_view(Permission.LIBRARY_READ, kinds=("therapist", "admin"))
def blank(request: ActorRequest, key: str) -> HttpResponse:
    """Nobody's: the code names the wording alone, and whoever types it back says whose page it is."""
    version = version_named(key, request.actor.clinic_id)
    if version is None:
        raise Http404
    clinic = request.membership.clinic
    context = {
        "code": print_blank(version=version, by=request.actor).shown,
        "sheet": sheet(exercise_of(version)),
        "dose": version.content["frequency"]["text"],
        "country": country_for("", clinic),
        "directory": directory(),
        "key": key,
    }
    return TemplateResponse(request, "homework/paper.html", context)
