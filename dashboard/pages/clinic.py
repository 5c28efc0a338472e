"""The clinic review: load, who has gone quiet, who has no therapist, what gets in the way. Structure only: dates, states and owners."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q
from django.db.models.fields.json import KeyTextTransform
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from access.clock import database_now
from accounts.models import Membership, Role
from clients.models import Client, TimelineEntry, Visibility
from clients.models.care import Kind
from clients.models.client import Status
from clients.selectors import team_and_emergencies
from clients.selectors.emergency import LATELY
from homework.content import barriers
from homework.models import NotToday
from reminders.models import Reminder, State
from safety.selectors import with_next_review
from therapy.models.sessions import HELD, SessionState
from therapy.selectors.clinic import Appointment, appointments_between, unsigned_notes

LOOKED_BACK = timedelta(days=120)  # for the last contact; an older one reads "more than four months ago"
PUT_OFF_LATELY = timedelta(days=28)  # in which two no-shows or cancellations count (ux.md 8, GONE QUIET)
TWELVE_WEEKS, AT_LEAST = timedelta(weeks=12), 5  # for barriers by exercise: a smaller number is nobody's but a client's own
QUIET_AFTER = timedelta(days=14)  # without contact (ux.md 8)
NOT_MET = (SessionState.NO_SHOW, SessionState.CANCELLED_BY_CLIENT)
SENDING = (State.PLANNED, State.SENDING)


@dataclass(frozen=True)
class Load:
    """One therapist's week, in order of name; never a ranking."""

    name: str
    active: int
    sessions: int
    to_log: int
    to_sign: int
    quiet: int


@dataclass(frozen=True)
class ToTalkAbout:
    """A client with the reason, its owner and the question for the meeting."""

    client: Client
    reason: str
    owner: str
    question: str


def gone_quiet(client: Client, appointments: Iterable[Appointment], last_contact: datetime | None, now: datetime) -> bool:
    """ux.md 8: contact was lost, or two sessions in 28 days were not held by the client and there was no contact for 14 days.

    Contact is a session that was held, a finished exercise or a check-in: what an office can see without words. A log-in is none.
    """
    if client.status == Status.LOST_CONTACT:
        return True
    if client.status != Status.ACTIVE or (last_contact is not None and now - last_contact < QUIET_AFTER):
        return False
    return sum(each.state in NOT_MET and now - PUT_OFF_LATELY <= each.starts_at <= now for each in appointments) >= 2


def clinic_context(clinic_id: UUID) -> dict[str, Any]:
    """Everything the page shows, in nine statements."""
    now = database_now()
    clients = list(with_next_review(Client.objects.filter(clinic_id=clinic_id).order_by("called").only("id", "called", "status", "started_on")))
    known = {client.pk: client for client in clients}
    care, emergencies = team_and_emergencies(LATELY, clinic_id=clinic_id)
    owners = {each.client_id: each.therapist_id for each in care if each.kind == Kind.PRIMARY}
    members = Membership.objects.filter(clinic_id=clinic_id, role=Role.THERAPIST, active=True).order_by("user__name")
    names = dict(members.values_list("user_id", "user__name"))
    appointments = appointments_between(clinic_id, now - LOOKED_BACK, now + timedelta(days=7))
    mine: dict[UUID, list[Appointment]] = defaultdict(list)
    for each in appointments:
        mine[each.client_id].append(each)
    contact = last_contacts(clinic_id, appointments, now)
    quiet = [client for client in clients if gone_quiet(client, mine[client.pk], contact.get(client.pk), now)]
    in_care = [client for client in clients if client.status in (Status.ACTIVE, Status.WAITING)]
    unassigned = [client for client in in_care if client.pk not in owners]
    barred = put_off(clinic_id, now)
    return {
        "today": timezone.localdate(),
        "talk": [_talk(client, contact.get(client.pk), names.get(owners.get(client.pk, clinic_id), "")) for client in quiet],
        "unassigned": unassigned,
        "loads": loads(names, in_care, owners, quiet, appointments, unsigned_notes(clinic_id), now),
        "emergencies": [(known[each.client_id], each) for each in emergencies],  # for all admins to see
        "in_the_way": in_the_way(barred),
        "by_exercise": by_exercise(barred),
        "in_care": len(in_care),
        "reminders": reminder_counts(clinic_id, now),
        "to_review": to_review(clients),
    }


def to_review(clients: Iterable[Any]) -> int:
    """How many safety plans of clients in care are to be looked at again by today."""
    today = timezone.localdate()
    return sum(each.status == Status.ACTIVE and each.next_review is not None and each.next_review <= today for each in clients)


def last_contacts(clinic_id: UUID, appointments: Iterable[Appointment], now: datetime) -> dict[UUID, datetime]:
    """By client: the last session that was held, exercise that was finished or check-in."""
    found = {each.client_id: each.starts_at for each in appointments if each.state in HELD}
    entries = TimelineEntry.objects.filter(
        clinic_id=clinic_id, kind__in=("exercise", "check_in"), visibility=Visibility.MY_THERAPIST, occurred_at__gte=now - LOOKED_BACK
    )
    for client_id, at in entries.order_by("client_id", "-occurred_at").distinct("client_id").values_list("client_id", "occurred_at"):
        found[client_id] = max(at, found.get(client_id, at))
    return found


