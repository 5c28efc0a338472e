"""Crisis lines: for the office all of them with their checks, for Help now the checked ones alone."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import DatabaseError
from django.utils import timezone

from access.selectors import looked_at_lines
from accounts.models import Clinic
from safety.checked import Look, Standing, standing
from safety.content import ShippedLine, shipped_line, shipped_lines
from safety.models import CrisisLine, LineCheck


@dataclass(frozen=True)
class KnownLine:
    """A line as the clinic knows it: what we ship, its own row where somebody looked at it, and the looks, newest first."""

    country: str
    key: str
    facts: Mapping[str, Any]
    is_emergency: bool
    standing: Standing
    shipped: ShippedLine | None = None
    row: CrisisLine | None = None
    checks: tuple[LineCheck, ...] = ()

    @property
    def hold(self) -> str:
        return self.shipped.hold if self.shipped else ""

    @property
    def version(self) -> int:
        return self.row.version if self.row else 1

    @property
    def about(self) -> Mapping[str, str]:
        return self.shipped.about if self.shipped else {}

    @property
    def corrected(self) -> bool:
        """The clinic's values differ from what we ship."""
        return self.row is not None and self.shipped is not None and dict(self.facts) != dict(self.shipped.facts)


def lines_of(clinic: Clinic, country: str) -> list[KnownLine]:
    """In the order of the file, then those that the file does not name any more. Two statements; inside `acting_as`."""
    rows = {row.key: row for row in CrisisLine.objects.filter(clinic_id=clinic.pk, country=country).order_by("key")}
    checks: dict[UUID, list[LineCheck]] = defaultdict(list)
    found = LineCheck.objects.filter(clinic_id=clinic.pk, line__country=country).select_related("created_by")
    for check in found.only("line_id", "line_version", "at", "how", "is_right", "note", "created_by__name").order_by("-at"):
        checks[check.line_id].append(check)
    shipped = {line.key: line for line in shipped_lines().get(country, ())}
    return [_known(clinic, country, key, shipped.get(key), rows.get(key), checks) for key in [*shipped, *(key for key in rows if key not in shipped)]]


def _known(clinic: Clinic, country: str, key: str, shipped: ShippedLine | None, row: CrisisLine | None, checks: Mapping[UUID, list[LineCheck]]) -> KnownLine:
    mine = checks.get(row.pk, []) if row else []
    looks = [Look(check.created_by_id, check.at, check.is_right) for check in mine if row and check.line_version == row.version]
    facts: Mapping[str, Any] = row.facts if row else shipped.facts if shipped else {}
    emergency = row.is_emergency if row else bool(shipped and shipped.is_emergency)
    return KnownLine(country, key, facts, emergency, standing(looks, timezone.now(), clinic.timezone), shipped, row, tuple(mine))


def has_verified_line(clinic: Clinic) -> bool:
    """For the clinic's own country; an emergency number is none."""
    return any(line.standing.verified for line in lines_of(clinic, clinic.country) if not line.is_emergency and not line.hold)


def lines_for_help(country: str, clinic: Clinic | None) -> list[Mapping[str, Any]]:
    """The checked lines for a page that must always come: none when the database is away."""
    try:
        return checked_lines(country, clinic)
    except DatabaseError:
        return []


def checked_lines(country: str, clinic: Clinic | None) -> list[Mapping[str, Any]]:
    """Facts of the lines that are checked now: by this clinic, or by any real one where there is none. One statement."""
    best: dict[str, tuple[Any, Mapping[str, Any]]] = {}
    for line in looked_at_lines(country, clinic.pk if clinic else None):
        now = standing([Look(*look) for look in line.looks], timezone.now(), line.zone)
        shipped = shipped_line(country, line.key)
        if now.verified and not (shipped and shipped.hold) and (line.key not in best or best[line.key][0] < now.until):
            best[line.key] = (now.until, line.facts)
    order = [line.key for line in shipped_lines().get(country, ())]
    return [best[key][1] for key in sorted(best, key=lambda key: (order.index(key) if key in order else len(order), key))]
