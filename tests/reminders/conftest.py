"""Ben, who has a task every day, in his portal."""

from collections.abc import Iterator

import pytest
import time_machine

from clients.models import Client
from tests.cast import Person
from tests.homework.agreed import agree
from tests.reminders.chosen import at


@pytest.fixture
def clock(db: None) -> Iterator[time_machine.Traveller]:
    """Monday, nine in the morning in London; `move_to` where it is wanted."""
    with time_machine.travel(at(0, 9), tick=False) as traveller:
        yield traveller


@pytest.fixture
def task(library: None, tara: Person, ben: Client) -> None:
    agree(tara, ben, "slow_breathing", per_week=70)
