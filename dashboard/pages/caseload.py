"""What the caseload shows: the acting therapist's clients with what is new since they last met. A constant number of statements, whatever their number."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients.models import Client, TimelineEntry, Visibility
from clients.models.client import Status
from clients.pillars import Pillar
from clients.selectors import Emergency, emergencies, my_care, own_care
from clients.selectors.emergency import LATELY as LATELY_OPENED
from clients.summaries import LATELY
from core.actor import Actor
from core.text import initials, plain
from homework.selectors import titles
from therapy.models import TherapySession
from therapy.models.sessions import SessionState
from therapy.selectors import last_held, next_sessions

MOODS_NEEDED = 3
NEW_AT_MOST = timedelta(days=28)  # without a session, "new" means in the last four weeks


@dataclass(frozen=True)
class Spark:
    """Check-in moods as a line in a box of 116 x 34, with the last as a dot and in words."""

    line: str
    now_x: float
    now_y: float
    label: str


@dataclass(frozen=True)
class Row:
    """One client. `news` is what came since you last met; `also` the second, grey reason; `contact` how long ago you met."""

    client: Client
    initials: str
    sub: str
    pillars: frozenset[str]
    news: str
    also: str
    contact: str
    wants_to_talk: bool
    mood: Spark | None

    @property
    def in_care(self) -> bool:
        return self.client.status in (Status.ACTIVE, Status.WAITING)

    @property
    def url(self) -> str:
        return f"/clients/{self.client.pk}/"  # by hand: {% url %} in a row of two hundred costs more than the rest of it


@dataclass(frozen=True)
class Section:
    key: str
    title: str
    remark: str
    rows: tuple[Row, ...]

    @property
    def slim(self) -> bool:
        return self.key != "new"

    @property
    def head_id(self) -> str:
        return f"band-{self.key}"

    @property
    def shape(self) -> str:
        """The drawn mark before the heading (components/section_head.html)."""
        return {"new": "follow_up", "quiet": "on_track"}.get(self.key, "")


def my_clients(actor: Actor, query: str = "") -> list[Client]:
    """Clients the therapist works with, by name. A search finds those of her supervisees too; `query` matches without accents or case mattering."""
    wanted = plain(query).split()
    care = my_care(actor) if wanted else own_care(actor)
    found = Client.objects.filter(pk__in=care.values("client_id")).order_by("called")
    return [client for client in found if all(word in plain(f"{client.called} {client.legal_name}") for word in wanted)]


class Entry(NamedTuple):
    """The structural columns of a timeline entry; thousands of them stand behind a caseload, so they are not model objects."""

    client_id: UUID
    pillar: str
    kind: str
    item_key: str
    value: float | None
    occurred_at: datetime
    recorded_at: datetime
    for_session: bool


def entries_since(client_ids: list[UUID], since: datetime) -> dict[UUID, list[Entry]]:
    """The shared entries of all these clients, newest first."""
    by_client: dict[UUID, list[Entry]] = defaultdict(list)
    shared = TimelineEntry.objects.filter(client_id__in=client_ids, occurred_at__gte=since, visibility=Visibility.MY_THERAPIST)
    for row in shared.order_by("-occurred_at").values_list(*Entry._fields):
        by_client[row[0]].append(Entry._make(row))
    return by_client


def caseload(actor: Actor, query: str = "") -> list[Section]:
    """The sections of the page, empty ones left out."""
    rows = rows_of(my_clients(actor, query))
    active = [row for row in rows if row.in_care]
    fresh = [row for row in active if row.news]
    fresh.sort(key=lambda row: not row.wants_to_talk)
    sections = (
        Section("new", _("Something new"), _("since you last met"), tuple(fresh)),
        Section("quiet", _("Nothing new"), "", tuple(row for row in active if not row.news)),
        Section("ended", _("No longer in care"), "", tuple(row for row in rows if not row.in_care)),
    )
    return [section for section in sections if section.rows]


def rows_of(clients: list[Client]) -> list[Row]:
    """In four statements, whatever their number."""
    ids = [client.pk for client in clients]
    upcoming, held = next_sessions(ids), last_held(ids)
    entries = entries_since(ids, timezone.now() - NEW_AT_MOST)
    names = titles()
    return [make_row(client, upcoming.get(client.pk), held.get(client.pk), entries.get(client.pk, []), names) for client in clients]


def make_row(client: Client, upcoming: TherapySession | None, held: TherapySession | None, entries: list[Entry], names: dict[str, str]) -> Row:
    since = held.starts_at if held is not None else timezone.now() - NEW_AT_MOST
    new = [entry for entry in entries if entry.recorded_at >= since and entry.kind not in ("session", "goal")]
    lately = timezone.now() - LATELY
    news, also = news_sentences(new, names)
    return Row(
        client=client,
        initials=initials(client.called),
        sub=sub_line(client, upcoming),
        pillars=frozenset(entry.pillar for entry in entries if entry.pillar and entry.occurred_at >= lately),
        news=news,
        also=also,
        contact=days_ago(timezone.localdate(held.starts_at)) if held is not None else _("not met yet"),
        wants_to_talk=any(entry.for_session for entry in new),
        mood=mood_spark([entry for entry in reversed(entries) if entry.kind == "check_in" and entry.value is not None]),
    )


def mood_spark(check_ins: list[Entry]) -> Spark | None:
    """The moods of four weeks, oldest first; under three there is nothing to draw. A day without a check-in is not a point."""
    if len(check_ins) < MOODS_NEEDED:
        return None
    first, last = check_ins[0].occurred_at, check_ins[-1].occurred_at
    span = max((last - first).total_seconds(), 1.0)
    points = [(4 + 108 * (entry.occurred_at - first).total_seconds() / span, 30 - 6.5 * ((entry.value or 1) - 1)) for entry in check_ins]
    line = "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return Spark(line, round(points[-1][0], 1), round(points[-1][1], 1), _("mood %(mood)s of 5") % {"mood": f"{check_ins[-1].value:g}"})


def sub_line(client: Client, upcoming: TherapySession | None) -> str:
    """`she/her, week 16. Next: Thu 14:00`."""
    who = ", ".join(part for part in (client.pronouns, _("week %(n)s") % {"n": client.week}) if part)
    if upcoming is None:
        return _("%(who)s. No session booked") % {"who": who}
    return _("%(who)s. Next: %(when)s") % {"who": who, "when": when_words(upcoming.starts_at)}


def when_words(moment: datetime) -> str:
    """Weekday and time within a week, else the date too; in the page's zone."""
    local = timezone.localtime(moment)
    days = (local.date() - timezone.localdate()).days
    if days == 0:
        return _("today %(time)s") % {"time": date_format(local, "H:i")}
    return date_format(local, "D H:i" if 0 < days < 7 else "D j M H:i")


