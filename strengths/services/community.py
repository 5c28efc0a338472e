"""Keeping the clinic's directory, and putting one of it on a client's map. Nobody in it is contacted."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from audit.services import record_event
from clients.models import Client
from core.actor import Actor
from core.once import create_once
from core.versions import save_version
from core.zones import today_in
from strengths.models import CommunityService, Supporter
from strengths.services.people import add_supporter

OUTER_RING = 3


@transaction.atomic
def add_service(*, new_id: UUID, zone: str, by: Actor, checked_on: date | None = None, **about: Any) -> CommunityService:
    """A new one; who adds it has looked at it, today or on `checked_on`. `zone`: the clinic's clock. Sent twice, it is one."""

    def make() -> CommunityService:
        looked = {"checked_on": checked_on or today_in(zone), "checked_by_id": by.user_id}
        row = CommunityService(id=new_id, clinic_id=by.clinic_id, created_by_id=by.user_id, **looked, **about)
        row.save(force_insert=True)
        record_event(verb="service_added", by=by, row=row)
        return row

    return create_once(CommunityService, new_id, make, by=by, clinic_id=by.clinic_id)[0]


@transaction.atomic
def change_service(*, service: CommunityService, version: int, by: Actor, **about: Any) -> CommunityService:
    """Raises Stale with the newer row."""
    changed = save_version(service, version=version, changes=about)
    record_event(verb="service_changed", by=by, row=changed)
    return changed


@transaction.atomic
def check_service(*, service: CommunityService, zone: str, by: Actor) -> None:
    """Somebody looked today, and it is right."""
    CommunityService.objects.filter(pk=service.pk).update(checked_on=today_in(zone), checked_by_id=by.user_id, updated_at=timezone.now())
    record_event(verb="service_checked", by=by, row=service)


@transaction.atomic
def put_service_away(*, service: CommunityService, away: bool, by: Actor) -> None:
    """Out of the directory, or back into it; on the maps where it stands it stays. Done twice it changes nothing."""
    now = timezone.now()
    if CommunityService.objects.filter(pk=service.pk, retired_at__isnull=away).update(retired_at=now if away else None, updated_at=now):
        record_event(verb="service_put_away" if away else "service_brought_back", by=by, row=service)


@transaction.atomic
def put_on_map(*, service: CommunityService, client: Client, new_id: UUID, by: Actor) -> Supporter:
    """In the outer ring of the client's map, once."""
    return add_supporter(client=client, new_id=new_id, name=service.name, kind=service.kind, ring=OUTER_RING, by=by)
