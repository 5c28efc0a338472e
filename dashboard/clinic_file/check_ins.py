"""How she said she was, week by week, with the words of her logs."""

from datetime import datetime
from itertools import chain

from access.acting import acting_as
from clients.services import record_check_in, say_more
from core.ids import uuid7
from dashboard.clinic_file.entry import Entry
from dashboard.clinic_file.scene import Case, Part
from dashboard.clinic_file.weeks import DAYS, whole_numbers

MOODS = (1, 5)
EVENING = 20


def check(client: Entry, last: int) -> None:
    means = client.items("checkin_mood_week_mean", last + 1)
    counts = client.items("checkins_per_week", last + 1)
    for week, (mean, count) in enumerate(zip(means, counts or [1] * len(means), strict=False)):
        client.number_of(f"checkin_mood_week_mean[{week}]", mean, *MOODS, needed=False)
        n = client.number_of(f"checkins_per_week[{week}]", count, 0, 70)
        if n and n != int(n):
            raise client.error(f"checkins_per_week[{week}]", f"a whole number is needed, this is {n}")
    for log in client.entries("logs"):
        log.whole("week", 0, last)
        log.key("day", DAYS)
        log.whole("mood", *MOODS)
        log.text("text", "")
        log.only("week", "day", "mood", "text")


def load(case: Case) -> None:
    """In the order in which they happened."""
    logs = [(_when(case, log), log.whole("mood", *MOODS), log.text("text", "")) for log in case.entry.entries("logs")]
    said = sorted(chain(logs, *(_of_week(case, week, logs) for week in range(case.weeks.last + 1))))
    with acting_as(case.by_client):
        for when, mood, words in said:
            row = record_check_in(client=case.client, new_id=uuid7(), mood=mood, occurred_at=when, by=case.by_client)
            if words:
                say_more(check_in=row, note=words, by=case.by_client)


def _when(case: Case, log: Entry) -> datetime:
    return case.weeks.at(log.whole("week", 0, case.weeks.last), DAYS.index(log.text("day")), EVENING)


def _of_week(case: Case, week: int, logs: list[tuple[datetime, int, str]]) -> list[tuple[datetime, int, str]]:
    """The week's taps beside its logs: together they are as many as the file says, with the mean it says."""
    means, counts = case.entry.items("checkin_mood_week_mean"), case.entry.items("checkins_per_week")
    if week >= len(means) or means[week] is None:
        return []
    n = int(counts[week]) if counts else 1
    moments = case.weeks.spread(week, 7 if n <= 7 else n, EVENING)
    mine = [mood for when, mood, _words in logs if when in moments]
    free = [moment for moment in moments if moment not in {when for when, _mood, _words in logs}]
    moods = whole_numbers(n, means[week], *MOODS, given=mine)
    step = len(free) / max(len(moods), 1)
    return [(free[int(number * step)], mood, "") for number, mood in enumerate(moods)]


PART = Part(("checkin_mood_week_mean", "checkins_per_week", "logs"), check, load)
