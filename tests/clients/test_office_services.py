"""What the office changes about who cares for whom: one primary therapist at a time, ended and begun at the same moment, twice is once."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from access.acting import acting_as
from accounts.models import Membership, Supervision
from audit.models import AuditEvent
from clients.models import CareAssignment, Client
from clients.selectors import active_assignments
from clients.selectors.office import planned_changes, unassigned
from clients.services import add_supervision, cover_clients, deactivate_member, end_now, end_staff_role, end_supervision, hand_over, take_back
from core.errors import Refused
from core.ids import uuid7
from tests import cast
from tests.cast import Person
from tests.support import as_role

pytestmark = pytest.mark.django_db
LATER = timedelta(days=5)


def rows(client: Client) -> list[tuple[str, str, bool]]:
    """(kind, therapist, has an end) of a client's assignments that did or will hold, by their beginning."""
    with as_role(connection, "app_owner"):
        found = CareAssignment.objects.filter(client=client).select_related("therapist").order_by("starts_at", "kind")
        return [(row.kind, row.therapist.name, row.ends_at is not None) for row in found if row.ends_at != row.starts_at]


def treated_by(client: Client) -> list[str]:
    with as_role(connection, "app_owner"):
        return sorted(active_assignments(client).values_list("therapist__name", flat=True))


def give(ada: Person, clients: list[Client], to: Person, **how: Any) -> int:
    with acting_as(ada.actor):
        return hand_over(clients=clients, therapist_id=to.user.pk, by=ada.actor, **how)


def verbs() -> list[str]:
    with as_role(connection, "app_owner"):
        return list(AuditEvent.objects.order_by("at").values_list("verb", flat=True))


def reads(person: Person, client: Client) -> bool:
    with acting_as(person.actor):
        return Client.objects.filter(pk=client.pk).exists()


def test_a_caseload_changes_hands_at_one_moment(ada: Person, tara: Person, sam: Person, ben: Client, cleo: Client) -> None:
    assert give(ada, [ben, cleo], sam) == 2
    for client in (ben, cleo):
        assert rows(client) == [("primary", "Tara", True), ("primary", "Sam", False)] and treated_by(client) == ["Sam"]
    with as_role(connection, "app_owner"):
        before, after = CareAssignment.objects.filter(client=ben).order_by("starts_at")
    assert before.ends_at == after.starts_at and after.created_by_id == ada.user.pk
    assert reads(sam, ben) and not reads(tara, ben) and verbs().count("care_handed_over") == 2


def test_sent_again_it_changes_nothing(ada: Person, sam: Person, ben: Client) -> None:
    assert give(ada, [ben], sam) == 1
    before = rows(ben), verbs()
    assert give(ada, [ben], sam) == 0 and (rows(ben), verbs()) == before


def test_the_one_before_may_stay_until_a_day(ada: Person, tara: Person, sam: Person, ben: Client) -> None:
    give(ada, [ben], sam, stays=True, stays_until=timezone.now() + LATER)
    assert rows(ben) == [("primary", "Tara", True), ("co", "Tara", True), ("primary", "Sam", False)] and reads(tara, ben)
    give(ada, [ben], tara)
    assert treated_by(ben) == ["Tara"] or treated_by(ben) == ["Tara", "Tara"]


def test_a_co_therapist_becomes_primary_and_is_not_there_twice(ada: Person, tara: Person, sam: Person, ben: Client) -> None:
    cast.assign(tara, sam, ben)
    assert give(ada, [ben], sam, stays=True) == 1
    assert treated_by(ben) == ["Sam", "Tara"]


def test_a_day_ahead_changes_nothing_before_it_and_can_be_taken_back(ada: Person, tara: Person, sam: Person, ben: Client) -> None:
    cast.assign(tara, sam, ben)
    day = timezone.now() + LATER
    assert give(ada, [ben], sam, starts_at=day, stays=True) == 1 and give(ada, [ben], sam, starts_at=day, stays=True) == 0
    assert treated_by(ben) == ["Sam", "Tara"]
    with pytest.raises(Refused, match="planned already"):
        give(ada, [ben], sam)
    with acting_as(ada.actor):
        planned = planned_changes(ada.actor.clinic_id, timezone.now())
        assert [(stretch.therapist, stretch.clients, stretch.to_come) for stretch in planned] == [("Sam", ("Ben",), True)]
        row = CareAssignment.objects.select_related("client").get(pk=planned[0].id)
        assert take_back(assignments=[row], by=ada.actor) == 1 and take_back(assignments=[row], by=ada.actor) == 0
        assert not planned_changes(ada.actor.clinic_id, timezone.now())
    assert rows(ben) == [("primary", "Tara", False), ("co", "Sam", False)]


