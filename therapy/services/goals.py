"""Goals in the client's words, and where she is on them."""

from datetime import date, time
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from audit.services import record_event
from clients.models import Client, TimelineEntry
from clients.services import add_timeline_entry
from core.actor import Actor
from core.errors import Refused
from core.once import create_once
from core.versions import save_version
from core.zones import today_in
from therapy.models import Goal, GoalRating
from therapy.models.goals import GoalState
from therapy.times import moment

LEVELS = (-2, -1, 0, 1, 2)
NOON = time(12)  # an earlier day's rating knows its day, not its hour; no change of the clocks leaves noon out


@transaction.atomic
def add_goal(*, client: Client, new_id: UUID, text: str, levels: dict[int, str], by: Actor, baseline: int = -1, importance: int = 1) -> Goal:
    """A goal in the client's words with up to five levels; `baseline` is where she begins. Sent twice, it is one goal."""

    def make() -> Goal:
        goal = Goal(
            id=new_id,
            client=client,
            clinic_id=client.clinic_id,
            text=text,
            levels=_stored(levels),
            baseline=baseline,
            importance=importance,
            created_by_id=by.user_id,
        )
        goal.save(force_insert=True)
        record_event(verb="goal_added", by=by, row=goal, client_id=client.pk)
        return goal

    return create_once(Goal, new_id, make, by=by, client_id=client.pk)[0]


@transaction.atomic
def edit_goal(*, goal: Goal, version: int, text: str, levels: dict[int, str], by: Actor, baseline: int = -1, importance: int = 1) -> Goal:
    """Other words, levels, start or weight. Raises Refused when it is closed, Stale when somebody changed it meanwhile."""
    _refuse_closed(goal)
    changes = {"text": text, "levels": _stored(levels), "baseline": baseline, "importance": importance}
    if all(getattr(goal, name) == value for name, value in changes.items()):
        return goal
    changed = save_version(goal, version=version, changes=changes)
    record_event(verb="goal_changed", by=by, row=changed, client_id=goal.client_id)
    return changed


@transaction.atomic
def close_goal(*, goal: Goal, version: int, by: Actor) -> Goal:
    """It stays readable, with its ratings. A second send changes nothing."""
    if goal.state == GoalState.CLOSED:
        return goal
    closed = save_version(goal, version=version, changes={"state": GoalState.CLOSED})
    record_event(verb="goal_closed", by=by, row=closed, client_id=goal.client_id)
    return closed


@transaction.atomic
def rate_goal(*, goal: Goal, level: int, by: Actor, rated_on: date | None = None) -> GoalRating:
    """Where she is on `rated_on` (today by the clinic's clock). One rating a day: another one takes its place, the same one changes nothing."""
    if level not in LEVELS:
        raise Refused(_("A rating is one of the five steps."), "level")
    _refuse_closed(goal)
    zone_name = goal.client.clinic.timezone
    day = rated_on or today_in(zone_name)
    found = GoalRating.objects.filter(goal=goal, rated_on=day).first()
    if found is None:
        found = _first_of_the_day(goal, level, day, zone_name, by)
    if found.level != level:
        found = save_version(found, version=found.version, changes={"level": level})
        TimelineEntry.objects.filter(source_kind=found._meta.label_lower, source_id=found.pk).update(value=float(level))
        record_event(verb="goal_rated", by=by, row=found, client_id=goal.client_id)
    return found


def _first_of_the_day(goal: Goal, level: int, day: date, zone_name: str, by: Actor) -> GoalRating:
    rating = GoalRating(goal=goal, client_id=goal.client_id, clinic_id=goal.clinic_id, level=level, rated_on=day, created_by_id=by.user_id)
    try:
        with transaction.atomic():
            rating.save(force_insert=True)
    except IntegrityError:  # sent twice at the same moment
        return GoalRating.objects.get(goal=goal, rated_on=day)
    when = rating.created_at if day == today_in(zone_name) else moment(day, NOON, zone_name)
    add_timeline_entry(source=rating, kind="goal", value=float(level), by=by, occurred_at=when)
    record_event(verb="goal_rated", by=by, row=rating, client_id=goal.client_id)
    return rating


def _stored(levels: dict[int, str]) -> dict[str, str]:
    return {str(level): levels[level] for level in LEVELS if levels.get(level)}


def _refuse_closed(goal: Goal) -> None:
    if goal.state == GoalState.CLOSED:
        raise Refused(_("This goal is closed."))
