"""Session notes that lock when signed, their amendments, and notes that nobody but their author reads."""

from django.db import models
from django.db.models import Q

from clients.models.base import STAFF_WRITES, ClinicalModel
from core.models import one_of
from core.rules import BY_ME, MY_CLINIC, READABLE_CLIENT, Rule
from therapy.models.sessions import TherapySession


class NoteFormat(models.TextChoices):
    DAP = "dap", "DAP"
    SOAP = "soap", "SOAP"
    BIRP = "birp", "BIRP"


class NoteState(models.TextChoices):
    DRAFT = "draft", "draft"
    SIGNED = "signed", "signed"


class SessionNote(ClinicalModel):
    """The note of one session, its author's. `body` is {field key: text}; `edited` names the fields she wrote or changed herself.

    While it is a draft, `body` holds those fields alone, and the others are read from the taps of the session's log; signing
    writes all of them down and locks the note: the database lets its author change drafts only.
    """

    session = models.OneToOneField(TherapySession, models.PROTECT, related_name="note")
    format = models.CharField(max_length=4, choices=NoteFormat, default=NoteFormat.DAP)
    body = models.JSONField(default=dict)
    edited = models.JSONField(default=list)
    state = models.CharField(max_length=6, choices=NoteState, default=NoteState.DRAFT)
    signed_at = models.DateTimeField(null=True, blank=True)

    words = ("body",)
    codes = ("format", "state", "edited")
    rules = [
        Rule("therapist", "select", READABLE_CLIENT),
        Rule("therapist", "insert", f"{STAFF_WRITES} AND {BY_ME}"),
        Rule("therapist", "update", f"{STAFF_WRITES} AND {BY_ME} AND state = 'draft'", check=f"{STAFF_WRITES} AND {BY_ME}"),
        Rule("admin", "select", MY_CLINIC, columns="id, clinic_id, client_id, created_at, created_by_id, session_id, state, signed_at"),
    ]

    class Meta:
        constraints = [
            one_of("format", NoteFormat, "note_format"),
            models.CheckConstraint(name="note_signed_pair", condition=Q(state="draft", signed_at=None) | Q(state="signed", signed_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.state


OWN_SIGNED = "EXISTS (SELECT FROM therapy_sessionnote n WHERE n.id = note_id AND n.created_by_id = {me} AND n.state = 'signed')"


class Amendment(ClinicalModel):
    """What its author adds to a note she signed; both are shown."""

    note = models.ForeignKey(SessionNote, models.PROTECT, related_name="amendments")
    text = models.TextField()
    reason = models.CharField(max_length=200, blank=True)

    words = ("text", "reason")
    rules = [
        Rule("therapist", "select", READABLE_CLIENT),
        Rule("therapist", "insert", f"{STAFF_WRITES} AND {BY_ME} AND {OWN_SIGNED}"),
        Rule("admin", "select", MY_CLINIC, columns="id, clinic_id, client_id, created_at, created_by_id, note_id"),
    ]

    def __str__(self) -> str:
        return f"amendment of {self.note_id}"


class PrivateNote(ClinicalModel):
    """Process notes: their author's alone. No colleague, supervisor, admin, portal, worker or export."""

    session = models.ForeignKey(TherapySession, models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField()

    words = ("text",)
    rules = [
        Rule("therapist", "select", f"{READABLE_CLIENT} AND {BY_ME}"),
        Rule("therapist", "insert update", f"{STAFF_WRITES} AND {BY_ME}"),
    ]

    def __str__(self) -> str:
        return "private note"
