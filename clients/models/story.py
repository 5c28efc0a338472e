"""What a therapist keeps in mind about a client, in a row of its own: whoever may load a `Client` may load all of her."""

from django.db import models

from clients.models.base import STAFF_WRITES, ClinicalModel
from core.rules import BY_ME, READABLE_CLIENT, Rule


class ClientSummary(ClinicalModel):
    """`summary`: what we work on, in a few lines. `story`: what brought her. Not for the office, and not on the portal."""

    summary = models.TextField(blank=True)
    story = models.TextField(blank=True)

    words = ("summary", "story")
    rules = [
        Rule("therapist", "select", READABLE_CLIENT),
        Rule("therapist", "insert", f"{STAFF_WRITES} AND {BY_ME}"),
        Rule("therapist", "update", STAFF_WRITES),
    ]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client"], name="summary_one_of_client")]

    def __str__(self) -> str:
        return f"of {self.client_id}"
