"""After a discharge the portal is read only, for as long as the clinic says; then it is closed. Help now stays."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, connection
from django.urls import reverse

from access.acting import acting_as
from accounts.models import Clinic
from clients.models import CheckIn, Client, Consent, Episode
from clients.services import accept_invitation, invite_client, record_check_in
from core.ids import uuid7
from homework.models import Assignment, ExerciseRun
from tests import cast
from tests.homework.agreed import agree, run_of
from tests.portal.driving import Form, form_with, forms_of, signed_in

ENDED, CLOSED = "Your care here has ended", "These pages are closed"
READ = ["portal:me", "portal:privacy"]
TODAY = ["portal:today", "portal:check_in", "portal:practise"]


@pytest.fixture
def discharge(as_owner):
    """Ben's care ended so many days ago."""

    def end(client: Client, days: int = 0) -> None:
        with as_owner():
            Client.objects.filter(pk=client.pk).update(status="discharged")
            day = date.today() - timedelta(days=days)
            Episode.objects.filter(client=client).update(started_on=day - timedelta(days=30), ended_on=day)

    return end


@pytest.fixture
def places(library, tara, ben, ben_portal) -> dict[str, str]:
    """Addresses of all that Ben had in hand, by name."""
    task = agree(tara, ben, "slow_breathing")
    run = run_of(ben_portal, ben, task, state="left", step="set")
    with acting_as(ben_portal.actor):
        record_check_in(client=ben, new_id=uuid7(), mood=2, by=ben_portal.actor)
    named: dict[str, list[Any]] = dict.fromkeys([*READ, *TODAY], [])
    named |= {"portal:homework": [task.pk], "portal:not_today": [task.pk], "portal:player": [run.pk], "portal:sharing": [run.pk]}
    named["portal:practise_exercise"] = ["five_senses"]
    return {name: reverse(name, args=args) for name, args in named.items()}


def offered(answer: Any) -> list[Form]:
    """The page's forms, but for those of her browser and her sign-in."""
    return [form for form in forms_of(answer) if not form.action.startswith("/accounts/")]


def test_what_was_written_is_read_and_no_form_is_offered(places, ben, ben_portal, discharge):
    phone = signed_in(ben_portal)
    # the control: in care these have a form
    assert {name for name in places if offered(phone.get(places[name]))} >= {"portal:privacy", "portal:check_in", "portal:sharing", "portal:player"}
    discharge(ben, 90)
    for name, address in places.items():
        answer = phone.get(address)
        text = answer.content.decode()
        assert answer.status_code == 200 and not offered(answer), name
        assert (ENDED in text) is (name not in [*READ, "portal:sharing"]), name
        assert reverse("safety:help_now") in text and places["portal:practise"] not in text, name
    assert "You said “" in phone.get(places["portal:me"]).content.decode()
    last = date.today()
    assert f"You can read what you wrote until {last.day} {last:%B %Y}." in phone.get(places["portal:today"]).content.decode()
    assert phone.get(reverse("safety:help_now")).status_code == 200


def test_every_form_that_was_open_is_refused_and_keeps_nothing(places, ben, ben_portal, discharge, as_owner):
    phone = signed_in(ben_portal)
    forms = [(form.action or address, form.fields) for address in places.values() for form in offered(phone.get(address))]
    assert len(forms) > 5

    def kept() -> list[Any]:
        with as_owner():
            return [list(model.objects.order_by("pk").values()) for model in (CheckIn, ExerciseRun, Assignment)]

    before = kept()
    discharge(ben)
    for address, fields in forms:
        answer = phone.post(address, {**fields, "mood": "5", "button": "leave", "choice": "skip", "visibility": "only_me"})
        assert answer.status_code == 403 and ENDED in answer.content.decode(), address
    assert kept() == before


def test_the_same_forms_are_taken_while_she_is_in_care(places, ben_portal, as_owner):
    """The control of the test above."""
    phone = signed_in(ben_portal)
    form = form_with(phone.get(places["portal:check_in"] + "?change=1"), "mood")
    assert phone.post(places["portal:check_in"], {**form.fields, "mood": "5"}).status_code == 302
    with as_owner():
        assert CheckIn.objects.get().mood == 5


@pytest.mark.parametrize(("days", "allowed", "open_still"), [(90, 90, True), (91, 90, False), (91, 120, True), (8, 7, False)])
def test_the_clinic_says_how_long_it_is_read(days, allowed, open_still, places, ben, ben_portal, discharge, as_owner):
    with as_owner():
        Clinic.objects.filter(pk=ben.clinic_id).update(portal_days_after_discharge=allowed)
    discharge(ben, days)
    phone = signed_in(ben_portal)
    for name, address in places.items():
        text = phone.get(address).content.decode()
        assert (CLOSED in text) is not open_still, name
        assert reverse("safety:help_now") in text
    with acting_as(ben_portal.actor):
        assert CheckIn.objects.exists() is open_still and Client.objects.exists() is open_still


def test_the_gate_closes_it_without_the_wall_too(places, ben, ben_portal, discharge, as_owner):
    discharge(ben, 91)
    with as_owner(), connection.cursor() as cursor:
        for table in ("clients_client", "clients_episode", "clients_checkin", "clients_timelineentry"):
            cursor.execute(f"CREATE POLICY planted ON {table} TO app_portal USING (true) WITH CHECK (true)")
    for name in READ:
        assert CLOSED in signed_in(ben_portal).get(places[name]).content.decode()


def test_who_comes_back_goes_on(places, ben, ben_portal, discharge, as_owner):
    discharge(ben, 200)
    with as_owner():
        Client.objects.filter(pk=ben.pk).update(status="active")
    phone = signed_in(ben_portal)
    assert ENDED not in phone.get(places["portal:today"]).content.decode() and offered(phone.get(places["portal:player"]))


def test_the_wall_refuses_what_a_service_would_write(ben, ben_portal, discharge):
    def tap() -> CheckIn:
        with acting_as(ben_portal.actor):
            return record_check_in(client=ben, new_id=uuid7(), mood=3, by=ben_portal.actor)

    tap()  # the control
    discharge(ben)
    with pytest.raises(ProgrammingError, match="row-level security"):
        tap()
    with acting_as(ben_portal.actor):
        assert CheckIn.objects.update(mood=1) == 0 and Consent.objects.update(withdrawn_at=None) == 0 and Client.objects.update(phone="1") == 0
        assert CheckIn.objects.get().mood == 3


def test_without_the_wall_s_question_it_would_be_written(ben, ben_portal, discharge, as_owner):
    """The control: what refuses is that one function."""
    with acting_as(ben_portal.actor):
        record_check_in(client=ben, new_id=uuid7(), mood=3, by=ben_portal.actor)
    discharge(ben)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("CREATE OR REPLACE FUNCTION sec.own_open_client_id() RETURNS uuid LANGUAGE sql AS 'SELECT sec.own_client_id()'")
    with acting_as(ben_portal.actor):
        assert CheckIn.objects.update(mood=1) == 1


@pytest.mark.parametrize(("status", "outcome"), [("active", "accepted"), ("discharged", "withdrawn")])
def test_a_link_to_the_portal_ends_with_the_care(status, outcome, tara, ben, as_owner):
    with acting_as(tara.actor):
        invitation = invite_client(client=ben, new_id=uuid7(), email="ben@example.org", by=tara.actor)
    with as_owner():
        Client.objects.filter(pk=ben.pk).update(status=status)
        user = type(tara.user).objects.create_user("ben@example.org", cast.PASSWORD, name="Ben")
    assert accept_invitation(token=invitation.token, user=user) == outcome
