"""Who changed what: the plan's versions and the strategies' wordings, on one list."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from uuid import UUID

from django.utils.translation import gettext as _

from clients.models import Client
from coping.models import CopingPlan, StrategyState
from coping.selectors import plan_versions, signs_of, wordings_of


@dataclass(frozen=True)
class Change:
    """One change: `added` and `removed` are what people wrote; `what` says of which part."""

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

    versions = list(plan_versions(client))
    pairs = [(newer, older) for newer, older in pairwise([*versions, None]) if newer is not None]
    changes = [each for newer, older in pairs for each in compared(newer, older, who(newer.created_by_id, newer.created_by))]
    for row in wordings_of(client, staff=staff):
        first = row.pk == row.line
        changes.append(
            Change(
                row.occurred_at if first else row.created_at,
                who(row.created_by_id, row.created_by),
                _("Strategy added") if first else _("Strategy in other words"),
                added=(row.name,),
            )
        )
        if row.state == StrategyState.RETIRED and row.ended_at is not None:
            changes.append(Change(row.ended_at, who(row.ended_by_id, row.ended_by), _("Strategy retired"), removed=(row.name,)))
    return sorted(changes, key=lambda change: change.at, reverse=True)


def compared(newer: CopingPlan, older: CopingPlan | None, who: str) -> list[Change]:
    """What one version changed in the one before, part by part."""
    parts = (
        (_("How I notice"), texts(newer.early_signs), texts(older.early_signs) if older else ()),
        (_("What sets it off"), tuple(newer.triggers), tuple(older.triggers) if older else ()),
        (_("The phrase"), (newer.phrase,) if newer.phrase else (), (older.phrase,) if older and older.phrase else ()),
    )
    found = []
    for what, now, before in parts:
        added, removed = tuple(one for one in now if one not in before), tuple(one for one in before if one not in now)
        if added or removed:
            found.append(Change(newer.occurred_at, who, what, added, removed))
    return found


def texts(signs: list[str]) -> tuple[str, ...]:
    return tuple(sign.text for sign in signs_of(signs))
