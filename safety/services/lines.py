"""Checking a crisis line: the only way by which one comes to be shown."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.services import record_event
from core.actor import Actor
from core.errors import Refused, Stale
from core.once import create_once
from core.versions import save_version
from safety.content import shipped_line
from safety.models import CrisisLine, LineCheck


@transaction.atomic
def check_line(
    *,
    country: str,
    key: str,
    new_id: UUID,
    version: int,
    how: str,
    is_right: bool,
    by: Actor,
    facts: dict[str, Any] | None = None,
    note: str = "",
    at: datetime | None = None,
) -> LineCheck:
    """Say how the line was looked at and what was found. `facts` that differ correct it: older looks count no more, and this is the first at the new values.

    Raises Refused for a line that is held back and for one that nobody knows, Stale with the newer row. Sent twice, it is one.
    """
    at = at or timezone.now()
    if at > timezone.now():
        raise Refused(_("That day has not come yet."))

    def make() -> LineCheck:
        line = _line(country, key, by)
        if line.version != version:
            raise Stale(line)
        if is_right and facts is not None and facts != line.facts:
            line = _correct(line, facts, by)
        check = LineCheck(id=new_id, clinic_id=by.clinic_id, line=line, line_version=line.version, created_by_id=by.user_id)
        check.at, check.how, check.is_right, check.seen, check.note = at, how, is_right, line.facts, note
        check.save(force_insert=True)
        record_event(verb="line_checked", by=by, row=line, detail={"country": country, "key": key, "how": how, "right": is_right})
        return check

    return create_once(LineCheck, new_id, make, by=by)[0]


def _line(country: str, key: str, by: Actor) -> CrisisLine:
    """The clinic's row, made from what we ship when it is looked at for the first time."""
    shipped = shipped_line(country, key)
    if shipped is not None and shipped.hold:
        raise Refused(_("This line is held back and cannot be checked."))
    found = CrisisLine.objects.filter(clinic_id=by.clinic_id, country=country, key=key).first()
    if found is not None:
        return found
    if shipped is None:
        raise Refused(_("We do not know this line."))
    made = {"is_emergency": shipped.is_emergency, "facts": dict(shipped.facts), "created_by_id": by.user_id}
    return CrisisLine.objects.get_or_create(clinic_id=by.clinic_id, country=country, key=key, defaults=made)[0]


def _correct(line: CrisisLine, facts: dict[str, Any], by: Actor) -> CrisisLine:
    """Raises Refused for an emergency number: those come with the software."""
    if line.is_emergency:
        raise Refused(_("An emergency number cannot be changed here."))
    changed = sorted(name for name in {*facts, *line.facts} if facts.get(name) != line.facts.get(name))
    line = save_version(line, version=line.version, changes={"facts": facts})
    record_event(verb="line_corrected", by=by, row=line, detail={"country": line.country, "key": line.key, "fields": changed})
    return line
