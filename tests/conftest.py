"""The cast and the database of every test.

The test database is built as the owner and then used as `app_web`, so that a test has exactly the rights of a web process;
`as_owner()` is for ground truth only.
"""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection, connections

from clients.models import Client
from homework.services.library import load_library
from resilience_site import celery  # noqa: F401  (so that a test run by itself knows the broker too)
from tests import cast
from tests.cast import Person
from tests.support import as_role, set_role

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the cast has ten passwords; argon2 has its own test
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"  # nothing is collected for a test


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Build the test database as the owner of the tables."""
    settings.DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c role=app_owner -c app.maintenance=on"
    connections["default"].settings_dict["OPTIONS"] = settings.DATABASES["default"]["OPTIONS"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """After the migrations every connection works as the web's login does."""
    set_role("app_web")
    yield
    with django_db_blocker.unblock():
        set_role("app_owner")


@pytest.fixture(autouse=True)
def own_counts() -> None:
    """The tries at a door that another test counted, at this moment or in a time it travelled to, are not this one's."""
    cache.key_prefix = settings.CACHES["default"]["KEY_PREFIX"] = uuid4().hex  # type: ignore[attr-defined]


@pytest.fixture
def as_owner() -> Callable[[], Any]:
    """Ground truth: sees every row, whatever the wall says."""
    return lambda: as_role(connection, "app_owner")


@pytest.fixture
def library(db: None, as_owner: Callable[[], Any]) -> None:
    """The exercises as every clinic has them."""
    with as_owner():
        load_library()


@pytest.fixture
def ada(db: None) -> Person:
    """Admin of the clinic."""
    return cast.clinic("Lanternbrook", "Ada")[1]


@pytest.fixture
def tara(ada: Person) -> Person:
    """Therapist of Ben and Cleo."""
    return cast.member(ada.membership.clinic, "therapist", "Tara")


@pytest.fixture
def sam(ada: Person) -> Person:
    """Therapist of the same clinic, not assigned."""
    return cast.member(ada.membership.clinic, "therapist", "Sam")


@pytest.fixture
def ben(tara: Person) -> Client:
    """Tara's client."""
    return cast.client_of(tara, "Ben")


@pytest.fixture
def cleo(tara: Person) -> Client:
    """Tara's second client."""
    return cast.client_of(tara, "Cleo")


@pytest.fixture
def dana(sam: Person) -> Client:
    """Sam's client."""
    return cast.client_of(sam, "Dana")


@pytest.fixture
def ben_portal(tara: Person, ben: Client) -> Person:
    """Ben's portal sign-in."""
    return cast.portal_sign_in(tara, ben, "Ben")


@pytest.fixture
def vera(ada: Person, tara: Person) -> Person:
    """Supervisor of Tara."""
    person = cast.member(ada.membership.clinic, "therapist", "Vera")
    cast.supervise(ada, person, tara)
    return person


@pytest.fixture
def fay(ada: Person, tara: Person, ben: Client) -> Person:
    """Former therapist of Ben."""
    person = cast.member(ada.membership.clinic, "therapist", "Fay")
    cast.former_therapist(tara, person, ben)
    return person


@pytest.fixture
def olu(db: None) -> Person:
    """Therapist of another clinic."""
    other, _admin = cast.clinic("Otherwell", "Omar")
    return cast.member(other, "therapist", "Olu")


@pytest.fixture
def desk(client, tara):
    """Tara's browser, signed in."""
    client.force_login(tara.user)
    return client
