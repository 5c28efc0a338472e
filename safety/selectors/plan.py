"""Reads of the safety plan."""

from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery

from clients.models import Client
from safety.models import SafetyPlan


def current_safety_plan(client: Client) -> SafetyPlan | None:
    return SafetyPlan.objects.filter(client=client).order_by("-number").first()


def has_plan(client: Client) -> bool:
    """Opens nothing."""
    return SafetyPlan.objects.filter(client=client).exists()


def safety_plan_versions(client: Client) -> QuerySet[SafetyPlan]:
    """Every version, newest first, each with its author."""
    columns = [field.name for field in SafetyPlan._meta.concrete_fields]
    return SafetyPlan.objects.filter(client=client).select_related("created_by").only(*columns, "created_by__name").order_by("-number")


def plans_to_review(day: date) -> QuerySet[SafetyPlan]:
    """The plans of clients in care whose next review is on that day or was before, of those that may be read; dates, no words."""
    latest = SafetyPlan.objects.filter(client_id=OuterRef("client_id")).order_by("-number").values("pk")[:1]
    found = SafetyPlan.objects.filter(pk=Subquery(latest), next_review__lte=day, client__status="active")
    return found.only("id", "client_id", "number", "reviewed_on", "next_review").order_by("next_review", "pk")
