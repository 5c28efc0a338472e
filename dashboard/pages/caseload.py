"""What the caseload shows: the acting therapist's clients with what is new since they last met. A constant number of statements, whatever their number."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import FloatField, Max, Q
from django.db.models.functions import Extract
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
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
    marks: SafeString
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


class Kept(NamedTuple):
    """What four weeks hold of one client under one kind, item and pillar. The lists run alike, oldest first; `moments` and `values` only for check-ins."""

    client_id: UUID
    pillar: str
    kind: str
    item_key: str
    latest: datetime
    recorded: list[float]
    wanted_talk: datetime | None
    moments: list[float] | None
    values: list[float | None] | None

    def recorded_since(self, moment: float) -> int:
        return len([recorded for recorded in self.recorded if recorded >= moment])

    def moods(self) -> list[tuple[float, float, float]]:
        """When it was written down, for when, and the mood."""
        values = zip(self.recorded, self.moments or (), self.values or (), strict=False)
        return [(recorded, moment, value) for recorded, moment, value in values if value is not None]


def kept_since(client_ids: list[UUID], since: datetime) -> dict[UUID, list[Kept]]:
    """The shared entries of all these clients. Thousands stand behind a caseload, so PostgreSQL gathers them; one statement."""
    recorded, moment = (Extract(field, "epoch", output_field=FloatField()) for field in ("recorded_at", "occurred_at"))
    check_in = Q(kind="check_in")
    shared = TimelineEntry.objects.filter(client_id__in=client_ids, occurred_at__gte=since, visibility=Visibility.MY_THERAPIST)
    groups = shared.order_by().values_list("client_id", "pillar", "kind", "item_key")
    by_client: dict[UUID, list[Kept]] = defaultdict(list)
    gathered = groups.annotate(
        latest=Max("occurred_at"),
        recorded=ArrayAgg(recorded, order_by="occurred_at"),
        wanted_talk=Max("recorded_at", filter=Q(for_session=True)),
        moments=ArrayAgg(moment, filter=check_in, order_by="occurred_at"),
        values=ArrayAgg("value", filter=check_in, order_by="occurred_at"),
    )
    for row in gathered.order_by("-latest"):
        by_client[row[0]].append(Kept._make(row))
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
    kept = kept_since(ids, timezone.now() - NEW_AT_MOST)
    names, marks = titles(), Marks()
    return [make_row(client, upcoming.get(client.pk), held.get(client.pk), kept.get(client.pk, []), names, marks) for client in clients]


class Marks(dict[frozenset[str], SafeString]):
    """The four marks of a row, drawn once for each of the sixteen ways they can stand."""

    def __missing__(self, pillars: frozenset[str]) -> SafeString:
        self[pillars] = render_to_string("components/pillar_marks.html", {"on": pillars})
        return self[pillars]


def make_row(client: Client, upcoming: TherapySession | None, held: TherapySession | None, kept: list[Kept], names: dict[str, str], marks: Marks) -> Row:
    since = held.starts_at if held is not None else timezone.now() - NEW_AT_MOST
    at, lately = since.timestamp(), timezone.now() - LATELY
    new = [(each, n) for each in kept if each.kind not in ("session", "goal") and (n := each.recorded_since(at))]
    wants_to_talk = any(each.wanted_talk and each.wanted_talk >= since for each, _n in new)
    moods = sorted((mood for each in kept for mood in each.moods()), key=lambda mood: mood[1])
    done: Counter[str] = Counter()
    for each, n in new:
        if each.kind == "exercise":
            done[each.item_key] += n
    news, also = news_sentences(
        done=done,
        held_back=sum(n for each, n in new if each.kind == "not_today"),
        moods=[mood for recorded, _moment, mood in moods if recorded >= at],
        wants_to_talk=wants_to_talk,
        names=names,
    )
    pillars = frozenset(each.pillar for each in kept if each.pillar and each.latest >= lately)
    return Row(
        client=client,
        initials=initials(client.called),
        sub=sub_line(client, upcoming),
        pillars=pillars,
        marks=marks[pillars],
        news=news,
        also=also,
        contact=days_ago(timezone.localdate(held.starts_at)) if held is not None else _("not met yet"),
        wants_to_talk=wants_to_talk,
        mood=mood_spark([(moment, mood) for _recorded, moment, mood in moods]),
    )


def mood_spark(moods: list[tuple[float, float]]) -> Spark | None:
    """The moods of four weeks, oldest first; under three there is nothing to draw. A day without a check-in is not a point."""
    if len(moods) < MOODS_NEEDED:
        return None
    first, last = moods[0][0], moods[-1][0]
    span = max(last - first, 1.0)
    points = [(4 + 108 * (moment - first) / span, 30 - 6.5 * ((mood or 1) - 1)) for moment, mood in moods]
    line = "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return Spark(line, round(points[-1][0], 1), round(points[-1][1], 1), _("mood %(mood)s of 5") % {"mood": f"{moods[-1][1]:g}"})


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


def news_sentences(*, done: Counter[str], held_back: int, moods: list[float], wants_to_talk: bool, names: dict[str, str]) -> tuple[str, str]:
    """The decisive sentence and the grey one after it: exercises `done` by item, tasks `held_back` with a reason, moods of check-ins."""
    parts = [
        _("%(title)s done") % {"title": names.get(key, key)} if n == 1 else _("%(title)s done %(n)s times") % {"title": names.get(key, key), "n": n}
        for key, n in done.most_common(2)
    ]
    if len(done) > 2:
        parts.append(ngettext("%(n)s other exercise", "%(n)s other exercises", len(done) - 2) % {"n": len(done) - 2})
    if held_back:
        parts.append(ngettext("not today once, with a reason", "not today %(n)s times, with reasons", held_back) % {"n": held_back})
    mood = (
        ngettext("One check-in: %(mood)s of 5.", "%(n)s check-ins, mood %(mood)s of 5 on average.", len(moods))
        % {"n": len(moods), "mood": f"{sum(moods) / len(moods):.1f}".removesuffix(".0")}
        if moods
        else ""
    )
    if wants_to_talk:
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
