"""What the record says about this pillar. No statement of its own: the axis holds the days and the minutes."""

from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clients.models import Client, TimelineEntry
from clients.pillars import Pillar, PillarLine, PillarSummary
from clients.selectors import Period, PillarRows
from clients.summaries import summary_from_practice
from core.zones import today_in, zone
from selfcare.content import part_name
from selfcare.nights import about, hours

DAYS = 7


def pillar_summary(client: Client, period: Period, rows: PillarRows) -> PillarSummary:
    """On how many of the last seven days something was done, and the nights in one sentence; the latest of both; then what practice says."""
    logs = [(day_of(client, entry), entry) for entry in rows.entries if entry.kind == "selfcare_log"]
    nights = nights_by_day(client, rows)
    today = today_in(client.timezone)
    lately = {day for day, _entry in logs if day > today - timedelta(days=DAYS)}
    first = [_("On %(n)s of the last 7 days.") % {"n": len(lately)}] if lately else []
    slept = nights_sentence(client, period, nights, today)
    lines = [PillarLine(bold=part_name(entry.item_key), text=date_format(day, "l j M")) for day, entry in logs[:1]]
    lines += [PillarLine(bold=_("A night of %(hours)s") % {"hours": hours(nights[day])}, text=date_format(day, "l j M")) for day in sorted(nights)[-1:]]
    suggested = "selfcare_check" if nights else "sleep_diary"
    said = " ".join([*first, *([slept] if slept else [])])
    return summary_from_practice(Pillar.SELFCARE, rows, period, first=said, lines=tuple(lines), suggested=suggested if rows.entries else "")


def day_of(client: Client, entry: TimelineEntry) -> date:
    return entry.occurred_at.astimezone(zone(client.timezone)).date()


def nights_by_day(client: Client, rows: PillarRows) -> dict[date, int]:
    """Minutes of each morning's night; of two the later one. A night that was not written down, or without its times, is not among them."""
    found: dict[date, int] = {}
    for entry in rows.entries:
        if entry.kind == "night" and entry.value is not None:
            found.setdefault(day_of(client, entry), int(entry.value))
    return found


def nights_sentence(client: Client, period: Period, nights: dict[date, int], today: date) -> str:
    """`About 6 h 40 a night this week. When we began it was 5 h 10.` The first nights are known only where the period holds the whole care."""
    week = [minutes for day, minutes in nights.items() if day > today - timedelta(days=DAYS)]
    if len(week) < 2:
        return ""
    said = _("About %(hours)s a night this week.") % {"hours": hours(about(sum(week) / len(week)))}
    start = min(nights)
    early = [minutes for day, minutes in nights.items() if day < start + timedelta(days=DAYS) and day <= today - timedelta(days=DAYS)]
    if len(early) < 2 or client.started_on is None or client.started_on < period.since:
        return said
    return f"{said} {_('When we began it was %(hours)s.') % {'hours': hours(about(sum(early) / len(early)))}}"
