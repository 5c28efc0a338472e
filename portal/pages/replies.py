"""What a therapist answered in the margin of an entry, as the client reads it: one at a time on Today, all of them in Me."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clients.models import Client
from clients.names import called
from homework.models import ExerciseRun, Reply
from homework.selectors.replies import replies_of
from mindset.models import ThoughtRecord
from selfcare.models import EntryKind, SelfCareEntry

RUN, WEEK = ExerciseRun._meta.label_lower, SelfCareEntry._meta.label_lower

# what a reply is about, by the kind of its source, and the page where that stands; an exercise leads to its own page
ABOUT = {
    "clients.checkin": (gettext_lazy("about how you were"), ""),
    "clients.lifeevent": (gettext_lazy("about something that happened"), "portal:progress"),
    "homework.nottoday": (gettext_lazy("about “Not today”"), ""),
    "strengths.strength": (gettext_lazy("about a strength of yours"), "strengths:mine"),
    "strengths.strengthepisode": (gettext_lazy("about a moment you wrote down"), "strengths:mine"),
    "strengths.supporter": (gettext_lazy("about somebody on your map"), "people:mine"),
    "strengths.reachout": (gettext_lazy("about reaching out"), "people:mine"),
    "coping.copingstrategy": (gettext_lazy("about your plan"), "coping:mine"),
    "coping.copingplan": (gettext_lazy("about your plan"), "coping:mine"),
    "coping.strategyuse": (gettext_lazy("about what you used"), "coping:mine"),
    "selfcare.selfcareactivity": (gettext_lazy("about your week"), "selfcare:mine"),
    "selfcare.selfcareentry": (gettext_lazy("about your week"), "selfcare:mine"),
    "selfcare.compassionnote": (gettext_lazy("about a kinder voice"), "kind:mine"),
    "homework.readinggiven": (gettext_lazy("about what you read"), "reading:mine"),
    "homework.readingnote": (gettext_lazy("about what you read"), "reading:mine"),
    "mindset.accomplishment": (gettext_lazy("about your win"), "jar:mine"),
    "mindset.gratitudeentry": (gettext_lazy("about a good moment"), "jar:mine"),
}


@dataclass(frozen=True)
class Heard:
    """One reply in words. `about`: what it answers; `url`: where that stands, empty where there is no such page."""

    reply: Reply
    by: str
    when: str
    about: str
    url: str

    @property
    def text(self) -> str:
        return self.reply.text

    @property
    def unread(self) -> bool:
        return self.reply.read_at is None


@dataclass(frozen=True)
class OnToday:
    """The newest one not put away, and how many more wait, in words."""

    first: Heard | None
    more: str


def on_today(client: Client) -> OnToday:
    """One statement; two when the newest is about an exercise or something of the week."""
    waiting = list(replies_of(client).filter(read_at=None))
    found = heard(client, waiting[:1])
    more = len(waiting) - 1
    return OnToday(found[0] if found else None, ngettext("%(n)s more", "%(n)s more", more) % {"n": more} if more > 0 else "")


def all_replies(client: Client) -> list[Heard]:
    """Every one, newest first. At most three statements."""
    return heard(client, list(replies_of(client)))


def heard(client: Client, rows: Sequence[Reply]) -> list[Heard]:
    named = {**runs_named(client, _ids(rows, RUN)), **nights_named(client, _ids(rows, WEEK))}
    return [_heard(row, named) for row in rows]


def _ids(rows: Sequence[Reply], kind: str) -> set[UUID]:
    return {row.source_id for row in rows if row.source_kind == kind}


def runs_named(client: Client, runs: set[UUID]) -> dict[UUID, tuple[str, str]]:
    """What was done and its page: of a thought that was looked at its own, else where its sharing is chosen. One statement at most."""
    if not runs:
        return {}
    thoughts = ThoughtRecord.objects.filter(client=client, source_kind=RUN, source_id=OuterRef("pk"), withdrawn_at=None)
    found = ExerciseRun.objects.filter(client=client, pk__in=runs)
    found = found.annotate(title_text=KeyTextTransform("title", "exercise_version__content"), thought=Subquery(thoughts.values("pk")[:1]))
    named = {}
    for pk, title, thought in found.values_list("pk", "title_text", "thought"):
        if thought is not None:
            named[pk] = (_("about a thought you looked at"), reverse("mindset:thought", args=[thought]))
        else:
            named[pk] = (_("about “%(title)s”") % {"title": title}, reverse("portal:sharing", args=[pk]))
    return named


def nights_named(client: Client, entries: set[UUID]) -> dict[UUID, tuple[str, str]]:
    """Which of these are nights. One statement at most."""
    nights = SelfCareEntry.objects.filter(client=client, pk__in=entries, kind=EntryKind.NIGHT).values_list("pk", flat=True) if entries else ()
    return {pk: (_("about a night"), reverse("selfcare:mine")) for pk in nights}


def _heard(row: Reply, named: dict[UUID, tuple[str, str]]) -> Heard:
    by = called(row.created_by.name) if row.created_by is not None else _("Your therapist")
    if row.source_id in named:
        return Heard(row, by, day_said(row.occurred_at), *named[row.source_id])
    words, page = ABOUT.get(row.source_kind, (_("about something you shared"), ""))
    return Heard(row, by, day_said(row.occurred_at), str(words), reverse(page) if page else "")


def day_said(at: datetime) -> str:
    """`today`, `yesterday`, `on Tuesday` within a week, `on 3 December`."""
    day = timezone.localdate(at)
    days = (timezone.localdate() - day).days
    if days in (0, 1):
        return _("yesterday") if days else _("today")
    return _("on %(day)s") % {"day": date_format(day, "l" if 0 < days < 7 else "j F")}
