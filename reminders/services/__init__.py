"""The only writers of this app's tables."""

from reminders.services.opening import open_reminder
from reminders.services.preferences import choose_reminders, go_on, keep_days, pause, turn_off, turn_off_by_link, turn_off_with_care
from reminders.services.sending import send_reminders
from reminders.services.silence import answer_silence

__all__ = [
    "answer_silence",
    "choose_reminders",
    "go_on",
    "keep_days",
    "open_reminder",
    "pause",
    "send_reminders",
    "turn_off",
    "turn_off_by_link",
    "turn_off_with_care",
]
