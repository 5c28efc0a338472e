"""What stands on the Practise page: sections by pillar, what helped before, filters that make it easier."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models.fields.json import KT
from django.utils.translation import gettext as _

from clients.content import measure_name
from clients.ledger import Line
from clients.models import Client
from clients.pillars import Pillar
from clients.selectors import what_works
from homework.content import library
from homework.models import ExerciseVersion
from homework.player.exercise import OWN_PREFIX
from homework.selectors.library import of_clinic

SHOWN = 3  # of a pillar, until "All"
HELPED = 3
SHORT = 5  # minutes
LOW, BRIEF = "low", "short"


@dataclass(frozen=True)
class Item:
    """One exercise as a row: `now` may stand on the help page, so it works when little else does."""

    key: str
    title: str
    pillar: str
    minutes: int
    effort: int
    now: bool

    @property
    def is_own(self) -> bool:
        return self.key.startswith(OWN_PREFIX)


@dataclass(frozen=True)
class Section:
    """A pillar with its exercises; `more` of them are behind "All"."""

    pillar: str
    title: str
    line: str
    items: tuple[Item, ...]
    total: int

    @property
    def more(self) -> bool:
        return self.total > len(self.items)


@dataclass(frozen=True)
class Helped:
    """What moved the right way, in words."""

    key: str
    title: str
    pillar: str
    said: str


@dataclass(frozen=True)
class Shelf:
    total: int
    helped: tuple[Helped, ...]
    sections: tuple[Section, ...]
    fit: str
    pillar: str


def items(clinic_id: UUID) -> list[Item]:
    """What may be begun alone, the clinic's own too: those of the help page and the easiest first. One statement, structure alone."""
    places = {content["key"]: place for place, content in enumerate(library().exercises)}
    found = ExerciseVersion.objects.filter(of_clinic(clinic_id), current=True, exercise__retired=False)
    rows = found.values_list(
        "exercise__key",
        "exercise__pillar",
        KT("content__title"),
        KT("content__minutes"),
        KT("content__effort"),
        KT("content__self_start"),
        KT("content__in_help_now"),
    )
    shelf = [Item(key, title, pillar, int(minutes), int(effort), now == "true") for key, pillar, title, minutes, effort, alone, now in rows if alone == "true"]
    return sorted(shelf, key=lambda item: (not item.now, item.effort, places.get(item.key, len(places))))


def shelf_for(client: Client, fit: str, pillar: str) -> Shelf:
    """`fit` and `pillar` come from the address; what they do not know shows everything."""
    every = items(client.clinic_id)
    fitting = [item for item in every if (fit != LOW or item.effort == 1) and (fit != BRIEF or item.minutes <= SHORT)]
    pillar = pillar if pillar in Pillar.values else ""
    sections = []
    for text in library().pillars:
        own = [item for item in fitting if item.pillar == text.key]
        if own and pillar in ("", text.key):
            shown = own if pillar else own[:SHOWN]
            sections.append(Section(text.key, text.title, text.client_line, tuple(shown), len(own)))
    return Shelf(len(every), helped_before(client, {item.key: item for item in fitting}), tuple(sections), fit if fit in (LOW, BRIEF) else "", pillar)


def helped_before(client: Client, known: dict[str, Item]) -> tuple[Helped, ...]:
    """From her own ledger, private uses too: three or more uses with both ratings that moved. Most used first."""
    found: dict[str, Helped] = {}
    for line in what_works(client).shown:
        if line.item_key in known and line.change:
            found.setdefault(line.item_key, Helped(line.item_key, line.name, line.pillar, helped_words(line, known[line.item_key])))
    return tuple(found.values())[:HELPED]


def helped_words(line: Line, item: Item) -> str:
    """`3 min. Connected from 3 to 5.5`."""
    measure = measure_name(line.measure).capitalize()
    return _("%(n)s min. %(measure)s from %(before)g to %(after)g") % {"n": item.minutes, "measure": measure, "before": line.before, "after": line.after}
