"""Help now: for everybody, at any time."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.gates import public_view
from safety.content import countries, directory
from safety.pages.help import help_lines, plan_address
from safety.selectors import country_for, lines_for_help, visitor


@public_view
def help_now(request: HttpRequest) -> HttpResponse:
    """Numbers to call. Small, plain, without sign-in; that it was opened is not kept anywhere."""
    person = visitor(request)
    country = country_for(request.GET.get("country", ""), person.clinic)
    context = {
        "visitor": person,
        "country": country,
        "chosen": country.code == request.GET.get("country", "").upper(),
        "countries": countries().values(),
        "lines": help_lines(lines_for_help(country.code, person.clinic), directory()),
        "directory": directory(),
        "plan": plan_address() if person.has_portal else "",
    }
    return render(request, "safety/help_now.html", context)
