"""What reminders are of: a plug-board to the floors above (settings.REMINDER_KINDS, dotted paths)."""

from datetime import datetime
from functools import lru_cache
from typing import Protocol

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from clients.models import Client


class ReminderKind(Protocol):
    """`key` is kept on every row; `page` is the name of the portal's page that its link leads to."""

    key: str
    page: str

    @property
    def title(self) -> str | Promise:
        """What it reminds of, for the pages of both sides; never in a message."""

    def still_due(self, client: Client, now: datetime) -> bool:
        """Is there something to do? Asked when it is about to be sent, as the client's own portal actor."""


@lru_cache
def kinds() -> dict[str, ReminderKind]:
    found: list[ReminderKind] = [import_string(path) for path in settings.REMINDER_KINDS]
    return {kind.key: kind for kind in found}


def first_kind() -> ReminderKind:
    """The one whose preferences the pages show."""
    return next(iter(kinds().values()))
