"""The strengths as both sides see them: what each means, who spotted it, and the moments that show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clients.models import Client, Visibility
from clients.names import called
from core.zones import zone
from strengths.content import StrengthText, strengths
from strengths.models import SaidBy, SpottedBy, Strength, StrengthEpisode
from strengths.selectors import group_of, moments_of, standing, taken_off
from strengths.services.episodes import within_a_day

ON_PAGE = 4  # moments of each strength on the list; all of them on its own page
NUMBERS = (
    *(gettext_lazy("no"), gettext_lazy("one"), gettext_lazy("two"), gettext_lazy("three"), gettext_lazy("four"), gettext_lazy("five")),
    *(gettext_lazy("six"), gettext_lazy("seven"), gettext_lazy("eight"), gettext_lazy("nine"), gettext_lazy("ten"), gettext_lazy("eleven")),
    gettext_lazy("twelve"),
)


@dataclass(frozen=True)
class Moment:
    """One moment: `said` is who and when; `earlier` its older words; `mine`: the reader wrote it; `soon`: within a day of that."""

    row: StrengthEpisode
    said: str
    earlier: tuple[str, ...]
    mine: bool
    soon: bool

    @property
    def private(self) -> bool:
        return self.row.visibility == Visibility.ONLY_ME


@dataclass(frozen=True)
class Shown:
    """One strength, whoever noted it. `line` is its plain meaning, empty for own words; `mine` is the reader's own noting."""

    row: Strength
    name: str
    line: str
    spotted: str
    moments: tuple[Moment, ...]
    mine: Strength | None
    private: bool

    @property
    def top(self) -> tuple[Moment, ...]:
        return self.moments[:ON_PAGE]

    @property
    def own(self) -> bool:
        return not self.row.key


@dataclass(frozen=True)
class Offer:
    """One of the 24, or own words that were once on the list: `there` now, or `row` taken off with so many `moments`."""

    text: StrengthText | None
    there: bool
    row: Strength | None = None
    moments: int | None = None


class Telling:
    """How people are called on a page: the client's, or for `staff` the desk."""

    def __init__(self, client: Client, reader: UUID, rows: Iterable[Strength], *, staff: bool) -> None:
        self.client, self.reader, self.staff = client, reader, staff
        self.names = {row.created_by_id: row.created_by.name for row in rows if row.created_by is not None}

    def spotted(self, rows: Iterable[Strength]) -> str:
        """Empty for a client where nobody else saw it: the page is theirs already."""
        rows = list(rows)
        if not self.staff and all(row.spotted_by == SpottedBy.CLIENT for row in rows):
            return ""
        who = dict.fromkeys(self.spotter(row) for row in reversed(rows))
        return _("Spotted by %(who)s.") % {"who": _(" and ").join(who)}

    def spotter(self, row: Strength) -> str:
        if row.spotted_by == SpottedBy.BORROWED:
            return _("somebody else’s eyes")
        if row.spotted_by == SpottedBy.CLIENT:
            return self.client.called if self.staff else _("you")
        return _("you") if row.created_by_id == self.reader else self.therapist(row.created_by_id)

    def therapist(self, user_id: UUID | None) -> str:
        name = self.names.get(user_id, "")
        return (name if self.staff else called(name)) if name else _("the therapist")

    def said(self, row: StrengthEpisode) -> str:
        """`You, August`, `Carys said it, September`."""
        month = {"month": month_of(row.occurred_at.astimezone(zone(self.client.timezone)))}
        if row.said_by == SaidBy.BORROWED:
            who = {"who": row.eyes or _("Somebody")}
            told = _("As %(who)s would say it, %(month)s") if row.source_id else _("%(who)s said it, %(month)s")
            return told % {**who, **month}
        if row.said_by == SaidBy.THERAPIST:
            who = {"who": _("You") if row.created_by_id == self.reader else self.therapist(row.created_by_id)}
            return _("%(who)s saw it, %(month)s") % {**who, **month}
        who = {"who": self.client.called if self.staff else _("You")}
        if row.created_by_id in (None, self.client.portal_user_id):
            return _("%(who)s, %(month)s") % {**who, **month}
        writer = _("You") if row.created_by_id == self.reader else self.therapist(row.created_by_id)
        return _("%(who)s, %(month)s. %(writer)s wrote it down.") % {**who, **month, "writer": writer}


