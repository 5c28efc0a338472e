"""`acting_as` binds a role and a signed actor to one transaction, and nothing else can."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.utils import timezone

from access.acting import acting_as, make_token
from accounts.models import User
from clients.models import CareAssignment, Client
from clients.services import assign_colleague, record_check_in
from core.actor import Actor
from core.errors import Refused
from core.ids import uuid7
from tests.cast import Person

pytestmark = pytest.mark.django_db


def bound() -> tuple[str, str]:
    """The role and the actor of this moment."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('role'), coalesce(current_setting('app.actor', true), '')")
        role, actor = cursor.fetchone()
        return role, actor.partition(":")[2][:36]


def refused() -> bool:
    """Is a clinical table refused by name, as it must be for the bare login?"""
    try:
        with transaction.atomic():
            Client.objects.count()
    except ProgrammingError as error:
        return "permission denied" in str(error)
    return False


def ask(sql: str, *values: Any) -> list[Any]:
    """Rows of a statement as an injection would send it."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []


def test_without_an_actor_clinical_tables_are_refused() -> None:
    assert refused()


def test_tests_work_with_the_rights_of_the_web() -> None:
    assert ask("SELECT current_user") == [("app_web",)]


def test_the_therapist_sees_her_clients_and_nobody_else_does(
    tara: Person, ben: Client, cleo: Client, dana: Client, sam: Person, vera: Person, fay: Person, olu: Person, ben_portal: Person, ada: Person
) -> None:
    def seen(person: Person) -> set[str]:
        with acting_as(person.actor):
            return set(Client.objects.values_list("called", flat=True))

    assert seen(tara) == {"Ben", "Cleo"}
    assert seen(vera) == {"Ben", "Cleo"}
    assert seen(sam) == {"Dana"}
    assert seen(fay) == seen(olu) == set()
    assert seen(ben_portal) == {"Ben"}
    assert seen(ada) == {"Ben", "Cleo", "Dana"}


def test_nested_actors_come_and_go(tara: Person, ben: Client, ada: Person) -> None:
    """An exception inside undoes the inner one alone; after the outermost nobody is bound."""
    before = bound()
    with acting_as(tara.actor):
        mine = bound()
        with acting_as(ada.actor):
            assert bound() == ("app_admin", str(ada.user.pk))
        assert bound() == mine == ("app_therapist", str(tara.user.pk))
        for problem in (ValueError, DatabaseError):
            with pytest.raises(problem), acting_as(ada.actor):
                if problem is DatabaseError:
                    ask("SELECT 1 / 0")
                raise problem
            assert bound() == mine and Client.objects.count() == 1
        with acting_as(ada.actor):
            transaction.set_rollback(True)
        assert bound() == mine
    assert bound() == before and refused()


def test_what_was_written_in_a_block_that_raised_is_gone(tara: Person, ben: Client, as_owner: Callable[[], Any]) -> None:
    with pytest.raises(ValueError), acting_as(tara.actor):
        Client.objects.filter(pk=ben.pk).update(gp="written")
        raise ValueError
    assert refused()
    with as_owner():
        assert Client.objects.get(pk=ben.pk).gp == ""


def test_an_ended_assignment_is_blind_at_its_next_statement(tara: Person, sam: Person, ben: Client, as_owner: Callable[[], Any]) -> None:
    """Also in a transaction that is open and has read already. The end is set as another session would set it: between two statements."""
    with acting_as(tara.actor):
        care = assign_colleague(client=ben, new_id=uuid7(), therapist_id=sam.user.pk, kind="co", by=tara.actor)
    with acting_as(sam.actor):
        assert list(Client.objects.values_list("called", flat=True)) == ["Ben"]
        with as_owner():
            CareAssignment.objects.filter(pk=care.pk).update(ends_at=timezone.now())
        assert list(Client.objects.values_list("called", flat=True)) == []
        assert Client.objects.filter(pk=ben.pk).update(gp="written") == 0
        with as_owner():
            CareAssignment.objects.filter(pk=care.pk).update(ends_at=timezone.now() + timedelta(hours=1))
        assert Client.objects.count() == 1


def test_nobody_prolongs_her_own_assignment(tara: Person, sam: Person, ben: Client, as_owner: Callable[[], Any]) -> None:
    """Cover ends when it was said to; she who covers may go earlier."""
    soon = timezone.now() + timedelta(hours=1)
    with acting_as(tara.actor):
        care = assign_colleague(client=ben, new_id=uuid7(), therapist_id=sam.user.pk, kind="cover", ends_at=soon, by=tara.actor)
    mine = CareAssignment.objects.filter(pk=care.pk)
    forever = CareAssignment(client=ben, clinic_id=ben.clinic_id, therapist=sam.user, kind="co", starts_at=timezone.now(), created_by=sam.user)
    for attempt in (lambda: mine.update(ends_at=soon + timedelta(days=900)), lambda: forever.save(force_insert=True)):
        with pytest.raises(ProgrammingError, match="row-level security"), acting_as(sam.actor):
            attempt()
    with pytest.raises(Refused), acting_as(sam.actor):
        assign_colleague(client=ben, new_id=uuid7(), therapist_id=sam.user.pk, kind="co", by=sam.actor)
    with acting_as(sam.actor):
        assert mine.update(ends_at=timezone.now()) == 1 and Client.objects.count() == 0


def test_a_view_that_forgot_its_filter_shows_nothing_foreign(tara: Person, ben: Client, cleo: Client, dana: Client, olu: Person, ben_portal: Person) -> None:
    with acting_as(ben_portal.actor):
        record_check_in(client=ben, new_id=uuid7(), mood=3, by=ben_portal.actor, visibility="only_me")
        record_check_in(client=ben, new_id=uuid7(), mood=4, by=ben_portal.actor)
    everything = "SELECT client_id, mood FROM clients_checkin"
    with acting_as(tara.actor):
        assert ask(everything) == [(ben.pk, 4)]
    with acting_as(ben_portal.actor):
        assert sorted(ask(everything)) == [(ben.pk, 3), (ben.pk, 4)]
    with acting_as(olu.actor):
        assert ask(everything) == []


def test_an_injection_stays_inside_its_own_rows(tara: Person, ben: Client, dana: Client, ada: Person, ben_portal: Person) -> None:
    """`OR true`, UNION, another role, another clinic, a forged token, row security off, the key, and back to the bare login."""
    with acting_as(tara.actor):
        assert ask("SELECT called FROM clients_client WHERE id = %s OR true", uuid7()) == [("Ben",)]
        assert ask("SELECT called FROM clients_client WHERE false UNION SELECT called FROM clients_client") == [("Ben",)]
    for person in (ada, ben_portal):
        token = make_token(tara.actor)
        with acting_as(tara.actor):
            ask(f"SET LOCAL ROLE app_{person.actor.kind}")
            assert ask("SELECT called FROM clients_client") == [], "her own token opens nothing to another kind"
            ask("SELECT set_config('app.actor', %s, true)", token.replace("therapist", person.actor.kind, 1))
            assert ask("SELECT called FROM clients_client") == [], "a forged one neither"
    for sql in (
        "SET LOCAL row_security = off; SELECT called FROM clients_client",
        "SELECT * FROM sec.key",
        "SELECT called FROM clients_client; RESET ROLE; SELECT called FROM clients_client",
        "SET LOCAL ROLE app_owner_of_everything",
        "TRUNCATE clients_client",
        "ALTER TABLE clients_client DISABLE ROW LEVEL SECURITY",
        "CREATE TEMP TABLE leak AS SELECT * FROM clients_client",
        "SELECT sec.accept_invitation('x', '00000000-0000-0000-0000-000000000000')",
        "COPY clients_client TO PROGRAM 'cat'",
        "DROP POLICY therapist_select_0 ON clients_client",
    ):
        with pytest.raises(DatabaseError), acting_as(tara.actor):
            ask(sql)
    assert refused()


def test_maintenance_means_nothing_to_the_acting_roles(tara: Person, ben: Client, dana: Client) -> None:
    with acting_as(tara.actor):
        ask("SELECT set_config('app.maintenance', 'on', true)")
        assert ask("SELECT called FROM clients_client") == [("Ben",)]


def test_an_actor_of_a_kind_without_a_role_is_refused(tara: Person) -> None:
    for kind in ("owner", "backup", "web'; --"):
        with pytest.raises(ValueError, match="nobody acts"), acting_as(Actor(kind, tara.user.pk, tara.actor.clinic_id)):  # type: ignore[arg-type]
            pass  # pragma: no cover


def test_the_web_can_still_sign_people_in_afterwards(tara: Person, ben: Client) -> None:
    with acting_as(tara.actor):
        assert Client.objects.count() == 1
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            list(User.objects.values_list("password"))
    assert User.objects.get(pk=tara.user.pk).password