def test_a_change_that_has_begun_is_not_taken_back(ada: Person, sam: Person, ben: Client) -> None:
    give(ada, [ben], sam)
    with acting_as(ada.actor):
        row = CareAssignment.objects.select_related("client").get(client=ben, therapist=sam.user)
        assert take_back(assignments=[row], by=ada.actor) == 0
    assert treated_by(ben) == ["Sam"]


@pytest.mark.parametrize("second", [timedelta(days=-1), timedelta(days=2)])
def test_the_database_keeps_one_primary_at_a_time(second: timedelta, tara: Person, sam: Person, ben: Client, as_owner: Any) -> None:
    """Also with an end, which a rule about open ends alone does not see."""
    with pytest.raises(IntegrityError, match="assignment_primary_no_overlap"), as_owner(), transaction.atomic():
        starts = timezone.now() + second
        CareAssignment.objects.create(client=ben, clinic_id=ben.clinic_id, therapist=sam.user, kind="primary", starts_at=starts, ends_at=starts + LATER)


def test_without_the_constraint_there_could_be_two(sam: Person, ben: Client, as_owner: Any) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE clients_careassignment DROP CONSTRAINT assignment_primary_no_overlap")
        starts = timezone.now()
        CareAssignment.objects.create(client=ben, clinic_id=ben.clinic_id, therapist=sam.user, kind="primary", starts_at=starts, ends_at=starts + LATER)
    assert treated_by(ben) == ["Sam", "Tara"]


def test_only_a_working_therapist_of_this_clinic_is_given_clients(ada: Person, sam: Person, olu: Person, ben: Client) -> None:
    for other in (ada.user.pk, olu.user.pk, uuid7()):
        with pytest.raises(Refused, match="does not work as therapist"), acting_as(ada.actor):
            hand_over(clients=[ben], therapist_id=other, by=ada.actor)
    with acting_as(ada.actor):
        end_staff_role(membership=sam.membership, by=ada.actor)
    with pytest.raises(Refused, match="does not work as therapist"):
        give(ada, [ben], sam)
    assert treated_by(ben) == ["Tara"]


def test_another_clinics_client_is_not_handed_over(ada: Person, tara: Person, sam: Person, olu: Person) -> None:
    pia = cast.client_of(olu, "Pia")
    assert give(ada, [pia], sam) == 0 and treated_by(pia) == ["Olu"]


def test_cover_lasts_its_days_and_twice_is_once(ada: Person, tara: Person, sam: Person, ben: Client, cleo: Client) -> None:
    cast.assign(tara, sam, cleo)
    ends = timezone.now() + LATER

    def cover(**how: Any) -> int:
        with acting_as(ada.actor):
            return cover_clients(clients=[ben, cleo], therapist_id=sam.user.pk, ends_at=ends, by=ada.actor, **how)

    assert cover(why="holiday") == 1 and cover() == 0
    assert rows(ben)[1:] == [("cover", "Sam", True)] and rows(cleo)[1:] == [("co", "Sam", False)]
    assert reads(sam, ben)
    with as_role(connection, "app_owner"):
        over = CareAssignment.objects.get(client=ben, kind="cover")
        CareAssignment.objects.filter(pk=over.pk).update(starts_at=timezone.now() - LATER, ends_at=timezone.now())
    assert not reads(sam, ben)


def test_cover_that_has_not_begun_never_does_when_it_is_ended(ada: Person, tara: Person, sam: Person, ben: Client) -> None:
    starts = timezone.now() + LATER
    with acting_as(ada.actor):
        cover_clients(clients=[ben], therapist_id=sam.user.pk, starts_at=starts, ends_at=starts + LATER, by=ada.actor)
        end_now(assignments=CareAssignment.objects.filter(kind="cover"), by=ada.actor)
    assert rows(ben) == [("primary", "Tara", False)]


@pytest.mark.parametrize(
    ("service", "given", "field"),
    [("hand_over", {"starts_at": -1}, "starts_on"), ("hand_over", {"starts_at": 3, "stays": True, "stays_until": 2}, "stays_until"),
     ("cover", {"starts_at": -1, "ends_at": 3}, "starts_on"), ("cover", {"starts_at": 4, "ends_at": 3}, "ends_on"), ("cover", {"ends_at": -1}, "ends_on")],
)  # fmt: skip
def test_days_that_do_not_fit_are_refused_at_their_field(service: str, given: dict[str, Any], field: str, ada: Person, sam: Person, ben: Client) -> None:
    days: dict[str, Any] = {name: timezone.now() + timedelta(days=each) if type(each) is int else each for name, each in given.items()}
    call: Any = {"hand_over": hand_over, "cover": cover_clients}[service]
    with pytest.raises(Refused) as refused, acting_as(ada.actor):
        call(clients=[ben], therapist_id=sam.user.pk, by=ada.actor, **days)
    assert refused.value.field == field and rows(ben) == [("primary", "Tara", False)]


