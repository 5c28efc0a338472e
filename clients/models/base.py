"""Bases of clinical tables."""

from django.db import models
from django.utils import timezone

from core.models import VersionedModel
from core.rules import BY_ME, MY_CLINIC, OWN_RECORD, READABLE_CLIENT, SHARED, WRITABLE_CLIENT, Rule

CLIENT_WRITES = f"{OWN_RECORD} AND {MY_CLINIC}"
STAFF_WRITES = f"{WRITABLE_CLIENT} AND {MY_CLINIC}"


class Visibility(models.TextChoices):
    ONLY_ME = "only_me", "only me"
    MY_THERAPIST = "my_therapist", "my therapist"


class ClinicalModel(VersionedModel):
    """A row about one client of one clinic. `access.wall` adds a composite foreign key that keeps the two in step."""

    clinic = models.ForeignKey("accounts.Clinic", models.PROTECT, related_name="+")
    client = models.ForeignKey("clients.Client", models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class EntryModel(ClinicalModel):
    """Something a client reports: when it happened, when we learnt it, and who may read it.

    `only_me` rows are invisible to all staff. `for_session` is the separate wish to talk about it.
    """

    occurred_at = models.DateTimeField(default=timezone.now)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    visibility = models.CharField(max_length=12, choices=Visibility, default=Visibility.MY_THERAPIST)
    for_session = models.BooleanField(default=False)

    class Meta:
        abstract = True


def entry_rules(admin_columns: str, *, staff_write: bool = True) -> list[Rule]:
    """The rules of a row that the client owns: she reads and writes all of hers, staff what is shared, the office the structure."""
    rules = [
        Rule("portal", "select update", CLIENT_WRITES),
        Rule("portal", "insert", f"{CLIENT_WRITES} AND {BY_ME}"),
        Rule("therapist", "select", f"{READABLE_CLIENT} AND {SHARED}"),
        Rule("admin", "select", f"{MY_CLINIC} AND {SHARED}", columns=admin_columns),
    ]
    if staff_write:
        rules.append(Rule("therapist", "insert", f"{STAFF_WRITES} AND {SHARED} AND {BY_ME}"))
        rules.append(Rule("therapist", "update", f"{STAFF_WRITES} AND {SHARED}"))
    return rules
