"""/styleguide/: every part of the pages, for those who build them. In the demo only."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse

from access.gates import clinic_view
from access.permissions import Permission
from access.requests import ActorRequest


@clinic_view(Permission.CONTACT_READ)
def styleguide(request: ActorRequest, side: str = "") -> HttpResponse:
    """The desk's parts; the portal's at /styleguide/portal/."""
    if not settings.DEMO:
        raise Http404
    return TemplateResponse(request, "styleguide_portal.html" if side == "portal" else "styleguide.html")
