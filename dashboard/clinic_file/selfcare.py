"""A client's own week: what stands in it, what was done on which day, and the nights."""

from datetime import time
from typing import Any

from access.acting import acting_as
from core.errors import Refused
from core.ids import uuid7
from core.zones import zone
from dashboard.clinic_file.entry import Entry
from dashboard.clinic_file.scene import Case, Part
from dashboard.clinic_file.weeks import DAYS
from selfcare.content import domains
from selfcare.models import Often, SelfCareActivity, Size
from selfcare.nights import night_times
from selfcare.services import add_activity, add_log, record_night

MORNING = 8
SIZES = ("tiny", "standard", "stretch")


def check(client: Entry, last: int) -> None:
    week = client.entry("week")
    if week is None:
        return
    keys = [check_activity(activity, last) for activity in week.entries("activities")]
    for log in week.entries("logs"):
        log.whole("week", 0, last)
        log.key("day", DAYS)
        log.key("activity", set(keys))
        log.key("size", set(Size.values))
        log.number("minutes", 1, 1440, needed=False)
        log.text("text", "", most=1000)
        log.only("week", "day", "activity", "size", "minutes", "text")
    for night in week.entries("nights"):
        check_night(night, last)
    week.only("activities", "logs", "nights")


def check_activity(activity: Entry, last: int) -> str:
    activity.key("domain", {domain.key for domain in domains()})
    activity.text("name", most=100)
    activity.key("often", set(Often.values))
    for size in SIZES:
        activity.text(size, "", most=100)
    activity.whole("since", 0, last, 0)
    if activity.data.get("together") not in (None, True, False):
        raise activity.error("together", "true or false is needed")
    activity.only("key", "domain", "name", "often", *SIZES, "since", "together")
    return activity.text("key")


def check_night(night: Entry, last: int) -> None:
    night.whole("week", 0, last)
    night.key("day", DAYS)
    bed, wake = clock(night, "bed"), clock(night, "wake")
    night.number("quality", 0, 10, needed=False)
    night.text("text", "", most=1000)
    night.only("week", "day", "bed", "wake", "quality", "text")
    if bed == wake:
        raise night.error("wake", "a night is longer than nothing")


def clock(entry: Entry, name: str) -> time:
    text = entry.text(name)
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise entry.error(name, f"a time like “23:15” is needed, this is {text!r}") from None


def load(case: Case) -> None:
    week = case.entry.entry("week")
    if week is None:
        return
    rows = {activity.text("key"): load_activity(case, activity) for activity in week.entries("activities")}
    with acting_as(case.by_client):
        for log in week.entries("logs"):
            load_log(case, rows[log.text("activity")], log)
        for night in week.entries("nights"):
            load_night(case, night)


def load_activity(case: Case, activity: Entry) -> SelfCareActivity:
    """By whoever made it: the client alone, or both together."""
    by = case.by_therapist if activity.data.get("together") else case.by_client
    words: dict[str, Any] = {name: activity.text(name, "") for name in ("domain", "name", "often", *SIZES)}
    when = case.met(max(activity.whole("since", 0, case.weeks.last, 0), case.began))
    with acting_as(by):
        return add_activity(client=case.client, new_id=uuid7(), occurred_at=when, by=by, **words)


def load_log(case: Case, activity: SelfCareActivity, log: Entry) -> None:
    when = case.weeks.at(log.whole("week", 0, case.weeks.last), DAYS.index(log.text("day")), MORNING)
    minutes = log.number("minutes", 1, 1440, needed=False)
    add_log(
        activity=activity,
        new_id=uuid7(),
        day=when.astimezone(zone(case.client.timezone)).date(),
        occurred_at=when,
        size=log.text("size"),
        minutes=None if minutes is None else int(minutes),
        note=log.text("text", ""),
        by=case.by_client,
    )


def load_night(case: Case, night: Entry) -> None:
    """On the latest such morning on which she was up already."""
    bed, wake = clock(night, "bed"), clock(night, "wake")
    when = case.weeks.at(night.whole("week", 0, case.weeks.last), DAYS.index(night.text("day")), min(wake.hour + 1, 23))
    day = when.astimezone(zone(case.client.timezone)).date()
    try:
        times = night_times(case.client.timezone, day, bed, wake)
    except Refused as refused:
        raise night.error("wake", str(refused.message)) from refused
    quality = night.number("quality", 0, 10, needed=False)
    said: dict[str, Any] = {"quality": None if quality is None else int(quality), "note": night.text("text", "")}
    record_night(client=case.client, new_id=uuid7(), day=day, bed=times.bed, wake=times.wake, by=case.by_client, **said)


PART = Part(("week",), check, load)
