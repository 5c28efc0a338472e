"""A clinic's crisis lines and who checked them. No client stands in either table."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import BaseModel, VersionedModel, one_of
from core.rules import BY_ME, MY_CLINIC, Rule

OWN_LINE = "EXISTS (SELECT FROM safety_crisisline l WHERE l.id = line_id AND l.clinic_id = {my_clinic} AND l.version = line_version)"


class How(models.TextChoices):
    """How somebody found out whether a line is right."""

    CALLED = "called", _("I called it")
    TEXTED = "texted", _("I texted it")
    WROTE = "wrote", _("I wrote in its chat")
    PAGE = "page", _("I read it on the operator’s own page")
    AUTHORITY = "authority", _("I read it on a page of the state or the health service")
    ASKED = "asked", _("I asked the operator in another way")


class CrisisLine(VersionedModel):
    """A line, or an emergency number, as this clinic knows it. It has no state of its own: `safety.checked.standing` reads it from the checks.

    The row begins as a copy of what we ship, with the first check of it. `facts` are the public values of SCHEMA.md 2.1, read and changed as a whole;
    a correction is a new `version`, and a check counts for the version it was made of alone.
    """

    clinic = models.ForeignKey("accounts.Clinic", models.PROTECT, related_name="+")
    country = models.CharField(max_length=2)
    key = models.SlugField(max_length=80)
    is_emergency = models.BooleanField(default=False)
    facts = models.JSONField()

    names = ("facts",)
    codes = ("country", "key")
    rules = [
        Rule("therapist", "select", MY_CLINIC),
        Rule("admin", "select", MY_CLINIC),
        Rule("admin", "insert", f"{MY_CLINIC} AND {BY_ME}"),
        Rule("admin", "update", MY_CLINIC, columns="facts, version, updated_at"),
    ]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clinic", "country", "key"], name="crisis_line_once")]

    def __str__(self) -> str:
        return f"{self.country} {self.key}"


class LineCheck(BaseModel):
    """Somebody (`created_by`) looked, and says how and what was found. Never changed: a later look is a new row."""

    clinic = models.ForeignKey("accounts.Clinic", models.PROTECT, related_name="+")
    line = models.ForeignKey(CrisisLine, models.PROTECT, related_name="checks")
    line_version = models.PositiveIntegerField()
    at = models.DateTimeField()
    how = models.CharField(max_length=10, choices=How)
    is_right = models.BooleanField()  # false: it is wrong or does not answer, and what was checked before counts no more
    seen = models.JSONField()  # the facts as they stood
    note = models.TextField(blank=True)

    names = ("seen", "note")
    codes = ("how",)
    rules = [
        Rule("therapist", "select", MY_CLINIC),
        Rule("admin", "select", MY_CLINIC),
        Rule("admin", "insert", f"{MY_CLINIC} AND {BY_ME} AND {OWN_LINE}"),
    ]

    class Meta:
        constraints = [one_of("how", How, "line_check_how")]
        indexes = [models.Index(fields=["line", "line_version"], name="line_checks")]

    def __str__(self) -> str:
        return f"check of {self.line_id}"
