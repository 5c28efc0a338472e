"""An invitation to join a clinic in one role, bound to one address."""

import hashlib
import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.models.clinic import Clinic, Role
from core.models import BaseModel, one_of
from core.rules import BY_ME, MY_CLINIC, Rule

LIFETIME = timedelta(days=7)
OF_MY_CLIENTS = "id = ANY ((SELECT sec.readable_invitation_ids())::uuid[])"


class State(models.TextChoices):
    SENT = "sent", "sent"
    ACCEPTED = "accepted", "accepted"
    WITHDRAWN = "withdrawn", "withdrawn"


def expiry() -> datetime:
    return timezone.now() + LIFETIME


class Invitation(BaseModel):
    """Single use, seven days. Read and used only through the database functions `sec.invitation` and `sec.accept_invitation`.

    The token in the link is an HMAC of the id, so the mail task needs the id alone; the table holds only the token's hash.
    """

    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=Role)
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=200, blank=True)
    token_hash = models.CharField(max_length=64, editable=False)
    state = models.CharField(max_length=10, choices=State, default=State.SENT)
    expires_at = models.DateTimeField(default=expiry)
    mailed_at = models.DateTimeField(null=True, blank=True)  # empty while its mail waits to be sent
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")

    names = ("email", "name")
    codes = ("role", "token_hash", "state")
    rules = [
        Rule("therapist", "insert", f"{MY_CLINIC} AND role = 'client' AND {BY_ME}"),
        Rule("therapist", "select", f"{MY_CLINIC} AND role = 'client' AND ({BY_ME} OR {OF_MY_CLIENTS})"),
        Rule("therapist", "update", f"{MY_CLINIC} AND role = 'client' AND ({BY_ME} OR {OF_MY_CLIENTS})", columns="state, expires_at"),
        Rule("admin", "select insert", MY_CLINIC),
        Rule("admin", "update", MY_CLINIC, columns="state, expires_at"),
        Rule("worker", "select", MY_CLINIC, columns="id, clinic_id, role, email, name, state, expires_at, created_at, mailed_at"),
        Rule("worker", "update", MY_CLINIC, columns="mailed_at"),
    ]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["token_hash"], name="invitation_token_unique"),
            one_of("role", Role, "invitation_role"),
            one_of("state", State, "invitation_state"),
            models.CheckConstraint(
                name="invitation_accepted_pair",
                condition=models.Q(state="accepted", accepted_at__isnull=False, accepted_by__isnull=False)
                | (~models.Q(state="accepted") & models.Q(accepted_at=None, accepted_by=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role}, {self.state}"

    @property
    def token(self) -> str:
        """The secret part of the link: 64 hexadecimal digits."""
        return make_token(str(self.pk))

    @property
    def is_open(self) -> bool:
        return self.state == State.SENT and self.expires_at > timezone.now()


def make_token(invitation_id: str) -> str:
    """The link's token for an invitation's id: HMAC-SHA-256 under the site's secret, in hex."""
    return hmac.new(b"invitation:" + settings.SECRET_KEY.encode(), invitation_id.encode(), hashlib.sha256).hexdigest()


def hash_token(token: str) -> str:
    """What the table holds of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
