"""What is to be talked about next time: a line of either side, and what became of an entry that the client marked."""

from django.db import models
from django.db.models import Q

from clients.models.base import EntryModel, Visibility, entry_rules
from core.models import one_of
from therapy.models.sessions import TherapySession


class AgendaState(models.TextChoices):
    OPEN = "open", "to talk about"
    TALKED = "talked", "talked about"
    LET_GO = "let_go", "taken off"


class AgendaItem(EntryModel):
    """One line for the next session. `about` is a key that says which page it was written on.

    An entry marked "I want to talk about this" needs no line here while it is open: `for_session` on the entry is the wish. Once it has been
    talked about, a line without text names it by `source_kind` and `source_id`, so that the wish is kept and still off the list.
    """

    text = models.CharField(max_length=500, blank=True)
    about = models.CharField(max_length=20, blank=True)
    source_kind = models.CharField(max_length=60, blank=True)
    source_id = models.UUIDField(null=True, blank=True)
    state = models.CharField(max_length=6, choices=AgendaState, default=AgendaState.OPEN)
    state_changed_at = models.DateTimeField(null=True, blank=True)
    session = models.ForeignKey(TherapySession, models.PROTECT, null=True, blank=True, related_name="+")

    words = ("text",)
    codes = ("about", "source_kind", "state", "visibility")
    rules = entry_rules("id, clinic_id, client_id, created_at, occurred_at, recorded_at, visibility, for_session, about, state, state_changed_at, session_id")

    class Meta:
        constraints = [
            one_of("state", AgendaState, "agenda_state"),
            one_of("visibility", Visibility, "agenda_visibility"),
            models.CheckConstraint(name="agenda_says_something", condition=~Q(text="") | Q(source_id__isnull=False)),
            models.UniqueConstraint(fields=["source_kind", "source_id"], condition=Q(source_id__isnull=False), name="agenda_source_once"),
        ]
        indexes = [models.Index(fields=["client", "state"], name="agenda_client_state")]

    def __str__(self) -> str:
        return self.state
