"""How the map was at another time, and what has grown since, in a sentence. Pure: it reads rows that are there."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients.models import Visibility
from core.zones import zone
from strengths.content import NO_ANSWER, help_kinds
from strengths.models import Supporter

LOOK_BACK = (timedelta(days=183), timedelta(days=92))  # half a year when there was a map then, else a quarter


@dataclass(frozen=True)
class State:
    """Where somebody stood at a moment, and what they gave."""

    kind: str
    ring: int
    in_heart: bool
    helps: tuple[str, ...]
    do_not_contact: bool
    on_map: bool

    @property
    def around(self) -> bool:
        return self.on_map and not self.in_heart

    @property
    def callable(self) -> bool:
        """Somebody to tell or call: never one kept in the heart, one not to contact, or a thing."""
        return self.around and not self.do_not_contact and self.kind not in NO_ANSWER

    def gives(self, *helps: str) -> bool:
        return any(key in self.helps for key in helps)


def state_of(row: Supporter) -> State:
    return State(row.kind, row.ring, row.in_heart, tuple(row.helps), row.do_not_contact, row.withdrawn_at is None)


def kept(row: Supporter, until: datetime) -> dict[str, Any]:
    """What goes into `history`: how it stands, and until when."""
    now = state_of(row)
    said = {"ring": now.ring, "in_heart": now.in_heart, "helps": list(now.helps), "do_not_contact": now.do_not_contact, "on_map": now.on_map}
    return {"until": until.isoformat(), "alone": row.visibility == Visibility.ONLY_ME, **said}


def to_be_read(history: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """History as it may be read by more than the client: of what stood while it was hers alone no more than until when."""
    return [{"until": was["until"], "alone": True} if was.get("alone") else was for was in history]


def state_at(row: Supporter, moment: datetime) -> State | None:
    """How it stood then; None before it came on the map, and where nobody says any more how it stood."""
    if row.occurred_at > moment:
        return None
    for was in row.history:
        if datetime.fromisoformat(was["until"]) > moment:
            if "ring" not in was:
                return None
            return State(row.kind, was["ring"], was["in_heart"], tuple(was["helps"]), was["do_not_contact"], was["on_map"])
    return state_of(row)


def can_be_called(state: State) -> bool:
    return state.callable and state.gives(*(kind.key for kind in help_kinds().values() if kind.call))


def growth_sentence(rows: Iterable[Supporter], *, now: datetime, zone_name: str, own: bool = True) -> str:
    """`Two you can call at night; in May there was none.` Empty when there was no map then, and when nothing has grown.

    `own`: said to the client herself.
    """
    found = list(rows)
    for back in LOOK_BACK:
        states = [state_at(row, now - back) for row in found]
        then = [state for state in states if state is not None and state.on_map]
        if then:
            month = date_format((now - back).astimezone(zone(zone_name)), "F")
            return _grown([state_of(row) for row in found], then, month, own)
    return ""


def _grown(now: list[State], then: list[State], month: str, own: bool) -> str:
    for counts, words in WATCHED:
        after, before = sum(map(counts, now)), sum(map(counts, then))
        if after > before:
            said = {"now": words(after, own) % {"n": apnumber(after)}, "month": month, "then": apnumber(before)}
            text = (
                _("%(now)s; in %(month)s there was none.")
                if not before
                else ngettext("%(now)s; in %(month)s there was %(then)s.", "%(now)s; in %(month)s there were %(then)s.", before)
            )
            sentence = text % said
            return sentence[:1].upper() + sentence[1:]
    return ""


def _night(n: int, own: bool) -> str:
    return ngettext("%(n)s you can call at night", "%(n)s you can call at night", n) if own else ngettext("%(n)s to call at night", "%(n)s to call at night", n)


def _listening(n: int, own: bool) -> str:
    return ngettext("%(n)s who listens", "%(n)s who listen", n)


def _close(n: int, own: bool) -> str:
    return ngettext("%(n)s in the close ring", "%(n)s in the close ring", n)


WATCHED: tuple[tuple[Callable[[State], bool], Callable[[int, bool], str]], ...] = (
    (lambda state: state.callable and state.gives("night_call"), _night),
    (lambda state: state.callable and state.gives("listens"), _listening),
    (lambda state: state.around and state.ring == 1, _close),
)
