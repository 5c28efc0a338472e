"""What other pages ask about sessions and notes, in a constant number of statements."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from access.acting import acting_as
from clients.models import Client
from clients.services import assign_colleague
from core.ids import uuid7
from tests.cast import Person, client_of
from tests.therapy.logs import FULL, form_of, logged, planned, save, signed
from therapy.log import SessionLog
from therapy.selectors import (
    held_and_next,
    last_held,
    next_proposal,
    next_sessions,
    notes_of,
    notes_to_sign,
    session_to_log,
    sessions_today,
    to_log,
)

pytestmark = pytest.mark.django_db
HERE = ZoneInfo("Europe/London")


def at(days: int, hour: int = 12) -> datetime:
    """So many days from today at this hour of the clinic's clock."""
    return datetime.combine(timezone.now().astimezone(HERE).date() + timedelta(days=days), time(hour), HERE)


def test_the_next_and_the_last_of_each_client(tara: Person, ben: Client, cleo: Client) -> None:
    logged(tara, ben, starts_at=at(-14))
    last = logged(tara, ben, starts_at=at(-7))
    logged(tara, ben, SessionLog(attendance="no_show"), starts_at=at(-2))
    soon, _later = planned(tara, ben, at(5)), planned(tara, ben, at(12))
    hers = planned(tara, cleo, at(6))
    with acting_as(tara.actor):
        assert next_sessions([ben.pk, cleo.pk]) == {ben.pk: soon, cleo.pk: hers}
        assert last_held([ben.pk, cleo.pk]) == {ben.pk: last.session}
        held, upcoming = held_and_next(ben, at(-10))
        assert [session.starts_at for session in held] == [at(-7)] and upcoming == soon
        assert len(held_and_next(ben, at(-30))[0]) == 2


def test_a_session_that_is_running_is_still_the_next(tara: Person, ben: Client) -> None:
    running = planned(tara, ben, timezone.now() - timedelta(minutes=20))
    with acting_as(tara.actor):
        assert next_sessions([ben.pk]) == {ben.pk: running} and held_and_next(ben, at(-10)) == ([], running)


def test_what_waits_for_its_log_and_for_a_signature(tara: Person, sam: Person, ben: Client, cleo: Client) -> None:
    waiting = planned(tara, ben, at(-3))
    planned(tara, cleo, at(3))
    draft = logged(tara, cleo, starts_at=at(-4))
    signed(tara, cleo, starts_at=at(-11))
    with acting_as(tara.actor):
        assert list(to_log(tara.actor)) == [waiting] and list(notes_to_sign(tara.actor)) == [draft]
    with acting_as(sam.actor):
        assert not to_log(sam.actor) and not notes_to_sign(sam.actor)


def test_today_by_the_pages_clock(tara: Person, ben: Client, cleo: Client) -> None:
    planned(tara, ben, at(-1, 23))
    first, second = planned(tara, cleo, at(0, 0)), planned(tara, ben, at(0, 23))
    planned(tara, ben, at(1, 0))
    with acting_as(tara.actor), timezone.override(HERE):
        assert list(sessions_today(tara.actor)) == [first, second]


def test_which_session_a_log_is_about(tara: Person, ben: Client) -> None:
    with acting_as(tara.actor):
        assert session_to_log(ben, tara.actor) is None
    planned(tara, ben, at(1, 0))
    with acting_as(tara.actor):
        assert session_to_log(ben, tara.actor) is None, "a day to come is not logged yet"
    older = planned(tara, ben, timezone.now() - timedelta(days=8))
    with acting_as(tara.actor):
        assert session_to_log(ben, tara.actor) == older
    nearest = planned(tara, ben, timezone.now() - timedelta(minutes=50))
    with acting_as(tara.actor):
        assert session_to_log(ben, tara.actor) == nearest


def test_whoever_covers_logs_todays_session_of_the_colleague_and_no_older_one(tara: Person, sam: Person, ben: Client) -> None:
    with acting_as(tara.actor):
        assign_colleague(client=ben, new_id=uuid7(), therapist_id=sam.user.pk, kind="co", by=tara.actor)
    planned(tara, ben, at(-1))
    with acting_as(sam.actor):
        assert session_to_log(ben, sam.actor) is None
    today = planned(tara, ben, at(0))
    with acting_as(sam.actor):
        assert session_to_log(ben, sam.actor) == today


def test_the_proposal_is_the_last_weekday_and_time(tara: Person, ben: Client) -> None:
    with acting_as(tara.actor):
        assert next_proposal(ben) == (at(1, 10), "in_person")
    save(tara, ben, form_of(), SessionLog(risk="no_concern", format="video"), at(-9, 15))
    with acting_as(tara.actor):
        assert next_proposal(ben) == (at(5, 15), "video")


def test_the_number_of_statements_does_not_grow(tara: Person, ben: Client) -> None:
    def statements(clients: list[Client]) -> list[int]:
        found = []
        with acting_as(tara.actor):
            for ask in (
                lambda: next_sessions([client.pk for client in clients]),
                lambda: last_held([client.pk for client in clients]),
                lambda: [session.client.called for session in to_log(tara.actor)],
                lambda: [session.client.called for session in sessions_today(tara.actor)],
                lambda: [(note.client.called, note.session.starts_at) for note in notes_to_sign(tara.actor)],
                lambda: [view.parts for view in notes_of(ben, tara.actor)],
            ):
                with CaptureQueriesContext(connection) as counted:
                    ask()
                found.append(len(counted))
        return found

    logged(tara, ben, FULL, at(-3))
    few = [statements([ben]), statements([ben])][1]  # the first one also fetches the clinic, once
    more = [client_of(tara, f"Client {number}") for number in range(6)]
    for number, client in enumerate(more):
        logged(tara, client, FULL, at(-4, 8 + number))
        planned(tara, client, at(-1, 8 + number))
        logged(tara, ben, FULL, at(-10 - number))
        signed(tara, ben, FULL, at(-20 - number))
    assert statements([ben, *more]) == few
