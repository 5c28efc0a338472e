"""The client's own moments, offered as facts that do not fit with a thought."""

from collections.abc import Collection
from dataclasses import dataclass

from clients.models import Client
from strengths.pages.strengths import Moment, shown_strengths


@dataclass(frozen=True)
class MomentChoice:
    """A moment that was kept, under the name of its strength, and whether it is added."""

    moment: Moment
    strength: str
    checked: bool


def moment_choices(client: Client, added: Collection[str]) -> tuple[MomentChoice, ...]:
    """All of the client's moments: those that are added first, then the newest. Two statements."""
    reader = client.portal_user_id or client.pk
    found = [MomentChoice(one, shown.name, str(one.row.pk) in added) for shown in shown_strengths(client, reader) for one in shown.moments]
    return tuple(sorted(found, key=lambda one: (one.checked, one.moment.row.occurred_at), reverse=True))
