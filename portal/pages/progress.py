"""My progress: wins and goals first, sentences before pictures. Counts only go up; it says what went together, not what caused it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients.content import measure_name
from clients.ledger import PAIRS_NEEDED, Ledger
from clients.ledger import Line as Used
from clients.models import CheckIn, Client, LifeEvent, PortalChoice, TimelineEntry
from clients.selectors import what_works
from core.zones import today_in, zone
from mindset.pages.good import row_of
from mindset.selectors.good import latest_wins
from portal.pages.moods import Chart, Line, chart, is_harder, points_of, sentence, table
from therapy.models.goals import GoalState
from therapy.selectors import GoalView, goals_and_closed, next_time

FOUR_WEEKS = timedelta(days=28)
WINS, HELPED, NAMED, DAYS, MARKS = 2, 3, 6, 60, 12


@dataclass(frozen=True)
class Here:
    """The days on which something was entered: how many of the last four weeks, of all, and the latest, newest first."""

    lately: int
    total: int
    since: date | None
    days: tuple[date, ...]

    @property
    def said(self) -> str:
        since = date_format(self.since, "F" if self.since and self.since.year == timezone.localdate().year else "F Y") if self.since else ""
        lately = ngettext("once", "%(n)s times", self.lately) % {"n": self.lately}
        total = ngettext("once", "%(n)s times", self.total) % {"n": self.total}
        if not self.lately:
            return _("You were here %(total)s since %(since)s. Good that you are.") % {"total": total, "since": since}
        return _("You were here %(lately)s in the last four weeks, and %(total)s since %(since)s.") % {"lately": lately, "total": total, "since": since}


@dataclass(frozen=True)
class Helped:
    """What moved the way that was hoped for. `said`: `Connected from 3.3 to 5.6, 3 times`."""

    line: Used
    said: str


@dataclass(frozen=True)
class WhatHelped:
    """`other_way` and `early` are named only."""

    shown: tuple[Helped, ...]
    other_way: tuple[str, ...]
    early: tuple[str, ...]


@dataclass(frozen=True)
class Moods:
    """None of it is worked out while it is hidden."""

    said: str
    chart: Chart | None
    rows: list[Line]
    weekly: bool
    harder: bool
    events: tuple[LifeEvent, ...]


def progress_page(client: Client) -> dict[str, Any]:
    """Nine statements, two fewer while moods are hidden."""
    choice = PortalChoice.objects.filter(client=client).first()
    hidden = choice is not None and choice.hide_moods
    wins, total = latest_wins(client, WINS)
    goals = goals_and_closed(client)
    coming = next_time(client)
    here, helped = here_of(client), helped_most(what_works(client))
    moods = None if hidden else moods_of(client)
    return {
        "here": here,
        "wins": [row_of(win) for win in wins],
        "jar": total,
        "goal": next((goal for goal in goals if goal.goal.state == GoalState.ACTIVE), None),
        "others": other_goals(goals),
        "helped": helped,
        "moods": moods,
        "moods_hidden": hidden,
        "day": date_format(timezone.localtime(coming), "l") if coming is not None else "",
        "first_use": not (wins or goals or here.total or helped.shown),
    }


def here_of(client: Client) -> Here:
    """From the client's own entries, by the client's own days. One statement."""
    mine = TimelineEntry.objects.filter(client=client, created_by_id=client.portal_user_id)
    found = mine.annotate(day=TruncDate("occurred_at", tzinfo=zone(client.timezone))).order_by("-day").values_list("day", flat=True).distinct()
    days = list(found)
    since = today_in(client.timezone) - FOUR_WEEKS
    return Here(sum(day > since for day in days), len(days), days[-1] if days else None, tuple(days[:DAYS]))


def helped_most(ledger: Ledger) -> WhatHelped:
    """The largest changes first, each thing once, with the measure that moved most."""
    best: dict[str, Used] = {}
    for line in sorted(ledger.shown, key=lambda line: -abs((line.after or 0) - (line.before or 0))):  # as far apart as they are drawn
        if line.change:
            best.setdefault(line.item_key, line)
    shown = [Helped(line, helped_words(line)) for line in list(best.values())[:HELPED]]
    other = {line.item_key: line.name for line in ledger.wrong_way}
    known = {*best, *other}
    early: dict[str, str] = {}
    for line in ledger.too_few:
        if line.item_key not in known and (line.pairs or line.used < PAIRS_NEEDED):  # what is rated once a time only never tells
            times = ngettext("once", "%(n)s times", line.used) % {"n": line.used}
            early.setdefault(line.item_key, _("%(name)s, %(times)s") % {"name": line.name, "times": times})
    return WhatHelped(tuple(shown), tuple(other.values())[:NAMED], tuple(early.values())[:NAMED])


def helped_words(line: Used) -> str:
    """Each number with the one place after the point that it has."""
    said = {"measure": measure_name(line.measure).capitalize(), "before": f"{line.before:g}", "after": f"{line.after:g}", "n": line.pairs}
    return ngettext("%(measure)s from %(before)s to %(after)s, once", "%(measure)s from %(before)s to %(after)s, %(n)s times", line.pairs) % said


def other_goals(goals: list[GoalView]) -> list[tuple[str, str]]:
    """Her words, and where it is: all but the first open one."""
    first = next((goal for goal in goals if not goal.closed), None)
    found = []
    for goal in goals:
        if goal is not first:
            here = next(step["label"] for step in goal.steps if step["now"])
            said = _("went as far as it could: %(here)s") if goal.now == 2 else _("ended at: %(here)s") if goal.closed else _("is here now: %(here)s")
            found.append((goal.text, said % {"here": here}))
    return found


def marks_of(client: Client) -> list[LifeEvent]:
    """What happened, oldest first. One statement."""
    return list(LifeEvent.objects.filter(client=client, withdrawn_at=None).order_by("occurred_at", "pk"))


def moods_of(client: Client) -> Moods | None:
    """Two statements; None before the first tap."""
    taps = list(CheckIn.objects.filter(client=client).order_by("occurred_at").values_list("occurred_at", "mood"))
    if not taps:
        return None
    points, weekly = points_of(taps, client.timezone)
    events = marks_of(client)
    marks = [(event.occurred_at.astimezone(zone(client.timezone)).date(), event.text) for event in events]
    harder = is_harder(taps, client.timezone, today_in(client.timezone))
    return Moods(sentence(points), chart(points, marks, weekly=weekly), table(points, marks, weekly=weekly), weekly, harder, tuple(events[-MARKS:]))
