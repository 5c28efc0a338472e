"""Refuses a view that has no gate, and gives every request an id."""

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from core.ids import uuid7
from core.requests import NumberedRequest

# allauth's own views, by URL name: ordinary Django as `app_web`. Pinned by tests/house/test_gates.py.
ALLAUTH_VIEWS = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_change_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}


class GateMiddleware:
    """A view is called only if a gate stands before it: forgetting one is a refusal, not a leak."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        numbered = cast(NumberedRequest, request)
        numbered.request_id = str(uuid7())
        timezone.deactivate()  # a thread serves many people; the gate says whose clock it is
        response = self.get_response(numbered)
        response.headers.setdefault("X-Request-Id", numbered.request_id)
        return response

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> HttpResponseBase | None:
        if getattr(view, "gate", None) or (request.resolver_match and request.resolver_match.url_name in ALLAUTH_VIEWS):
            return None
        return render(request, "404.html", status=404)
