"""Who changed what in the week: every wording, newest first."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from clients.models import Client
from selfcare.models import ActivityState, SelfCareActivity
from selfcare.selectors import left_out, wordings_of


@dataclass(frozen=True)
class Change:
    """One change: `added` and `removed` are what people wrote."""

    at: datetime
    who: str
    what: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def history(client: Client, *, staff: bool = False) -> list[Change]:
    """Newest first; for `staff` what is shared. Two statements."""

    def who(user_id: UUID | None, user: object) -> str:
        if user_id is not None and user_id == client.portal_user_id:
            return client.called if staff else _("You")
        return str(getattr(user, "name", "") or _("somebody who has left"))

    hidden, changes = left_out(client), []
    for row in wordings_of(client, staff=staff):
        if row.domain in hidden:
            continue
        first = row.pk == row.line
        at = row.occurred_at if first else row.created_at
        changes.append(Change(at, who(row.created_by_id, row.created_by), _("Added") if first else _("In other words"), added=texts(row)))
        if row.state == ActivityState.RETIRED and row.ended_at is not None:
            changes.append(Change(row.ended_at, who(row.ended_by_id, row.ended_by), _("Put away"), removed=(row.name,)))
    return sorted(changes, key=lambda change: change.at, reverse=True)


def texts(row: SelfCareActivity) -> tuple[str, ...]:
    sizes = "; ".join(size for size in (row.tiny, row.standard, row.stretch) if size)
    return (row.name, sizes) if sizes else (row.name,)
