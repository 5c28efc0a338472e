"""Reads of the safety plan."""

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


def with_next_review(clients: QuerySet[Client]) -> QuerySet[Client]:
    """Each with the day of its plan's `next_review`, None where there is no plan: a column of the same statement, without a word of the plan."""
    latest = SafetyPlan.objects.filter(client_id=OuterRef("pk")).order_by("-number").values("next_review")[:1]
    return clients.annotate(next_review=Subquery(latest))
