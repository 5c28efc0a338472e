"""What every pillar can say from the timeline and practice alone; a pillar app adds what its own tables hold."""

from collections import Counter
from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients.content import measure_name
from clients.models import Practice
from clients.pillars import PillarLine, PillarSummary
from clients.selectors import Period, PillarRows
from core.zones import zone

LATELY = timedelta(days=14)  # a mark is filled when something was there in the last 14 days
LINES = 3


def summary_from_practice(
    pillar: str, rows: PillarRows, period: Period, *, first: str = "", lines: tuple[PillarLine, ...] = (), suggested: str = ""
) -> PillarSummary:
    """A pillar's card from its rows. `first` and `lines` come before what practice says; `suggested` is an exercise as the next step."""
    counts = Counter(period.week_of(entry.occurred_at) for entry in rows.entries)
    weeks = tuple(counts.get(week, 0) for week in range(period.weeks))
    lately = timezone.now() - LATELY
    sentences = [text for text in (first, times_sentence(rows, period)) if text]
    return PillarSummary(
        pillar=pillar,
        sentence=" ".join(sentences),
        weeks=weeks if any(weeks) else (),
        lines=(*lines, *practice_lines(rows, period))[:LINES],
        active=any(entry.occurred_at >= lately for entry in rows.entries),
        suggested=suggested,
    )


def times_sentence(rows: PillarRows, period: Period) -> str:
    """How often something was recorded here, and when last."""
    if not rows.entries:
        return ""
    last = rows.entries[0].occurred_at.astimezone(zone(period.zone_name)).date()
    n = len(rows.entries)
    when = _("today") if last == period.until - timedelta(days=1) else date_format(last, "l j F")
    return ngettext("Once in %(weeks)s weeks, on %(when)s.", "%(n)s times in %(weeks)s weeks, the last %(when)s.", n) % {
        "n": n,
        "weeks": period.weeks,
        "when": when,
    }


def practice_lines(rows: PillarRows, period: Period) -> list[PillarLine]:
    """The latest use of each item, newest item first."""
    seen: dict[str, Practice] = {}
    for use in rows.practice:
        seen.setdefault(use.item_key, use)
    return [PillarLine(bold=use.name, text=use_sentence(use, period)) for use in list(seen.values())[:LINES]]


def use_sentence(use: Practice, period: Period) -> str:
    """`distress 7 to 4, Sunday 22 November`."""
    day = date_format(use.occurred_at.astimezone(zone(period.zone_name)).date(), "j M")
    if use.before is None or use.after is None:
        return day
    return _("%(measure)s %(before)s to %(after)s, %(day)s") % {"measure": measure_name(use.measure), "before": use.before, "after": use.after, "day": day}
