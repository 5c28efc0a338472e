"""What Today shows: the greeting, the check-in of the day, one card. It reads, it never writes."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients.content import checkin
from clients.models import Client, TimelineEntry
from homework.models import Assignment
from homework.selectors import TodayCard, card_for_today
from portal.pages.letter import waiting
from reminders.selectors import silent_ones

GAP = timedelta(days=7)  # after a week away a person is greeted, and nothing is counted
LOOKED_AT = 50  # her latest entries; more than a day holds


@dataclass(frozen=True)
class Lately:
    """`checked_in` is today's check-in with its mood and time, None before it; `first` before anything was ever entered; `away` after a gap."""

    checked_in: UUID | None
    mood: int | None
    at: datetime | None
    first: bool
    away: bool
    letter: UUID | None = None  # one to herself that waits to be read
    quiet: bool = False  # reminders stopped because nobody opened them

    @property
    def mood_name(self) -> str:
        return next((option.name for option in checkin().mood.options if option.value == self.mood), "")


def lately(client: Client) -> Lately:
    """From her own entries of the axis, with what else Today may say; one statement."""
    mine = TimelineEntry.objects.filter(client=client, created_by_id=client.portal_user_id).order_by("-occurred_at")
    mine = mine.annotate(letter=Subquery(waiting(client).values("pk")[:1]), quiet=Subquery(silent_ones(client).values("pk")[:1]))
    found = list(mine.values_list("kind", "source_id", "value", "occurred_at", "letter", "quiet")[:LOOKED_AT])
    rows = [row[:4] for row in found]
    also = {"letter": found[0][4], "quiet": found[0][5] is not None} if found else {"quiet": silent_ones(client).exists()}
    today = timezone.localdate()
    for kind, source_id, value, at in rows:
        if kind == "check_in" and timezone.localdate(at) == today:
            return Lately(source_id, int(value) if value is not None else None, at, first=False, away=False, **also)
    return Lately(None, None, None, first=not rows, away=bool(rows) and rows[0][3] < timezone.now() - GAP, **also)


@dataclass(frozen=True)
class Card:
    """The one thing for today in words. `meta`: how long, and when both look at it."""

    card: TodayCard
    meta: str
    go_on: bool

    @property
    def assignment(self) -> Assignment | None:
        return self.card.assignment


def card_of_today(client: Client) -> Card | None:
    """Three statements (homework.selectors.card_for_today)."""
    card = card_for_today(client)
    if card is None:
        return None
    minutes = card.exercise.minutes
    parts = [ngettext("%(n)s minute.", "%(n)s minutes.", minutes) % {"n": minutes}, look_at_words(card.assignment)]
    return Card(card, " ".join(part for part in parts if part), go_on=card.run is not None and not card.later)


def look_at_words(assignment: Assignment | None) -> str:
    """`We look at it together on Thursday.`; empty when no day is agreed or it has passed."""
    day = day_words(assignment.look_at_on) if assignment is not None and assignment.look_at_on is not None else ""
    return _("We look at it together %(day)s.") % {"day": day} if day else ""


def day_words(day: date) -> str:
    """`today`, `on Thursday` within a week, `on 3 December`; empty for a day that has passed."""
    days = (day - timezone.localdate()).days
    if days < 0:
        return ""
    if days == 0:
        return _("today")
    return _("on %(day)s") % {"day": date_format(day, "l" if days < 7 else "j F")}
