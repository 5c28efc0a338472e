"""The plans of a record with their dates: three links."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients.models import Client
from coping.selectors import current_plan
from safety.selectors import current_safety_plan
from therapy.models import Goal
from therapy.models.goals import GoalState


@dataclass(frozen=True)
class PlanRow:
    """`told` are dates and counts, no words of a plan; `due`: it is time to look at it together."""

    title: str
    told: str
    url: str
    due: bool = False


def plan_rows(client: Client) -> list[PlanRow]:
    """Three statements."""
    return [_safety(client), _coping(client), _goals(client)]


def _safety(client: Client) -> PlanRow:
    plan = current_safety_plan(client)
    url = reverse("safety:desk_plan", args=[client.pk])
    if plan is None:
        return PlanRow(_("Safety plan"), _("None so far."), url)
    dates = {"day": date_format(plan.reviewed_on, "j F Y"), "next": date_format(plan.next_review, "j F Y")}
    if plan.next_review <= timezone.localdate():
        return PlanRow(_("Safety plan"), _("Looked at together on %(day)s. To look at again since %(next)s.") % dates, url, due=True)
    return PlanRow(_("Safety plan"), _("Looked at together on %(day)s. Next by %(next)s.") % dates, url)


def _coping(client: Client) -> PlanRow:
    plan = current_plan(client)
    said = _("Changed on %(day)s, version %(number)d.") % {"day": _day(plan.occurred_at), "number": plan.number} if plan else _("None so far.")
    return PlanRow(_("Coping plan"), said, reverse("coping:desk", args=[client.pk]))


def _goals(client: Client) -> PlanRow:
    n = Goal.objects.filter(client=client, state=GoalState.ACTIVE).count()
    return PlanRow(
        _("Goals"), ngettext("%(n)d open goal.", "%(n)d open goals.", n) % {"n": n} if n else _("None so far."), reverse("therapy:goals", args=[client.pk])
    )


def _day(moment: object) -> str:
    return date_format(timezone.localtime(moment), "j F Y")  # type: ignore[arg-type]  # the stubs name date alone
