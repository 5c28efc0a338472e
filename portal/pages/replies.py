"""What a therapist answered in the margin of an entry, as the client reads it: one at a time on Today, all of them in Me."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
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
    """One statement."""
    waiting = list(_named(client).filter(read_at=None))
    found = [_heard(row) for row in waiting[:1]]
    more = len(waiting) - 1
    return OnToday(found[0] if found else None, ngettext("%(n)s more", "%(n)s more", more) % {"n": more} if more > 0 else "")


def all_replies(client: Client) -> list[Heard]:
    """Every one, newest first. One statement."""
    return [_heard(row) for row in _named(client)]


def _named(client: Client) -> QuerySet[Reply]:
    """Each with what it is about: the title of an exercise as it was worded then (`run_title`), a thought that was looked at in it, or a night."""
    source = OuterRef("source_id")
    run = ExerciseRun.objects.filter(client=client, pk=source)
    thought = ThoughtRecord.objects.filter(client=client, source_kind=RUN, source_id=source, withdrawn_at=None)
    return replies_of(client).annotate(
        run_title=Subquery(run.values(title_text=KeyTextTransform("title", "exercise_version__content"))[:1]),
        thought=Subquery(thought.values("pk")[:1]),
        is_night=Exists(SelfCareEntry.objects.filter(client=client, pk=source, kind=EntryKind.NIGHT)),
    )


def _heard(row: Any) -> Heard:
    by = called(row.created_by.name) if row.created_by is not None else _("Your therapist")
    named = _about(row)
    if named is not None:
        return Heard(row, by, day_said(row.occurred_at), *named)
    words, page = ABOUT.get(row.source_kind, (_("about something you shared"), ""))
    return Heard(row, by, day_said(row.occurred_at), str(words), reverse(page) if page else "")


def day_said(at: datetime) -> str:
    """`today`, `yesterday`, `on Tuesday` within a week, `on 3 December`."""
    day = timezone.localdate(at)
    days = (timezone.localdate() - day).days
    if days in (0, 1):
        return _("yesterday") if days else _("today")
    return _("on %(day)s") % {"day": date_format(day, "l" if 0 < days < 7 else "j F")}


def _about(row: Any) -> tuple[str, str] | None:
    """What it is about and where that stands: a thought on its own page, an exercise where its sharing is chosen."""
    if row.thought is not None:
        return _("about a thought you looked at"), reverse("mindset:thought", args=[row.thought])
    if row.run_title:
        return _("about “%(title)s”") % {"title": row.run_title}, reverse("portal:sharing", args=[row.source_id])
    return (_("about a night"), reverse("selfcare:mine")) if row.is_night else None
