"""How allauth behaves here: nobody signs up without an invitation, mail goes out through the worker, the door is on the trail."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from accounts.models import User
from accounts.tasks import send_password_reset
from audit.services import record_at_the_door


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """The worker makes the link: known and unknown addresses take the same time, and no secret is in the broker."""
        transaction.on_commit(lambda: send_password_reset.delay(str(user.pk)))

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        record_at_the_door(verb="signed_in", user_id=user.pk, request_id=getattr(request, "request_id", ""))
        return super().post_login(request, user, **kwargs)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        super().authentication_failed(request, **credentials)
        record_at_the_door(verb="sign_in_refused", request_id=getattr(request, "request_id", ""))

    def logout(self, request: HttpRequest) -> None:
        user_id = request.user.pk
        super().logout(request)
        record_at_the_door(verb="signed_out", user_id=user_id, request_id=getattr(request, "request_id", ""))
