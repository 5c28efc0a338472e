"""Her reminders, where they go by e-mail. Those by another way wait for it; the paper of a client who writes on paper is `scene.Case.on_paper`."""

from datetime import time

from access.acting import acting_as
from clients.models.client import Status
from dashboard.clinic_file.entry import Entry
from dashboard.clinic_file.scene import Case, Part
from homework.reminder_kinds import HomeworkReminder
from reminders.calendar import in_quiet_hours
from reminders.services import choose_reminders

WEEKDAYS: dict[int, tuple[int, ...]] = {1: (2,), 2: (1, 4), 3: (0, 2, 4), 4: (0, 2, 4, 6)}  # of so many a week; 0 is Monday
EVENING = time(18, 30)
NIGHT = ["21:00", "08:00"]


def check(client: Entry, last: int) -> None:
    wish = client.entry("reminders")
    if wish is None:
        return
    wish.key("channel", ("none", "email", "push", "sms"), "none")
    wish.whole("per_week", 0, 7, 0)
    _quiet(wish)


def _quiet(wish: Entry) -> tuple[time, time]:
    hours = wish.items("quiet") or NIGHT
    try:
        first, last = (time.fromisoformat(each) for each in hours)
    except (TypeError, ValueError):
        raise wish.error("quiet", "two times are needed, as in 21:00 and 08:00") from None
    return first, last


def load(case: Case) -> None:
    """Chosen by her, on the days that are spread best; at most as many as the product sends."""
    wish = case.entry.entry("reminders")
    if wish is None or wish.text("channel", "none") != "email" or case.entry.text("status", Status.ACTIVE) not in (Status.ACTIVE, Status.WAITING):
        return
    days = WEEKDAYS.get(min(wish.whole("per_week", 0, 7, 0), max(WEEKDAYS)), ())
    if not days:
        return
    first, last = _quiet(wish)
    at = last if in_quiet_hours(EVENING, first, last) else EVENING
    with acting_as(case.by_client):
        choose_reminders(
            client=case.client, kind=HomeworkReminder.key, version=0, times=dict.fromkeys(days, at), quiet_from=first, quiet_until=last, by=case.by_client
        )


PART = Part(("reminders",), check, load)
