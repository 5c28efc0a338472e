"""Checking a line, through the service and the wall; and what Help now shows of it as time goes by."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError
from django.test import Client as Browser
from django.utils import timezone

from access.acting import acting_as
from accounts.models import Clinic
from audit.models import AuditEvent
from core.errors import Refused, Stale
from core.ids import uuid7
from safety.content import shipped_lines
from safety.models import CrisisLine, LineCheck
from safety.selectors import has_verified_line, lines_of
from tests.cast import Person
from tests.portal.driving import signed_in
from tests.safety.looking import SAMARITANS, facts_of, look, looked_twice

pytestmark = pytest.mark.django_db
CALL = 'href="tel:116123"'


def help_now(who: Person | None = None, country: str = "") -> str:
    return (signed_in(who) if who else Browser()).get("/help-now/", {"country": country} if country else {}).content.decode()


def state(who: Person, key: str = SAMARITANS) -> str:
    with acting_as(who.actor):
        return next(line.standing.state for line in lines_of(who.membership.clinic, "GB") if line.key == key)


def test_one_look_is_not_enough_and_two_people_are(ada: Person, hana: Person, ben_portal: Person) -> None:
    look(ada)
    look(ada)
    assert CALL not in help_now(ben_portal) and CALL not in help_now() and state(ada) == "draft"
    look(hana)
    assert state(ada) == "verified"
    for text in (help_now(ben_portal), help_now()):
        assert CALL in text and "Call Samaritans" in text and "Day and night" in text
        assert "85258" not in text, "the other lines are still drafts"


def test_one_person_on_two_days(ada: Person, ben_portal: Person) -> None:
    look(ada, at=timezone.now() - timedelta(days=1))
    look(ada)
    assert CALL in help_now(ben_portal)


def test_a_line_vanishes_by_itself_after_ninety_days(ada: Person, hana: Person, ben_portal: Person) -> None:
    looked_twice(ada, hana)
    with time_machine.travel(timezone.now() + timedelta(days=89), tick=False):
        assert CALL in help_now(ben_portal)
    with time_machine.travel(timezone.now() + timedelta(days=91), tick=False):
        text = help_now(ben_portal)
        assert CALL not in text and 'href="tel:999"' in text and "findahelpline.com" in text and CALL not in help_now()
        assert state(ada) == "stale"
        looked_twice(ada, hana)
        assert CALL in help_now(ben_portal)


def test_a_correction_makes_it_a_draft_again(ada: Person, hana: Person, ben_portal: Person, as_owner: Callable[[], Any]) -> None:
    looked_twice(ada, hana)
    look(ada, facts=facts_of(call="0800 111"))
    text = help_now(ben_portal)
    assert CALL not in text and "0800 111" not in text and state(ada) == "draft"
    with pytest.raises(Stale):
        look(hana, version=1)
    look(hana, version=2)
    assert 'href="tel:0800111"' in help_now(ben_portal)
    with as_owner():
        assert AuditEvent.objects.get(verb="line_corrected").detail == {"country": "GB", "key": SAMARITANS, "fields": ["call"]}
        assert AuditEvent.objects.filter(verb="line_checked").count() == 4
        assert [check.seen["call"] for check in LineCheck.objects.order_by("at")] == ["116 123", "116 123", "0800 111", "0800 111"]


def test_found_wrong_it_vanishes_at_once(ada: Person, hana: Person, ben_portal: Person) -> None:
    looked_twice(ada, hana)
    look(hana, is_right=False)
    assert CALL not in help_now(ben_portal) and state(ada) == "draft"
    looked_twice(ada, hana)
    assert CALL in help_now(ben_portal)


def test_another_clinics_checks_do_not_verify_mine(ada: Person, hana: Person, omar: Person, ben_portal: Person) -> None:
    look(ada)
    looked_twice(omar, omar, at=timezone.now() - timedelta(days=1))
    look(omar)
    assert CALL in help_now(omar) and CALL in help_now(), "signed out, any clinic of the installation"
    assert CALL not in help_now(ben_portal) and state(ada) == "draft"


def test_a_demo_clinics_checks_are_for_its_own_people(ada: Person, hana: Person, ben_portal: Person, as_owner: Callable[[], Any]) -> None:
    looked_twice(ada, hana)
    assert "not really checked" not in help_now(ben_portal)
    with as_owner():
        Clinic.objects.update(is_demo=True)
    assert CALL in (text := help_now(ben_portal)) and "Demo clinic: these lines were not really checked." in text
    assert CALL not in help_now()


HELD = [(line.country, line.key) for lines in shipped_lines().values() for line in lines if line.hold]


def test_a_line_that_is_held_back_cannot_be_checked_nor_shown(ada: Person, hana: Person, as_owner: Callable[[], Any]) -> None:
    assert HELD
    country, key = HELD[0]
    with pytest.raises(Refused):
        look(ada, key, country=country)
    with as_owner():  # checked before a later version of the software held it back
        line = CrisisLine.objects.create(clinic=ada.membership.clinic, country=country, key=key, facts={"name": "Held", "call": "5550123"})
        for who in (ada, hana):
            LineCheck.objects.create(
                clinic=line.clinic, line=line, line_version=1, at=timezone.now(), how="called", is_right=True, seen={}, created_by=who.user
            )
    assert "5550123" not in help_now(country=country)
    with as_owner():
        CrisisLine.objects.update(key="known-to-nobody")
    assert "5550123" in help_now(country=country)


def test_an_emergency_number_is_checked_too_and_shown_all_the_same(ada: Person, hana: Person, ben_portal: Person) -> None:
    look(ada, "emergency-999", is_right=False)
    assert 'href="tel:999"' in help_now(ben_portal) and state(ada, "emergency-999") == "draft"
    looked_twice(ada, hana, "emergency-999")
    assert state(ada, "emergency-999") == "verified"
    with acting_as(ada.actor):
        assert not has_verified_line(ada.membership.clinic), "an emergency number is no line"
    with pytest.raises(Refused):
        look(ada, "emergency-999", facts={"name": "emergency", "call": "1"})


def test_the_same_form_twice_is_one_check_and_nobody_looks_tomorrow(ada: Person, hana: Person) -> None:
    new_id = uuid7()
    assert look(ada, new_id=new_id).pk == look(ada, new_id=new_id).pk
    with pytest.raises(Refused):
        look(ada, at=timezone.now() + timedelta(hours=1))
    with pytest.raises(Refused):
        look(ada, "no-such-line")
    look(hana)
    with acting_as(ada.actor):
        assert has_verified_line(ada.membership.clinic) and LineCheck.objects.count() == 2


@pytest.mark.parametrize("who", ["tara", "ben_portal"])
def test_the_wall_lets_the_office_alone_write(ada: Person, tara: Person, ben_portal: Person, who: str) -> None:
    person = {"tara": tara, "ben_portal": ben_portal}[who]
    with pytest.raises(DatabaseError):
        look(person)
    look(ada)
    with acting_as(tara.actor):
        assert CrisisLine.objects.count() == 1
