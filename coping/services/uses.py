"""Each use of a strategy, with its copies on the axis and in practice."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record_event
from clients.content import is_heavy
from clients.models import Practice, TimelineEntry, Visibility
from clients.services import add_practice, add_timeline_entry, change_visibility, note_care, withdraw_copies
from coping.models import CopingStrategy, StrategyUse
from coping.selectors import pillar_of
from core.actor import Actor
from core.errors import Refused
from core.once import create_once
from core.versions import save_version

Feelings = list[dict[str, Any]]


@transaction.atomic
def record_use(
    *,
    strategy: CopingStrategy,
    new_id: UUID,
    by: Actor,
    occurred_at: datetime | None = None,
    before: int | None = None,
    after: int | None = None,
    helped: int | None = None,
    minutes: int | None = None,
    situation: str = "",
    feelings: Feelings | None = None,
    visibility: str = Visibility.MY_THERAPIST,
    for_session: bool = False,
) -> StrategyUse:
    """She used it, now or at `occurred_at`. A use of a private strategy is private. Sent twice, it is one. Raises Refused for a day to come."""
    if strategy.visibility == Visibility.ONLY_ME:
        visibility = Visibility.ONLY_ME
    _check_when(occurred_at)

    def make() -> StrategyUse:
        row = StrategyUse(id=new_id, strategy=strategy, client_id=strategy.client_id, clinic_id=strategy.clinic_id, created_by_id=by.user_id)
        row.occurred_at = occurred_at or row.occurred_at
        row.measure, row.before, row.after, row.helped, row.minutes = strategy.measure, before, after, helped, minutes
        row.situation, row.feelings, row.visibility, row.for_session = situation, feelings or [], visibility, for_session
        row.save(force_insert=True)
        _write_copies(row, by)
        record_event(verb="strategy_used", by=by, row=row, client_id=row.client_id)
        return row

    return create_once(StrategyUse, new_id, make, by=by, client_id=strategy.client_id)[0]


@transaction.atomic
def change_use(*, use: StrategyUse, version: int, by: Actor, visibility: str, **changes: Any) -> StrategyUse:
    """Put right what was said; its copies follow. Raises Stale with the newer row, Refused for a day to come and for one taken back."""
    if use.withdrawn_at is not None:
        raise Refused(_("This was taken back."))
    _check_when(changes.get("occurred_at"))
    changed = save_version(use, version=version, changes=changes)
    changed.strategy = use.strategy
    if changed.visibility != visibility and not (use.strategy.visibility == Visibility.ONLY_ME and visibility != Visibility.ONLY_ME):
        change_visibility(source=changed, visibility=visibility, by=by)
    _write_copies(changed, by)
    record_event(verb="strategy_use_changed", by=by, row=changed, client_id=changed.client_id)
    return changed


@transaction.atomic
def show_use(*, use: StrategyUse, visibility: str, by: Actor) -> None:
    """Who reads it from now on. Raises Refused while its strategy is private: the copies bear its name."""
    if visibility != Visibility.ONLY_ME and use.strategy.visibility == Visibility.ONLY_ME:
        raise Refused(_("What you used is only yours. Share that first."), "visibility")
    if use.visibility != visibility:
        change_visibility(source=use, visibility=visibility, by=by)
        _write_copies(use, by)


@transaction.atomic
def rate_again(*, use: StrategyUse, strengths: dict[str, int], by: Actor) -> StrategyUse:
    """How strong the same feelings are afterwards, 0 to 10 by word; what is not said stays unsaid."""
    feelings = [feeling | {"after": strengths.get(feeling["word"], feeling.get("after"))} for feeling in use.feelings]
    StrategyUse.objects.filter(pk=use.pk, withdrawn_at=None).update(feelings=feelings, updated_at=timezone.now())
    use.feelings = feelings
    record_event(verb="strategy_use_changed", by=by, row=use, client_id=use.client_id)
    return use


@transaction.atomic
def take_back_use(*, use: StrategyUse, by: Actor) -> None:
    """It is not there any more: on no page, in no count. Done twice it changes nothing."""
    now = timezone.now()
    if StrategyUse.objects.filter(pk=use.pk, withdrawn_at=None).update(withdrawn_at=now, updated_at=now):
        withdraw_copies(source=use)
        record_event(verb="strategy_use_withdrawn", by=by, row=use, client_id=use.client_id)


def _check_when(occurred_at: datetime | None) -> None:
    if occurred_at is not None and occurred_at > timezone.now():
        raise Refused(_("That day has not come yet."), "day")


def _write_copies(use: StrategyUse, by: Actor) -> None:
    """The line on the axis and the use in practice, as visible as the row; the same however often."""
    pillar = pillar_of(use.strategy)
    shared = use.visibility == Visibility.MY_THERAPIST
    value = float(use.after) if shared and use.after is not None else None
    mine = {"source_kind": use._meta.label_lower, "source_id": use.pk}
    add_timeline_entry(source=use, kind="strategy_use", pillar=pillar, item_key=use.strategy.practice_key, value=value, by=by)
    if is_heavy(use.feelings):
        note_care(source=use, item_key=use.strategy.practice_key, by=by)
    line = TimelineEntry.objects.filter(**mine, kind="strategy_use")
    line.update(value=value, occurred_at=use.occurred_at, for_session=use.for_session, updated_at=timezone.now())
    add_practice(
        source=use,
        pillar=pillar,
        item_key=use.strategy.practice_key,
        name=use.strategy.name,
        ratings_shared=shared,
        by=by,
        rows=[{"measure": use.measure, "before": use.before, "after": use.after}],
        helped=use.helped,
        minutes=use.minutes,
    )
    Practice.objects.filter(**mine).update(occurred_at=use.occurred_at, updated_at=timezone.now())
