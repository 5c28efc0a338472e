"""Another therapist: the client reads it on Today and beside who looked, before it comes and two weeks after; nothing when nothing changes."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.utils import timezone

from access.acting import acting_as
from clients.models import CareAssignment, Client
from clients.services import hand_over, take_back
from tests.cast import Person
from tests.support import as_role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]
PAGES = ("/portal/", "/portal/privacy/")


def shown(person: Person) -> list[str]:
    browser = Browser()
    browser.force_login(person.user)
    return [browser.get(page).content.decode() for page in PAGES]


def give(ada: Person, client: Client, to: Person, **how: Any) -> None:
    with acting_as(ada.actor):
        hand_over(clients=[client], therapist_id=to.user.pk, by=ada.actor, **how)


def test_nothing_is_said_while_nothing_changes(tara: Person, ben: Client, ben_portal: Person) -> None:
    assert not any("our therapist is" in page for page in shown(ben_portal))


def test_the_new_one_is_named_for_two_weeks(ada: Person, tara: Person, sam: Person, ben: Client, ben_portal: Person) -> None:
    give(ada, ben, sam)
    for page in shown(ben_portal):
        assert 'Your therapist is now <bdi class="voice">Sam</bdi>' in page and "Tara" not in page
    with as_role(connection, "app_owner"):
        changed = timezone.now() - timedelta(days=15)
        CareAssignment.objects.filter(client=ben, therapist=tara.user).update(starts_at=changed - timedelta(days=1), ends_at=changed)
        CareAssignment.objects.filter(client=ben, therapist=sam.user).update(starts_at=changed)
    today, privacy = shown(ben_portal)
    assert not any("is now" in page for page in (today, privacy)) and "Sam sees" in today and ">Sam</bdi>" in privacy


def test_a_day_ahead_is_said_before_it_comes_and_not_when_it_was_taken_back(ada: Person, tara: Person, sam: Person, ben: Client, ben_portal: Person) -> None:
    give(ada, ben, sam, starts_at=timezone.now() + timedelta(days=3))
    assert all('your therapist is <bdi class="voice">Sam</bdi>' in page and "is now" not in page for page in shown(ben_portal))
    with acting_as(ada.actor):
        planned = list(CareAssignment.objects.select_related("client").filter(client=ben, therapist=sam.user))
        take_back(assignments=planned, by=ada.actor)
    assert not any("Sam" in page for page in shown(ben_portal))
