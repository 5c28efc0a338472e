"""/clinic/audit/: the trail of the clinic, and its seal."""

from typing import Any

from django.http import HttpResponse
from django.template.response import TemplateResponse

from access.gates import clinic_view
from access.permissions import Permission
from access.requests import ActorRequest
from access.sealing import is_in_chain, verify_clinic
from audit.services import record_event
from core.paging import PAGE, Place
from dashboard.forms.audit import SealForm, SearchForm
from dashboard.pages import audit as page


@clinic_view(Permission.AUDIT_READ, kinds=("admin",))
def trail(request: ActorRequest) -> HttpResponse:
    """GET looks something up; POST checks the seal from the first link to the last."""
    clinic = request.membership.clinic
    people, clients = page.people_of(clinic.pk), page.clients_of(clinic.pk)
    search = SearchForm(request.GET or None, people=people.items(), clients=clients.items())
    seal = SealForm(request.POST or None)
    context: dict[str, Any] = {"search": search, "seal": seal}
    if request.method == "POST" and seal.is_valid():
        kept = seal.cleaned_data["kept"]
        verdict = verify_clinic(clinic.pk)
        record_event(verb="trail_verified", by=request.actor, request_id=request.request_id, detail={"links": verdict.links, "holds": verdict.holds})
        context |= {"verdict": verdict, "kept": kept, "still_there": is_in_chain(clinic.pk, kept) if kept else None}
    events = page.found(search, clinic.pk, Place.read(request.GET.get("after", "")), clinic.timezone)
    older = request.GET.copy()
    if len(events) > PAGE:
        older["after"] = str(Place(events[PAGE - 1].at, events[PAGE - 1].pk))
    context |= {"lines": page.lines(events[:PAGE], people, clients), "older": older.urlencode() if len(events) > PAGE else ""}
    return TemplateResponse(request, "dashboard/audit.html", context)
