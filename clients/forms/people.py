"""Inviting a client or a colleague, and accepting."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms import PASSWORD_HINT
from accounts.models import Role, User
from clients.forms.layout import Choices, Words, desk_helper, pair
from core.forms import CreateForm, HouseForm, TypedText

ROLES = [(Role.THERAPIST.value, _("Therapist")), (Role.ADMIN.value, _("Admin"))]


class InviteClientForm(CreateForm):
    """Her own way in. Sending it again makes a new link and closes the old one."""

    email = forms.EmailField(label=_("E-mail"), max_length=254, help_text=_("The link works once, for seven days, and only with this address."))
    consent_on_record = forms.BooleanField(
        label=_("A consent is on record"),
        required=False,
        help_text=_("Under 18: from whoever has to agree where you are. The day and your name are kept with the invitation."),
    )

    def __init__(self, *args: Any, minor: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not minor:
            del self.fields["consent_on_record"]
        self.helper = desk_helper(*(name for name in self.fields if name != "new_id"))


class InviteStaffForm(CreateForm):
    name = TypedText(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    role = forms.ChoiceField(label=_("Role"), choices=ROLES, widget=forms.RadioSelect, initial=Role.THERAPIST.value)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = desk_helper(pair(Words("name"), "email"), Choices("role"))


class JoinForm(HouseForm):
    """Somebody invited who has no sign-in yet. The address is the invitation's and cannot be changed here."""

    name = TypedText(label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(
        label=_("Choose a password"), max_length=1000, strip=False, help_text=PASSWORD_HINT, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if "password" in given:
            try:
                validate_password(given["password"], User(email=self.email, name=given.get("name", "")))
            except ValidationError as error:
                self.add_error("password", error)
        return given
