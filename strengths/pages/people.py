"""The map as both sides see it: a list by rings, a picture, a table, and what there is to say of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clients.models import Client, Visibility
from core.zones import today_in, zone
from strengths.content import HelpKind, help_kinds, resource_kinds
from strengths.models import Ease, Supporter
from strengths.pages.rings import Picture, Place, picture_of
from strengths.people_then import growth_sentence, state_of
from strengths.selectors import whole_map

HEART = "heart"
RING_NAMES = {1: gettext_lazy("Close"), 2: gettext_lazy("Middle"), 3: gettext_lazy("Outer")}
RING_LINES = {
    1: gettext_lazy("Feel close and safe."),
    2: gettext_lazy("You like or see them often."),
    3: gettext_lazy("Helpers, groups, places, things."),
}
PLACES: tuple[tuple[str, str | Promise], ...] = (*((str(ring), name) for ring, name in RING_NAMES.items()), (HEART, gettext_lazy("In my heart")))
EASE = {
    Ease.EASY: gettext_lazy("Easy to ask"),
    Ease.COURAGE: gettext_lazy("Asking takes some courage"),
    Ease.HARD: gettext_lazy("Hard to ask right now"),
}
NAMED = 3  # so many are named as there for the night; of more it says how many
COUNTED = 3  # from so many on the map is summed up in numbers; never "you have only two"
TITLE_NAMES = 7  # so many names are read out with the picture; more are in the table


@dataclass(frozen=True)
class Row:
    """Somebody or something on the map. `said`: who it is, in her words or the kind's; `reached`: when she last reached out, in words."""

    supporter: Supporter
    number: int
    said: str
    helps: tuple[HelpKind, ...]
    ease: str
    place: str
    place_name: str
    reached: str

    @property
    def private(self) -> bool:
        return self.supporter.visibility == Visibility.ONLY_ME

    @property
    def can_reach(self) -> bool:
        """The page offers to write down a reach-out."""
        return state_of(self.supporter).callable

    @property
    def good_for(self) -> str:
        return ", ".join(kind.name for kind in self.helps)


@dataclass(frozen=True)
class Ring:
    ring: int
    name: str
    line: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class SupportMap:
    """`rows` is everything on the map in the order of the table, `off` what was taken off; `lead` and `growth` are sentences or empty."""

    rings: tuple[Ring, ...]
    heart: tuple[Row, ...]
    off: tuple[Row, ...]
    rows: tuple[Row, ...]
    lead: str
    growth: str
    picture: Picture
    picture_said: str
    marks: tuple[HelpKind, ...]

    @property
    def few(self) -> bool:
        return 0 < len(self.rows) < COUNTED


def map_of(client: Client, *, staff: bool = False) -> SupportMap:
    """One statement; for `staff` from what is shared."""
    found = whole_map(client, staff=staff)
    standing = [row for row in found if row.withdrawn_at is None]
    rows = tuple(row_of(row, number, client) for number, row in enumerate(standing, 1))
    around = [row for row in rows if row.place != HEART]
    used = {key for row in around for key in row.supporter.helps}
    return SupportMap(
        rings=tuple(Ring(ring, str(RING_NAMES[ring]), str(RING_LINES[ring]), tuple(row for row in around if row.place == str(ring))) for ring in RING_NAMES),
        heart=tuple(row for row in rows if row.place == HEART),
        off=tuple(row_of(row, 0, client) for row in found if row.withdrawn_at is not None),
        rows=rows,
        lead=lead_sentence(standing),
        growth=growth_sentence(found, now=timezone.now(), zone_name=client.timezone, own=not staff),
        picture=picture_of([Place(row.supporter.ring, row.supporter.name, row.number, tuple(kind.mark for kind in row.helps)) for row in around]),
        picture_said=_picture_said(around),
        marks=tuple(kind for key, kind in help_kinds().items() if key in used),
    )


