"""Strategies: added, worded anew, retired, brought back. A newer wording is a new row of the same line; nothing is lost."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record_event
from clients.content import measure_directions
from clients.models import Client, EntryModel, TimelineEntry, Visibility
from clients.pillars import Pillar
from clients.services import add_timeline_entry, change_visibility
from coping.content import MEASURES, kind_of_exercise, kinds
from coping.models import CopingStrategy, StrategyState, StrategyUse
from coping.services.uses import show_use
from core.actor import Actor
from core.errors import Refused, Stale
from core.ids import uuid7
from core.once import create_once
from homework.content import library
from homework.models import Exercise, ExerciseVersion
from homework.player.exercise import OWN_PREFIX
from homework.selectors import titles

WORDS = ("kind", "name", "how", "when_to", "measure")


@transaction.atomic
def add_strategy(
    *,
    client: Client,
    new_id: UUID,
    by: Actor,
    kind: str = "",
    name: str = "",
    how: str = "",
    when_to: str = "",
    item_key: str = "",
    measure: str = "",
    visibility: str = Visibility.MY_THERAPIST,
    occurred_at: datetime | None = None,
    source: EntryModel | None = None,
    source_step: str = "",
) -> CopingStrategy:
    """Put a strategy in the plan. `item_key` makes it an exercise of the library, whose kind and title it takes where none are given.

    Raises Refused. An exercise that stands in the plan already, for the same readers, is the same one.
    """
    measure = measure or (rated_in(item_key) if item_key else "") or MEASURES[0]
    if item_key:
        title = titles().get(item_key)
        if title is None:
            raise Refused(_("This exercise is not in the library."), "item_key")
        kind, name = kind or kind_for(item_key), name or title
        there = CopingStrategy.objects.filter(client=client, item_key=item_key, state=StrategyState.ACTIVE, visibility=visibility).first()
        if there is not None:
            return there
    check_words(kind, name, measure)

    def make() -> CopingStrategy:
        row = CopingStrategy(id=new_id, line=new_id, client=client, clinic_id=client.clinic_id, created_by_id=by.user_id, item_key=item_key)
        row.kind, row.name, row.how, row.when_to, row.measure = kind, name, how, when_to, measure
        row.visibility, row.occurred_at = visibility, occurred_at or row.occurred_at
        if source is not None:
            row.source_kind, row.source_id, row.source_step = source._meta.label_lower, source.pk, source_step
        row.save(force_insert=True)
        add_timeline_entry(source=row, kind="strategy", pillar=Pillar.COPING, item_key=item_key, by=by)
        record_event(verb="strategy_added", by=by, row=row, client_id=client.pk, detail={"kind": kind, "exercise": item_key})
        return row

    return create_once(CopingStrategy, new_id, make, by=by, client_id=client.pk)[0]


def rated_in(item_key: str) -> str:
    """What an exercise asks for before and after; empty where it asks for nothing."""
    if item_key.startswith(OWN_PREFIX):
        steps = ExerciseVersion.objects.filter(exercise__key=item_key, current=True).values_list("content__steps", flat=True).first() or ()
    else:
        steps = next((content["steps"] for content in library().exercises if content["key"] == item_key), ())
    return next((str(step["measure"]) for step in steps if step.get("when") == "before" and step.get("measure")), "")


def kind_for(item_key: str) -> str:
    """Of an exercise; of one that a clinic made from another, that of the other. Empty where it has none."""
    if item_key.startswith(OWN_PREFIX):
        item_key = Exercise.objects.filter(key=item_key).values_list("adapted_from", flat=True).first() or ""
    return kind_of_exercise().get(item_key, "")


def check_words(kind: str, name: str, measure: str) -> None:
    if kind not in kinds():
        raise Refused(_("Please choose what kind it is."), "kind")
    if not name.strip():
        raise Refused(_("What do you call it?"), "name")
    if measure not in measure_directions():
        raise Refused(_("Please choose one of these."), "measure")


@transaction.atomic
def change_strategy(*, strategy: CopingStrategy, new_id: UUID, by: Actor, **changes: str) -> CopingStrategy:
    """Other words, kind or measure: a new row of the line; the same words change nothing. Raises Refused, and Stale with the newer row."""
    sent_before = CopingStrategy.objects.filter(pk=new_id, client_id=strategy.client_id).first()
    if sent_before is not None:
        return sent_before
    words = {name: getattr(strategy, name) for name in WORDS} | changes
    check_words(words["kind"], words["name"], words["measure"])
    if all(getattr(strategy, name) == value for name, value in words.items()):
        return strategy
    state = strategy.state
    kept = ("line", "client_id", "clinic_id", "item_key", "visibility", "for_session", "occurred_at")
    row = CopingStrategy(id=new_id, created_by_id=by.user_id, **{name: getattr(strategy, name) for name in kept}, **words)
    if state == StrategyState.RETIRED:
        row.state, row.ended_at, row.ended_by_id = state, timezone.now(), by.user_id

    def make() -> CopingStrategy:
        _end(strategy, StrategyState.REPLACED, by)
        row.save(force_insert=True)
        record_event(verb="strategy_changed", by=by, row=row, client_id=row.client_id)
        return row

    try:
        return create_once(CopingStrategy, new_id, make, by=by, client_id=row.client_id)[0]
    except Stale as stale:
        if stale.current is not None and stale.current.pk == new_id:  # the same form, sent at the same moment
            return stale.current
        raise


@transaction.atomic
def retire_strategy(*, strategy: CopingStrategy, by: Actor) -> None:
    """It leaves the plan; what it was used for stays. Done twice it changes nothing. Raises Stale with the newer row."""
    if strategy.state != StrategyState.RETIRED:
        _end(strategy, StrategyState.RETIRED, by)
        record_event(verb="strategy_retired", by=by, row=strategy, client_id=strategy.client_id)


@transaction.atomic
def bring_back(*, strategy: CopingStrategy, by: Actor) -> None:
    """A retired one is in the plan again."""
    changes: dict[str, Any] = {"state": StrategyState.ACTIVE, "ended_at": None, "ended_by": None, "updated_at": timezone.now()}
    if CopingStrategy.objects.filter(pk=strategy.pk, state=StrategyState.RETIRED).update(**changes):
        record_event(verb="strategy_brought_back", by=by, row=strategy, client_id=strategy.client_id)


@transaction.atomic
def show_strategy(*, strategy: CopingStrategy, visibility: str, by: Actor) -> None:
    """Who reads it from now on. Hidden, its earlier wordings and its uses, whose copies bear its name, are hidden too; shown, they stay as they were."""
    if strategy.visibility != visibility:
        change_visibility(source=strategy, visibility=visibility, by=by)
        on_axis = TimelineEntry.objects.filter(source_kind=strategy._meta.label_lower, source_id=strategy.line)  # it names the first of the line
        on_axis.update(visibility=visibility, updated_at=timezone.now())
    if visibility == Visibility.ONLY_ME:
        CopingStrategy.objects.filter(line=strategy.line).exclude(visibility=visibility).update(visibility=visibility, updated_at=timezone.now())
        for use in StrategyUse.objects.filter(strategy__line=strategy.line).exclude(visibility=visibility).select_related("strategy"):
            show_use(use=use, visibility=visibility, by=by)


@transaction.atomic
def record_strategy(*, client: Client, source: EntryModel, step: str, visibility: str, show: bool, by: Actor, **words: Any) -> None:
    """What an exercise leaves behind: once for a run and step, however often it is called; later calls change only who reads it.

    Without `show` they hide alone: what she hid by itself stays hidden.
    """
    there = CopingStrategy.objects.filter(source_kind=source._meta.label_lower, source_id=source.pk, source_step=step).first()
    if there is None:
        add_strategy(client=client, new_id=uuid7(), source=source, source_step=step, visibility=visibility, occurred_at=source.occurred_at, by=by, **words)
        return
    now = CopingStrategy.objects.filter(line=there.line).exclude(state=StrategyState.REPLACED).get()
    if show or visibility == Visibility.ONLY_ME:
        show_strategy(strategy=now, visibility=visibility, by=by)


def _end(strategy: CopingStrategy, state: str, by: Actor) -> None:
    changes: dict[str, Any] = {"state": state, "ended_at": timezone.now(), "ended_by_id": by.user_id, "updated_at": timezone.now()}
    if not CopingStrategy.objects.filter(pk=strategy.pk, state=strategy.state).exclude(state=StrategyState.REPLACED).update(**changes):
        raise Stale(CopingStrategy.objects.filter(line=strategy.line).exclude(state=StrategyState.REPLACED).first())
