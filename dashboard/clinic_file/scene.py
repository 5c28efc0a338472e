"""What the parts of the loader share: the clinic, its people and the clock of the file."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from accounts.models import Membership
from clients.models import Client
from core.actor import Actor
from dashboard.clinic_file.entry import Entry
from dashboard.clinic_file.weeks import Weeks
from dashboard.starter.cast import actor_of


@dataclass(frozen=True)
class Slot:
    """When a client and her therapist meet, every week the same."""

    weekday: int
    hour: int


@dataclass(frozen=True)
class Case:
    """One client of the file, with the rows that stand for her."""

    entry: Entry
    client: Client
    therapist: Membership
    portal: Membership
    slot: Slot
    weeks: Weeks
    began: int
    note_format: str

    @property
    def by_therapist(self) -> Actor:
        return actor_of(self.therapist)

    @property
    def by_client(self) -> Actor:
        return actor_of(self.portal)

    @property
    def on_paper(self) -> bool:
        """She writes on paper, and her therapist enters it."""
        reminders = self.entry.entry("reminders")
        return reminders is not None and reminders.data.get("paper") is True

    def met(self, week: int) -> datetime:
        return self.weeks.at(week, self.slot.weekday, self.slot.hour)


@dataclass(frozen=True)
class Part:
    """What one app makes of a client: the fields it reads, what it checks before anything is written, and what it writes."""

    fields: tuple[str, ...]
    check: Callable[[Entry, int], None]
    load: Callable[[Case], None]
