"""Reach-outs as both sides read them."""

from collections.abc import Iterable
from dataclasses import dataclass

from clients.content import checkin
from clients.models import Client, Visibility
from strengths.forms.people import HOWS
from strengths.models import How, ReachOut
from strengths.pages.people import day_words


@dataclass(frozen=True)
class Reached:
    """One of them: when, how and how it was, in words."""

    row: ReachOut
    when: str
    how: str
    felt: str

    @property
    def private(self) -> bool:
        return self.row.visibility == Visibility.ONLY_ME


def reached_rows(found: Iterable[ReachOut], client: Client) -> list[Reached]:
    moods = {option.value: option.name for option in checkin().mood.options}
    return [Reached(row, day_words(row.occurred_at, client.timezone), str(HOWS[How(row.how)]), moods.get(row.felt or 0, "")) for row in found]
