"""The pages that say something went wrong: neutral words, and the request's id, by which its log lines are found.

The 404 page carries its id in a header only: "not yours" and "not there" are the same page, byte for byte.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from core.context import theme_of
from core.requests import request_id


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", status=400)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """allauth's, when a limit on tries from one address is used up; its longest window is a minute."""
    response = render(request, "429.html", status=429)
    response.headers["Retry-After"] = "60"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Without the request in it: who is signed in is in the database, and that may be what broke."""
    kept_at = getattr(request, "kept_at", "")
    context = {"request_id": request_id(request), "kept_at": kept_at, "EXIT_URL": settings.EXIT_URL, "theme": theme_of(request)}
    return HttpResponse(render_to_string("500.html", context), status=500)
