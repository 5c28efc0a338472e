"""Ben's browser, and the library as every clinic has it."""

import pytest
from django.test import Client as Browser

from tests.homework.conftest import library
from tests.portal.driving import signed_in

__all__ = ["library"]


@pytest.fixture
def phone(library, ben_portal) -> Browser:
    """Signed in as Ben."""
    return signed_in(ben_portal)
