"""The forms of sign-in (allauth's, with our words) and of one's own profile."""

from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.tasks import send_password_reset
from core.forms import HouseForm, TypedText
from core.ids import uuid7
from core.zone_names import ZoneField

PASSWORD_HINT = _("12 characters or more. Several words are easy to remember.")


def say_plainly(form: forms.Form, **labels: Any) -> None:
    """Our label on each named field, and no second one inside it."""
    for name, label in labels.items():
        field = form.fields[name]
        field.label = label
        field.help_text = PASSWORD_HINT if name == "password1" else ""
        field.widget.attrs.pop("placeholder", None)


class SignInForm(allauth.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_plainly(self, login=_("E-mail"), password=_("Password"))
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class ResetPasswordForm(allauth.ResetPasswordForm):
    """Known and unknown addresses do the same work: one task with an id, which the worker looks up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_plainly(self, email=_("E-mail"))

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        known = [user.pk for user in self.users]
        send_password_reset.delay(str(known[0] if known else uuid7()))
        return str(self.cleaned_data["email"])


class NewPasswordForm(allauth.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_plainly(self, password1=_("New password"), password2=_("The same again"))


class ChangePasswordForm(allauth.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_plainly(self, oldpassword=_("Password now"), password1=_("New password"), password2=_("The same again"))


class ProfileForm(HouseForm):
    """What a person may change about her own sign-in. `with_zone`: for staff; a client's clock is on her record."""

    name = TypedText(label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    timezone = ZoneField(label=_("Time zone"), required=False, help_text=_("Of your own clock. Pages of the clinic show the clinic’s time."))
    locale = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, with_zone: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_zone:
            del self.fields["timezone"]
