"""What every request is given and every answer carries, static files and errors included. Both stand outside everything that may refuse."""

import re
from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware

from core.ids import uuid7
from core.logs import REQUEST_ID
from core.requests import NumberedRequest

STEP_AT_MOST = re.compile(r"(s=[0-9]{1,2})?")  # nothing, or the number of a step


class NumberMiddleware:
    """Numbers the request: for its log lines, its tasks, its rows on the trail and a page that says something broke."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        numbered = cast(NumberedRequest, request)
        numbered.request_id = str(uuid7())
        REQUEST_ID.set(numbered.request_id)  # and left so: Django logs a refusal when the last middleware is done; the thread's next request has its own
        response = self.get_response(numbered)
        response.headers["X-Request-Id"] = numbered.request_id
        return response


class HeadersMiddleware:
    """Nothing is stored by browsers or proxies, nothing is indexed, no device is asked for. Static files may be stored: they are named by their content."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not (request.path_info.startswith(settings.STATIC_URL) and response.status_code in (200, 206, 304)):
            response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        return response


class SmallerMiddleware(GZipMiddleware):
    """A client's pages go over the wire compressed; nobody else's (docs/decisions/0016).

    Compressed length can tell a secret that stands on a page beside words that an attacker chose: so never an answer to a form, and never one whose address
    brings words along. The token on the page is masked anew each time; Django adds a random length besides.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:  # type: ignore[override]  # the stubs know no subclass
        plain_address = request.path_info.startswith("/portal/") and STEP_AT_MOST.fullmatch(request.META.get("QUERY_STRING", ""))
        if request.method != "GET" or not plain_address or not response.get("Content-Type", "").startswith("text/html"):
            return response
        return super().process_response(request, response)  # type: ignore[return-value]  # it is what came in
