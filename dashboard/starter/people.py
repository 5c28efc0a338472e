"""Who there is: the clinic, its admin and two therapists, three clients, and Ben's own way in."""

from datetime import date, timedelta
from typing import Any

from access.acting import acting_as
from accounts.models import Membership, Role
from accounts.services import add_member, create_clinic
from clients.models import Client
from clients.services import add_client, invite_client, sign_up_invited
from core.ids import uuid7
from core.zones import today_in
from dashboard.starter.cast import ZONE, Cast, actor_of

KEY = "starter"
BEN: dict[str, Any] = {
    "called": "Ben Ashgrove",
    "legal_name": "Benjamin Ashgrove",
    "pronouns": "he/him",
    "birth_date": date(1991, 3, 14),
    "email": "ben@example.org",
    "phone": "020 7946 0101",
    "phone_ok": True,
    "voicemail_ok": False,
    "email_ok": True,
    "post_ok": False,
    "phone_checked": False,
    "emergency_contact": "Rosa Ashgrove, sister, 020 7946 0102",
    "gp": "Dr Gray, Mill Lane Practice",
}
CLEO: dict[str, Any] = {
    "called": "Cleo Marsh",
    "pronouns": "she/her",
    "birth_date": date(1984, 9, 2),
    "phone": "020 7946 0103",
    "phone_ok": True,
    "voicemail_ok": True,
}
DANA: dict[str, Any] = {"called": "Dana Whitlow", "pronouns": "they/them", "birth_date": date(1999, 12, 30), "email": "dana@example.org", "email_ok": True}


def load(password: str) -> Cast:
    ada = create_clinic(
        name="Lanternbrook",
        timezone_name=ZONE,
        country="GB",
        admin_name="Ada Merrow",
        admin_email="ada@example.org",
        password=password,
        key=KEY,
        is_demo=True,
    )
    tara = add_member(clinic=ada.clinic, role=Role.THERAPIST, name="Tara Finch", email="tara@example.org", password=password)
    sam = add_member(clinic=ada.clinic, role=Role.THERAPIST, name="Sam Okafor", email="sam@example.org", password=password)
    ben, cleo, dana = client_of(tara, BEN, weeks=9), client_of(tara, CLEO, weeks=3), client_of(sam, DANA, weeks=5)
    return Cast(ada=ada, tara=tara, sam=sam, ben_portal=portal_of(tara, ben, password), ben=ben, cleo=cleo, dana=dana)


def client_of(therapist: Membership, contact: dict[str, Any], *, weeks: int) -> Client:
    """A client who came some weeks ago."""
    by = actor_of(therapist)
    with acting_as(by):
        began = today_in(ZONE) - timedelta(weeks=weeks)
        client = add_client(new_id=uuid7(), started_on=began, by=by, timezone=ZONE, country="GB", language="en-gb", **contact)
    client.clinic = therapist.clinic
    return client


def portal_of(therapist: Membership, client: Client, password: str) -> Membership:
    """Invited, and accepted as a person does: through the link."""
    by = actor_of(therapist)
    with acting_as(by):
        invitation = invite_client(client=client, new_id=uuid7(), email=client.email, by=by)
    user, outcome = sign_up_invited(token=invitation.token, email=client.email, name=client.called, password=password)
    if user is None:
        raise RuntimeError(f"the starter's invitation was answered with {outcome}")
    return Membership.objects.select_related("user", "clinic").get(user=user, role=Role.CLIENT)
