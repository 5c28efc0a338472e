"""`acting_as` binds a role and a signed actor to one transaction, and nothing else can."""

import pytest
from django.db import ProgrammingError, connection, transaction

from access.acting import acting_as
from clients.models import Client
from tests.cast import Person

pytestmark = pytest.mark.django_db


def test_without_an_actor_clinical_tables_are_refused() -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Client.objects.count()


def test_tests_work_with_the_rights_of_the_web() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone()[0] == "app_web"


def test_the_therapist_sees_her_clients_and_nobody_else_does(tara: Person, ben: Client, cleo: Client, dana: Client, sam: Person, vera: Person, fay: Person, olu: Person, ben_portal: Person, ada: Person) -> None:
    def seen(person: Person) -> set[str]:
        with acting_as(person.actor):
            return set(Client.objects.values_list("called", flat=True))

    assert seen(tara) == {"Ben", "Cleo"}
    assert seen(vera) == {"Ben", "Cleo"}
    assert seen(sam) == {"Dana"}
    assert seen(fay) == seen(olu) == set()
    assert seen(ben_portal) == {"Ben"}
    assert seen(ada) == {"Ben", "Cleo", "Dana"}
