"""How allauth behaves here: nobody signs up without an invitation, mail goes out through the worker, the door is on the trail."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.models.user import normal_email
from accounts.sessions import SINCE
from audit.services import record_at_the_door
from core.requests import request_id

JUST = 300  # seconds for which whoever has just signed in is not asked again who she is
TRIES = {"app": "allauth.account", "action": "login_failed"}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("This e-mail address and password do not fit together. Please try again."),
        "enter_current_password": _("This is not your password now."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        """Pages only: no second, JSON door beside them. The one exception hands out the question that a passkey answers."""
        return request.method == "GET" and request.path == reverse("mfa_login_webauthn")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Before a second step is set up or taken away: who are you? Not asked of somebody who has just signed in."""
        return time.time() - float(self.request.session.get(SINCE, 0)) >= JUST

    def is_safe_url(self, url: str) -> bool:
        """After signing in or out people stay on this very host, whatever else ALLOWED_HOSTS names."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts={self.request.get_host()}, require_https=self.request.is_secure())

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Tries are counted by the address that was typed. allauth adds the `Host:` header, which may name a new port with every try."""
        return normal_email(str(credentials.get("email", "")))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Too many tries are answered before the password is looked at, with the time to wait; the same for unknown addresses."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            key = self._get_login_attempts_cache_key(request, **credentials)
            raise ValidationError(wait_message(seconds_to_wait(request, key)), code="too_many_login_attempts") from error

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        record_at_the_door(verb="signed_in", user_id=user.pk, request_id=request_id(request))
        return super().post_login(request, user, **kwargs)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        super().authentication_failed(request, **credentials)
        record_at_the_door(verb="sign_in_refused", request_id=request_id(request))

    def logout(self, request: HttpRequest) -> None:
        user_id = request.user.pk
        super().logout(request)
        record_at_the_door(verb="signed_out", user_id=user_id, request_id=request_id(request))

    def set_password(self, user: User, password: str) -> None:
        super().set_password(user, password)
        record_at_the_door(verb="password_changed", user_id=user.pk, request_id=request_id(self.request))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:profile")


def seconds_to_wait(request: HttpRequest, key: str) -> float:
    """Until the first of the used-up limits on wrong passwords lets another try through. `key` stands for the address that was typed."""
    now, waits = time.time(), [0.0]
    for rate in ratelimit.get_rates(**TRIES):
        tries = cache.get(ratelimit.get_cache_key(request, rate=rate, key=key, **TRIES), [])  # newest first
        if len(tries) >= rate.amount:
            waits.append(tries[rate.amount - 1] + rate.duration - now)
    return max(waits)


def wait_message(seconds: float) -> str:
    minutes = max(1, -(-int(seconds) // 60))
    return ngettext(
        "There were many tries for this address. Please wait %(n)d minute and try again. Choosing a new password by e-mail works at once.",
        "There were many tries for this address. Please wait %(n)d minutes and try again. Choosing a new password by e-mail works at once.",
        minutes,
    ) % {"n": minutes}
