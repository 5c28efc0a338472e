"""Lists of the product as querysets: the name, as which kinds they are read, and the query for one client."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

import selfcare.selectors
from audit.models import AuditEvent
from clients.models import CareAssignment, Client, Practice, TimelineEntry
from clients.selectors import active_assignments, last_weeks, timeline
from coping.models import StrategyUse
from coping.selectors import plan_versions, wordings_of
from homework.models import Assignment, ExerciseRun, ExerciseVersion, PaperSheet
from homework.selectors import given_to, reading_notes
from homework.selectors.library import of_clinic
from homework.selectors.replies import replies_of
from mindset.selectors import thoughts_of
from mindset.selectors.good import good_things_of, wins_of
from reminders.models import Reminder
from safety.selectors import safety_plan_versions
from selfcare.selectors.compassion import notes_of
from strengths.models import ReachOut, Supporter
from strengths.selectors import moments_of, standing
from strengths.selectors.community import directory
from therapy.models import TherapySession
from therapy.selectors.agenda import marked_entries, open_items

Query = Callable[[Client], QuerySet[Any]]


def lately(client: Client) -> QuerySet[Any]:
    return TimelineEntry.objects.filter(client=client, occurred_at__gte=last_weeks(8, "UTC").starts_at)


def news(client: Client) -> QuerySet[Any]:
    return TimelineEntry.objects.order_by("-occurred_at").values("id", "client_id", "kind", "occurred_at")[:50]


def days_of_a_year(client: Client) -> QuerySet[Any]:
    return selfcare.selectors.standing(client).filter(day__gte=date(2026, 1, 1)).order_by("-day")[:20]


QUERIES: dict[str, tuple[tuple[str, ...], Query]] = {
    "timeline of one client": (("therapist", "portal"), timeline),
    "a period of one client": (("therapist", "portal"), lately),
    "what is new on the caseload": (("therapist", "admin"), news),
    "the caseload": (("therapist",), lambda client: active_assignments().select_related("client")),
    "clients of the clinic": (("admin",), lambda client: Client.objects.filter(status="active")),
    "practice of one client": (("therapist", "portal"), lambda client: Practice.objects.filter(client=client)),
    "homework of one client": (("therapist", "portal"), lambda client: Assignment.objects.filter(client=client, state="active")),
    "replies to one client": (("therapist", "portal"), replies_of),
    "exercises of one clinic": (("therapist", "portal", "admin"), lambda client: ExerciseVersion.objects.filter(of_clinic(client.clinic_id), current=True)),
    "pages of one client": (("therapist",), lambda client: PaperSheet.objects.filter(client=client)),
    "runs of one client": (("therapist", "portal"), lambda client: ExerciseRun.objects.filter(client=client)),
    "strategies of one client": (("therapist", "portal"), wordings_of),
    "uses of one client": (("therapist", "portal"), lambda client: StrategyUse.objects.filter(client=client, withdrawn_at=None).order_by("-occurred_at")[:20]),
    "wins of one client": (("therapist", "portal"), wins_of),
    "good things of one client": (("therapist", "portal"), good_things_of),
    "kinder answers of one client": (("therapist", "portal"), notes_of),
    "what one client has to read": (("therapist", "portal"), given_to),
    "what stayed with one client": (("therapist", "portal"), reading_notes),
    "wordings of the week of one client": (("therapist", "portal"), selfcare.selectors.wordings_of),
    "the week of one client": (("therapist", "portal"), days_of_a_year),
    "thoughts of one client": (("therapist", "portal"), thoughts_of),
    "versions of a plan": (("therapist", "portal"), plan_versions),
    "strengths of one client": (("therapist", "portal"), standing),
    "moments of one client": (("therapist", "portal"), moments_of),
    "the map of one client": (("therapist", "portal"), lambda client: Supporter.objects.filter(client=client)),
    "reach-outs of one client": (("therapist", "portal"), lambda client: ReachOut.objects.filter(client=client).order_by("-occurred_at")[:20]),
    "reminders of one client": (("therapist", "portal"), lambda client: Reminder.objects.filter(client=client).order_by("-due_at")[:20]),
    "versions of a safety plan": (("therapist", "portal"), safety_plan_versions),
    "what is to be talked about": (("therapist", "portal"), open_items),
    "what is marked for a session": (("therapist", "portal"), marked_entries),
    "sessions to come": (("therapist",), lambda client: TherapySession.objects.filter(starts_at__gte=timezone.now()).order_by("starts_at")),
    "the directory": (("therapist", "admin"), lambda client: directory(client.clinic_id)),
    "who opened the record": (("therapist", "portal"), lambda client: AuditEvent.objects.filter(client_id=client.pk, verb="record_opened")),
    "who cares for one client": (("therapist", "portal"), lambda client: CareAssignment.objects.filter(client=client).values("id", "therapist_id", "kind")),
}
