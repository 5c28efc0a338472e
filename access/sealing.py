"""The seal on the trail: a chain of SHA-256 hashes per clinic, so that a changed, added or missing row shows even when the owner of the tables did it.

A task seals what is new each minute, never a request: chaining inside the request cut throughput to an eighth (SECURITY.md 3.8).
Only a tail cut off together with its seals leaves no trace in the database: that is why the page shows the newest hash to be kept elsewhere.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from access.acting import acting_as
from access.clock import database_now
from accounts.models import Clinic
from audit.models import AuditEvent, AuditSeal
from audit.services import add_seal
from core.actor import worker_of

SETTLED = timedelta(minutes=5)  # no transaction of ours lasts that long: an actor's token lives for two
AT_ONCE = 5000  # events in one link
FIRST = "0" * 64
FIELDS = ("id", "at", "actor_id", "actor_kind", "verb", "object_kind", "object_id", "client_id", "request_id", "detail")


@dataclass(frozen=True)
class Verdict:
    """What a check of the whole chain found. `broken` is the number of the first link that does not hold, 0 when all do."""

    links: int
    events: int
    broken: int
    head: str
    sealed_until: datetime | None

    @property
    def holds(self) -> bool:
        return self.broken == 0


def link_hash(before: str, events: Iterable[tuple[object, ...]]) -> tuple[str, int]:
    """The hash of the next link, and how many events it covers."""
    said = [json.dumps([_plain(value) for value in event], sort_keys=True, ensure_ascii=False, default=str) for event in events]
    return hashlib.sha256("\n".join([before, *said]).encode()).hexdigest(), len(said)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def seal_trails() -> int:
    """Seal what is new in every clinic; how many links were made."""
    return sum(seal_clinic(clinic_id) for clinic_id in Clinic.objects.values_list("pk", flat=True))


def seal_clinic(clinic_id: UUID) -> int:
    """Links for all settled events that have none yet. Two workers at once make each link once."""
    made = 0
    while _seal_next(clinic_id):
        made += 1
    return made


def _seal_next(clinic_id: UUID) -> bool:
    with acting_as(worker_of(clinic_id)):
        last = AuditSeal.objects.filter(clinic_id=clinic_id).order_by("-number").first()
        fresh = AuditEvent.objects.filter(clinic_id=clinic_id, at__lte=database_now() - SETTLED).order_by("at")
        if last is not None:
            fresh = fresh.filter(at__gt=last.until)
        until = fresh.values_list("at", flat=True)[AT_ONCE - 1 : AT_ONCE].first() or fresh.values_list("at", flat=True).last()
        if until is None:
            return False
        before, number = (last.hash, last.number + 1) if last is not None else (FIRST, 1)
        value, count = link_hash(before, _events(clinic_id, last.until if last is not None else None, until))
        try:
            with transaction.atomic():
                add_seal(clinic_id=clinic_id, number=number, until=until, events=count, value=value)
        except IntegrityError:
            return False  # another worker was faster; it goes on
    return True


def _events(clinic_id: UUID, after: datetime | None, until: datetime) -> Iterator[tuple[object, ...]]:
    found = AuditEvent.objects.filter(clinic_id=clinic_id, at__lte=until).order_by("at", "id")
    if after is not None:
        found = found.filter(at__gt=after)
    return found.values_list(*FIELDS).iterator(chunk_size=AT_ONCE)


def verify_clinic(clinic_id: UUID) -> Verdict:
    """Count every link again, from the first. Call it as the clinic's admin."""
    before, after, events, broken, number = FIRST, None, 0, 0, 0
    for number, seal in enumerate(AuditSeal.objects.filter(clinic_id=clinic_id).order_by("number"), start=1):
        value, count = link_hash(before, _events(clinic_id, after, seal.until))
        if not broken and (value, count, number) != (seal.hash, seal.events, seal.number):
            broken = number
        before, after, events = seal.hash, seal.until, events + count
    return Verdict(number, events, broken, before if number else "", after)


def is_in_chain(clinic_id: UUID, value: str) -> bool:
    """Is this hash, kept elsewhere since some day, still one of the chain's? If not, the end of the trail was cut off since then."""
    return AuditSeal.objects.filter(clinic_id=clinic_id, hash=value.strip().lower()).exists()
