"""How somebody has been: the mood taps as a sentence, a picture and a table, from the same points. A missing day is missing, never zero."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import fmean

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients.content import checkin
from core.zones import zone

BROKEN_AFTER = timedelta(days=21)  # a gap as long as this breaks the line
DAILY = timedelta(days=42)  # what spans more is shown by the week
ENOUGH = 3  # points, before anything is said about them
STEP = 0.5  # a change smaller than this is none
LATELY, BEFORE = timedelta(days=14), timedelta(days=56)
LEFT, RIGHT, TOP, BOTTOM = 84, 336, 16, 136  # of the picture, 350 by 176
MARKED = 3  # at most this many things that happened


@dataclass(frozen=True)
class Point:
    """A day, or a week from its Monday: the mean of `n` taps, 1 to 5."""

    day: date
    mean: float
    n: int


def points_of(taps: Iterable[tuple[datetime, int]], zone_name: str) -> tuple[list[Point], bool]:
    """By the client's own days, oldest first; by her weeks, and True, where they span more than six of them."""
    local = [(at.astimezone(zone(zone_name)).date(), mood) for at, mood in taps]
    weekly = bool(local) and max(local)[0] - min(local)[0] > DAILY
    groups: dict[date, list[int]] = defaultdict(list)
    for day, mood in local:
        groups[day - timedelta(days=day.weekday()) if weekly else day].append(mood)
    return [Point(day, fmean(moods), len(moods)) for day, moods in sorted(groups.items())], weekly


def stretches(points: list[Point]) -> list[list[Point]]:
    """Points that one line joins: three weeks without a tap end it."""
    found: list[list[Point]] = []
    for point in points:
        if found and point.day - found[-1][-1].day < BROKEN_AFTER:
            found[-1].append(point)
        else:
            found.append([point])
    return found


def mood_name(value: int) -> str:
    return next(option.name for option in checkin().mood.options if option.value == value)


def mood_words(mean: float) -> str:
    """`Hard`, or between two of them `Hard to in between`."""
    low = int(mean)
    part = mean - low
    if part < 0.25:
        return mood_name(low)
    if part > 0.75:
        return mood_name(low + 1)
    return _("%(low)s to %(high)s") % {"low": mood_name(low), "high": mood_name(low + 1).lower()}


def sentence(points: list[Point]) -> str:
    """Where it began, where it is, and which way it went."""
    if len(points) < ENOUGH:
        n = sum(point.n for point in points)
        return ngettext("%(n)s tap so far: not enough to say.", "%(n)s taps so far: not enough to say.", n) % {"n": n}
    some = min(ENOUGH, len(points) // 2)
    first, last = fmean(point.mean for point in points[:some]), fmean(point.mean for point in points[-some:])
    names = {"first": mood_name(round(first)), "last": mood_name(round(last))}
    if abs(last - first) < STEP:
        return _("Around %(last)s, much as when you began.") % names
    said = _("Around %(first)s when you began, around %(last)s now.") % names
    return said + " " + _("It rose little by little.") if last > first else said


def is_harder(taps: Iterable[tuple[datetime, int]], zone_name: str, today: date) -> bool:
    """Whether the last two weeks were lower than the six before them, with three days or more in each."""
    days: dict[date, list[int]] = defaultdict(list)
    for at, mood in taps:
        days[at.astimezone(zone(zone_name)).date()].append(mood)
    lately = [fmean(moods) for day, moods in days.items() if day > today - LATELY]
    before = [fmean(moods) for day, moods in days.items() if today - BEFORE < day <= today - LATELY]
    return len(lately) >= ENOUGH and len(before) >= ENOUGH and fmean(lately) <= fmean(before) - STEP


@dataclass(frozen=True)
class Dot:
    x: str
    y: str
    kind: str  # st: where it began, now: the latest, one: stands alone or is a day


@dataclass(frozen=True)
class Mark:
    """Something that happened, as a line with its words on the side where there is room."""

    x: str
    at: str
    end: bool
    text: str


@dataclass(frozen=True)
class Chart:
    """What the template draws: nothing but numbers and words."""

    lines: tuple[str, ...]
    dots: tuple[Dot, ...]
    marks: tuple[Mark, ...]
    rungs: tuple[tuple[str, str], ...]
    began: str


def chart(points: list[Point], marks: Iterable[tuple[date, str]], *, weekly: bool) -> Chart:
    """Server-made, and readable without colour: the beginning is a ring, the latest a dot, a gap a gap."""
    first, last = points[0].day, points[-1].day
    span = max((last - first).days, 1)

    def x(day: date) -> float:
        return LEFT + (RIGHT - LEFT) * (day - first).days / span if len(points) > 1 else (LEFT + RIGHT) / 2

    def y(mean: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * (mean - 1) / 4

    found = stretches(points)
    lines = tuple("M" + " L".join(f"{x(point.day):.1f} {y(point.mean):.1f}" for point in line) for line in found if len(line) > 1)
    alone = {line[0].day for line in found if len(line) == 1}
    dots = []
    for point in points:
        kind = "now" if point is points[-1] else "st" if point is points[0] else "one" if point.day in alone or not weekly else ""
        if kind:
            dots.append(Dot(f"{x(point.day):.1f}", f"{y(point.mean):.1f}", kind))
    shown = [(day, text) for day, text in marks if first <= day <= last][-MARKED:]
    drawn = tuple(_mark(x(day), text) for day, text in shown)
    rungs = tuple((f"{y(option.value):g}", option.name) for option in checkin().mood.options if isinstance(option.value, int))
    return Chart(lines, tuple(dots), drawn, rungs, date_format(first, "F" if weekly else "j M"))


def _mark(x: float, text: str) -> Mark:
    end = x > (LEFT + RIGHT) / 2
    return Mark(f"{x:.1f}", f"{x - 6 if end else x + 6:.1f}", end, text)


@dataclass(frozen=True)
class Line:
    """One row of the table."""

    when: str
    words: str
    mean: float
    n: int
    marks: tuple[str, ...]


def table(points: list[Point], marks: Iterable[tuple[date, str]], *, weekly: bool) -> list[Line]:
    """The same points, newest first, with what happened in each."""
    known = list(marks)
    found = []
    for point in reversed(points):
        until = point.day + timedelta(days=7 if weekly else 1)
        day = date_format(point.day, "j F Y")
        when = _("Week of %(day)s") % {"day": day} if weekly else day
        found.append(Line(when, mood_words(point.mean), point.mean, point.n, tuple(text for on, text in known if point.day <= on < until)))
    return found
