"""Booking, moving and cancelling: no two planned sessions of a therapist overlap, whatever the clocks do."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from access.acting import acting_as
from audit.models import AuditEvent
from clients.models import Client
from core.errors import Refused, Stale
from core.ids import uuid7
from tests.cast import Person
from tests.support import as_role
from therapy.models import TherapySession
from therapy.services import cancel_session, move_session, plan_session
from therapy.times import moment

pytestmark = pytest.mark.django_db
LONDON = "Europe/London"
DAY = date(2027, 1, 11)


def plan(person: Person, client: Client, day: date, clock: time, minutes: int = 50, new_id=None) -> TherapySession:
    with acting_as(person.actor):
        return plan_session(client=client, new_id=new_id or uuid7(), starts_at=moment(day, clock, LONDON), minutes=minutes, format="in_person", by=person.actor)


def planned(person: Person) -> int:
    with acting_as(person.actor):
        return TherapySession.objects.filter(state="planned").count()


def test_one_session_may_begin_when_another_ends(tara: Person, ben: Client, cleo: Client) -> None:
    first = plan(tara, ben, DAY, time(10))
    second = plan(tara, cleo, DAY, time(10, 50))
    assert first.ends_at == second.starts_at and planned(tara) == 2


@pytest.mark.parametrize("clock", [time(10, 49), time(9, 11), time(10), time(10, 20)])
def test_an_overlap_is_refused_and_names_the_other_time(tara: Person, ben: Client, cleo: Client, clock: time) -> None:
    plan(tara, ben, DAY, time(10))
    with pytest.raises(Refused, match="10:00 to 10:50") as refused:
        plan(tara, cleo, DAY, clock)
    assert refused.value.field == "time" and planned(tara) == 1


def test_a_colleague_may_have_a_session_at_the_same_time(tara: Person, ben: Client, sam: Person, dana: Client) -> None:
    plan(tara, ben, DAY, time(10))
    assert plan(sam, dana, DAY, time(10)).pk


def test_an_overlap_with_a_session_she_may_not_read_is_refused_too(tara: Person, ben: Client, sam: Person, dana: Client) -> None:
    """Tara once planned a session with Dana and is not on that case any more: only the database knows of it."""
    with as_role(connection, "app_owner"):
        start = moment(DAY, time(10), LONDON)
        TherapySession.objects.create(client=dana, clinic_id=dana.clinic_id, therapist=tara.user, starts_at=start, ends_at=start + timedelta(minutes=50))
    with pytest.raises(Refused, match="Another session stands in the calendar at that time") as refused:
        plan(tara, ben, DAY, time(10, 30))
    assert refused.value.field == "time"


def test_the_database_refuses_the_overlap_by_itself(tara: Person, ben: Client) -> None:
    session = plan(tara, ben, DAY, time(10))
    with acting_as(tara.actor), pytest.raises(IntegrityError, match="session_no_overlap"), transaction.atomic():
        TherapySession.objects.create(
            client=ben, clinic_id=ben.clinic_id, therapist=tara.user, starts_at=session.starts_at, ends_at=session.ends_at, created_by=tara.user
        )


def test_sent_twice_it_is_one_session(tara: Person, ben: Client) -> None:
    new_id = uuid7()
    assert plan(tara, ben, DAY, time(10), new_id=new_id) == plan(tara, ben, DAY, time(10), new_id=new_id)
    assert planned(tara) == 1


def test_an_id_of_another_record_is_refused(tara: Person, ben: Client, cleo: Client) -> None:
    session = plan(tara, ben, DAY, time(10))
    with pytest.raises(Refused, match="used before"):
        plan(tara, cleo, DAY, time(12), new_id=session.pk)


def test_across_midnight(tara: Person, ben: Client, cleo: Client) -> None:
    plan(tara, ben, DAY, time(23, 30), minutes=60)
    with pytest.raises(Refused, match="Mon 11 Jan, 23:30 to Tue 12 Jan, 00:30"):
        plan(tara, cleo, DAY + timedelta(days=1), time(0, 15))
    assert plan(tara, cleo, DAY + timedelta(days=1), time(0, 30)).pk


def test_when_the_clocks_go_back_the_first_of_two_equal_times_is_meant(tara: Person, ben: Client, cleo: Client) -> None:
    """Berlin, 2026-10-25: 02:30 comes twice. An hour from the first one ends at 02:30 again."""
    first = moment(date(2026, 10, 25), time(2, 30), "Europe/Berlin")
    assert first.astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    with acting_as(tara.actor):
        session = plan_session(client=ben, new_id=uuid7(), starts_at=first, minutes=60, format="video", by=tara.actor)
        assert session.ends_at.astimezone(UTC) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
        later = moment(date(2026, 10, 25), time(3, 0), "Europe/Berlin")
        assert plan_session(client=cleo, new_id=uuid7(), starts_at=later, minutes=30, format="video", by=tara.actor).pk


def test_a_time_that_the_clocks_leave_out_is_refused() -> None:
    with pytest.raises(Refused, match="01:30 does not exist") as refused:
        moment(date(2027, 3, 28), time(1, 30), LONDON)
    assert refused.value.field == "time"


def test_a_session_moves_out_of_its_own_way(tara: Person, ben: Client) -> None:
    session = plan(tara, ben, DAY, time(10))
    with acting_as(tara.actor):
        moved = move_session(session=session, version=1, starts_at=moment(DAY, time(10, 10), LONDON), minutes=50, format="phone", by=tara.actor)
    assert (moved.version, moved.format, moved.minutes) == (2, "phone", 50)


def test_moving_onto_another_or_from_an_older_version_is_refused(tara: Person, ben: Client, cleo: Client) -> None:
    session = plan(tara, ben, DAY, time(10))
    plan(tara, cleo, DAY, time(12))
    with acting_as(tara.actor):
        with pytest.raises(Refused, match="12:00 to 12:50"):
            move_session(session=session, version=1, starts_at=moment(DAY, time(12, 30), LONDON), minutes=50, format="in_person", by=tara.actor)
        move_session(session=session, version=1, starts_at=moment(DAY, time(15), LONDON), minutes=50, format="in_person", by=tara.actor)
        with pytest.raises(Stale):
            move_session(session=session, version=1, starts_at=moment(DAY, time(16), LONDON), minutes=50, format="in_person", by=tara.actor)


def test_a_cancelled_session_frees_its_time_and_is_cancelled_once(tara: Person, ben: Client, cleo: Client) -> None:
    session = plan(tara, ben, DAY, time(10))
    with acting_as(tara.actor):
        cancelled = cancel_session(session=session, version=1, state="cancelled_by_client", by=tara.actor)
        assert cancel_session(session=cancelled, version=1, state="cancelled_by_client", by=tara.actor).version == 2
        with pytest.raises(Refused, match="not planned any more"):
            move_session(session=cancelled, version=2, starts_at=session.starts_at, minutes=30, format="video", by=tara.actor)
        with pytest.raises(Refused, match="not planned any more"):
            cancel_session(session=cancelled, version=2, state="cancelled_by_clinic", by=tara.actor)
    assert plan(tara, cleo, DAY, time(10)).pk
    with acting_as(tara.actor):
        assert list(AuditEvent.objects.filter(object_id=session.pk).order_by("at").values_list("verb", flat=True)) == ["session_planned", "session_cancelled"]


def test_a_supervisor_reads_and_plans_nothing(tara: Person, ben: Client, vera: Person) -> None:
    session = plan(tara, ben, DAY, time(10))
    with acting_as(vera.actor):
        assert TherapySession.objects.get(pk=session.pk).starts_at == session.starts_at
        with pytest.raises(Exception, match="row-level security"), transaction.atomic():
            plan_session(client=ben, new_id=uuid7(), starts_at=moment(DAY, time(15), LONDON), minutes=50, format="video", by=vera.actor)
