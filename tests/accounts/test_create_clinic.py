"""`manage.py create_clinic`: the first step of a real clinic."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.management.commands import create_clinic
from accounts.models import Clinic, Membership, User
from resilience_site import celery  # noqa: F401  (as manage.py does)
from tests.support import as_role

pytestmark = pytest.mark.django_db
GIVEN = {"name": "Mill Lane Practice", "timezone": "Europe/Kiev", "country": "ua", "admin_name": "Ada", "admin_email": "Ada@Example.org"}


def create(**given: Any) -> str:
    said = StringIO()
    with as_role(connection, "app_owner"):
        call_command("create_clinic", stdout=said, **{**GIVEN, **given})
    return said.getvalue()


def test_it_makes_the_clinic_and_its_admin_and_says_what_is_next() -> None:
    said = create()
    clinic = Clinic.objects.get()
    assert (clinic.name, clinic.timezone, clinic.country, clinic.is_demo) == ("Mill Lane Practice", "Europe/Kyiv", "UA", False)
    assert not clinic.works_with_minors, "it is said on purpose"
    admin = Membership.objects.get(clinic=clinic)
    assert admin.role == "admin" and admin.user.email == "ada@example.org" and not admin.user.has_usable_password()
    assert "ada@example.org" in said and "a link to choose a password is on its way" in said and "/accounts/login/" not in said


def test_that_it_works_with_minors_is_said_on_purpose() -> None:
    create(works_with_minors=True)
    assert Clinic.objects.get().works_with_minors


@pytest.mark.parametrize("name", ["Mill Lane Practice", "عيادة"])
def test_running_it_again_changes_nothing(name: str) -> None:
    create(name=name)
    assert "nothing was changed" in create(name=name, admin_email="other@example.org")
    assert Clinic.objects.count() == 1 and User.objects.count() == 1


def test_an_existing_person_becomes_its_admin_and_keeps_her_password(ada: Any) -> None:
    assert "sign in at" in create()
    assert Membership.objects.filter(user=ada.user, role="admin").count() == 2
    assert User.objects.get(pk=ada.user.pk).check_password("a quiet lantern 7")


def test_the_password_can_be_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The prompt is the terminal's, so the test stands in for the person at it."""
    monkeypatch.setattr(create_clinic, "getpass", lambda prompt: "three quiet lanterns")
    assert "sign in at" in create(prompt_password=True)
    assert User.objects.get().check_password("three quiet lanterns")


@pytest.mark.parametrize("typed", [["short", "short"], ["three quiet lanterns", "four quiet lanterns"], ["password1234", "password1234"]])
def test_a_weak_or_mistyped_password_changes_nothing(monkeypatch: pytest.MonkeyPatch, typed: list[str]) -> None:
    answers = iter(typed)
    monkeypatch.setattr(create_clinic, "getpass", lambda prompt: next(answers))
    with pytest.raises(CommandError):
        create(prompt_password=True)
    assert not Clinic.objects.exists() and not User.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"timezone": "Mars/Olympus"},
        {"country": "XX"},
        {"country": "Britain"},
        {"admin_email": "ada"},
        {"name": " "},
        {"name": "a\0b"},
        {"admin_name": "\u200b"},
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(wrong: dict[str, str]) -> None:
    with pytest.raises(CommandError):
        create(**wrong)
    assert not Clinic.objects.exists()
