"""How allauth behaves here: nobody signs up without an invitation, and mail goes out after the answer."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Hands the mail to the worker, so that known and unknown addresses take the same time to answer."""
        raise NotImplementedError
