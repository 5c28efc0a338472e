"""Journeys run against the whole running product (`exec --serve`): web, worker, scheduler, PostgreSQL, Valkey, the starter clinic."""

from collections.abc import Callable, Iterator

import pytest

from tests.browser import CSP_VIOLATIONS, Browser, chromium


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(autouse=True)
def counted(record_property: Callable[[str, int], None]) -> Iterator[None]:
    """What `make security` says of the pages this journey saw."""
    before = len(CSP_VIOLATIONS)
    yield
    record_property("csp_violations", len(CSP_VIOLATIONS) - before)
