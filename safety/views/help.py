"""Help now: for everybody, at any time."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.gates import public_view
from safety.content import countries, directory
from safety.selectors import country_for, visitor


@public_view
def help_now(request: HttpRequest) -> HttpResponse:
    """Numbers to call. Small, plain, without sign-in; that it was opened is not kept anywhere."""
    person = visitor(request)
    country = country_for(request.GET.get("country", ""), person.clinic)
    others = [each for each in countries().values() if each.code != country.code]
    return render(request, "safety/help_now.html", {"visitor": person, "country": country, "others": others, "directory": directory()})