def test_somebody_with_clients_is_not_deactivated(ada: Person, tara: Person, sam: Person, ben: Client, cleo: Client) -> None:
    def deactivate() -> int:
        with acting_as(ada.actor):
            return deactivate_member(user_id=tara.user.pk, by=ada.actor)

    with pytest.raises(Refused, match="2 clients need a new therapist"):
        deactivate()
    give(ada, [ben], sam)
    give(ada, [cleo], sam, starts_at=timezone.now() + LATER)
    with pytest.raises(Refused, match="One client needs"):
        deactivate()
    with as_role(connection, "app_owner"):
        Client.objects.filter(pk=cleo.pk).update(status="discharged")  # nobody is left without by it
    assert deactivate() == 1 and deactivate() == 0
    assert not Membership.objects.get(pk=tara.membership.pk).active


def test_what_hangs_on_a_role_ends_with_it(ada: Person, tara: Person, sam: Person, vera: Person, ben: Client) -> None:
    cast.assign(tara, sam, ben)
    with acting_as(ada.actor):
        add_supervision(new_id=uuid7(), supervisor_id=sam.user.pk, supervisee_id=tara.user.pk, by=ada.actor)
        assert deactivate_member(user_id=sam.user.pk, by=ada.actor) == 1
        assert not Supervision.objects.filter(supervisor=sam.user, ends_at=None).exists()
    assert treated_by(ben) == ["Tara"] and "supervision_ended" in verbs() and "assignment_ended" in verbs()


def test_whom_nobody_treats_is_on_the_list_and_can_be_given(ada: Person, tara: Person, sam: Person, ben: Client, cleo: Client) -> None:
    def without() -> list[str]:
        with acting_as(ada.actor):
            return [client.called for client in unassigned(ada.actor.clinic_id)]

    assert without() == []
    with as_role(connection, "app_owner"):
        CareAssignment.objects.filter(client=ben).update(ends_at=timezone.now())
        Membership.objects.filter(pk=tara.membership.pk).update(active=False)
    assert without() == ["Ben", "Cleo"]
    assert give(ada, [ben, cleo], sam) == 2 and without() == []
    with as_role(connection, "app_owner"):
        CareAssignment.objects.filter(client=ben, therapist=sam.user).update(ends_at=timezone.now())
        Client.objects.filter(pk=ben.pk).update(status="lost_contact")
    assert without() == []


def link(ada: Person, supervisor: UUID, supervisee: UUID, new_id: UUID | None = None, **dates: datetime | None) -> Supervision:
    with acting_as(ada.actor):
        return add_supervision(new_id=new_id or uuid7(), supervisor_id=supervisor, supervisee_id=supervisee, by=ada.actor, **dates)


def test_a_supervisor_reads_between_its_dates(ada: Person, tara: Person, sam: Person, ben: Client) -> None:
    assert not reads(sam, ben)
    made = link(ada, sam.user.pk, tara.user.pk)
    assert reads(sam, ben) and link(ada, sam.user.pk, tara.user.pk, made.pk).pk == made.pk
    with acting_as(ada.actor):
        end_supervision(supervision=made, by=ada.actor)
    assert not reads(sam, ben)
    coming = link(ada, sam.user.pk, tara.user.pk, starts_at=timezone.now() + LATER, ends_at=timezone.now() + 2 * LATER)
    assert not reads(sam, ben)
    with pytest.raises(Refused, match="in place already"):
        link(ada, sam.user.pk, tara.user.pk)
    with acting_as(ada.actor):
        end_supervision(supervision=coming, by=ada.actor)
        coming.refresh_from_db()
    assert coming.ends_at == coming.starts_at and verbs().count("supervision_ended") == 2


def test_supervision_is_between_two_therapists_of_the_clinic(ada: Person, tara: Person, olu: Person) -> None:
    for other in (tara, olu, ada):
        with pytest.raises(Refused) as refused:
            link(ada, other.user.pk, tara.user.pk)
        assert refused.value.field == "colleague"
    now = timezone.now()
    sam = cast.member(ada.membership.clinic, "therapist", "Sam")
    for field, dates in (("starts_on", {"starts_at": now - LATER}), ("ends_on", {"starts_at": now + LATER, "ends_at": now + LATER})):
        with pytest.raises(Refused) as refused:
            link(ada, sam.user.pk, tara.user.pk, **dates)
        assert refused.value.field == field
