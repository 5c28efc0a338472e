"""Refuses a view that has no gate."""

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from access.gates import own_memberships
from access.kept import keep_typed_text
from access.requests import ActorRequest
from accounts.second_factor import must_enrol

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
    "account_reauthenticate",
    "mfa_index",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_login_webauthn",
    "mfa_add_webauthn",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
}

BEFORE_ENROLMENT = ALLAUTH_VIEWS - {"account_change_password"}  # what somebody who has yet to set up a second step reaches, beside public pages


class GateMiddleware:
    """A view is called only if a gate stands before it: forgetting one is a refusal, not a leak."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        timezone.deactivate()  # a thread serves many people; the gate says whose clock it is
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> HttpResponseBase | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        gate = getattr(view, "gate", "")
        if not gate and name not in ALLAUTH_VIEWS:
            return render(request, "404.html", status=404)
        return None if gate == "public" or name in BEFORE_ENROLMENT else enrolment_first(request)


def enrolment_first(request: HttpRequest) -> HttpResponse | None:
    """Whoever's clinic asks for a second step sets one up before anything else. What she has just typed is kept until then."""
    if not request.user.is_authenticated:
        return None
    acting = cast(ActorRequest, request)
    if not must_enrol(request.user, own_memberships(acting)):
        return None
    keep_typed_text(request)
    return redirect(reverse("mfa_index") + "?asked")