def days_ago(day: date) -> str:
    days = (timezone.localdate() - day).days
    if days <= 0:
        return _("today")
    if days < 14:
        return ngettext("%(n)s day ago", "%(n)s days ago", days) % {"n": days}
    return ngettext("%(n)s week ago", "%(n)s weeks ago", days // 7) % {"n": days // 7}


def news_sentences(entries: Iterable[Entry], names: dict[str, str]) -> tuple[str, str]:
    """The decisive sentence and the grey one after it."""
    entries = list(entries)
    done = Counter(entry.item_key for entry in entries if entry.kind == "exercise")
    moods = [entry.value for entry in entries if entry.kind == "check_in" and entry.value is not None]
    parts = [
        _("%(title)s done") % {"title": names.get(key, key)} if n == 1 else _("%(title)s done %(n)s times") % {"title": names.get(key, key), "n": n}
        for key, n in done.most_common(2)
    ]
    if len(done) > 2:
        parts.append(ngettext("%(n)s other exercise", "%(n)s other exercises", len(done) - 2) % {"n": len(done) - 2})
    held_back = sum(1 for entry in entries if entry.kind == "not_today")
    if held_back:
        parts.append(ngettext("not today once, with a reason", "not today %(n)s times, with reasons", held_back) % {"n": held_back})
    mood = (
        ngettext("One check-in: %(mood)s of 5.", "%(n)s check-ins, mood %(mood)s of 5 on average.", len(moods))
        % {"n": len(moods), "mood": f"{sum(moods) / len(moods):.1f}".removesuffix(".0")}
        if moods
        else ""
    )
    if any(entry.for_session for entry in entries):
        parts.insert(0, _("wants to talk about something"))
    if parts:
        sentence = ", ".join(parts)
        return sentence[0].upper() + sentence[1:] + ".", mood
    return mood, ""


def opened_in_emergencies(sections: list[Section]) -> list[tuple[Row, Emergency]]:
    """Records on this page that an admin opened lately without being on the case; one statement."""
    rows = {row.client.pk: row for section in sections for row in section.rows}
    return [(rows[each.client_id], each) for each in emergencies(LATELY_OPENED, client_id__in=rows)]


def lead_sentence(sections: list[Section], sessions: list[TherapySession]) -> str:
    """A sentence first: what today asks for."""
    news = sum(len(section.rows) for section in sections if section.key == "new")
    open_today = [session for session in sessions if session.state == SessionState.PLANNED and session.ends_at > timezone.now()]
    who = (
        ngettext("One person has sent something new.", "%(n)s people have sent something new.", news) % {"n": news}
        if news
        else _("Nothing new since you last met.")
    )
    if not open_today:
        return who
    first = date_format(timezone.localtime(open_today[0].starts_at), "H:i")
    met = ngettext("One session, at %(first)s.", "%(n)s sessions, the first at %(first)s.", len(open_today)) % {"n": len(open_today), "first": first}
    return f"{who} {met}"


def pillar_counts(sections: list[Section]) -> list[dict[str, object]]:
    """For the rail: how many of these clients used each pillar in the last 14 days."""
    return [{"key": pillar, "n": sum(pillar in row.pillars for section in sections for row in section.rows)} for pillar in Pillar.values]
