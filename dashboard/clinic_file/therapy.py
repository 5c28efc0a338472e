"""Sessions as they were held or not, the one note of the file, goals with their ratings, and the next session."""

from datetime import timedelta

from access.acting import acting_as
from clients.models.client import Status
from core.ids import uuid7
from dashboard.clinic_file.entry import Entry
from dashboard.clinic_file.scene import Case, Part
from therapy.content import note_formats
from therapy.log import SessionLog
from therapy.services import Showing, add_goal, plan_session, rate_goal, save_log, sign_note

ATTENDANCE = {"A": "attended", "L": "late", "C": "cancelled_by_client", "X": "cancelled_by_clinic", "N": "no_show"}
NONE_BOOKED, NOT_IN_CARE = "-", "."
LEVELS = ("-2", "-1", "0", "1", "2")
SIGNED_AFTER = timedelta(minutes=64)  # the session, and the time to write


def check(client: Entry, last: int) -> None:
    marks = client.items("attendance", last + 1)
    for week, mark in enumerate(marks):
        if mark not in (*ATTENDANCE, NONE_BOOKED, NOT_IN_CARE):
            raise client.error(f"attendance[{week}]", f"one of {' '.join((*ATTENDANCE, NONE_BOOKED, NOT_IN_CARE))} is needed, this is {mark!r}")
    note = client.entry("note")
    if note is not None:
        _check_note(note, marks, last)
    for goal in client.entries("goals"):
        _check_goal(goal, last)


def _check_note(note: Entry, marks: list[str], last: int) -> None:
    week = note.whole("week", 0, last)
    if week >= len(marks) or marks[week] not in ATTENDANCE:
        raise note.error("week", f"there is no session in week {week} to which the note could belong")
    formats = note_formats()
    fields = [field.key for field in formats[note.key("format", formats)].fields]
    for name in fields:
        note.text(name, "")
    note.only("week", "format", *fields)


def _check_goal(goal: Entry, last: int) -> None:
    goal.text("text", most=5000)
    levels = goal.entry("levels")
    if levels is not None:
        levels.only(*LEVELS)
        for level in LEVELS:
            levels.text(level, "")
    for number, score in enumerate(goal.items("scores")):
        name = f"scores[{number}]"
        if not isinstance(score, list) or len(score) != 2:
            raise goal.error(name, "a pair of week and level is needed")
        goal.number_of(name, score[0], 0, last)
        if goal.number_of(name, score[1], -2, 2) != int(score[1]):
            raise goal.error(name, "a level is a whole number")
    goal.only("text", "levels", "scores")


def load(case: Case) -> None:
    by = case.by_therapist
    with acting_as(by):
        for week, mark in enumerate(case.entry.items("attendance")):
            if mark in ATTENDANCE:
                _log(case, week, ATTENDANCE[mark])
        for goal in case.entry.entries("goals"):
            _goal(case, goal)
        if case.entry.text("status", Status.ACTIVE) == Status.ACTIVE and case.entry.items("attendance")[-1:] != [NONE_BOOKED]:
            when = case.weeks.next(case.slot.weekday, case.slot.hour)
            plan_session(client=case.client, new_id=uuid7(), starts_at=when, minutes=case.client.clinic.session_minutes, format="in_person", by=by)


def _log(case: Case, week: int, attendance: str) -> None:
    """One session with its log, signed the same day. What the file does not say is not tapped."""
    starts_at = case.met(week)
    note = case.entry.entry("note")
    mine = note if note is not None and note.whole("week", 0, week + case.weeks.last) == week else None
    log = SessionLog(
        attendance=attendance,
        risk="plan_reviewed" if week in _weeks_of_a_plan(case) else "no_concern",
        focus=tuple(case.entry.texts("pillar_focus")),
        homework_review=_homework(case, week),
        note_format=mine.text("format") if mine is not None else case.note_format,
        own=_words(mine) if mine is not None else {},
    )
    showing = Showing(session_id=uuid7(), session_version=0, version=0, shown=uuid7())
    minutes = case.client.clinic.session_minutes
    row = save_log(client=case.client, showing=showing, starts_at=starts_at, minutes=minutes, log=log, by=case.by_therapist)
    sign_note(note=row, version=row.version, signed_at=min(starts_at + SIGNED_AFTER, case.weeks.now), by=case.by_therapist)


def _words(note: Entry) -> dict[str, str]:
    return {name: note.text(name, "") for name in note.data if name not in ("week", "format")}


def _weeks_of_a_plan(case: Case) -> set[int]:
    """In these the two looked at her safety plan."""
    plan = case.entry.entry("safety_plan")
    return {week for week in (plan.data.get("made_week"), plan.data.get("reviewed_week")) if isinstance(week, int)} if plan is not None else set()


def _homework(case: Case, week: int) -> str:
    """What came back of the task before this session."""
    before = [row for row in case.entry.entries("homework") if row.data["week"] < week]
    if not before:
        return "none_set"
    latest = max(before, key=lambda row: row.data["week"])
    if latest.data["week"] < week - 3:
        return "not_reviewed"
    done, planned = latest.data["done"], latest.data["planned"]
    return "done" if done >= planned else "partly" if done else "not_done"


def _goal(case: Case, entry: Entry) -> None:
    levels = entry.entry("levels")
    words = {int(level): levels.text(level, "") for level in LEVELS} if levels is not None else {}
    scores = sorted((int(week), int(level)) for week, level in entry.items("scores"))
    baseline = scores[0][1] if scores else -1
    goal = add_goal(client=case.client, new_id=uuid7(), text=entry.text("text"), levels=words, baseline=baseline, by=case.by_therapist)
    for week, level in scores:
        rate_goal(goal=goal, level=level, rated_on=case.met(week).date(), by=case.by_therapist)


PART = Part(("attendance", "note", "goals"), check, load)
