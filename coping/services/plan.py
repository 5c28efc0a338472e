"""The plan's three lists, kept as versions."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from audit.services import record_event
from clients.models import Client, EntryModel
from clients.pillars import Pillar
from clients.services import add_timeline_entry
from coping.models import CopingPlan
from coping.selectors import current_plan
from core.actor import Actor
from core.errors import Stale
from core.once import constraint_of, create_once


@transaction.atomic
def save_plan(
    *,
    client: Client,
    new_id: UUID,
    number: int,
    early_signs: Sequence[str],
    triggers: Sequence[str],
    phrase: str,
    by: Actor,
    occurred_at: datetime | None = None,
    source: EntryModel | None = None,
) -> CopingPlan | None:
    """A new version, made from version `number` (0: there was none). The same words make none. Raises Stale when somebody saved a newer one."""
    sent_before = CopingPlan.objects.filter(pk=new_id, client=client).first()
    if sent_before is not None:
        return sent_before
    there = current_plan(client)
    if (there.number if there else 0) != number:
        raise Stale(there)
    words = {"early_signs": list(dict.fromkeys(early_signs)), "triggers": list(dict.fromkeys(triggers)), "phrase": phrase}
    if words == ({name: getattr(there, name) for name in words} if there else {"early_signs": [], "triggers": [], "phrase": ""}):
        return there

    def make() -> CopingPlan:
        row = CopingPlan(id=new_id, client=client, clinic_id=client.clinic_id, number=number + 1, created_by_id=by.user_id, **words)
        row.occurred_at = occurred_at or row.occurred_at
        if source is not None:
            row.source_kind, row.source_id = source._meta.label_lower, source.pk
        row.save(force_insert=True)
        add_timeline_entry(source=row, kind="coping_plan", pillar=Pillar.COPING, by=by)
        record_event(verb="coping_plan_saved", by=by, row=row, client_id=client.pk, detail={"number": row.number})
        return row

    try:
        return create_once(CopingPlan, new_id, make, by=by, client_id=client.pk)[0]
    except IntegrityError as error:
        if constraint_of(error) == "coping_plan_number":
            raise Stale(current_plan(client)) from error
        raise
