"""The whole library, and one exercise in full for those who assign it."""

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse

from access.gates import clinic_view
from access.permissions import Permission
from access.requests import ActorRequest
from clients.pillars import Pillar
from homework.choosing import search
from homework.forms import FindForm
from homework.pages.exercise import read_exercise
from homework.reading import going_with
from homework.selectors import current_versions, exercise_of


@clinic_view(Permission.LIBRARY_READ)
def library(request: ActorRequest) -> HttpResponse:
    """Search and filters are in the address."""
    find = FindForm(request.GET)
    everything = [exercise_of(version) for version in current_versions()]
    found = search(everything, **find.wanted())
    sections = [(pillar, [one for one in found if one.pillar == pillar]) for pillar in Pillar.values]
    context = {"find": find, "total": len(everything), "count": len(found), "sections": [(pillar, rows) for pillar, rows in sections if rows]}
    return TemplateResponse(request, "homework/library.html", context)


@clinic_view(Permission.LIBRARY_READ)
def exercise(request: ActorRequest, key: str) -> HttpResponse:
    version = next((one for one in current_versions() if one.exercise.key == key), None)
    if version is None:
        raise Http404
    found = exercise_of(version)
    return TemplateResponse(request, "homework/exercise.html", {"exercise": found, "version": version, "to_read": going_with(key), **read_exercise(found)})
