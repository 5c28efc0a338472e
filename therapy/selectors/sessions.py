"""Appointments: the next, the last, today's, and those that wait for a log."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from clients.models import Client
from core.actor import Actor
from core.zones import zone
from therapy.models import TherapySession
from therapy.models.sessions import HELD, Format, SessionState

CANCELLED = (SessionState.CANCELLED_BY_CLIENT, SessionState.CANCELLED_BY_CLINIC)


def next_sessions(client_ids: Iterable[UUID]) -> dict[UUID, TherapySession]:
    """The next planned session of each of these clients; one that is running counts until it ends. One statement."""
    found = TherapySession.objects.filter(client_id__in=list(client_ids), state=SessionState.PLANNED, ends_at__gt=timezone.now())
    return {session.client_id: session for session in found.order_by("client_id", "starts_at").distinct("client_id")}


def next_start(client: Client) -> datetime | None:
    """When the client meets the therapist next, as the client may know it too. One statement."""
    found = TherapySession.objects.filter(client=client, state=SessionState.PLANNED, ends_at__gt=timezone.now())
    return found.order_by("starts_at").values_list("starts_at", flat=True).first()


def last_held(client_ids: Iterable[UUID]) -> dict[UUID, TherapySession]:
    """The last contact: the latest session of each of these clients that was held. One statement."""
    found = TherapySession.objects.filter(client_id__in=list(client_ids), state__in=HELD)
    return {session.client_id: session for session in found.order_by("client_id", "-starts_at").distinct("client_id")}


def sessions_today(actor: Actor) -> QuerySet[TherapySession]:
    """The therapist's sessions of today by the page's clock, without the cancelled ones, in order."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    tomorrow = timezone.make_aware(datetime.combine(midnight.date() + timedelta(days=1), time.min))
    found = TherapySession.objects.filter(therapist_id=actor.user_id, starts_at__gte=midnight, starts_at__lt=tomorrow)
    return found.exclude(state__in=CANCELLED).select_related("client").order_by("starts_at")


def to_log(actor: Actor) -> QuerySet[TherapySession]:
    """The therapist's planned sessions whose time is over, oldest first."""
    found = TherapySession.objects.filter(therapist_id=actor.user_id, state=SessionState.PLANNED, ends_at__lte=timezone.now())
    return found.select_related("client").order_by("starts_at")


def held_and_next(client: Client, since: datetime) -> tuple[list[TherapySession], TherapySession | None]:
    """The client's sessions held since then, in order, and the next planned one (one that is running counts until it ends). One statement."""
    now = timezone.now()
    rows = TherapySession.objects.filter(client=client, starts_at__gte=since, state__in=(*HELD, SessionState.PLANNED)).order_by("starts_at")
    held = [row for row in rows if row.state in HELD and row.starts_at < now]
    return held, next((row for row in rows if row.state == SessionState.PLANNED and row.ends_at > now), None)


def planned_sessions(client: Client) -> QuerySet[TherapySession]:
    """What stands in the calendar for this client and is not over, in order."""
    return TherapySession.objects.filter(client=client, state=SessionState.PLANNED, ends_at__gt=timezone.now()).order_by("starts_at")


def sessions_to_log_of(client: Client, actor: Actor) -> list[TherapySession]:
    """The therapist's planned sessions with this client up to the end of today by the clinic's clock, in order."""
    return [session for session in _planned_until_tonight(client) if session.therapist_id == actor.user_id]


def session_to_log(client: Client, actor: Actor) -> TherapySession | None:
    """Which session a new log is about: of her own up to tonight the one nearest to now, else today's of a colleague whom she covers.

    None when nothing waits: it was not in the calendar.
    """
    now, today = timezone.now(), _midnight(client)
    planned = _planned_until_tonight(client)
    mine = [session for session in planned if session.therapist_id == actor.user_id]
    return min(mine or [session for session in planned if session.starts_at >= today], key=lambda session: abs(session.starts_at - now), default=None)


def _planned_until_tonight(client: Client) -> list[TherapySession]:
    tomorrow = datetime.combine(_midnight(client).date() + timedelta(days=1), time.min, zone(client.clinic.timezone))
    return list(TherapySession.objects.filter(client=client, state=SessionState.PLANNED, starts_at__lt=tomorrow).order_by("starts_at"))


def _midnight(client: Client) -> datetime:
    """When today began by the clinic's clock."""
    here = zone(client.clinic.timezone)
    return datetime.combine(timezone.now().astimezone(here).date(), time.min, here)


def next_proposal(client: Client) -> tuple[datetime, str]:
    """When the next session is likely to be: the weekday, time and way of the last one, a week later or next week; else tomorrow at ten."""
    here, now = zone(client.clinic.timezone), timezone.now()
    latest = TherapySession.objects.filter(client=client).exclude(state__in=CANCELLED).order_by("-starts_at").first()
    if latest is None:
        tomorrow = now.astimezone(here).date() + timedelta(days=1)
        return datetime.combine(tomorrow, time(10), here), Format.IN_PERSON
    local = latest.starts_at.astimezone(here)
    weeks = max((now.astimezone(here).date() - local.date()).days // 7, 0) + 1
    return datetime.combine(local.date() + timedelta(days=7 * weeks), local.time(), here), latest.format
