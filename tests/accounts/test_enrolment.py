"""Whose clinic asks for a second step reaches the setting up, and no page of the clinic: every address of the running URLconf is tried."""

import pytest

from access import middleware
from access.acting import acting_as
from tests.access.addresses import addresses, missing
from tests.accounts.test_second_factor import ASKED, browser_of
from tests.cast import Person, set_second_factor_required

pytestmark = pytest.mark.django_db
# public pages, the door, and the setting up; nothing of a clinic stands on them
REACHED = {
    *("accounts:home", "accounts:still_here", "accounts:theme", "clients:invitation", "dev_mail", "healthz", "readyz", "reminders:off", "safety:help_now"),
    *("account_login", "account_logout", "account_inactive", "account_reauthenticate", "mfa_login_webauthn", "mfa_authenticate"),
    *("account_reset_password", "account_reset_password_done", "account_reset_password_from_key", "account_reset_password_from_key_done"),
    *("mfa_index", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_add_webauthn"),
    *("mfa_remove_webauthn", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"),
}


def reached_before(person: Person) -> set[str]:
    """The addresses of the running URLconf that answer her otherwise than by sending her to set up a second step."""
    found = set()
    for address in addresses():
        answers = [getattr(browser_of(person), method)(address.url(missing(address)), secure=True) for method in ("get", "post")]
        if {answer.headers.get("Location") for answer in answers} != {ASKED}:
            found.add(address.name)
    return found


@pytest.fixture
def asked(tara: Person, ada: Person) -> Person:
    with acting_as(ada.actor):
        set_second_factor_required(clinic=tara.membership.clinic, required=True, by=ada.actor)
    return tara


def test_every_other_address_leads_there(asked: Person) -> None:
    assert reached_before(asked) == REACHED


def test_the_check_sees_an_address_that_does_not_ask(asked: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(middleware, "BEFORE_ENROLMENT", middleware.BEFORE_ENROLMENT | {"account_change_password"})
    assert reached_before(asked) == REACHED | {"account_change_password"}
