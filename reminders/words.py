"""States and reasons of reminders, as both sides read them."""

from collections.abc import Sequence
from datetime import time

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from reminders.models import Reason, Reminder, SetHow, State

STATES = {
    State.PLANNED: gettext_lazy("Planned"),
    State.SENDING: gettext_lazy("On its way"),
    State.SENT: gettext_lazy("Sent"),
    State.OPENED: gettext_lazy("Opened"),
    State.HELD: gettext_lazy("Held back"),
    State.FAILED: gettext_lazy("Not sent"),
    State.EXPIRED: gettext_lazy("Not sent"),
    State.CANCELLED: gettext_lazy("Called off"),
}
REASONS = {
    Reason.PAUSED: gettext_lazy("There was a pause."),
    Reason.QUIET: gettext_lazy("It was within the quiet hours."),
    Reason.ONE_A_DAY: gettext_lazy("One had gone that day already."),
    Reason.FOUR_A_WEEK: gettext_lazy("Four had gone that week already."),
    Reason.NOTHING_DUE: gettext_lazy("Nothing was left for that day."),
    Reason.CHANGED: gettext_lazy("The days, the times or the time zone were changed."),
    Reason.OFF: gettext_lazy("Reminders were turned off."),
    Reason.CARE_ENDED: gettext_lazy("The work together had ended."),
    Reason.NO_SIGN_IN: gettext_lazy("Nobody signs in to the portal."),
    Reason.UNSAFE: gettext_lazy("E-mail is not a safe way to write, says the contact page."),
    Reason.ADDRESS: gettext_lazy("The mail server refused the address."),
    Reason.MESSAGE: gettext_lazy("The mail server refused the message."),
    Reason.LATE: gettext_lazy("It was too late to be of use."),
    Reason.SLOWED: gettext_lazy("Two were not opened, so they come once a week."),
    Reason.STOPPED: gettext_lazy("Four were not opened, so they wait until there is a sign of life."),
}
SET_HOW = {
    SetHow.PORTAL: gettext_lazy("on the portal"),
    SetHow.IN_SESSION: gettext_lazy("together, in session"),
    SetHow.DESK: gettext_lazy("by staff"),
    SetHow.MAIL: gettext_lazy("by the link in a message"),
    SetHow.CARE_ENDED: gettext_lazy("when the work together ended"),
}
MARKS = {State.SENT: "sent", State.OPENED: "open", State.HELD: "held", State.FAILED: "held", State.EXPIRED: "held", State.CANCELLED: "held"}


def reason_words(reminder: Reminder) -> str:
    """A sentence, or nothing."""
    if reminder.state == State.PLANNED and reminder.attempts:
        return _("It could not be handed over yet, and is tried again.")
    return str(REASONS.get(Reason(reminder.reason), "")) if reminder.reason else ""


def day_names(weekdays: Sequence[int]) -> str:
    """`Monday, Wednesday and Friday`."""
    names = [str(WEEKDAYS[day]) for day in sorted(weekdays)]
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def times_words(times: dict[int, time]) -> str:
    """`3 a week: Monday, Wednesday and Friday at 18:30`, or each day with its own time."""
    count = ngettext("%(n)s a week", "%(n)s a week", len(times)) % {"n": len(times)}
    if len(set(times.values())) == 1:
        days = _("%(days)s at %(time)s") % {"days": day_names(list(times)), "time": clock(next(iter(times.values())))}
    else:
        days = ", ".join(_("%(days)s at %(time)s") % {"days": WEEKDAYS[day], "time": clock(at)} for day, at in sorted(times.items()))
    return f"{count}: {days}"


def clock(at: time) -> str:
    return at.strftime("%H:%M")
