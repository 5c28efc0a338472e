"""The cast and the database of every test.

The test database is built as the owner and then used as `app_web`, so that a test has exactly the rights of a web process; `as_owner()` is for ground truth only.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections

from tests.support import as_role, set_role


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


@pytest.fixture
def as_owner() -> Callable[[], Any]:
    """Ground truth: sees every row, whatever the wall says."""
    return lambda: as_role(connection, "app_owner")
