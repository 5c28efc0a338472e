"""Journeys run against the whole running product (`exec --serve`): web, worker, scheduler, PostgreSQL, Valkey, the starter clinic."""

from collections.abc import Iterator

import pytest

from tests.browser import Browser, chromium


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser
