"""The clinic's directory of places and services. No client stands in it; what one puts on a map is a Supporter of its own."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models

from core.models import VersionedModel
from core.rules import BY_ME, MY_CLINIC, Rule

STALE_AFTER = timedelta(days=180)
# What a client reads: neither the notes of staff nor who wrote or checked it (docs/decisions/0011).
FOR_CLIENTS = "id, clinic_id, name, kind, needs, phone, email, website, address, area, for_whom, checked_on, retired_at"
CHANGED = "name, kind, needs, phone, email, website, address, area, for_whom, staff_note, checked_on, checked_by_id, retired_at, version, updated_at"


class CommunityService(VersionedModel):
    """A service, group or place near the clinic. `needs`: keys of data/needs.yaml. After 180 days without a look it is stale, and says so."""

    clinic = models.ForeignKey("accounts.Clinic", models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    needs = models.JSONField(default=list, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=254, blank=True)
    website = models.CharField(max_length=300, blank=True)
    address = models.CharField(max_length=300, blank=True)
    area = models.CharField(max_length=80, blank=True)
    for_whom = models.CharField(max_length=200, blank=True)
    staff_note = models.TextField(blank=True)
    checked_on = models.DateField(null=True, blank=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)

    names = ("name", "phone", "email", "website", "address", "area", "for_whom", "staff_note")
    codes = ("kind", "needs")
    rules = [
        *(Rule(kind, "select", MY_CLINIC) for kind in ("therapist", "admin")),
        *(Rule(kind, "insert", f"{MY_CLINIC} AND {BY_ME}") for kind in ("therapist", "admin")),
        *(Rule(kind, "update", MY_CLINIC, columns=CHANGED) for kind in ("therapist", "admin")),
        Rule("portal", "select", f"{MY_CLINIC} AND retired_at IS NULL AND {{own}} IS NOT NULL", columns=FOR_CLIENTS),
    ]

    class Meta:
        indexes = [models.Index(fields=["clinic", "name"], name="community_clinic_name")]

    def __str__(self) -> str:
        return self.name

    def is_stale(self, today: date) -> bool:
        return self.checked_on is None or today - self.checked_on > STALE_AFTER
