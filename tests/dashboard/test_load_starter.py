"""The starter clinic: complete, alive, loaded once and only where nothing is."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from access.acting import acting_as
from accounts.models import Clinic, Membership, User
from audit.models import AuditEvent
from clients.models import CheckIn, Client, Consent, TimelineEntry
from core.actor import Actor
from tests.support import as_role

pytestmark = pytest.mark.django_db


def load() -> str:
    """As `manage.py load_starter` does: with the owner's login."""
    said = StringIO()
    with as_role(connection, "app_owner"):
        call_command("load_starter", stdout=said)
    return said.getvalue()


def acting(address: str) -> Actor:
    membership = Membership.objects.select_related("user").get(user__email=address)
    kinds = {"therapist": "therapist", "client": "portal", "admin": "admin"}
    return Actor(kinds[membership.role], membership.user_id, membership.clinic_id)  # type: ignore[arg-type]


def seen_by(address: str) -> set[str]:
    with acting_as(acting(address)):
        return {name.split()[0] for name in Client.objects.values_list("called", flat=True)}


def test_it_has_its_people_and_each_sees_her_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_PASSWORD", "another quiet lantern")
    said = load()
    clinic = Clinic.objects.get()
    assert clinic.is_demo and {row.user.email: row.role for row in Membership.objects.select_related("user")} == {
        "ada@example.org": "admin",
        "tara@example.org": "therapist",
        "sam@example.org": "therapist",
        "ben@example.org": "client",
    }
    assert seen_by("tara@example.org") == {"Ben", "Cleo"}
    assert seen_by("sam@example.org") == {"Dana"}
    assert seen_by("ben@example.org") == {"Ben"}
    for address in ("ada", "tara", "sam", "ben"):
        assert f"{address}@example.org" in said
        assert User.objects.get(email=f"{address}@example.org").check_password("another quiet lantern")
    assert "another quiet lantern" in said


def test_loading_again_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    first = load()
    with as_role(connection, "app_owner"):
        before = [model.objects.count() for model in (User, Client, CheckIn, TimelineEntry, AuditEvent)]
    assert load() == first and "a quiet lantern 7" in first
    monkeypatch.setenv("DEMO_PASSWORD", "a later password 12")
    assert "a later password 12" not in load(), "the password is the one it was loaded with"
    with as_role(connection, "app_owner"):
        assert [model.objects.count() for model in (User, Client, CheckIn, TimelineEntry, AuditEvent)] == before


def test_a_real_clinic_is_left_alone(ada: object) -> None:
    assert "nothing was loaded" in load()
    assert Clinic.objects.count() == 1 and not User.objects.filter(email="tara@example.org").exists()


def test_every_row_was_written_by_the_person_who_would_write_it() -> None:
    load()
    ben, tara = acting("ben@example.org"), acting("tara@example.org")
    with as_role(connection, "app_owner"):
        assert CheckIn.objects.count() >= 10 and set(CheckIn.objects.values_list("created_by_id", flat=True)) == {ben.user_id}
        assert set(Client.objects.filter(called__startswith="Ben").values_list("created_by_id", flat=True)) == {tara.user_id}
        assert set(Consent.objects.values_list("created_by_id", flat=True)) == {ben.user_id}


def test_what_ben_keeps_to_himself_his_therapist_does_not_see() -> None:
    load()
    with acting_as(acting("ben@example.org")):
        private = CheckIn.objects.filter(visibility="only_me").count()
        alone = CheckIn.objects.count()
    with acting_as(acting("tara@example.org")):
        assert private >= 1 and CheckIn.objects.count() == alone - private
