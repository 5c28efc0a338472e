"""Inviting a client to the portal, and accepting any invitation. A link is used only by a button (POST), never by opening it."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from access.acting import acting_as
from access.invitations import find_invitation, use_invitation
from accounts.models import Invitation, Membership, Role, User
from accounts.models.invitation import State, hash_token, make_token
from accounts.models.user import normal_email
from audit.services import record_event
from clients.models import Client, Consent
from clients.models.care import ConsentKind
from clients.tasks import send_invitation
from core.actor import Actor
from core.errors import Refused
from core.once import create_once

CONSENT_VERSION = "1"  # of the words on the invitation page (templates/clients/invitation.html)


@transaction.atomic
def invite(*, new_id: UUID, role: str, email: str, name: str, by: Actor) -> Invitation:
    """Invite an address into the actor's clinic in one role; the mail goes out after the commit. Sent twice, it is one invitation.

    With broker or mail server away it goes when they are back (clients.tasks.send_waiting_invitations).
    """

    def make() -> Invitation:
        invitation = Invitation(
            id=new_id,
            clinic_id=by.clinic_id,
            role=role,
            email=normal_email(email),
            name=name,
            token_hash=hash_token(make_token(str(new_id))),
            created_by_id=by.user_id,
        )
        invitation.save(force_insert=True)
        record_event(verb="invited", by=by, row=invitation, detail={"role": role})
        transaction.on_commit(lambda: send_invitation.delay(str(by.clinic_id), str(new_id)), robust=True)  # with the broker away the sweeper sends it
        return invitation

    return create_once(Invitation, new_id, make, by=by, role=role, email=normal_email(email))[0]


@transaction.atomic
def invite_staff(*, new_id: UUID, role: str, email: str, name: str, by: Actor) -> Invitation:
    """Invite a colleague as therapist or admin; an earlier open link for the same role stops working. Raises Refused when the person has this role."""
    if role not in (Role.THERAPIST, Role.ADMIN):
        raise ValueError(f"staff are invited as therapist or admin, not {role}")
    address = normal_email(email)
    if Membership.objects.filter(clinic_id=by.clinic_id, role=role, active=True, user__email=address).exists():
        raise Refused(_("This person has this role already."), "email")
    for earlier in Invitation.objects.filter(clinic_id=by.clinic_id, role=role, email=address, state=State.SENT).exclude(pk=new_id):
        withdraw_invitation(invitation=earlier, by=by)
    return invite(new_id=new_id, role=role, email=email, name=name, by=by)


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Actor) -> None:
    """The link stops working. One already accepted stays."""
    done = Invitation.objects.filter(pk=invitation.pk, state=State.SENT).update(state=State.WITHDRAWN)
    if done:
        record_event(verb="invitation_withdrawn", by=by, row=invitation)


@transaction.atomic
def invite_client(*, client: Client, new_id: UUID, email: str, by: Actor, consent_on_record: bool = False) -> Invitation:
    """Send the client a link to her portal; an earlier one stops working. Raises Refused when she is signed up already.

    Under 18 the clinic has to work with minors, and somebody's consent to be on record: the trail keeps who said so.
    """
    client = Client.objects.select_for_update(of=("self",)).get(pk=client.pk)  # two presses of the button come one after the other
    if client.portal_user_id:
        raise Refused(_("This client signs in already."), "email")
    if client.invitation_id == new_id:
        return Invitation.objects.get(pk=new_id)
    _refuse_a_minor(client, consent_on_record)
    if client.invitation_id:
        earlier = client.invitation
        if earlier is not None and earlier.is_open:
            withdraw_invitation(invitation=earlier, by=by)
    if Invitation.objects.filter(pk=new_id).exists():  # another client's, also of one whose record is closed to the actor by now
        raise Refused(_("This form was used for another client. Please load the page again."))
    invitation = invite(new_id=new_id, role=Role.CLIENT, email=email, name=client.called, by=by)
    Client.objects.filter(pk=client.pk).update(invitation=invitation)
    detail = {"consent_on_record": True} if client.is_minor else {}
    record_event(verb="client_invited", by=by, row=invitation, client_id=client.pk, detail=detail)
    return invitation


def _refuse_a_minor(client: Client, consent_on_record: bool) -> None:
    if client.is_minor and not client.clinic.works_with_minors:
        raise Refused(_("This client is under 18, and this clinic’s portal is for adults."))
    if client.is_minor and not consent_on_record:
        raise Refused(_("Under 18 a consent has to be on record first."), "consent_on_record")


@transaction.atomic
def withdraw_client_invitation(*, client: Client, by: Actor) -> None:
    """The link stops working."""
    invitation = client.invitation
    if invitation is not None and invitation.is_open:
        withdraw_invitation(invitation=invitation, by=by)


@transaction.atomic
def accept_invitation(*, token: str, user: User) -> str:
    """Use the invitation for this signed-in person. Answers what `access.invitations.use_invitation` says."""
    found = find_invitation(hash_token(token))
    outcome = use_invitation(hash_token(token), user.pk)
    if outcome == "accepted" and found is not None and found.is_open and found.role == Role.CLIENT:
        _consent_to_portal(Actor("portal", user.pk, found.clinic_id))
    return outcome


def _consent_to_portal(by: Actor) -> None:
    """The invitation page says who reads what; using its button is the dated yes."""
    with acting_as(by):
        client = Client.objects.get(portal_user_id=by.user_id, clinic_id=by.clinic_id)
        for kind in (ConsentKind.PORTAL, ConsentKind.SHARING):
            if not Consent.objects.filter(client=client, kind=kind, withdrawn_at=None).exists():
                Consent(client=client, clinic_id=by.clinic_id, kind=kind, text_version=CONSENT_VERSION, created_by_id=by.user_id).save(force_insert=True)
        record_event(verb="consented", by=by, row=client, client_id=client.pk, detail={"version": CONSENT_VERSION})


@transaction.atomic
def sign_up_invited(*, token: str, email: str, name: str, password: str | None) -> tuple[User | None, str]:
    """Make the sign-in of somebody who has none, and use the invitation: both or neither. Answers the user and the outcome.

    Without a password (a loader sets it later) nobody can sign in yet.
    """
    try:
        with transaction.atomic():
            user = User.objects.create_user(email, password, name=name)
    except IntegrityError:  # the address signs in already, perhaps since a moment ago
        return None, "has_sign_in"
    outcome = accept_invitation(token=token, user=user)
    if outcome != "accepted":
        transaction.set_rollback(True)
        return None, outcome
    return user, outcome
