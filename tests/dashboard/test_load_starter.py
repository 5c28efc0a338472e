"""The starter clinic: complete, alive, loaded once and only where nothing is."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from access.acting import acting_as
from accounts.models import Clinic, Membership, User
from audit.models import AuditEvent
from clients.models import CheckIn, Client, Consent, TimelineEntry
from clients.pillars import Pillar
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


def test_it_is_complete_and_alive(monkeypatch: pytest.MonkeyPatch) -> None:
    """One load, which takes some seconds, looked at from every side."""
    monkeypatch.setenv("DEMO_PASSWORD", "another quiet lantern")
    said = load()
    there_are_its_people_and_their_sign_ins(said)
    each_sees_her_own()
    every_row_was_written_by_the_person_who_would_write_it()
    what_ben_keeps_to_himself_his_therapist_does_not_see()
    every_pillar_has_something_lately()


def there_are_its_people_and_their_sign_ins(said: str) -> None:
    assert Clinic.objects.get().is_demo
    assert {row.user.email: row.role for row in Membership.objects.select_related("user")} == {
        "ada@example.org": "admin",
        "tara@example.org": "therapist",
        "sam@example.org": "therapist",
        "ben@example.org": "client",
    }
    for address in ("ada", "tara", "sam", "ben"):
        assert f"{address}@example.org" in said
        assert User.objects.get(email=f"{address}@example.org").check_password("another quiet lantern")
    assert "another quiet lantern" in said


def each_sees_her_own() -> None:
    assert seen_by("tara@example.org") == {"Ben", "Cleo"}
    assert seen_by("sam@example.org") == {"Dana"}
    assert seen_by("ben@example.org") == {"Ben"}


def every_row_was_written_by_the_person_who_would_write_it() -> None:
    ben, tara = acting("ben@example.org"), acting("tara@example.org")
    with as_role(connection, "app_owner"):
        assert CheckIn.objects.count() >= 10 and set(CheckIn.objects.values_list("created_by_id", flat=True)) == {ben.user_id}
        assert set(Client.objects.filter(called__startswith="Ben").values_list("created_by_id", flat=True)) == {tara.user_id}
        assert set(Consent.objects.values_list("created_by_id", flat=True)) == {ben.user_id}


def what_ben_keeps_to_himself_his_therapist_does_not_see() -> None:
    with acting_as(acting("ben@example.org")):
        private, everything = CheckIn.objects.filter(visibility="only_me").count(), CheckIn.objects.count()
    with acting_as(acting("tara@example.org")):
        assert private >= 1 and CheckIn.objects.count() == everything - private


def every_pillar_has_something_lately() -> None:
    with acting_as(acting("tara@example.org")):
        since = timezone.now() - timedelta(days=28)
        found = set(TimelineEntry.objects.filter(occurred_at__gte=since).exclude(pillar="").values_list("pillar", flat=True))
    assert found == set(Pillar.values)


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
