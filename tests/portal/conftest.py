"""Ben's browser."""

import pytest
from django.test import Client as Browser

from tests.portal.driving import signed_in


@pytest.fixture
def phone(library, ben_portal) -> Browser:
    """Signed in as Ben."""
    return signed_in(ben_portal)
