"""A clinic, who belongs to it in which role, and who supervises whom."""

from typing import ClassVar

from django.db import models

from core.models import BaseModel, VersionedModel, one_of
from core.rules import MY_CLINIC, Rule


class Role(models.TextChoices):
    ADMIN = "admin", "admin"
    THERAPIST = "therapist", "therapist"
    CLIENT = "client", "client"


class Clinic(VersionedModel):
    """The organisation that keeps the records. `timezone` is the clock of its staff pages; `works_with_minors` lets it invite them to the portal.

    `opening_hours`: seven lists from Monday on, each of ["09:00", "12:30"]; empty where they are not set. `holidays`: days on which it is closed, each
    ["2026-12-25", "Christmas"]. (docs/decisions/0009)
    """

    key = models.SlugField(max_length=60, blank=True)
    name = models.CharField(max_length=200)
    timezone = models.CharField(max_length=64)
    country = models.CharField(max_length=2)
    phone = models.CharField(max_length=40, blank=True)
    session_minutes = models.PositiveSmallIntegerField(default=50)
    portal_days_after_discharge = models.PositiveSmallIntegerField(default=90)
    works_with_minors = models.BooleanField(default=False)
    second_factor_required = models.BooleanField(default=False)  # of staff, before any other page
    opening_hours = models.JSONField(default=list, blank=True)
    holidays = models.JSONField(default=list, blank=True)
    is_demo = models.BooleanField(default=False)

    names = ("name", "phone")
    codes = ("key", "timezone", "country", "opening_hours", "holidays")
    rules = [
        Rule("web", "select", "true"),
        Rule("therapist", "select", "id = {my_clinic}"),
        Rule("portal", "select", "id = {my_clinic}"),
        Rule("worker", "select", "id = {my_clinic}"),
        Rule("admin", "select update", "id = {my_clinic}"),
    ]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key"], condition=~models.Q(key=""), name="clinic_key_unique")]

    def __str__(self) -> str:
        return self.name


class Membership(BaseModel):
    """One role of one person in one clinic. A person may have several, and works in one at a time."""

    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="memberships")
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role)
    active = models.BooleanField(default=True)

    codes = ("role",)
    rules = [
        Rule("web", "select", "true"),
        Rule("therapist", "select", f"{MY_CLINIC} AND role <> 'client'"),
        Rule("portal", "select", f"{MY_CLINIC} AND (user_id = {{me}} OR user_id = ANY ((SELECT sec.my_therapist_ids())::uuid[]))"),
        Rule("admin", "select insert", MY_CLINIC),
        Rule("admin", "update", MY_CLINIC, columns="role, active"),
    ]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "clinic", "role"], name="membership_once"),
            one_of("role", Role, "membership_role"),
        ]

    def __str__(self) -> str:
        return f"{self.role} in {self.clinic_id}"


class Supervision(BaseModel):
    """While it lasts, the supervisor reads the records of the supervisee's assigned clients."""

    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="+")
    supervisor = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    supervisee = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()  # by access.clock, as the care assignments are
    ends_at = models.DateTimeField(null=True, blank=True)

    rules: ClassVar[list[Rule]] = [
        Rule("therapist", "select", f"{MY_CLINIC} AND (supervisor_id = {{me}} OR supervisee_id = {{me}})"),
        Rule("admin", "select insert", MY_CLINIC),
        Rule("admin", "update", MY_CLINIC, columns="starts_at, ends_at"),
    ]

    class Meta:
        constraints = [
            models.CheckConstraint(name="supervision_two_people", condition=~models.Q(supervisor=models.F("supervisee"))),
            models.CheckConstraint(name="supervision_ends_after", condition=models.Q(ends_at=None) | models.Q(ends_at__gte=models.F("starts_at"))),
        ]

    def __str__(self) -> str:
        return f"{self.supervisor_id} supervises {self.supervisee_id}"
