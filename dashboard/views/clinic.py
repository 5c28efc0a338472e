"""A1: the clinic review, for the office; each look is on the trail."""

from django.http import HttpResponse
from django.template.response import TemplateResponse

from access.gates import clinic_view
from access.permissions import Permission
from access.requests import ActorRequest
from audit.services import record_event
from dashboard.pages.clinic import clinic_context, lead


@clinic_view(Permission.MEMBERS_WRITE, kinds=("admin",))
def clinic_review(request: ActorRequest) -> HttpResponse:
    context = clinic_context(request.actor.clinic_id)
    record_event(verb="clinic_review_opened", by=request.actor, request_id=request.request_id)
    return TemplateResponse(request, "dashboard/clinic.html", {**context, "lead": lead(context)})
