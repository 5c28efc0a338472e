"""The safety plan's versions: other words, or a review."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.services import record_event
from clients.models import Client
from clients.services import add_timeline_entry
from core.actor import Actor
from core.errors import Refused, Stale
from core.once import constraint_of, create_once
from core.sealed import newest_key
from safety.models import Line, SafetyPlan
from safety.models.plan import Steps
from safety.plan_content import REVIEW_MONTHS, WITH_PHONES, plan_steps
from safety.selectors import current_safety_plan

TEXT_MAX, PHONE_MAX, LINES_MAX = 300, 40, 20


@transaction.atomic
def save_safety_plan(
    *, client: Client, new_id: UUID, number: int, steps: Steps, by: Actor, occurred_at: datetime | None = None, next_review: date | None = None
) -> SafetyPlan | None:
    """A new version with these steps in place of what stood there; the others stay. The same words make none. The therapist begins the plan.

    Made from version `number` (0: there was none). Raises Stale when one of these steps was changed since; a change of another step is kept.
    """
    sent_before = SafetyPlan.objects.filter(pk=new_id, client=client).first()
    if sent_before is not None:
        return sent_before
    there = current_safety_plan(client)
    if there is None and by.kind == "portal":
        raise Refused(_("You and your therapist begin the plan together."))
    given = {key: clean_lines(key, lines) for key, lines in steps.items()}
    stands = dict(there.steps) if there else {}
    if number != (there.number if there else 0):
        began = SafetyPlan.objects.filter(client=client, number=number).first()
        before = began.steps if began else {}
        if any(stands.get(key, ()) != before.get(key, ()) for key in given):
            raise Stale(there)
    told = {key: tuple(lines) for key in plan_steps() if (lines := given.get(key, stands.get(key, ())))}
    if told == stands:
        return there
    made = occurred_at or timezone.now()
    row = _version_after(there, client, new_id, made, by)
    if there is None:
        row.reviewed_on = timezone.localdate(made)
        row.next_review = next_review or months_after(row.reviewed_on, REVIEW_MONTHS)
        _check_dates(row.reviewed_on, row.next_review, there)
    row.close(told)
    verb = "safety_plan_changed" if there else "safety_plan_made"
    return _keep(row, verb, "" if there else "safety_plan", {"steps": [key for key in given if given[key] != tuple(stands.get(key, ()))]}, by)


@transaction.atomic
def review_safety_plan(
    *, client: Client, new_id: UUID, number: int, reviewed_on: date, next_review: date, by: Actor, occurred_at: datetime | None = None
) -> SafetyPlan:
    """Both have looked at it: a version with the same words and new dates. Raises Stale when the plan is not at `number` any more."""
    sent_before = SafetyPlan.objects.filter(pk=new_id, client=client).first()
    if sent_before is not None:
        return sent_before
    there = current_safety_plan(client)
    if there is None:
        raise Refused(_("There is no plan yet."))
    if by.kind != "therapist":
        raise Refused(_("Your therapist notes when you looked at the plan together."))
    if there.number != number:
        raise Stale(there)
    _check_dates(reviewed_on, next_review, there)
    row = _version_after(there, client, new_id, occurred_at or timezone.now(), by)
    row.reviewed_on, row.next_review = reviewed_on, next_review
    row.close(there.steps)
    return _keep(row, "safety_plan_reviewed", "safety_plan_review", {"reviewed_on": f"{reviewed_on}", "next_review": f"{next_review}"}, by)


def reseal_plans() -> int:
    """For the owner's login, after a new key was put in front: what older keys sealed is sealed anew. Nothing else of a row changes."""
    old = SafetyPlan.objects.exclude(sealed__startswith=f"{newest_key()}:")
    done = 0
    for row in old.iterator():
        row.close(row.steps)
        done += SafetyPlan.objects.filter(pk=row.pk).update(sealed=row.sealed)
    return done


def clean_lines(key: str, lines: Sequence[Line]) -> tuple[Line, ...]:
    """Without empty ones and without the same twice; a number alone is a line too."""
    if key not in plan_steps():
        raise Refused(_("This step is not part of the plan."))
    found = []
    for line in lines:
        text, phone = line.text.strip(), line.phone.strip() if key in WITH_PHONES else ""
        if text or phone:
            found.append(Line(text or phone, phone))
    if len(found) > LINES_MAX or any(len(line.text) > TEXT_MAX or len(line.phone) > PHONE_MAX for line in found):
        raise Refused(_("This is long. Please keep it to 20 short lines."))
    return tuple(dict.fromkeys(found))


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError(day)


def _check_dates(reviewed_on: date, next_review: date, there: SafetyPlan | None) -> None:
    if reviewed_on > timezone.localdate():
        raise Refused(_("This day is still to come."), "reviewed_on")
    if there is not None and reviewed_on < there.reviewed_on:
        raise Refused(_("There is a later review already."), "reviewed_on")
    if not reviewed_on < next_review <= months_after(reviewed_on, REVIEW_MONTHS):
        raise Refused(_("Please choose a day after the review, at most 3 months later."), "next_review")


def _version_after(there: SafetyPlan | None, client: Client, new_id: UUID, made: datetime, by: Actor) -> SafetyPlan:
    row = SafetyPlan(id=new_id, client=client, clinic_id=client.clinic_id, number=1, created_by_id=by.user_id, occurred_at=made)
    if there is not None:
        row.number, row.reviewed_on, row.next_review = there.number + 1, there.reviewed_on, there.next_review
    return row


def _keep(row: SafetyPlan, verb: str, kind: str, detail: dict[str, object], by: Actor) -> SafetyPlan:
    """A change is told by the plan's own history; the axis has that it was made, and each review."""

    def make() -> SafetyPlan:
        row.save(force_insert=True)
        if kind:
            add_timeline_entry(source=row, kind=kind, by=by)
        record_event(verb=verb, by=by, row=row, client_id=row.client_id, detail={"number": row.number, **detail})
        return row

    try:
        return create_once(SafetyPlan, row.pk, make, by=by, client_id=row.client_id)[0]
    except IntegrityError as error:
        if constraint_of(error) == "safety_plan_number":
            raise Stale(current_safety_plan(row.client)) from error
        raise
