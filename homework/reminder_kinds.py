"""What this app reminds of (settings.REMINDER_KINDS)."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from clients.models import Client
from homework.selectors import card_for_today


class HomeworkReminder:
    """The one card of the client's Today."""

    key = "homework"
    page = "portal:today"
    title = _("What is for today")

    def still_due(self, client: Client, now: datetime) -> bool:
        """Nothing is due once the day's share is done, put off, stopped or finished."""
        return card_for_today(client, now) is not None


homework = HomeworkReminder()
