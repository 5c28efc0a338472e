"""`acting_as` binds a role and a signed actor to one transaction, and nothing else can."""

import pytest
from django.db import ProgrammingError, connection, transaction

from clients.models import Client

pytestmark = pytest.mark.django_db


def test_without_an_actor_clinical_tables_are_refused() -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Client.objects.count()


def test_tests_work_with_the_rights_of_the_web() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone()[0] == "app_web"
