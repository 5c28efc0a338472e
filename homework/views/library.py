"""The whole library, and one exercise in full for those who assign it."""

from typing import Any

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
from homework.selectors.library import own_exercise, retired_ones, version_named, wordings_of

BASES = {"admin": "base_clinic.html", "therapist": "base_therapist.html"}
STAFF: Any = ("therapist", "admin")


@clinic_view(Permission.LIBRARY_READ, kinds=STAFF)
def library(request: ActorRequest) -> HttpResponse:
    """Search and filters are in the address."""
    clinic = request.membership.clinic
    find = FindForm(request.GET)
    everything = [exercise_of(version) for version in current_versions(clinic.pk)]
    found = search(everything, **find.wanted())
    sections = [(pillar, [one for one in found if one.pillar == pillar]) for pillar in Pillar.values]
    context = {
        "base": BASES[request.actor.kind],
        "clinic": clinic,
        "away": retired_ones(clinic.pk),
        "find": find,
        "total": len(everything),
        "count": len(found),
        "sections": [(pillar, rows) for pillar, rows in sections if rows],
    }
    return TemplateResponse(request, "homework/library.html", context)


@clinic_view(Permission.LIBRARY_READ, kinds=STAFF)
def exercise(request: ActorRequest, key: str) -> HttpResponse:
    """As new work uses it; of an own one also when it is retired, and an earlier wording by its number (`?version=1`)."""
    own = own_exercise(key, request.actor.clinic_id)
    wordings = wordings_of(own) if own is not None else []
    asked = request.GET.get("version", "")
    version = next((one.version for one in wordings if str(one.version.number) == asked or (not asked and one.version.current)), None)
    version = version or (version_named(key, request.actor.clinic_id) if own is None else None)
    if version is None:
        raise Http404
    found = exercise_of(version)
    context = {"exercise": found, "version": version, "own": own, "wordings": wordings, "to_read": going_with(key), **read_exercise(found)}
    origin = version_named(own.adapted_from, request.actor.clinic_id) if own is not None and own.adapted_from else None
    return TemplateResponse(
        request, "homework/exercise.html", {**context, "origin": origin, "base": BASES[request.actor.kind], "clinic": request.membership.clinic}
    )
