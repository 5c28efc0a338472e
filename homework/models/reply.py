"""A therapist's short answer to something the client shared."""

from django.db import models
from django.utils import timezone

from clients.models.base import CLIENT_WRITES, STAFF_WRITES, ClinicalModel
from core.rules import BY_ME, MY_CLINIC, READABLE_CLIENT, Rule


class Reply(ClinicalModel):
    """Words in the margin of one entry, which `source_*` name as the axis does. Both read it, whoever works with the client later too.

    `read_at`: when the client put it away; `withdrawn_at`: its author took it back.
    """

    source_kind = models.CharField(max_length=60)
    source_id = models.UUIDField()
    text = models.CharField(max_length=1000)
    occurred_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    words = ("text",)
    codes = ("source_kind",)
    rules = [
        Rule("therapist", "select", READABLE_CLIENT),
        Rule("therapist", "insert", f"{STAFF_WRITES} AND {BY_ME}"),
        Rule("therapist", "update", f"{STAFF_WRITES} AND {BY_ME}", columns="withdrawn_at, updated_at, version"),
        Rule("portal", "select", CLIENT_WRITES),
        Rule("portal", "update", CLIENT_WRITES, columns="read_at, updated_at, version"),
        Rule(
            "admin",
            "select",
            MY_CLINIC,
            columns="id, clinic_id, client_id, created_at, created_by_id, source_kind, source_id, occurred_at, read_at, withdrawn_at",
        ),
    ]

    class Meta:
        indexes = [models.Index(fields=["client", "-occurred_at"], name="reply_client_when")]

    def __str__(self) -> str:
        return f"reply {self.occurred_at:%Y-%m-%d}"
