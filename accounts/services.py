"""The only writers of people, clinics and memberships. (Invitations are made in clients.services: accepting one binds a record.)"""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.mail import send_text
from accounts.models import BrowserSession, Clinic, Invitation, Membership, Role, User
from accounts.models.user import normal_email
from audit.services import record_at_the_door, record_event
from core.actor import Actor
from core.errors import Refused
from core.versions import save_version

CLINIC_SETTINGS = (
    "name", "phone", "timezone", "country", "session_minutes", "portal_days_after_discharge", "works_with_minors", "second_factor_required", "opening_hours",
    "holidays",
)  # fmt: skip


@transaction.atomic
def create_clinic(
    *,
    name: str,
    timezone_name: str,
    country: str,
    admin_name: str,
    admin_email: str,
    password: str | None,
    key: str = "",
    is_demo: bool = False,
    works_with_minors: bool = False,
) -> Membership:
    """A new clinic with its first admin; needs the owner's login. An existing person with this address becomes its admin.

    Raises Refused when the key is taken.
    """
    if key and Clinic.objects.filter(key=key).exists():
        raise Refused(_("A clinic with this key is there already."), "key")
    clinic = Clinic.objects.create(name=name, timezone=timezone_name, country=country, key=key, is_demo=is_demo, works_with_minors=works_with_minors)
    user = User.objects.filter(email=normal_email(admin_email)).first() or User.objects.create_user(
        admin_email, password, name=admin_name, timezone=timezone_name
    )
    return Membership.objects.create(user=user, clinic=clinic, role=Role.ADMIN)


@transaction.atomic
def add_member(*, clinic: Clinic, role: str, name: str, email: str, password: str | None) -> Membership:
    """A member without an invitation: for loaders, with the owner's login."""
    user = User.objects.filter(email=normal_email(email)).first() or User.objects.create_user(email, password, name=name, timezone=clinic.timezone)
    return Membership.objects.get_or_create(user=user, clinic=clinic, role=role)[0]


def set_first_passwords(*, clinic: Clinic, password: str) -> None:
    """One password for each member who has none yet, hashed a single time, since a hash is made to be slow: for loaders, with the owner's login."""
    without = User.objects.filter(memberships__clinic=clinic, password__startswith=UNUSABLE_PASSWORD_PREFIX)
    User.objects.filter(pk__in=without.values("pk")).update(password=make_password(password))


@transaction.atomic
def update_profile(*, user: User, name: str, timezone_name: str, locale: str, request_id: str = "") -> None:
    """A person's own name, clock and language. She acts for herself, in no clinic, so there is no actor."""
    User.objects.filter(pk=user.pk).update(name=name, timezone=timezone_name, locale=locale)
    record_at_the_door(verb="profile_changed", user_id=user.pk, request_id=request_id)


@transaction.atomic
def end_role(*, membership: Membership, by: Actor) -> None:
    """The person stops working in this role, with her next request. Raises Refused for a clinic's last admin."""
    others = Membership.objects.filter(clinic_id=by.clinic_id, role=Role.ADMIN, active=True).exclude(pk=membership.pk)
    if membership.role == Role.ADMIN and not others.exists():
        raise Refused(_("A clinic needs an admin. Invite another one first."))
    if Membership.objects.filter(pk=membership.pk, active=True).update(active=False):
        record_event(verb="role_ended", by=by, row=membership, detail={"role": membership.role})


@transaction.atomic
def give_role_back(*, membership: Membership, by: Actor) -> None:
    """The person may work in this role again."""
    if Membership.objects.filter(pk=membership.pk, active=False).update(active=True):
        record_event(verb="role_given_back", by=by, row=membership, detail={"role": membership.role})


@transaction.atomic
def change_clinic(*, clinic: Clinic, version: int, changes: dict[str, Any], by: Actor) -> Clinic:
    """Change what CLINIC_SETTINGS names. With `second_factor_required` whoever works here sets up a second step before any other page.

    The trail keeps what was and what is, but for the clinic's own words. Raises Stale; PermissionDenied for all but the clinic's admin.
    """
    if by.kind != "admin" or clinic.pk != by.clinic_id:
        raise PermissionDenied
    unknown = set(changes) - set(CLINIC_SETTINGS)
    if unknown:
        raise ValueError(f"not settings: {sorted(unknown)}")
    before = {name: getattr(clinic, name) for name, value in changes.items() if getattr(clinic, name) != value}
    current = save_version(clinic, version=version, changes=changes)
    for name, old in before.items():
        values = {} if name in Clinic.names else {"from": old, "to": changes[name]}
        record_event(verb="clinic_changed", by=by, row=clinic, detail={"field": name, **values})
    return current


@transaction.atomic
def end_sessions(*, user: User, session_ids: list[UUID], request_id: str = "") -> int:
    """Sign a person out on these of her own devices; how many there were. She acts for herself, in no clinic, so there is no actor."""
    ended, _each = BrowserSession.objects.filter(user_id=user.pk, pk__in=session_ids).delete()
    if ended:
        record_at_the_door(verb="session_ended", user_id=user.pk, request_id=request_id, detail={"sessions": ended})
    return ended


@transaction.atomic
def mail_invitation(*, invitation_id: UUID, by: Actor) -> None:
    """Send its mail and mark it, once: the row is locked meanwhile, and one that somebody else is sending is left to them.

    Killed between sending and marking it goes again, with the same link. `by` is the worker of its clinic.
    """
    waiting = Invitation.objects.select_for_update(skip_locked=True, of=("self",)).only("id", "clinic_id", "email", "name", "role", "state", "expires_at")
    invitation = waiting.filter(pk=invitation_id, clinic_id=by.clinic_id, mailed_at=None).first()
    if invitation is None or not invitation.is_open:
        return
    link = settings.BASE_URL + reverse("clients:invitation", args=[invitation.token])
    send_text("mail/invitation.txt", invitation.email, {"link": link, "days": 7})
    Invitation.objects.filter(pk=invitation_id).update(mailed_at=timezone.now())
