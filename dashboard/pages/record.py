"""What the record shows, put together from the floors below."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from access.selectors import private_counts
from clients.ledger import Ledger
from clients.models import CheckIn, Client, LifeEvent, TimelineEntry, Visibility
from clients.models.care import Kind
from clients.pillars import Pillar
from clients.selectors import Period, PillarRows, last_weeks, pillar_rows, shared_practice, team_and_emergencies, timeline, what_works
from clients.selectors.emergency import LATELY
from dashboard.pillars import summaries
from homework.content import library
from homework.feelings import feelings_words
from homework.reading import reading_titles
from homework.selectors import assignments_with_progress, titles_of
from homework.words import change_sign
from selfcare.content import part_name
from selfcare.nights import hours
from therapy.models import TherapySession
from therapy.selectors import goals_with_scale, held_and_next, level_sign

# those that have a page of their own
PAGES: dict[str, str] = {
    Pillar.STRENGTHS: "strengths:desk",
    Pillar.COPING: "coping:desk",
    Pillar.SELFCARE: "selfcare:desk",
    Pillar.MINDSET: "mindset:desk",
}
WEEKS = 16
TIMELINE_ROWS = 12


@dataclass(frozen=True)
class Lane:
    """One lane of marks below the axis: `marks` are (x, width, height class) in the picture's units."""

    key: str
    y: int
    marks: tuple[tuple[int, int], ...]


def pillar_cards(client: Client, period: Period, rows: dict[str, PillarRows], can_write: bool) -> list[dict[str, Any]]:
    """Arguments of components/pillar_card.html, in the fixed order; an empty pillar offers a first task, and one that knows its next step that one."""
    assign = reverse("dashboard:assign", args=[client.pk])
    known = {exercise["key"]: exercise["title"] for exercise in library().exercises}
    cards = []
    for summary in summaries(client, period, rows):
        total = sum(summary.weeks)
        title = known.get(summary.suggested, "")
        open_choice = _("Assign something") if summary.sentence else _("Assign a first task")
        where = f"{assign}?exercise={summary.suggested}#open" if title else f"{assign}?pillar={summary.pillar}"
        cards.append(
            {
                "key": summary.pillar,
                "lead": summary.sentence,
                "empty": _("Nothing here yet."),
                "weeks": summary.weeks,
                "weeks_said": ngettext("%(n)s entry in %(weeks)s weeks.", "%(n)s entries in %(weeks)s weeks.", total) % {"n": total, "weeks": WEEKS},
                "lines": summary.lines,
                "url": reverse(PAGES[summary.pillar], args=[client.pk]) if summary.pillar in PAGES else "",
                "next": _("Assign “%(title)s”") % {"title": title} if title else open_choice,
                "next_url": where if can_write else "",
            }
        )
    return cards


def works_rows(ledger: Ledger) -> list[dict[str, Any]]:
    """Lines of the ledger as the page says them; those that went the wrong way stand apart, last."""
    rows = []
    for line in (*ledger.shown, *ledger.wrong_way):
        assert line.change is not None
        rows.append(
            {
                "line": line,
                "measure": line.measure.replace("_", " "),
                "change": change_sign(line.change),
                "helped": helped_words(line.helped),
            }
        )
    return rows


def helped_words(vote: float | None) -> str:
    """The median vote in words."""
    if vote is None:
        return _("not said")
    return _("yes") if vote >= 4 else _("a bit") if vote >= 2 else _("no")


def weeks_picture(period: Period, entries: list[TimelineEntry], sessions: list[TherapySession]) -> dict[str, Any]:
    """Lanes of marks by week and the sessions as ticks: x runs from 66 to 1060 in a box 1152 wide."""
    step = 994 / period.weeks
    x = [round(66 + step * (week + 0.5)) for week in range(period.weeks)]
    counts = Counter((entry.pillar, period.week_of(entry.occurred_at)) for entry in entries if entry.pillar)
    lanes = [
        Lane(pillar, 28 + 24 * number, tuple((x[week], min(6 + 2 * counts[pillar, week], 18)) for week in range(period.weeks) if counts[pillar, week]))
        for number, pillar in enumerate(Pillar.values)
    ]
    table = [
        {
            "week": date_format(period.since + timedelta(days=7 * week), "j M"),
            "counts": [counts[pillar, week] for pillar in Pillar.values],
            "sessions": sum(1 for session in sessions if period.week_of(session.starts_at) == week),
        }
        for week in range(period.weeks)
    ]
    ticks = [round(66 + step * ((session.starts_at - period.starts_at).total_seconds() / 604800)) for session in sessions]
    return {
        "lanes": lanes,
        "ticks": ticks,
        "labels": [(x[week], table[week]["week"]) for week in range(0, period.weeks, 3)],
        "table": table,
        "sentence": picture_sentence(counts, sessions),
    }


def picture_sentence(counts: Counter[tuple[str, int]], sessions: list[TherapySession]) -> str:
    """What the picture says, in words."""
    total = sum(counts.values())
    entries = ngettext("%(n)s entry", "%(n)s entries", total) % {"n": total}
    met = ngettext("%(n)s session", "%(n)s sessions", len(sessions)) % {"n": len(sessions)}
    return _("%(entries)s and %(met)s. Links on this page are in time only.") % {"entries": entries, "met": met}


