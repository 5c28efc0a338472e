"""T1: who is there, and what is new since you last met."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from access.gates import clinic_view
from access.permissions import Permission
from access.requests import ActorRequest
from dashboard.pages.caseload import caseload, lead_sentence, opened_in_emergencies, pillar_counts
from dashboard.pages.supervision import supervision
from therapy.selectors import notes_to_sign, sessions_today, to_log


@clinic_view(Permission.CONTACT_READ)
def supervision_page(request: ActorRequest) -> HttpResponse:
    """The clients of the therapists whom the acting therapist supervises."""
    return TemplateResponse(request, "dashboard/supervision.html", {"sections": supervision(request.actor)})


@clinic_view(Permission.CONTACT_READ)
def caseload_page(request: ActorRequest) -> HttpResponse:
    """The acting therapist's clients; `?q=` looks for one."""
    actor = request.actor
    query = request.GET.get("q", "")[:100]
    sections, sessions = caseload(actor, query), list(sessions_today(actor))
    context = {
        "sections": sections,
        "query": query,
        "today": timezone.localdate(),
        "lead": lead_sentence(sections, sessions),
        "sessions": sessions,
        "next_today": next((session for session in sessions if session.ends_at > timezone.now()), None),
        "to_log": to_log(actor),
        "notes_to_sign": notes_to_sign(actor),
        "emergencies": opened_in_emergencies(sections),
        "pillar_counts": pillar_counts(sections),
        "count": sum(len(section.rows) for section in sections),
    }
    return TemplateResponse(request, "dashboard/caseload.html", context)
