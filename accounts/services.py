"""The only writers of people, clinics and memberships. (Invitations are written in clients.services: accepting one binds a record.)"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Clinic, Membership, Role, User
from accounts.models.user import normal_email
from audit.services import record_at_the_door, record_event
from core.actor import Actor
from core.errors import Refused


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
