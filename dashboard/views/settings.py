"""/clinic/settings/: how the clinic works, and what its set-up still lacks."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from access.gates import clinic_view
from access.permissions import Permission
from access.requests import ActorRequest
from accounts.services import change_clinic
from core.errors import Stale
from dashboard.forms.settings import CareForm, ClinicForm, HoursForm, Section, SignInForm
from dashboard.pages.settings import settings_context

SECTIONS: tuple[type[Section], ...] = (ClinicForm, HoursForm, CareForm, SignInForm)


@clinic_view(Permission.CLINIC_WRITE, kinds=("admin",))
def settings_page(request: ActorRequest) -> HttpResponse:
    """Each section is a form of its own; `section` says which one comes back."""
    clinic = request.membership.clinic
    sent, both = request.POST.get("section", ""), []
    forms = {kind.key: kind(request.POST if kind.key == sent else None, clinic=clinic) for kind in SECTIONS}
    if request.method == "POST" and sent not in forms:
        raise Http404
    if request.method == "POST" and forms[sent].is_valid():
        form = forms[sent]
        try:
            change_clinic(clinic=clinic, version=form.cleaned_data["version"], changes=form.changes(), by=request.actor)
        except Stale as stale:
            both = form.beside(stale.current)
            forms[sent] = form.on_top_of(stale.current)
        else:
            messages.success(request, _("Saved."))
            return redirect(f"{reverse('dashboard:settings')}#{sent}")
    context = {**settings_context(clinic), "forms": forms, "both": both, "sent": sent}
    return TemplateResponse(request, "dashboard/settings.html", context, status=409 if both else 200)