def _talk(client: Client, contact: datetime | None, owner: str) -> ToTalkAbout:
    if contact is not None:
        reason = _("Last contact on %(day)s") % {"day": date_format(timezone.localtime(contact), "j F")}
    else:
        reason = _("No contact for four months, or none yet")
    return ToTalkAbout(client, reason, owner or _("no therapist"), _("Close, or offer another time?"))


def loads(
    names: dict[UUID, str],
    in_care: list[Client],
    owners: dict[UUID, UUID],
    quiet: list[Client],
    appointments: list[Appointment],
    unsigned: dict[UUID, int],
    now: datetime,
) -> list[Load]:
    """One row a therapist, by name, and the clinic's sum as the last."""
    active = Counter(owners[client.pk] for client in in_care if client.status == Status.ACTIVE and client.pk in owners)
    gone = Counter(owners[client.pk] for client in quiet if client.pk in owners)
    ahead = Counter(each.therapist_id for each in appointments if each.state == SessionState.PLANNED and each.ends_at > now)
    behind = Counter(each.therapist_id for each in appointments if each.state == SessionState.PLANNED and each.ends_at <= now)
    rows = [Load(name, active[pk], ahead[pk], behind[pk], unsigned.get(pk, 0), gone[pk]) for pk, name in names.items()]
    total = Load(
        _("Clinic"),
        sum(row.active for row in rows),
        sum(row.sessions for row in rows),
        sum(row.to_log for row in rows),
        sum(row.to_sign for row in rows),
        sum(row.quiet for row in rows),
    )
    return [*rows, total]


@dataclass(frozen=True)
class PutOff:
    """What one client named for one exercise, how often in twelve weeks, and whether in the last four."""

    barrier: str
    client_id: UUID
    exercise: str
    n: int
    lately: int


def put_off(clinic_id: UUID, now: datetime) -> list[PutOff]:
    """What was shared when a task was put off. One statement."""
    found = NotToday.objects.filter(clinic_id=clinic_id, occurred_at__gte=now - TWELVE_WEEKS, visibility=Visibility.MY_THERAPIST).exclude(barrier="")
    title = Max(KeyTextTransform("title", "assignment__exercise_version__content"))
    lately = Count("id", filter=Q(occurred_at__gte=now - PUT_OFF_LATELY))
    counted = found.values("barrier", "client_id", "assignment__item_key").annotate(title=title, n=Count("id"), lately=lately)
    return [PutOff(row["barrier"], row["client_id"], row["title"] or row["assignment__item_key"], row["n"], row["lately"]) for row in counted]


def in_the_way(rows: Iterable[PutOff]) -> list[dict[str, Any]]:
    """What was named most in the last four weeks, by how many clients; with the hint for therapists."""
    clients: dict[str, set[UUID]] = defaultdict(set)
    for row in rows:
        if row.lately:
            clients[row.barrier].add(row.client_id)
    words = {each.key: each for each in barriers()}
    ranked = sorted(clients, key=lambda key: (-len(clients[key]), key))
    return [{"name": words[key].client, "n": len(clients[key]), "hint": words[key].therapist.split(".")[0] + "."} for key in ranked if key in words]


def by_exercise(rows: Iterable[PutOff]) -> list[dict[str, Any]]:
    """What was named for one exercise, how often in twelve weeks; only what was named at least five times."""
    words = {each.key: each.client for each in barriers()}
    counted: Counter[tuple[str, str]] = Counter()
    for row in rows:
        counted[row.exercise, row.barrier] += row.n
    ranked = sorted((-n, exercise, barrier) for (exercise, barrier), n in counted.items() if n >= AT_LEAST and barrier in words)
    return [{"exercise": exercise, "barrier": words[barrier], "n": -n} for n, exercise, barrier in ranked]


def reminder_counts(clinic_id: UUID, now: datetime) -> list[tuple[str, int]]:
    """What became of the reminders of the last seven days, and what is planned for the next two."""
    states = Counter(Reminder.objects.filter(clinic_id=clinic_id, due_at__gte=now - timedelta(days=7)).values_list("state", flat=True))
    return [
        (_("Planned"), sum(states[state] for state in SENDING)),
        (_("Sent"), states[State.SENT] + states[State.OPENED]),
        (_("Held back, with a reason"), states[State.HELD]),
        (_("Could not be sent"), states[State.FAILED] + states[State.EXPIRED]),
    ]


def lead(context: dict[str, Any]) -> str:
    """The page's first sentence."""
    parts = []
    if context["unassigned"]:
        n = len(context["unassigned"])
        parts.append(ngettext("%(n)s client has no therapist.", "%(n)s clients have no therapist.", n) % {"n": n})
    if context["talk"]:
        n = len(context["talk"])
        parts.append(ngettext("%(n)s client has gone quiet.", "%(n)s clients have gone quiet.", n) % {"n": n})
    return " ".join(parts) or _("Nothing waits.")
