"""Following the link of a reminder."""

from django.db import transaction
from django.utils import timezone

from core.actor import Actor
from reminders.models import Reminder, State


@transaction.atomic
def open_reminder(*, reminder: Reminder, by: Actor) -> None:
    """The first time counts. `by` is whoever it was sent to, signed in."""
    Reminder.objects.filter(pk=reminder.pk, recipient_id=by.user_id, state=State.SENT).update(state=State.OPENED, opened_at=timezone.now())
