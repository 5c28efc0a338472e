"""Reads for the pages about people: doubles, whom to ask, who looked, her way in, the clinic's members."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Max, Q
from django.utils import timezone

from accounts.models import Invitation, Membership, Role, User
from accounts.models.invitation import State
from accounts.selectors import names_of
from audit.models import AuditEvent
from clients.models import Client
from clients.models.care import Kind
from clients.selectors.care import active_assignments

LOOKED_BACK = timedelta(days=90)


def same_person(*, called: str, legal_name: str, birth_date: date | None, new_id: UUID) -> Client | None:
    """A client the actor may see with the same name and birth date: perhaps the same person, added twice."""
    names = [name for name in (called, legal_name) if name]
    alike = Q()
    for name in names:
        alike |= Q(called__iexact=name) | Q(legal_name__iexact=name)
    return Client.objects.filter(alike, birth_date=birth_date).exclude(pk=new_id).order_by("created_at").first()


def therapists_of(clinic_id: UUID) -> list[tuple[UUID, str]]:
    """(id, name) of everybody who works as therapist there, by name."""
    members = Membership.objects.filter(clinic_id=clinic_id, role=Role.THERAPIST, active=True)
    return list(members.order_by("user__name").values_list("user_id", "user__name"))


def therapists_by_address(clinic_id: UUID) -> dict[str, tuple[UUID, str]]:
    """Their e-mail addresses in lower case, each with id and name; for the office."""
    members = Membership.objects.filter(clinic_id=clinic_id, role=Role.THERAPIST, active=True)
    return {email.casefold(): (pk, name) for pk, name, email in members.values_list("user_id", "user__name", "user__email")}


def colleagues_for(client: Client) -> list[tuple[UUID, str]]:
    """Those of them who do not work with this client yet."""
    there = set(active_assignments(client).exclude(kind=Kind.BREAK_GLASS).values_list("therapist_id", flat=True))
    return [(pk, name) for pk, name in therapists_of(client.clinic_id) if pk not in there]


@dataclass(frozen=True)
class Look:
    """How often, and when last, somebody opened the record."""

    name: str
    last: datetime
    times: int


def who_looked(client: Client) -> list[Look]:
    """Who of the staff opened the record in the last 90 days, the latest first."""
    since = timezone.now() - LOOKED_BACK
    events = AuditEvent.objects.filter(client_id=client.pk, verb="record_opened", at__gte=since)
    rows = list(events.values("actor_id").annotate(last=Max("at"), times=Count("id")).order_by("-last"))
    names = names_of(row["actor_id"] for row in rows)
    return [Look(names.get(row["actor_id"], ""), row["last"], row["times"]) for row in rows]


def portal_state(client: Client) -> str:
    """none, sent, expired, withdrawn or signed_in."""
    if client.portal_user_id:
        return "signed_in"
    invitation = client.invitation
    if invitation is None or invitation.state == State.ACCEPTED:
        return "none"
    if invitation.state == State.WITHDRAWN:
        return "withdrawn"
    return "sent" if invitation.is_open else "expired"


@dataclass(frozen=True)
class Member:
    """One person of the staff with all her roles here."""

    user: User
    roles: tuple[Membership, ...]

    @property
    def is_active(self) -> bool:
        return any(role.active for role in self.roles)


def members_of(clinic_id: UUID, **only: UUID) -> list[Member]:
    """The staff by name; for the office."""
    users = "user__name", "user__email", "user__last_login", "user__is_active"
    found = Membership.objects.filter(clinic_id=clinic_id, **only).exclude(role=Role.CLIENT).select_related("user").only("role", "active", "clinic", *users)
    people: dict[UUID, list[Membership]] = {}
    for membership in found.order_by("user__name", "role"):
        people.setdefault(membership.user_id, []).append(membership)
    return [Member(roles[0].user, tuple(roles)) for roles in people.values()]


def member_of(user_id: UUID, clinic_id: UUID) -> Member | None:
    """One of them; None for anybody who never worked there."""
    return next((member for member in members_of(clinic_id, user_id=user_id)), None)


def staff_invitations(clinic_id: UUID) -> list[Invitation]:
    """Links to colleagues that were sent and neither used nor withdrawn, the newest first; the old ones among them have expired."""
    return list(Invitation.objects.filter(clinic_id=clinic_id, state=State.SENT).exclude(role=Role.CLIENT).order_by("-created_at"))


def masked(address: str) -> str:
    """An address that its owner knows and a stranger does not: b•••@example.org."""
    local, _at, domain = address.partition("@")
    return f"{local[:1]}•••@{domain}"
