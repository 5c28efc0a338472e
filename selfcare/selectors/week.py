"""Reads of the week: what stands in it, what was logged, what is left out."""

from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from clients.models import Client, Visibility
from selfcare.models import ActivityState, DomainHidden, EntryKind, SelfCareActivity, SelfCareEntry

DAYS = 7


def activities_of(client: Client, *, staff: bool = False) -> list[SelfCareActivity]:
    """What is in the week and what was put away, in the order of adding; for `staff` what is shared."""
    found = SelfCareActivity.objects.filter(client=client).exclude(state=ActivityState.REPLACED)
    if staff:
        found = found.filter(visibility=Visibility.MY_THERAPIST)
    return list(found.order_by("occurred_at", "created_at"))


def wordings_of(client: Client, *, staff: bool = False) -> QuerySet[SelfCareActivity]:
    """Every wording there ever was, newest first, with who made it and who ended it."""
    columns = [field.name for field in SelfCareActivity._meta.concrete_fields]
    found = SelfCareActivity.objects.filter(client=client).select_related("created_by", "ended_by").only(*columns, "created_by__name", "ended_by__name")
    if staff:
        found = found.filter(visibility=Visibility.MY_THERAPIST)
    return found.order_by("-created_at")


def activity_of(client: Client, pk: UUID, *, staff: bool = False) -> SelfCareActivity | None:
    """The activity as it is worded now, also when `pk` is an older wording of it."""
    found = SelfCareActivity.objects.filter(client=client, **({"visibility": Visibility.MY_THERAPIST} if staff else {})).select_related("client")
    row = found.filter(pk=pk).first()
    return found.filter(line=row.line).exclude(state=ActivityState.REPLACED).first() if row is not None and row.state == ActivityState.REPLACED else row


def standing(client: Client, *, staff: bool = False) -> QuerySet[SelfCareEntry]:
    """Every log and night that was not taken back; for `staff` what is shared, of what is shared."""
    found = SelfCareEntry.objects.filter(client=client, withdrawn_at=None)
    if staff:
        found = found.filter(Q(activity=None) | Q(activity__visibility=Visibility.MY_THERAPIST), visibility=Visibility.MY_THERAPIST)
    return found.select_related("activity")


def entries_between(client: Client, first: date, last: date, *, staff: bool = False) -> list[SelfCareEntry]:
    """The logs and nights of these days, oldest first."""
    return list(standing(client, staff=staff).filter(day__gte=first, day__lte=last).order_by("day", "recorded_at"))


def logs_of(client: Client, line: UUID, limit: int) -> list[SelfCareEntry]:
    """The latest logs of one activity, newest first."""
    return list(standing(client).filter(line=line).order_by("-day", "-recorded_at")[:limit])


def first_nights(client: Client, *, staff: bool = False) -> list[SelfCareEntry]:
    """The nights of the first seven days in which one with both its times was written down."""
    found = list(standing(client, staff=staff).filter(kind=EntryKind.NIGHT, bed__isnull=False, wake__isnull=False).order_by("day", "recorded_at")[: 2 * DAYS])
    return [night for night in found if night.day < found[0].day + timedelta(days=DAYS)]


def one_a_morning(entries: list[SelfCareEntry]) -> list[SelfCareEntry]:
    """A night for each morning: the one she wrote here before one that an exercise left, and the later of two. By day."""
    found: dict[date, SelfCareEntry] = {}
    for entry in entries:
        there = found.get(entry.day)
        if entry.kind == EntryKind.NIGHT and (there is None or entry.own or not there.own):
            found[entry.day] = entry
    return [found[day] for day in sorted(found)]


def left_out(client: Client) -> dict[str, set[str]]:
    """Domains that are left out, each with the sides that said so."""
    found: dict[str, set[str]] = {}
    for row in DomainHidden.objects.filter(client=client, hidden=True):
        found.setdefault(row.domain, set()).add(row.side)
    return found
