"""Lists of the product as querysets: the name, as which kinds they are read, and the query for one client."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from audit.models import AuditEvent
from clients.models import CareAssignment, Client, Practice, TimelineEntry
from clients.selectors import active_assignments, last_weeks, timeline
from coping.models import StrategyUse
from coping.selectors import plan_versions, wordings_of
from homework.models import Assignment, ExerciseRun
from homework.selectors.replies import replies_of
from mindset.selectors import thoughts_of
from reminders.models import Reminder
from safety.selectors import safety_plan_versions
from strengths.models import ReachOut, Supporter
from strengths.selectors import moments_of, standing
from strengths.selectors.community import directory
from therapy.models import TherapySession

Query = Callable[[Client], QuerySet[Any]]


def lately(client: Client) -> QuerySet[Any]:
    return TimelineEntry.objects.filter(client=client, occurred_at__gte=last_weeks(8, "UTC").starts_at)


def news(client: Client) -> QuerySet[Any]:
    return TimelineEntry.objects.order_by("-occurred_at").values("id", "client_id", "kind", "occurred_at")[:50]


QUERIES: dict[str, tuple[tuple[str, ...], Query]] = {
    "timeline of one client": (("therapist", "portal"), timeline),
    "a period of one client": (("therapist", "portal"), lately),
    "what is new on the caseload": (("therapist", "admin"), news),
    "the caseload": (("therapist",), lambda client: active_assignments().select_related("client")),
    "clients of the clinic": (("admin",), lambda client: Client.objects.filter(status="active")),
    "practice of one client": (("therapist", "portal"), lambda client: Practice.objects.filter(client=client)),
    "homework of one client": (("therapist", "portal"), lambda client: Assignment.objects.filter(client=client, state="active")),
    "replies to one client": (("therapist", "portal"), replies_of),
    "runs of one client": (("therapist", "portal"), lambda client: ExerciseRun.objects.filter(client=client)),
    "strategies of one client": (("therapist", "portal"), wordings_of),
    "uses of one client": (("therapist", "portal"), lambda client: StrategyUse.objects.filter(client=client, withdrawn_at=None).order_by("-occurred_at")[:20]),
    "thoughts of one client": (("therapist", "portal"), thoughts_of),
    "versions of a plan": (("therapist", "portal"), plan_versions),
    "strengths of one client": (("therapist", "portal"), standing),
    "moments of one client": (("therapist", "portal"), moments_of),
    "the map of one client": (("therapist", "portal"), lambda client: Supporter.objects.filter(client=client)),
    "reach-outs of one client": (("therapist", "portal"), lambda client: ReachOut.objects.filter(client=client).order_by("-occurred_at")[:20]),
    "reminders of one client": (("therapist", "portal"), lambda client: Reminder.objects.filter(client=client).order_by("-due_at")[:20]),
    "versions of a safety plan": (("therapist", "portal"), safety_plan_versions),
    "sessions to come": (("therapist",), lambda client: TherapySession.objects.filter(starts_at__gte=timezone.now()).order_by("starts_at")),
    "the directory": (("therapist", "admin"), lambda client: directory(client.clinic_id)),
    "who opened the record": (("therapist", "portal"), lambda client: AuditEvent.objects.filter(client_id=client.pk, verb="record_opened")),
    "who cares for one client": (("therapist", "portal"), lambda client: CareAssignment.objects.filter(client=client).values("id", "therapist_id", "kind")),
}
