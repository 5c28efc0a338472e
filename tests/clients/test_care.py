"""Adding a client, changing her contact, and who works with her: what the services do, and each thing they refuse."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import ProgrammingError
from django.utils import timezone

from access.acting import acting_as
from audit.models import AuditEvent
from clients.models import CareAssignment, Client, Episode
from clients.selectors import team_of
from clients.services import add_client, assign_colleague, end_assignment, update_contact
from core.errors import Refused, Stale
from core.ids import uuid7
from tests.cast import Person

pytestmark = pytest.mark.django_db
SOON = timedelta(days=3)


def add(by: Person, **changes: Any) -> Client:
    given = {"new_id": uuid7(), "started_on": date(2026, 11, 2), "called": "Lin", "timezone": "Europe/London", **changes}
    with acting_as(by.actor):
        return add_client(by=by.actor, **given)


def assign(client: Client, colleague: Person, by: Person, kind: str = "co", **changes: Any) -> CareAssignment:
    with acting_as(by.actor):
        return assign_colleague(client=client, therapist_id=colleague.user.pk, kind=kind, by=by.actor, **{"new_id": uuid7(), **changes})


def verbs(as_owner: Callable[[], Any]) -> list[str]:
    with as_owner():
        return list(AuditEvent.objects.order_by("at").values_list("verb", flat=True))


def sees(person: Person, client: Client) -> bool:
    with acting_as(person.actor):
        return Client.objects.filter(pk=client.pk).exists()


def test_whoever_adds_a_client_is_her_therapist_from_then_on(tara: Person, sam: Person, as_owner: Callable[[], Any]) -> None:
    client = add(tara)
    with acting_as(tara.actor):
        care, episode = CareAssignment.objects.get(client=client), Episode.objects.get(client=client)
    assert (care.kind, care.therapist_id, care.ends_at, care.created_by_id) == ("primary", tara.user.pk, None, tara.user.pk)
    assert (episode.started_on, episode.ended_on) == (date(2026, 11, 2), None)
    assert sees(tara, client) and not sees(sam, client) and verbs(as_owner) == ["client_added"]


def test_care_begins_by_the_databases_clock(tara: Person, sam: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """A web server whose clock runs ahead still adds clients and lets colleagues in at once; by its own clock the care would lie in the future."""
    ahead = timezone.now() + timedelta(minutes=5)
    monkeypatch.setattr(timezone, "now", lambda: ahead)
    lin = add(tara)
    assign(lin, sam, tara)
    assert sees(tara, lin) and sees(sam, lin)
    with acting_as(sam.actor):
        assert {care.therapist_id for care in team_of(lin)} == {tara.user.pk, sam.user.pk}
    monkeypatch.setattr("clients.services.care.database_now", timezone.now)
    with pytest.raises(ProgrammingError, match="row-level security"):
        add(tara)


def test_sent_twice_it_is_one_client(tara: Person, as_owner: Callable[[], Any]) -> None:
    form = uuid7()
    assert add(tara, new_id=form).pk == add(tara, new_id=form, called="Lin again").pk
    with as_owner():
        assert Client.objects.values_list("called", flat=True).get() == "Lin" and CareAssignment.objects.count() == 1
    assert verbs(as_owner) == ["client_added"]


def test_another_clinic_s_form_id_opens_nothing(tara: Person, olu: Person) -> None:
    """The row is there and hidden: the id cannot be used to read it, and the refusal is loud."""
    client = add(tara)
    with pytest.raises(Refused):
        add(olu, new_id=client.pk)
    assert not sees(olu, client)


@pytest.mark.parametrize("who", ["ada", "ben_portal"])
def test_only_a_therapist_becomes_one_by_adding(who: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(ValueError, match="only a therapist"):
        add(request.getfixturevalue(who))


def test_contact_is_changed_by_version(tara: Person, ben: Client, as_owner: Callable[[], Any]) -> None:
    with acting_as(tara.actor):
        changed = update_contact(client=ben, version=1, changes={"phone": "020 7946 0000", "phone_ok": True, "called": "Ben"}, by=tara.actor)
        assert (changed.phone, changed.phone_ok, changed.version) == ("020 7946 0000", True, 2)
        with pytest.raises(Stale) as newer:
            update_contact(client=ben, version=1, changes={"phone": "other"}, by=tara.actor)
    assert newer.value.current.phone == "020 7946 0000"
    with as_owner():
        event = AuditEvent.objects.get(verb="contact_changed")
    assert event.detail == {"fields": ["phone", "phone_ok"]}, "what changed by name, never what was typed"


@pytest.mark.parametrize("name", ["clinic_id", "portal_user_id", "created_by_id", "status", "id", "invitation"])
def test_contact_is_contact_only(name: str, tara: Person, ben: Client) -> None:
    with pytest.raises(ValueError, match="not contact fields"), acting_as(tara.actor):
        update_contact(client=ben, version=1, changes={name: uuid4()}, by=tara.actor)


@pytest.mark.parametrize("who", ["sam", "fay", "vera", "olu"])
def test_contact_of_others_clients_stays(who: str, ben: Client, request: pytest.FixtureRequest, as_owner: Callable[[], Any]) -> None:
    person: Person = request.getfixturevalue(who)
    with pytest.raises((Stale, Client.DoesNotExist)), acting_as(person.actor):
        update_contact(client=ben, version=1, changes={"phone": "changed"}, by=person.actor)
    with as_owner():
        assert Client.objects.get(pk=ben.pk).phone == ""


def test_a_colleague_finds_the_client_until_it_ends(tara: Person, sam: Person, ben: Client, as_owner: Callable[[], Any]) -> None:
    care = assign(ben, sam, tara)
    assert sees(sam, ben)
    with acting_as(tara.actor):
        ended = end_assignment(assignment=care, by=tara.actor)
    assert not sees(sam, ben) and ended.ends_at is not None
    with acting_as(tara.actor):
        assert end_assignment(assignment=ended, by=tara.actor).ends_at == ended.ends_at, "ending it twice changes nothing"
    assert verbs(as_owner)[-2:] == ["colleague_assigned", "assignment_ended"]
    assert assign(ben, sam, tara).pk != care.pk and sees(sam, ben), "she may come back"


def test_cover_is_over_by_itself(tara: Person, sam: Person, ben: Client, as_owner: Callable[[], Any]) -> None:
    care = assign(ben, sam, tara, "cover", ends_at=timezone.now() + SOON)
    assert sees(sam, ben)
    with as_owner():
        CareAssignment.objects.filter(pk=care.pk).update(starts_at=timezone.now() - SOON, ends_at=timezone.now())
    assert not sees(sam, ben)


def test_what_is_refused_names_its_field(tara: Person, sam: Person, ben: Client) -> None:
    now = timezone.now()
    for kind, changes, field in (("cover", {}, "ends_on"), ("cover", {"ends_at": now - SOON}, "ends_on"), ("co", {"ends_at": now - SOON}, "ends_on")):
        with pytest.raises(Refused) as refused:
            assign(ben, sam, tara, kind, **changes)
        assert refused.value.field == field
    assign(ben, sam, tara)
    for colleague in (sam, tara):
        with pytest.raises(Refused) as refused:
            assign(ben, colleague, tara)
        assert refused.value.field == "therapist"
    for kind in ("primary", "break_glass", "owner"):
        with pytest.raises(ValueError, match="co or cover"):
            assign(ben, sam, tara, kind)


def test_sent_twice_it_is_one_assignment(tara: Person, sam: Person, ben: Client) -> None:
    form = uuid7()
    assert assign(ben, sam, tara, new_id=form).pk == assign(ben, sam, tara, new_id=form).pk


@pytest.mark.parametrize("who", ["sam", "fay", "vera", "olu", "ben_portal"])
def test_only_who_works_with_her_lets_others_in(who: str, tara: Person, ben: Client, ada: Person, request: pytest.FixtureRequest) -> None:
    person: Person = request.getfixturevalue(who)
    with pytest.raises(ProgrammingError, match="row-level security|permission denied"):
        assign(ben, ada, person)


def test_nobody_of_another_clinic_and_no_client_is_let_in(tara: Person, olu: Person, ben_portal: Person, ben: Client) -> None:
    for stranger in (olu, ben_portal):
        with pytest.raises(ProgrammingError, match="row-level security"):
            assign(ben, stranger, tara)


def test_a_primary_therapist_is_ended_by_the_office(tara: Person, sam: Person, ada: Person, ben: Client) -> None:
    with acting_as(tara.actor):
        primary = CareAssignment.objects.get(client=ben, kind="primary")
        with pytest.raises(Refused, match="office"):
            end_assignment(assignment=primary, by=tara.actor)
    assert sees(tara, ben)
    with acting_as(ada.actor):
        end_assignment(assignment=primary, by=ada.actor)
    assert not sees(tara, ben)
