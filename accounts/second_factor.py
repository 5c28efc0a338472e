"""The second step of signing in: an authenticator app, passkeys, recovery codes. allauth does the work; this says how it behaves here."""

import base64
import hashlib
from collections.abc import Iterable
from typing import Any

import qrcode
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathImage

from accounts.models import Membership, Role, User
from audit.services import record_at_the_door
from core.requests import request_id

STEPS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]  # recovery codes stand in for these, and are none by themselves


def box() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"second factor:" + settings.SECRET_KEY.encode()).digest()))


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code does not fit, or was used already. Please try the next one."),
        "rate_limited": _("There were many tries. Please wait a few minutes."),
    }

    def encrypt(self, text: str) -> str:
        return box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return box().decrypt(encrypted_text.encode()).decode()

    def _get_site_name(self) -> str:
        return "Lantern"

    def build_totp_svg(self, url: str) -> SafeString:
        """Markup to put into the page: there is nothing in it but a path."""
        drawn: str = qrcode.make(url, image_factory=SvgPathImage).to_string(encoding="unicode")
        return mark_safe(drawn)  # noqa: S308  (drawn here, from an address that is no markup)

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey") if number == 1 else gettext("Passkey %(number)d") % {"number": number}


def is_enrolled(user: Any) -> bool:
    return bool(Authenticator.objects.filter(user_id=user.pk, type__in=STEPS).exists())


def must_enrol(user: Any, memberships: Iterable[Membership]) -> bool:
    """Does a clinic she works in ask for a second step that she has not set up? Asks the database only where one does."""
    return any(each.role != Role.CLIENT and each.clinic.second_factor_required for each in memberships) and not is_enrolled(user)


def factor_changed(*, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Receiver of allauth's signals. The database has ended all her sessions (access/sign_in.sql): this browser goes on with a new key."""
    request.session.cycle_key()
    record_at_the_door(verb="second_factor_changed", user_id=user.pk, request_id=request_id(request))
