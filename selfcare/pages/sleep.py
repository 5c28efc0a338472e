"""Nights as a sentence, as bars and as a table: the same numbers three times. A night that was not written down is no bar and no zero."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clients.models import Client, Visibility
from core.zones import zone
from selfcare.models import SelfCareEntry
from selfcare.nights import about, hours
from selfcare.selectors import first_nights, one_a_morning

STEP, LEFT, WIDTH, BASE, ROOM = 50, 16, 18, 104, 84  # the picture's own units
TALLEST = 480  # minutes that fill the room; a longer night makes the scale smaller


@dataclass(frozen=True)
class Bar:
    """One night of the picture. `label` is the weekday of its morning, `said` its length."""

    x: int
    y: int
    height: int
    label: str
    said: str

    @property
    def mid(self) -> int:
        return self.x + WIDTH // 2

    @property
    def above(self) -> int:
        return self.y - 6


@dataclass(frozen=True)
class Night:
    """One row of the table."""

    entry: SelfCareEntry
    label: str
    slept: str
    times: str
    quality: str
    private: bool


@dataclass(frozen=True)
class Sleep:
    sentence: str
    bars: tuple[Bar, ...]
    rows: tuple[Night, ...]
    mean: int | None

    @property
    def short(self) -> str:
        """Beside the days, where one sentence has room."""
        return "" if self.mean is None else _("Nights were about %(hours)s long.") % {"hours": hours(self.mean)}


def sleep_of(client: Client, entries: list[SelfCareEntry], first: date, *, now: bool, staff: bool = False) -> Sleep:
    """The nights among `entries`, those of the seven days from `first`. One statement, and none without a night. `now`: they are the last seven days."""
    nights = one_a_morning(entries)
    known = [night.slept for night in nights if night.slept is not None]
    mean = about(sum(known) / len(known)) if known else None
    began = began_with(client, first, staff=staff) if known else None
    said = sentence(mean, len(known), began, now=now)
    return Sleep(said, bars_of(nights, first), tuple(row_of(night, zone(client.timezone)) for night in nights), mean if len(known) > 1 else None)


def began_with(client: Client, first: date, *, staff: bool) -> int | None:
    """The mean of the first nights, where they lie before these seven days and are two or more."""
    earlier = [night.slept for night in one_a_morning(first_nights(client, staff=staff)) if night.day < first and night.slept is not None]
    return about(sum(earlier) / len(earlier)) if len(earlier) > 1 else None


def sentence(mean: int | None, n: int, began: int | None, *, now: bool) -> str:
    """`About 6 h 40 a night this week. When we began it was 5 h 10.` From one night alone nothing is said about a week."""
    if mean is None:
        return _("No night written down this week.") if now else _("No night was written down that week.")
    if n == 1:
        return _("One night written down: about %(hours)s. Too few to say more.") % {"hours": hours(mean)}
    said = _("About %(hours)s a night this week") if now else _("About %(hours)s a night that week")
    parts = [said % {"hours": hours(mean)} + (_(", from %(n)s nights.") % {"n": n} if n < 7 else ".")]
    if began is not None:
        parts.append(_("When we began it was %(hours)s.") % {"hours": hours(began)})
    return " ".join(parts)


def bars_of(nights: list[SelfCareEntry], first: date) -> tuple[Bar, ...]:
    known = [(night, night.slept) for night in nights if night.slept is not None]
    top = max([TALLEST, *(slept for _night, slept in known)])
    bars = []
    for night, slept in known:
        height = round(slept * ROOM / top)
        x = LEFT + STEP * (night.day - first).days
        bars.append(Bar(x, BASE - height, height, date_format(night.day, "D"), f"{slept // 60}:{slept % 60:02d}"))
    return tuple(bars)


def row_of(night: SelfCareEntry, where: ZoneInfo) -> Night:
    """Its times by the client's own clock."""
    bed, wake = (date_format(at.astimezone(where), "H:i") if at is not None else "" for at in (night.bed, night.wake))
    if bed and wake:
        times = _("%(bed)s to %(wake)s") % {"bed": bed, "wake": wake}
    else:
        times = _("in bed %(time)s") % {"time": bed} if bed else _("up %(time)s") % {"time": wake} if wake else ""
    slept = hours(night.slept) if night.slept is not None else ""
    quality = "" if night.quality is None else str(night.quality)
    return Night(night, date_format(night.day, "D j M"), slept, times, quality, night.visibility == Visibility.ONLY_ME)
