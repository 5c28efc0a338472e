"""Seven days as both sides see them: what was done, in which size, and the nights. Days are counted up; an empty day is not shown."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.models import Client, Visibility
from core.zones import today_in
from selfcare.content import part_name
from selfcare.models import ActivityState, EntryKind, SelfCareActivity, SelfCareEntry, Size
from selfcare.pages.sleep import Sleep, sleep_of
from selfcare.selectors import activities_of, entries_between, left_out

DAYS = 7
LONGEST = 520  # weeks back
MARKS = {Size.TINY: "t", Size.STANDARD: "s", Size.STRETCH: "l"}
NO_SIZE: Promise = gettext_lazy("done")


@dataclass(frozen=True)
class Mark:
    """One day with a log: how large its mark is, and the size in words."""

    label: str
    size: str
    words: str


@dataclass(frozen=True)
class SizeOption:
    key: str
    name: str
    words: str
    chosen: bool


@dataclass(frozen=True)
class Item:
    """One activity with its seven days. `today` is the log that a tap of today puts right."""

    activity: SelfCareActivity
    domain: str
    marks: tuple[Mark, ...]
    said: str
    today: SelfCareEntry | None
    options: tuple[SizeOption, ...]

    @property
    def private(self) -> bool:
        return self.activity.visibility == Visibility.ONLY_ME


@dataclass(frozen=True)
class Told:
    """A log or night of these days with words in it, or a wish to talk about it."""

    what: str
    when: str
    entry: SelfCareEntry


@dataclass(frozen=True)
class Week:
    """`back`: how many weeks before this one. `others` are days with something that stands in no activity of the week."""

    first: date
    last: date
    back: int
    items: tuple[Item, ...]
    retired: tuple[SelfCareActivity, ...]
    others: tuple[tuple[str, tuple[Mark, ...]], ...]
    told: tuple[Told, ...]
    sleep: Sleep
    sentence: str
    days_on: int
    hidden: dict[str, set[str]]

    @property
    def now(self) -> bool:
        return self.back == 0

    @property
    def older(self) -> int:
        return min(self.back + 1, LONGEST)

    @property
    def newer(self) -> int:
        return self.back - 1

    @property
    def parts_out(self) -> list[str]:
        return [part_name(key) for key in self.hidden]

    @property
    def desk_sentence(self) -> str:
        """The same days in the desk's words, with the names of what was done."""
        if not self.sentence:
            return ""
        names = ", ".join([item.activity.name for item in self.items if item.marks][:3])
        if not names:
            return days_said(self.days_on, now=self.now)
        said = _("On %(n)s of the last 7 days: %(names)s.") if self.now else _("On %(n)s of these 7 days: %(names)s.")
        return said % {"n": self.days_on, "names": names}

    @property
    def title(self) -> str:
        return _("%(first)s to %(last)s") % {"first": date_format(self.first, "j M"), "last": date_format(self.last, "j M Y")}


def weeks_back(value: str) -> int:
    """What the address asks for; this week for anything else."""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 4 and int(value) <= LONGEST else 0


def week_of(client: Client, back: int = 0, *, staff: bool = False) -> Week:
    """The seven days that ended `back` weeks ago. Four statements. For `staff` what is shared."""
    today = today_in(client.timezone)
    last = today - timedelta(days=DAYS * back)
    first = last - timedelta(days=DAYS - 1)
    hidden = left_out(client)
    every = activities_of(client, staff=staff)
    rows, gone = [row for row in every if row.domain not in hidden], {row.line for row in every if row.domain in hidden}
    entries = [entry for entry in entries_between(client, first, last, staff=staff) if entry.domain not in hidden and entry.line not in gone]
    logs = [entry for entry in entries if entry.kind == EntryKind.LOG]
    shown = [row for row in rows if row.state == ActivityState.ACTIVE]
    lines = {row.line for row in shown}
    now, days_on = back == 0, len({log.day for log in logs})
    items = tuple(item_of(row, [log for log in logs if log.line == row.line], today, now=now) for row in shown)
    sleep = sleep_of(client, entries, first, now=now, staff=staff)
    return Week(
        first=first,
        last=last,
        back=back,
        items=items,
        retired=tuple(row for row in rows if row.state == ActivityState.RETIRED),
        others=others_of([log for log in logs if log.line not in lines], today),
        told=tuple(told_of(entry) for entry in entries if entry.note or entry.for_session),
        sleep=sleep,
        sentence=days_sentence(days_on, now=now),
        days_on=days_on,
        hidden=hidden,
    )


def item_of(activity: SelfCareActivity, logs: list[SelfCareEntry], today: date, *, now: bool = True) -> Item:
    mine = next((log for log in logs if log.day == today and log.own), None)
    days = len({log.day for log in logs})
    said = "" if not days else days_said(days, now=now)
    return Item(activity, part_name(activity.domain), marks_of(logs, today), said, mine, options_of(activity, mine))


def options_of(activity: SelfCareActivity, mine: SelfCareEntry | None) -> tuple[SizeOption, ...]:
    return tuple(SizeOption(size, str(size.label), activity.words_of(size), mine is not None and mine.size == size) for size in Size)


def days_said(days: int, *, now: bool) -> str:
    return (_("On %(n)s of the last 7 days.") if now else _("On %(n)s of these 7 days.")) % {"n": days}


def days_sentence(days: int, *, now: bool) -> str:
    """How many of the seven days had something in it."""
    if not days:
        return ""
    return (_("Something for yourself on %(n)s of the last 7 days.") if now else _("Something for yourself on %(n)s of these 7 days.")) % {"n": days}


def marks_of(logs: list[SelfCareEntry], today: date) -> tuple[Mark, ...]:
    """One for each day with a log; of two, hers before one that an exercise left."""
    found: dict[date, SelfCareEntry] = {}
    for log in logs:
        if log.day not in found or log.own:
            found[log.day] = log
    return tuple(Mark(day_label(day, today), MARKS.get(Size(log.size), "s") if log.size else "s", size_words(log)) for day, log in sorted(found.items()))


def size_words(log: SelfCareEntry) -> str:
    return str(Size(log.size).label).lower() if log.size else str(NO_SIZE)


def day_label(day: date, today: date) -> str:
    return _("today") if day == today else date_format(day, "D")


def others_of(logs: list[SelfCareEntry], today: date) -> tuple[tuple[str, tuple[Mark, ...]], ...]:
    """By name, in the order of their days: what exercises left, and what was put away meanwhile."""
    found: dict[str, list[SelfCareEntry]] = {}
    for log in logs:
        found.setdefault(name_of(log), []).append(log)
    return tuple((name, marks_of(each, today)) for name, each in found.items())


def name_of(entry: SelfCareEntry) -> str:
    if entry.kind == EntryKind.NIGHT:
        return _("The night")
    return entry.activity.name if entry.activity is not None else entry.name


def told_of(entry: SelfCareEntry) -> Told:
    return Told(name_of(entry), date_format(entry.day, "l j M"), entry)
