"""The client's own entries as she reads them back, each with who may read it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Q, Window
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.selectors import names_of
from clients.content import checkin
from clients.models import CheckIn, Client, EntryModel, LifeEvent, TimelineEntry, Visibility
from coping.models import CopingStrategy, StrategyUse
from coping.selectors import strategy_of
from homework.models import ExerciseRun, NotToday, ReadingNote
from homework.reading import reading_titles
from homework.selectors import titles_of
from mindset.models import Accomplishment, GratitudeEntry
from selfcare.content import part_name
from selfcare.models import CompassionNote, SelfCareActivity, SelfCareEntry
from selfcare.selectors import activity_of
from strengths.models import ReachOut, Strength, StrengthEpisode, Supporter
from therapy.selectors.agenda import talked_about

CHANGED_WHOLE: tuple[type[EntryModel], ...] = (
    CheckIn, LifeEvent, NotToday, Strength, StrengthEpisode, Supporter, ReachOut, CopingStrategy, StrategyUse, SelfCareActivity, SelfCareEntry, CompassionNote,
    ReadingNote, Accomplishment, GratitudeEntry,
)  # fmt: skip
CHANGEABLE: dict[str, type[EntryModel]] = {model._meta.label_lower: model for model in CHANGED_WHOLE}
RUN = ExerciseRun._meta.label_lower
KINDS = (
    "check_in", "life_event", "exercise", "first_part", "not_today", "strength", "strength_moment", "supporter", "reach_out", "strategy", "strategy_use",
    "coping_plan",
    "selfcare_activity", "selfcare_log", "night",
    "kind_note", "reading_read", "reading_note",
    "win", "good_thing",
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A way from Me to a page: the name of its address, its title and a line below it. `writes`: not there to be read after a discharge."""

    name: str
    title: str | Promise
    line: str | Promise
    pillar: str = ""
    writes: bool = False

    @property
    def url(self) -> str:
        return reverse(self.name)


# what is hers, in the order of the page: good things first, each pillar in its turn, then what brings it together
KEEP = (
    Place("portal:progress", gettext_lazy("How it’s going"), gettext_lazy("Wins, my goal, what helped")),
    Place("strengths:mine", gettext_lazy("My strengths"), gettext_lazy("And the moments that show them"), "strengths"),
    Place("people:mine", gettext_lazy("My people"), gettext_lazy("And pets, places, helpers"), "strengths"),
    Place("community:services", gettext_lazy("Services near you"), gettext_lazy("Food, company, money, a place to go"), "strengths"),
    Place("coping:mine", gettext_lazy("My plan"), gettext_lazy("For when I start to slip, and what helps"), "coping"),
    Place("selfcare:mine", gettext_lazy("My week"), gettext_lazy("Small things for yourself, and your nights"), "selfcare"),
    Place("kind:mine", gettext_lazy("A kinder voice"), gettext_lazy("Hard words caught, kinder ones kept"), "selfcare"),
    Place("mindset:mine", gettext_lazy("My mindset"), gettext_lazy("Thoughts looked at, and fairer ones"), "mindset"),
    Place("jar:mine", gettext_lazy("My jar"), gettext_lazy("Wins and good moments, to open on a hard day"), "mindset"),
    Place("safety:plan", gettext_lazy("My safety plan"), gettext_lazy("For a very hard time: who to call, what helps")),
)
TOGETHER = (
    Place("reading:mine", gettext_lazy("Something to read"), gettext_lazy("Short texts, and what stayed with you")),
    Place("portal:talk", gettext_lazy("To talk about"), gettext_lazy("What waits for when you meet"), writes=True),
    Place("portal:replies", gettext_lazy("Replies"), gettext_lazy("What was said to you about what you shared")),
)
DECIDE = (
    Place("portal:privacy", gettext_lazy("Who sees what"), gettext_lazy("And who looked at your record")),
    Place("reminders:mine", gettext_lazy("Reminders"), gettext_lazy("Off until you choose them"), writes=True),
    Place("accounts:profile", gettext_lazy("Your sign-in"), gettext_lazy("Name and language")),
    Place("account_change_password", gettext_lazy("Change password"), gettext_lazy("For signing in")),
)


