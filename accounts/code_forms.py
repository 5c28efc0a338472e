"""The forms of the second step: allauth's, with our words. A code is taken as people type it: with blanks, and with digits of any width."""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.forms import TypedText

USED_FOR = 120  # seconds; longer than an app's code is valid


class CodeField(forms.CharField):
    """The digits of what was typed."""

    def __init__(self) -> None:
        attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        super().__init__(label=_("Code"), max_length=40, widget=forms.TextInput(attrs=attrs))

    def to_python(self, value: Any) -> str:
        return "".join(unicodedata.normalize("NFKC", super().to_python(value) or "").split())


class OnceForm(base.BaseAuthenticateForm):
    """A code lets in once, however many send it at the same moment."""

    code = CodeField()

    def clean_code(self) -> str:
        code: str = super().clean_code()
        if not cache.add(f"code-used:{self.user.pk}:{code}", True, timeout=USED_FOR):
            raise get_adapter().validation_error("incorrect_code")
        return code


class AuthenticateForm(OnceForm, base.AuthenticateForm):
    pass


class ReauthenticateForm(OnceForm, base.ReauthenticateForm):
    pass


class ActivateForm(totp.ActivateTOTPForm):
    code = CodeField()


@contextmanager
def whatever_was_sent() -> Iterator[None]:
    """The answer of a device is parsed by libraries that raise many things for what no device says; whatever is wrong with it, it does not fit."""
    try:
        yield
    except ValidationError:
        raise
    except Exception as error:
        raise get_adapter().validation_error("incorrect_code") from error


class AddPasskeyForm(webauthn.AddWebAuthnForm):
    """Always a passkey: one that can sign in by itself, after a finger, a face or a PIN."""

    name = TypedText(label=_("A name for it"), max_length=60, required=False)
    passwordless = forms.BooleanField(initial=True, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        with whatever_was_sent():
            return super().clean()


class PasskeyAnswerForm(webauthn.AuthenticateWebAuthnForm):
    def clean_credential(self) -> Authenticator:
        with whatever_was_sent():
            return super().clean_credential()


class SignInByPasskeyForm(PasskeyAnswerForm, webauthn.LoginWebAuthnForm):
    pass


class PasskeyAgainForm(PasskeyAnswerForm, webauthn.ReauthenticateWebAuthnForm):
    pass
