"""Reaching out, as the client tells of it. Nothing here writes to anybody."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record_event
from clients.models import EntryModel, TimelineEntry, Visibility
from clients.services import change_visibility, withdraw_copies
from core.actor import Actor
from core.errors import Refused
from core.once import create_once
from core.versions import save_version
from strengths.models import How, ReachOut, Supporter
from strengths.services.common import save_new


@transaction.atomic
def record_reach_out(
    *,
    supporter: Supporter,
    new_id: UUID,
    how: str,
    by: Actor,
    note: str = "",
    felt: int | None = None,
    visibility: str = Visibility.MY_THERAPIST,
    occurred_at: datetime | None = None,
    source: EntryModel | None = None,
) -> ReachOut:
    """She reached out, now or at `occurred_at`. To somebody private it is private. Sent twice, it is one. Raises Refused, also for a day to come."""
    if supporter.visibility == Visibility.ONLY_ME:
        visibility = Visibility.ONLY_ME
    said = {"how": how, "note": note, "felt": felt}
    _check(said, occurred_at)

    def make() -> ReachOut:
        row = ReachOut(id=new_id, supporter=supporter, client_id=supporter.client_id, clinic_id=supporter.clinic_id, visibility=visibility, **said)
        return save_new(row, "reach_out", source, occurred_at, by)

    return create_once(ReachOut, new_id, make, by=by, client_id=supporter.client_id)[0]


@transaction.atomic
def change_reach_out(*, reach_out: ReachOut, version: int, by: Actor, visibility: str, occurred_at: datetime, **changes: Any) -> ReachOut:
    """Put right what was said; its line on the axis follows. Raises Stale with the newer row, Refused for a day to come and for one taken back."""
    if reach_out.withdrawn_at is not None:
        raise Refused(_("This was taken back."))
    _check({"how": reach_out.how, "felt": reach_out.felt} | changes, occurred_at)
    changed = save_version(reach_out, version=version, changes={**changes, "occurred_at": occurred_at})
    if changed.visibility != visibility and not (reach_out.supporter.visibility == Visibility.ONLY_ME and visibility != Visibility.ONLY_ME):
        change_visibility(source=changed, visibility=visibility, by=by)
    on_axis = TimelineEntry.objects.filter(source_kind=changed._meta.label_lower, source_id=changed.pk)
    on_axis.update(occurred_at=occurred_at, updated_at=timezone.now())
    record_event(verb="reach_out_changed", by=by, row=changed, client_id=changed.client_id)
    return changed


@transaction.atomic
def show_reach_out(*, reach_out: ReachOut, visibility: str, by: Actor) -> None:
    """Who reads it from now on. Raises Refused while the one she reached out to is private."""
    if visibility != Visibility.ONLY_ME and reach_out.supporter.visibility == Visibility.ONLY_ME:
        raise Refused(_("Who you reached out to is only yours. Share that first."), "visibility")
    if reach_out.visibility != visibility:
        change_visibility(source=reach_out, visibility=visibility, by=by)


@transaction.atomic
def take_back_reach_out(*, reach_out: ReachOut, by: Actor) -> None:
    """It is not there any more: on no page, in no count. Done twice it changes nothing."""
    now = timezone.now()
    if ReachOut.objects.filter(pk=reach_out.pk, withdrawn_at=None).update(withdrawn_at=now, updated_at=now):
        withdraw_copies(source=reach_out)
        record_event(verb="reach_out_withdrawn", by=by, row=reach_out, client_id=reach_out.client_id)


def _check(said: dict[str, Any], occurred_at: datetime | None) -> None:
    if said["how"] not in How.values:
        raise Refused(_("Please choose one of these."), "how")
    if said["felt"] is not None and not 1 <= said["felt"] <= 5:
        raise Refused(_("Please choose one of these."), "felt")
    if occurred_at is not None and occurred_at > timezone.now():
        raise Refused(_("That day has not come yet."), "day")