@dataclass(frozen=True)
class Told:
    """What stands on the axis beside the software's words: the client's own, and feelings."""

    said: str = ""
    felt: str = ""


def timeline_rows(entries: list[TimelineEntry], told: dict[UUID, Told] | None = None) -> list[dict[str, Any]]:
    """Arguments of components/timeline_row.html; `told`: what is shown in the client's own words too."""
    names = titles_of(entry.item_key for entry in entries) | reading_titles()
    rows = []
    for entry in entries:
        at = timezone.localtime(entry.occurred_at)
        words = (told or {}).get(entry.source_id, Told())
        row = {"when": date_format(at, "D j M, H:i"), "key": entry.pillar, "title": entry_title(entry, names)}
        rows.append({**row, "said": words.said, "source": words.felt})
    return rows


def told_on(entries: list[TimelineEntry]) -> dict[UUID, Told]:
    """The words of check-ins and life events on a page of the axis, by id. Two statements."""
    ids = {kind: [entry.source_id for entry in entries if entry.kind == kind] for kind in ("check_in", "life_event")}
    shared = {"visibility": Visibility.MY_THERAPIST}
    check_ins = CheckIn.objects.filter(pk__in=ids["check_in"], **shared)
    happened = LifeEvent.objects.filter(pk__in=ids["life_event"], withdrawn_at=None, **shared)
    felt = {row.pk: Told(row.note, feelings_words(row.feelings)) for row in check_ins}
    return felt | {row.pk: Told(row.text) for row in happened}


def entry_title(entry: TimelineEntry, names: dict[str, str]) -> str:
    """One line on the axis in the software's voice."""
    own = entry.item_key.startswith("own:")
    name = _("A strategy of their own") if own else names.get(entry.item_key, entry.item_key.replace("_", " "))
    mood = "" if entry.value is None else f"{entry.value:g}"
    said = {
        "exercise": _("%(name)s: done") % {"name": name},
        "first_part": _("%(name)s: the first part done") % {"name": name},
        "check_in": _("Check-in: %(mood)s of 5") % {"mood": mood},
        "life_event": _("Something that happened"),
        "session": _("Session"),
        "session_not_held": _("Session, not held"),
        "goal": _("Goal rated %(level)s") % {"level": level_sign(int(entry.value or 0))},
        "not_today": _("Not today: %(name)s") % {"name": name},
        "strength": _("A strength was added"),
        "strength_moment": _("A moment that shows a strength"),
        "supporter": _("Somebody was added to the map"),
        "reach_out": _("Reached out to somebody on the map"),
        "kind_note": _("A kinder answer to self-talk"),
        "coping_plan": _("The coping plan was changed"),
        "safety_plan": _("The safety plan was made"),
        "safety_plan_review": _("The safety plan was looked at together"),
        "strategy": _("A strategy was added to the plan"),
        "strategy_use": _("%(name)s: used") % {"name": name},
        "selfcare_activity": _("Something new in the week"),
        "selfcare_log": _("In the week: %(part)s") % {"part": part_name(entry.item_key)},
        "night": _("A night of %(hours)s") % {"hours": hours(int(entry.value))} if entry.value is not None else _("A night"),
        "win": _("A win, in the jar"),
        "good_thing": _("A good thing, in the jar"),
        "assigned": _("%(name)s: agreed") % {"name": name},
        "reading_given": _("Something to read was given: %(name)s") % {"name": name},
        "reading_read": _("Read: %(name)s") % {"name": name},
        "reading_note": _("What stayed from reading: %(name)s") % {"name": name},
        "homework_finished": _("%(name)s: finished, no longer on the list") % {"name": name},
        "homework_stopped": _("%(name)s: stopped") % {"name": name},
        "homework_replaced": _("%(name)s: replaced") % {"name": name},
        "care_began": _("Care began"),
        "care_ended": _("Care ended"),
        "care_note": _("An answer to ask about: %(name)s") % {"name": name or _("how they feel")},
    }
    return str(said.get(entry.kind, entry.kind.replace("_", " ")))


def record_context(client: Client, can_write: bool) -> dict[str, Any]:
    """Everything the overview shows."""
    period = last_weeks(WEEKS, client.clinic.timezone)
    team, emergencies = team_and_emergencies(LATELY, client=client)
    axis = list(timeline(client, limit=1000))
    practice = list(shared_practice(client))
    ledger = what_works(client, practice)
    held, upcoming = held_and_next(client, period.starts_at)
    hidden = sum(n for (_client, _pillar), n in private_counts([client.pk]).items())
    return {
        "lead": next((care.therapist.name for care in team if care.kind == Kind.PRIMARY), ""),
        "team": team,
        "emergencies": emergencies,
        "cards": pillar_cards(client, period, pillar_rows(axis, practice, period), can_write),
        "ledger": ledger,
        "works": works_rows(ledger),
        "picture": weeks_picture(period, [entry for entry in axis if entry.occurred_at >= period.starts_at], held),
        "goals": goals_with_scale(client),
        "homework": assignments_with_progress(client, practice=practice),
        "next_session": upcoming,
        "timeline": timeline_rows(axis[:TIMELINE_ROWS]),
        "private": hidden,
        "weeks": WEEKS,
    }