def places(can_write: bool) -> list[tuple[str | Promise, list[Place]]]:
    """The ways from Me under their headings."""
    together = gettext_lazy("For when you meet") if can_write else gettext_lazy("From when you met")
    groups = ((gettext_lazy("Yours to keep"), KEEP), (together, TOGETHER), (gettext_lazy("Yours to decide"), DECIDE))
    return [(title, [place for place in found if can_write or not place.writes]) for title, found in groups]


@dataclass(frozen=True)
class Entry:
    """One line. `run` leads to its page; `kind` names the source for a change of visibility, empty where that is done on the run's page."""

    what: str
    pillar: str
    at: datetime
    only_me: bool
    kind: str
    source_id: UUID
    run: UUID | None
    source_kind: str
    marked: bool  # on the list for the next session
    typed_by: str = ""

    @property
    def markable(self) -> bool:
        return bool(self.run or self.kind)


@dataclass(frozen=True)
class Entries:
    """The latest ones, and how many of all are only hers."""

    rows: tuple[Entry, ...]
    private: int
    total: int


def own_entries(client: Client, limit: int) -> Entries:
    """What she entered herself, and what her therapist typed in from paper for her, newest first. Two statements, a third where something was typed in."""
    private = Window(Count("id", filter=Q(visibility=Visibility.ONLY_ME)))
    own = Q(created_by_id=client.portal_user_id, kind__in=KINDS) | Q(kind="exercise", source_kind=RUN)
    mine = TimelineEntry.objects.filter(own, client=client).annotate(private=private, total=Window(Count("id")), settled=Exists(talked_about()))
    found = list(mine.order_by("-occurred_at", "-recorded_at")[:limit])
    names = titles_of(entry.item_key for entry in found) | reading_titles()
    others = {entry.created_by_id for entry in found} - {client.portal_user_id}
    typed = names_of(others) if others else {}
    return Entries(tuple(_entry(entry, names, typed) for entry in found), found[0].private if found else 0, found[0].total if found else 0)


def _entry(entry: Any, names: dict[str, str], typed: dict[UUID | None, str]) -> Entry:
    run = entry.source_id if entry.source_kind == RUN else None
    kind = entry.source_kind if entry.source_kind in CHANGEABLE else ""
    marked = entry.for_session and not entry.settled
    return Entry(
        entry_words(entry, names),
        entry.pillar,
        entry.occurred_at,
        entry.visibility == Visibility.ONLY_ME,
        kind,
        entry.source_id,
        run,
        entry.source_kind,
        marked,
        typed.get(entry.created_by_id, ""),
    )


def entry_words(entry: TimelineEntry, names: dict[str, str]) -> str:
    """What she did, in her page's voice."""
    title = names.get(entry.item_key, entry.item_key.replace("_", " "))
    mood = next((option.name for option in checkin().mood.options if option.value == entry.value), "")
    said = {
        "check_in": _("You said “%(mood)s”") % {"mood": mood},
        "exercise": title,
        "first_part": _("%(title)s, first part") % {"title": title},
        "not_today": _("Not today: %(title)s") % {"title": title},
        "strength": _("A strength on your list"),
        "strength_moment": _("A moment that shows a strength"),
        "supporter": _("Somebody on your map"),
        "reach_out": _("You reached out to somebody"),
        "strategy": _("Something that helps, in your plan"),
        "strategy_use": _("%(title)s, used") % {"title": _("Your own way") if entry.item_key.startswith("own:") else title},
        "coping_plan": _("Your plan"),
        "life_event": _("Something that happened"),
        "selfcare_activity": _("Something in your week"),
        "selfcare_log": _("In your week: %(part)s") % {"part": part_name(entry.item_key)},
        "night": _("A night"),
        "reading_read": _("Read: %(title)s") % {"title": title},
        "reading_note": _("What stayed from reading: %(title)s") % {"title": title},
        "kind_note": _("Kind words to yourself"),
        "win": _("A win, in your jar"),
        "good_thing": _("A good thing, in your jar"),
    }
    return str(said.get(entry.kind, _("Something you wrote down")))


def entry_to_change(client: Client, kind: str, source_id: UUID) -> EntryModel | None:
    """The row of one of `own_entries` whose visibility is changed as a whole; None for anything else, such as what her therapist wrote."""
    model = CHANGEABLE.get(kind)
    if model is CopingStrategy:
        return strategy_of(client, source_id)  # as it is worded now
    if model is SelfCareActivity:
        return activity_of(client, source_id)
    return model._default_manager.filter(pk=source_id, client=client, created_by_id=client.portal_user_id).first() if model is not None else None
