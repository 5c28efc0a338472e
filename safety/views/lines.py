"""/clinic/settings/lines/: the crisis lines, who checked them, and the form to check one."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from access.gates import clinic_view
from access.permissions import Permission
from access.requests import ActorRequest
from core.errors import Refused, Stale
from safety.content import countries
from safety.forms import CheckForm
from safety.pages.lines import check_rows, lead, row_of, state_words, values_of
from safety.selectors import lines_of
from safety.selectors.lines import KnownLine
from safety.services import check_line

BASES = {"admin": "base_clinic.html", "therapist": "base_therapist.html"}


@clinic_view(Permission.LINES_READ, kinds=("admin", "therapist"))
def lines(request: ActorRequest) -> HttpResponse:
    """Of the clinic's country, or of one that is asked for."""
    clinic = request.membership.clinic
    asked = request.GET.get("country", clinic.country).upper()
    country = countries().get(asked) or countries().get(clinic.country) or next(iter(countries().values()))
    rows = [row_of(line) for line in lines_of(clinic, country.code)]
    context = {
        "base": BASES[request.actor.kind],
        "country": country,
        "countries": countries().values(),
        "lead": lead(rows),
        "emergency": [row for row in rows if row.line.is_emergency],
        "rows": [row for row in rows if not row.line.is_emergency],
        "at_home": country.code == clinic.country,
        "may_check": request.actor.kind == "admin",
    }
    return TemplateResponse(request, "safety/lines.html", context)


@clinic_view(Permission.LINES_READ, kinds=("admin", "therapist"))
def line(request: ActorRequest, country: str, key: str) -> HttpResponse:
    """One line with all its checks; an admin checks it here."""
    found = find(request, country, key)
    form, both = CheckForm(request.POST or None, line=found), []
    may_check = request.actor.kind == "admin" and not found.hold
    if request.method == "POST" and not may_check:
        raise Http404
    if request.method == "POST" and form.is_valid():
        try:
            save(request, found, form)
        except Stale:
            found = find(request, country, key)
            form, both = form.on_top_of(found), form.beside(found)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Saved. Thank you for looking."))
            return redirect("safety:line", country=country, key=key)
    context = {
        "base": BASES[request.actor.kind],
        "line": found,
        "country": countries().get(country),
        "state": state_words(found),
        "checks": check_rows(found),
        "values": values_of(found),
        "form": form if may_check else None,
        "both": both,
    }
    return TemplateResponse(request, "safety/line.html", context, status=409 if both else 200)


def find(request: ActorRequest, country: str, key: str) -> KnownLine:
    for each in lines_of(request.membership.clinic, country):
        if each.key == key:
            return each
    raise Http404


def save(request: ActorRequest, found: KnownLine, form: CheckForm) -> None:
    data = form.cleaned_data
    check_line(
        country=found.country,
        key=found.key,
        new_id=data["new_id"],
        version=data["version"],
        how=data["how"],
        is_right=data["found"] == "right",
        facts=form.facts(),
        note=data["note"],
        by=request.actor,
    )
