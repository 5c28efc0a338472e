"""The office of a clinic that checks its lines."""

import pytest

from tests import cast
from tests.cast import Person


@pytest.fixture
def hana(ada: Person) -> Person:
    """A second admin."""
    return cast.member(ada.membership.clinic, "admin", "Hana")


@pytest.fixture
def omar(db: None) -> Person:
    """Admin of another clinic."""
    return cast.clinic("Otherwell", "Omar")[1]