def row_of(supporter: Supporter, number: int, client: Client) -> Row:
    kinds = {kind.key: kind.name for kind in resource_kinds()}
    place = HEART if supporter.in_heart else str(supporter.ring)
    reached: datetime | None = getattr(supporter, "reached_at", None)
    return Row(
        supporter=supporter,
        number=number,
        said=supporter.relation or kinds.get(supporter.kind, "").lower(),
        helps=tuple(kind for key, kind in help_kinds().items() if key in supporter.helps),
        ease=str(EASE[Ease(supporter.ease)]) if supporter.ease else "",
        place=place,
        place_name=str(dict(PLACES)[place]),
        reached=day_words(reached, client.timezone) if reached else "",
    )


def day_words(moment: datetime, zone_name: str) -> str:
    """By the client's own clock: today, or the day; with its year when it is long ago."""
    day, today = moment.astimezone(zone(zone_name)).date(), today_in(zone_name)
    if day == today:
        return _("today")
    return date_format(day, "D j M" if (today - day).days < 300 else "j M Y")


def lead_sentence(rows: Sequence[Supporter]) -> str:
    """`Four people, one group and two places. Auntie Ife is the one for the night.`"""
    around = [row for row in rows if state_of(row).around]
    parts = [words(sum(row.kind in kinds for row in around)) for kinds, words in COUNTS if any(row.kind in kinds for row in around)]
    first = joined(parts) if len(around) >= COUNTED else ""
    return " ".join(sentence for sentence in (first[:1].upper() + first[1:] + "." if first else "", _night_sentence(around)) if sentence)


def _night_sentence(around: Sequence[Supporter]) -> str:
    names = [isolated(row.name) for row in around if state_of(row).callable and "night_call" in row.helps]
    if not names:
        return ""
    if len(names) == 1:
        return _("%(name)s is the one for the night.") % {"name": names[0]}
    who = joined(names) if len(names) <= NAMED else apnumber(len(names))
    sentence = _("%(names)s are there for the night.") % {"names": who}
    return sentence[:1].upper() + sentence[1:]


def _picture_said(rows: Sequence[Row]) -> str:
    """What the picture shows, for who cannot see it."""
    parts = []
    for ring, name in RING_NAMES.items():
        inside = [row for row in rows if row.place == str(ring)]
        if inside:
            who = joined([isolated(row.supporter.name) for row in inside]) if len(rows) <= TITLE_NAMES else str(len(inside))
            parts.append(f"{name}: {who}.")
    return " ".join([*parts, *([_("The table has the names.")] if len(rows) > TITLE_NAMES else [])])


def isolated(name: str) -> str:
    """A name in a sentence, whichever way it is written."""
    return f"\u2068{name}\u2069"


def joined(parts: Sequence[str]) -> str:
    """`a, b and c`."""
    if len(parts) < 2:
        return "".join(parts)
    return _("%(first)s and %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}


def _people(n: int) -> str:
    return ngettext("%(n)s person", "%(n)s people", n) % {"n": apnumber(n)}


def _animals(n: int) -> str:
    return ngettext("%(n)s animal", "%(n)s animals", n) % {"n": apnumber(n)}


def _groups(n: int) -> str:
    return ngettext("%(n)s group", "%(n)s groups", n) % {"n": apnumber(n)}


def _services(n: int) -> str:
    return ngettext("%(n)s service", "%(n)s services", n) % {"n": apnumber(n)}


def _places(n: int) -> str:
    return ngettext("%(n)s place", "%(n)s places", n) % {"n": apnumber(n)}


def _comforts(n: int) -> str:
    return ngettext("%(n)s thing that comforts", "%(n)s things that comfort", n) % {"n": apnumber(n)}


PEOPLE_KINDS = ("", *(kind.key for kind in resource_kinds() if kind.person))
COUNTS = (
    (PEOPLE_KINDS, _people),
    (("pet",), _animals),
    (("group", "online"), _groups),
    (("community_service",), _services),
    (("place", "nature"), _places),
    (("activity", "media", "object", "faith"), _comforts),
)
