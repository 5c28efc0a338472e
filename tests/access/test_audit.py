"""The trail is added to and never changed, by anybody the software can be, and everyone signs with the own name."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction

from access.acting import acting_as
from access.wall import ROLES
from audit.models import AuditEvent
from audit.services import record_at_the_door, record_event
from clients.models import Client
from clients.services import record_check_in
from clients.services.entries import say_more
from coping.services import add_strategy
from core.actor import Actor
from core.ids import uuid7
from tests.cast import Person
from tests.support import as_role

pytestmark = pytest.mark.django_db
TABLE = AuditEvent._meta.db_table


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    "sql", ["UPDATE {0} SET verb = 'x'", "DELETE FROM {0}", "TRUNCATE {0}", "ALTER TABLE {0} DISABLE ROW LEVEL SECURITY", "DROP TABLE {0}"]
)
def test_no_role_changes_or_removes_a_row(role: str, sql: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied|must be owner"), as_role(connection, role), connection.cursor() as cursor:
        cursor.execute(sql.format(TABLE))


def test_no_grant_but_insert_and_select_is_there() -> None:
    with connection.cursor() as cursor:
        for role in ROLES:
            for privilege in ("UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN"):
                cursor.execute("SELECT has_table_privilege(%s, %s, %s)", [role, TABLE, privilege])
                assert cursor.fetchone()[0] is False, (role, privilege)
            cursor.execute("SELECT has_any_column_privilege(%s, %s, 'UPDATE')", [role, TABLE])
            assert cursor.fetchone()[0] is False, role


def test_everyone_signs_with_the_own_name_clinic_and_kind(tara: Person, sam: Person, ada: Person, ben_portal: Person, olu: Person) -> None:
    """A service that named somebody else as actor is refused."""
    for person in (tara, ada, ben_portal):
        mine = person.actor
        with acting_as(mine):
            record_event(verb="tried", by=mine)
        forged = [Actor(mine.kind, sam.user.pk, mine.clinic_id), Actor(mine.kind, mine.user_id, olu.actor.clinic_id)]
        forged += [Actor(kind, mine.user_id, mine.clinic_id) for kind in ("admin", "therapist", "portal", "worker") if kind != mine.kind]  # type: ignore[arg-type]
        for other in forged:
            with pytest.raises(ProgrammingError, match="row-level security"), acting_as(mine):
                record_event(verb="tried", by=other)


def test_nobody_says_she_opened_a_record_that_is_closed_to_her(tara: Person, dana: Client, ben: Client, ben_portal: Person) -> None:
    with acting_as(tara.actor):
        record_event(verb="record_opened", by=tara.actor, client_id=ben.pk)
    for person, client in ((tara, dana), (ben_portal, dana)):
        with pytest.raises(ProgrammingError, match="row-level security"), acting_as(person.actor):
            record_event(verb="record_opened", by=person.actor, client_id=client.pk)


def test_the_door_writes_its_own_kinds_and_reads_nothing(tara: Person) -> None:
    for verb in ("refused", "signed_in", "signed_out", "sign_in_refused"):
        record_at_the_door(verb=verb, user_id=tara.user.pk)
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        record_at_the_door(verb="record_opened", user_id=tara.user.pk)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        AuditEvent.objects.count()


def test_who_reads_what_of_the_trail(tara: Person, vera: Person, sam: Person, ada: Person, olu: Person, ben: Client, ben_portal: Person) -> None:
    def verbs(person: Person) -> set[tuple[str, Any]]:
        with acting_as(person.actor):
            return set(AuditEvent.objects.values_list("verb", "actor_id"))

    for person in (tara, vera):
        with acting_as(person.actor):
            record_event(verb="record_opened", by=person.actor, client_id=ben.pk)
    with acting_as(vera.actor):
        record_event(verb="looked_up", by=vera.actor)
    openings = {("record_opened", tara.user.pk), ("record_opened", vera.user.pk)}
    assert verbs(ben_portal) == openings
    assert openings < verbs(tara) and ("looked_up", vera.user.pk) not in verbs(tara)
    assert verbs(sam) == verbs(olu) == set()
    assert openings | {("looked_up", vera.user.pk)} < verbs(ada)


def test_of_what_is_hers_alone_the_office_reads_that_something_was_done(ada: Person, ben: Client, ben_portal: Person) -> None:
    said = {}
    for visibility in ("only_me", "my_therapist"):
        with acting_as(ben_portal.actor):
            add_strategy(client=ben, new_id=uuid7(), kind="body_calming", name="Tea", visibility=visibility, by=ben_portal.actor)
            tap = record_check_in(client=ben, new_id=uuid7(), mood=1, by=ben_portal.actor)
            say_more(check_in=tap, need="talk", note="a few words", visibility=visibility, by=ben_portal.actor)
        with acting_as(ada.actor):
            newest = AuditEvent.objects.filter(verb__in=("strategy_added", "check_in_added_to")).order_by("-at")[:2]
            said[visibility] = [event.detail for event in newest]
    assert said["only_me"] == [{}, {}] and all(said["my_therapist"])
    with acting_as(ada.actor):
        assert AuditEvent.objects.get(verb="visibility_changed").detail == {"visibility": "only_me"}


def test_a_row_of_the_trail_cannot_be_overwritten_by_its_id(tara: Person, as_owner: Callable[[], Any]) -> None:
    row = AuditEvent(id=uuid7(), clinic_id=tara.actor.clinic_id, actor_id=tara.user.pk, actor_kind="therapist", verb="first")
    with acting_as(tara.actor):
        row.save(force_insert=True)
    row.verb = "second"
    with pytest.raises(ProgrammingError, match="permission denied"), acting_as(tara.actor):
        row.save()
    with as_owner():
        assert AuditEvent.objects.get(pk=row.pk).verb == "first"


def test_the_test_sees_a_grant_to_change(as_owner: Callable[[], Any]) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(f"GRANT UPDATE (verb) ON {TABLE} TO app_admin")
    with as_role(connection, "app_admin"), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {TABLE} SET verb = 'x'")
