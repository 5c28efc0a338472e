"""What finishing an exercise leaves in the week (settings.EXERCISE_RECORDERS): once for a run; what it left is edited like anything else.

A row is read when everything it was made of is read: taps alone follow the run's ratings, a row with her words in it follows the words too.
Plans become something in the week, what was done becomes a log of the day, the sleep diary becomes a night.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Protocol
from uuid import UUID

from django.utils.translation import gettext as _

from clients.models import Client, Visibility
from core.actor import Actor
from core.errors import Refused
from core.zones import zone
from selfcare.content import domains
from selfcare.models import ActivityState, EntryKind, Often, SelfCareActivity, Size
from selfcare.nights import night_times
from selfcare.services import record_activity, record_left

NAME_MAX, SIZE_MAX, NOTE_MAX = 200, 300, 2000
DOMAIN_OF_NEED = {"fun": "leisure", "done": "emotional", "people": "social", "body": "physical"}
SIZE_OF_DONE = {"Yes": Size.STANDARD, "Part of it": Size.TINY}
DONE_NO = {"They were fine", "A bit tense, but okay", "They were upset"}


class Opened(Protocol):
    """What of a run is read from now on and was not before."""

    ratings: bool
    words: bool


class Run(Protocol):
    """What this floor may know of a run of homework."""

    pk: UUID
    client: Client
    item_key: str
    visibility: str
    ratings_shared: bool
    words_shared: bool
    occurred_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True)
class Shared:
    """Who may read what was made of taps, and what has her words in it; and whether that was opened just now."""

    run: Any
    opened: Opened
    by: Actor

    def readers(self, words: bool) -> tuple[str, bool]:
        run: Run = self.run
        open_now = run.visibility == Visibility.MY_THERAPIST and run.ratings_shared and (run.words_shared or not words)
        return Visibility.MY_THERAPIST if open_now else Visibility.ONLY_ME, self.opened.ratings or (words and self.opened.words)

    def activity(self, step: str, *, words: bool, **said: Any) -> None:
        visibility, show = self.readers(words)
        if said.get("name"):
            record_activity(client=self.run.client, source=self.run, step=step, visibility=visibility, show=show, by=self.by, **said)

    def entry(self, step: str, *, words: bool, **said: Any) -> None:
        visibility, show = self.readers(words)
        record_left(client=self.run.client, source=self.run, step=step, visibility=visibility, show=show, by=self.by, **said)

    def log(self, step: str, name: str, domain: str, *, words: bool, size: str = "", minutes: int | None = None) -> None:
        """She did it, on the day she finished. It goes to what stands in the week under that name, where that has the same readers."""
        at = self.run.finished_at or self.run.occurred_at
        visibility, _show = self.readers(words)
        mine = {"client": self.run.client, "state": ActivityState.ACTIVE, "visibility": visibility}
        there = SelfCareActivity.objects.filter(name__iexact=name, **mine).first()
        about = {"activity": there, "line": there.line, "domain": there.domain} if there is not None else {"name": name[:NAME_MAX], "domain": domain}
        self.entry(step, words=words, size=size, minutes=minutes, day=self.day(at), occurred_at=at, **about)

    def day(self, at: datetime) -> date:
        return at.astimezone(zone(self.run.client.timezone)).date()


def record_selfcare(*, run: Any, answers: dict[str, Any], opened: Opened, by: Actor) -> None:
    """Called when a run is finished and whenever its sharing changes; repeating it changes nothing but who may read."""
    leave = LEAVES.get(run.item_key)
    if leave is not None:
        leave(Shared(run, opened, by), answers)


def _planned(left: Shared, answers: dict[str, Any]) -> None:
    """One good thing: a log once it is done, whole or in part."""
    size, what = SIZE_OF_DONE.get(str(answers.get("done"))), _text(answers, "what")
    if size and what:
        left.log("done", what, DOMAIN_OF_NEED.get(str(answers.get("kind")), "emotional"), words=True, size=size)


def _moved(left: Shared, answers: dict[str, Any]) -> None:
    what = _text(answers, "what")
    if what:
        left.log("what", _("Moving") if what == "My own idea" else what, "physical", words=False)


def _outside(left: Shared, answers: dict[str, Any]) -> None:
    where = _text(answers, "where")
    if where:
        left.log("where", _("Outside: %(where)s") % {"where": where}, "physical", words=False)


def _evening(left: Shared, answers: dict[str, Any]) -> None:
    """The wake-up time to keep, and the last hour: its first thing is the tiny size, all of them the standard one."""
    wake, wind = _text(answers, "wake"), [str(one) for one in answers.get("wind") or ()]
    left.activity("wake", words=True, domain="sleep", often=Often.DAILY, name=(_("Up at %(time)s") % {"time": wake})[:NAME_MAX] if wake else "")
    sizes = {"tiny": wind[0][:SIZE_MAX], "standard": ", ".join(wind)[:SIZE_MAX]} if wind else {}
    left.activity("wind", words=False, domain="sleep", often=Often.DAILY, name=_("A calm last hour") if wind else "", **sizes)


def _night(left: Shared, answers: dict[str, Any]) -> None:
    """A night, as far as its times can be read; a night with nothing readable leaves nothing."""
    run: Run = left.run
    bed, out, quality = clock_time(_text(answers, "bed"), evening=True), clock_time(_text(answers, "out")), answers.get("quality")
    day = left.day(run.occurred_at)
    try:
        times = night_times(run.client.timezone, day, bed, out)
    except Refused:
        return
    quality = quality if isinstance(quality, int) and not isinstance(quality, bool) else None
    if times.bed is None and times.wake is None and quality is None:
        return
    said = {"kind": EntryKind.NIGHT, "domain": "sleep", "day": day, "occurred_at": run.occurred_at}
    left.entry("night", words=True, bed=times.bed, wake=times.wake, quality=quality, note=_text(answers, "note")[:NOTE_MAX], **said)


def _eating(left: Shared, answers: dict[str, Any]) -> None:
    left.activity("easy", words=True, domain="nutrition", often=Often.DAILY, name=_text(answers, "easy")[:NAME_MAX])


def _menu(left: Shared, answers: dict[str, Any]) -> None:
    """The menu is one activity in three sizes; what was enjoyed of it is a tiny log."""
    sizes = {size: _line(answers, step) for size, step in (("tiny", "small"), ("standard", "medium"), ("stretch", "big"))}
    left.activity("menu", words=True, domain="leisure", often=Often.DAILY, name=_("My fun menu") if any(sizes.values()) else "", **sizes)
    pick = _text(answers, "pick")
    if pick and isinstance(answers.get("after"), int):
        left.log("pick", pick, "leisure", words=True, size=Size.TINY)


def _check_up(left: Shared, answers: dict[str, Any]) -> None:
    dry, act = str(answers.get("dry")), _text(answers, "act")
    if dry in {one.key for one in domains()}:
        left.activity("act", words=False, domain=dry, often=Often.WEEKLY, name=act[:NAME_MAX])


def _kind_no(left: Shared, answers: dict[str, Any]) -> None:
    """Said: something done for herself, whatever came back. Nothing of her words goes along."""
    if answers.get("how") in DONE_NO:
        left.log("how", _("A kind no"), "social", words=False)


LEAVES: dict[str, Callable[[Shared, dict[str, Any]], None]] = {
    "activity_plan": _planned,
    "ten_minute_move": _moved,
    "step_outside": _outside,
    "sleep_evening": _evening,
    "sleep_diary": _night,
    "eating_rhythm": _eating,
    "hobby_menu": _menu,
    "selfcare_check": _check_up,
    "kind_no": _kind_no,
}
CLOCK = re.compile(r"\b(\d{1,2})(?:\s*[:.h]\s*(\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?(?!\d)", re.IGNORECASE)


def clock_time(text: str, *, evening: bool = False) -> time | None:
    """A time as people write it: 23:15, 11.15 pm, 7. `evening`: 8 to 11 without more is in the evening, and 12 is midnight. None for anything else."""
    found = CLOCK.search(text)
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").replace(".", "").lower()
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif evening and not found[1].startswith("0") and 8 <= hour <= 12:
        hour = (hour + 12) % 24
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _text(answers: dict[str, Any], step: str) -> str:
    value = answers.get(step)
    return value.strip() if isinstance(value, str) else ""


def _line(answers: dict[str, Any], step: str) -> str:
    """Several lines as one, cut where a size has no more room."""
    text = ", ".join(line.strip() for line in _text(answers, step).splitlines() if line.strip())
    return text if len(text) <= SIZE_MAX else f"{text[: SIZE_MAX - 1].rstrip()}…"
