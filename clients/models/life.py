"""How a client looks back: what happened, and what My progress leaves out."""

from django.db import models

from clients.models.base import CLIENT_WRITES, ClinicalModel, EntryModel, Visibility, entry_rules
from clients.models.entries import ENTRY
from core.models import one_of
from core.rules import BY_ME, Rule


class LifeEvent(EntryModel):
    """Something that happened in a life, in a few words: a mark on the client's own picture of how it has been. `withdrawn_at`: taken back.

    `occurred_at` is noon of its day by the client's own clock.
    """

    text = models.CharField(max_length=60)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    words = ("text",)
    codes = ("visibility",)
    rules = entry_rules(f"{ENTRY}, withdrawn_at", staff_write=False)

    class Meta:
        constraints = [one_of("visibility", Visibility, "life_event_visibility")]
        indexes = [models.Index(fields=["client", "-occurred_at"], name="life_event_client_when")]

    def __str__(self) -> str:
        return f"life event {self.occurred_at:%Y-%m-%d}"


class PortalChoice(ClinicalModel):
    """What My progress leaves out: moods, scores. Nobody else's business, so no staff may read it."""

    hide_moods = models.BooleanField(default=False)
    hide_scores = models.BooleanField(default=False)

    rules = [
        Rule("portal", "select update", CLIENT_WRITES),
        Rule("portal", "insert", f"{CLIENT_WRITES} AND {BY_ME}"),
    ]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client"], name="portal_choice_one_of_client")]

    def __str__(self) -> str:
        return f"of {self.client_id}"
