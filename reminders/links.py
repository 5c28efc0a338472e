"""The links of a message: to the portal, and to stop with one click. The second is signed, so that it works without signing in."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from reminders.models import Reminder

SIGNER = Signer(salt="reminders.off")


@dataclass(frozen=True)
class Off:
    """What a signed link stops: one preference, of this person in this clinic."""

    preference_id: UUID
    user_id: UUID
    clinic_id: UUID


def off_token(reminder: Reminder) -> str:
    packed = reminder.preference_id.bytes + reminder.recipient_id.bytes + reminder.clinic_id.bytes
    return SIGNER.sign(urlsafe_b64encode(packed).decode())


def read_off_token(token: str) -> Off | None:
    """None for a token that this site has not made."""
    try:
        packed = urlsafe_b64decode(SIGNER.unsign(token))
        return Off(*(UUID(bytes=packed[start : start + 16]) for start in (0, 16, 32)))
    except (BadSignature, binascii.Error, ValueError):
        return None


def off_link(reminder: Reminder) -> str:
    return settings.BASE_URL + reverse("reminders:off", args=[off_token(reminder)])


def portal_link(reminder: Reminder) -> str:
    return settings.BASE_URL + reverse("reminders:open", args=[reminder.pk])
