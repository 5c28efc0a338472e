"""Something to read: given by a therapist, and what stayed with the client."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from clients.models.base import CLIENT_WRITES, STAFF_WRITES, ClinicalModel, EntryModel, Visibility, entry_rules
from clients.models.entries import ENTRY
from core.models import one_of
from core.rules import BY_ME, MY_CLINIC, READABLE_CLIENT, Rule


class ReadingState(models.TextChoices):
    GIVEN = "given", "given"
    READ = "read", "read"
    TAKEN_BACK = "taken_back", "taken back"


class ReadingGiven(ClinicalModel):
    """A text of homework/data/reading.yaml given to a client: why, and when both look at it.

    That it was read is seen by both; the words about it are a ReadingNote.
    """

    item_key = models.CharField(max_length=60)
    reason = models.CharField(max_length=500, blank=True)
    look_at_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=ReadingState, default=ReadingState.GIVEN)
    state_changed_at = models.DateTimeField(null=True, blank=True)
    state_changed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")

    words = ("reason",)
    codes = ("item_key", "state")
    rules = [
        Rule("therapist", "select", READABLE_CLIENT),
        Rule("therapist", "insert", f"{STAFF_WRITES} AND {BY_ME}"),
        Rule("therapist", "update", STAFF_WRITES),
        Rule("portal", "select", CLIENT_WRITES),
        Rule("portal", "update", CLIENT_WRITES, columns="state, state_changed_at, state_changed_by_id, version, updated_at"),
        Rule("admin", "select", MY_CLINIC, columns="id, clinic_id, client_id, created_at, item_key, look_at_on, state, state_changed_at, state_changed_by_id"),
    ]

    class Meta:
        constraints = [
            one_of("state", ReadingState, "reading_state"),
            models.UniqueConstraint(fields=["client", "item_key"], condition=Q(state="given"), name="reading_once_given"),
        ]
        indexes = [models.Index(fields=["client", "state"], name="reading_client_state")]

    def __str__(self) -> str:
        return self.item_key

    # what the client's axis asks of everything that goes on it: what is given is never private to one side
    visibility = Visibility.MY_THERAPIST
    for_session = False

    @property
    def occurred_at(self) -> datetime:
        return self.created_at


class ReadingNote(EntryModel):
    """The client read a text by an own choice, or says what stayed of one. `given` is empty for a text that nobody gave. `withdrawn_at`: taken back."""

    item_key = models.CharField(max_length=60)
    given = models.ForeignKey(ReadingGiven, models.PROTECT, null=True, blank=True, related_name="notes")
    stayed = models.CharField(max_length=2000, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    words = ("stayed",)
    codes = ("item_key", "visibility")
    rules = entry_rules(f"{ENTRY}, item_key, given_id, withdrawn_at", staff_write=False)

    class Meta:
        constraints = [one_of("visibility", Visibility, "reading_note_visibility")]
        indexes = [models.Index(fields=["client", "-occurred_at"], name="reading_note_client_when")]

    def __str__(self) -> str:
        return f"{self.item_key} {self.occurred_at:%Y-%m-%d}"
