"""The library as every clinic has it."""

from collections.abc import Callable
from typing import Any

import pytest

from homework.services.library import load_library


@pytest.fixture
def library(db: None, as_owner: Callable[[], Any]) -> None:
    with as_owner():
        load_library()
