"""The client: one person in one clinic, one record."""

from django.db import models
from django.utils import timezone

from core.models import VersionedModel, one_of
from core.rules import BY_ME, MY_CLINIC, Rule

READABLE = "id = ANY ((SELECT sec.readable_client_ids())::uuid[])"
WRITABLE = "id = ANY ((SELECT sec.writable_client_ids())::uuid[])"
EDITED = (  # everything but `portal_user`, which `sec.accept_invitation` alone writes: whoever is bound there reads all of it
    "status, called, legal_name, pronouns, birth_date, language, timezone, country, email, phone, phone_ok, voicemail_ok, email_ok, post_ok,"
    " phone_checked, emergency_contact, gp, started_on, invitation_id, version, updated_at"
)
GROWN_UP = 18  # years


class Status(models.TextChoices):
    WAITING = "waiting", "waiting"
    ACTIVE = "active", "active"
    DISCHARGED = "discharged", "discharged"
    LOST_CONTACT = "lost_contact", "lost contact"


ENDED = (Status.DISCHARGED, Status.LOST_CONTACT)


class Client(VersionedModel):
    """`called` is the name she goes by and the one shown; `legal_name` is for papers.

    Safe contact: each `*_ok` is True, False or empty (not asked yet). `phone_checked` = somebody else looks at her phone.
    `timezone` is the clock of her entries, homework days and reminders.
    """

    clinic = models.ForeignKey("accounts.Clinic", models.PROTECT, related_name="+")
    status = models.CharField(max_length=12, choices=Status, default=Status.ACTIVE)
    called = models.CharField(max_length=200)
    legal_name = models.CharField(max_length=200, blank=True)
    pronouns = models.CharField(max_length=40, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=10, default="en")
    timezone = models.CharField(max_length=64)
    country = models.CharField(max_length=2, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    phone_ok = models.BooleanField(null=True, blank=True)
    voicemail_ok = models.BooleanField(null=True, blank=True)
    email_ok = models.BooleanField(null=True, blank=True)
    post_ok = models.BooleanField(null=True, blank=True)
    phone_checked = models.BooleanField(null=True, blank=True)
    emergency_contact = models.CharField(max_length=300, blank=True)
    gp = models.CharField(max_length=300, blank=True)
    started_on = models.DateField()
    portal_user = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    invitation = models.ForeignKey("accounts.Invitation", models.PROTECT, null=True, blank=True, related_name="+")

    names = ("called", "legal_name", "pronouns", "email", "phone", "emergency_contact", "gp")
    codes = ("status", "language", "timezone", "country")
    rules = [
        Rule("therapist", "select", READABLE),
        Rule("therapist", "insert", f"{MY_CLINIC} AND {BY_ME} AND portal_user_id IS NULL"),
        Rule("therapist", "update", f"{WRITABLE} AND {MY_CLINIC}", columns=EDITED),
        Rule("portal", "select", "id = {own}"),
        Rule("portal", "update", f"id = {{own}} AND {MY_CLINIC}", columns="email, phone, timezone, version, updated_at"),
        Rule("admin", "select", MY_CLINIC),
        Rule("admin", "insert", f"{MY_CLINIC} AND portal_user_id IS NULL"),
        Rule("admin", "update", MY_CLINIC, columns=EDITED),
    ]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "clinic"], name="client_in_clinic"),  # what composite foreign keys point at
            models.UniqueConstraint(fields=["clinic", "portal_user"], condition=~models.Q(portal_user=None), name="client_portal_user_once"),
            one_of("status", Status, "client_status"),
        ]
        indexes = [models.Index(fields=["clinic", "status"], name="client_clinic_status")]

    def __str__(self) -> str:
        return self.called

    @property
    def age(self) -> int | None:
        """Whole years today, by the page's clock; None where her birth date is not known."""
        if self.birth_date is None:
            return None
        today, born = timezone.localdate(), self.birth_date
        return today.year - born.year - ((today.month, today.day) < (born.month, born.day))

    @property
    def is_minor(self) -> bool:
        """Known to be under 18."""
        return self.age is not None and self.age < GROWN_UP

    @property
    def week(self) -> int:
        """Whole weeks since the care began; 0 in the first one and before it."""
        return max((timezone.localdate() - self.started_on).days // 7, 0)
