"""The session log as it stands in its author's form, before it is saved."""

from django.db import models

from clients.models.base import STAFF_WRITES, ClinicalModel
from core.rules import BY_ME, READABLE_CLIENT, Rule


class LogDraft(ClinicalModel):
    """Her own tap by tap copy, so that nothing typed is lost; gone once the log is saved. No colleague, supervisor or admin reads it.

    `session_ref` is the id that the session has, or will get when it is not in the calendar. `shown` is the showing of the form
    that wrote last and `sent` the number of its last autosave, so that an answer lost on the way does not lock its own tab out,
    while another tab with an older version is refused.
    """

    session_ref = models.UUIDField()
    fields = models.JSONField(default=dict)
    shown = models.UUIDField()
    sent = models.PositiveIntegerField(default=0)

    words = ("fields",)
    rules = [
        Rule("therapist", "select", f"{READABLE_CLIENT} AND {BY_ME}"),
        Rule("therapist", "insert update delete", f"{STAFF_WRITES} AND {BY_ME}"),
    ]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session_ref", "created_by"], name="log_draft_once")]

    def __str__(self) -> str:
        return f"draft of {self.session_ref}"