def shown_strengths(client: Client, reader: UUID, *, staff: bool = False) -> list[Shown]:
    """Those with the most moments first; for `staff` what is shared. Two statements."""
    columns = [field.name for field in Strength._meta.concrete_fields]
    rows = list(standing(client, staff=staff).select_related("created_by").only(*columns, "created_by__name"))
    telling = Telling(client, reader, rows, staff=staff)
    moments: dict[UUID, list[StrengthEpisode]] = {}
    earlier: dict[UUID, list[str]] = {}
    for moment in moments_of(client, staff=staff):
        if moment.earlier_of_id is None:
            moments.setdefault(moment.strength_id, []).append(moment)
        else:
            earlier.setdefault(moment.earlier_of_id, []).append(moment.happened)
    groups: dict[str, list[Strength]] = {}
    for row in rows:
        groups.setdefault(group_of(row), []).append(row)
    found = []
    for group in groups.values():
        its = sorted((one for row in group for one in moments.get(row.pk, ())), key=lambda one: one.occurred_at, reverse=True)
        told = tuple(Moment(one, telling.said(one), tuple(earlier.get(one.pk, ())), one.created_by_id == reader, within_a_day(one)) for one in its)
        found.append(shown_of(group, told, telling))
    return sorted(found, key=lambda one: len(one.moments), reverse=True)


def shown_of(group: list[Strength], moments: tuple[Moment, ...], telling: Telling) -> Shown:
    text = {one.key: one for one in strengths()}.get(group[0].key)
    mine = next((row for row in group if row.created_by_id == telling.reader), None)
    return Shown(
        row=mine or group[0],
        name=text.name if text else group[0].own_words,
        line=text.line if text else "",
        spotted=telling.spotted(group),
        moments=moments,
        mine=mine,
        private=all(row.visibility == Visibility.ONLY_ME for row in group),
    )


def shown_strength(client: Client, reader: UUID, strength: Strength, *, staff: bool = False) -> Shown | None:
    """The one of which `strength` is a noting."""
    return next((one for one in shown_strengths(client, reader, staff=staff) if group_of(one.row) == group_of(strength)), None)


def offers(client: Client) -> list[Offer]:
    """All 24, each with whether it is on the list or was; then own words that were. Two statements."""
    there = {group_of(row) for row in standing(client)}
    before: dict[str, Strength] = {}
    told: dict[str, int] = {}
    for row in taken_off(client):
        if group_of(row) not in there:
            before[group_of(row)] = row
            told[group_of(row)] = told.get(group_of(row), 0) + getattr(row, "told", 0)
    found = [Offer(one, one.key in there, before.get(one.key), told.get(one.key)) for one in strengths()]
    return found + [Offer(None, False, row, told[group]) for group, row in before.items() if not row.key]


def lead_sentence(shown: list[Shown], *, staff: bool = False) -> str:
    """`Four strengths, and nine moments that show them.`"""
    if not shown:
        return ""
    n, told = len(shown), sum(len(one.moments) for one in shown)
    first = ngettext("%(n)s strength", "%(n)s strengths", n) % {"n": in_words(n)}
    first = first[:1].upper() + first[1:]
    if not told:
        return _("%(strengths)s so far. A moment makes a strength easier to believe.") % {"strengths": first}
    moments = ngettext("%(n)s moment", "%(n)s moments", told) % {"n": in_words(told)}
    if n == 1:
        show = ngettext("%(strengths)s, and %(moments)s that shows it.", "%(strengths)s, and %(moments)s that show it.", told)
    else:
        show = ngettext("%(strengths)s, and %(moments)s that shows one.", "%(strengths)s, and %(moments)s that show them.", told)
    return show % {"strengths": first, "moments": moments}


def in_words(n: int) -> str:
    return str(NUMBERS[n]) if n < len(NUMBERS) else str(n)


def month_of(at: datetime) -> str:
    """The month; with the year where it is another one."""
    return date_format(at, "F" if at.year == timezone.localtime().year else "F Y")
