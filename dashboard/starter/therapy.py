"""Sessions that were held and signed, one that waits for its log, the next ones booked, and goals in Ben's own words."""

from datetime import datetime, timedelta

from access.acting import acting_as
from clients.models import Client
from core.actor import Actor
from core.ids import uuid7
from core.zones import today_in
from dashboard.starter.cast import ZONE, Cast, actor_of, days_ago
from therapy.log import SessionLog
from therapy.models import SessionNote, TherapySession
from therapy.services import Showing, add_goal, amend_note, plan_session, rate_goal, save_log, sign_note, write_private_note


def log(
    focus: str, did: str, homework: str, felt: str, line: str = "", *, risk: str = "no_concern", came: str = "attended", how: str = "in_person"
) -> SessionLog:
    """The taps as words with blanks between them."""
    return SessionLog(
        attendance=came,
        format=how,
        risk=risk,
        focus=tuple(focus.split()),
        did=tuple(did.split()),
        homework_review=homework,
        felt=felt,
        one_line=line,
    )


# days ago, and what was tapped and written
BEN: list[tuple[int, SessionLog]] = [
    (57, log("strengths", "supportive_listening", "none_set", "steady", "Came because of the nights. Proud of his team.")),
    (50, log("strengths coping", "psychoeducation", "none_set", "moved_forward", "Wrote his goal himself.")),
    (43, log("coping", "skills_practice", "partly", "steady", "Slow breathing is easier sitting than lying.")),
    (36, SessionLog(attendance="cancelled_by_client", one_line="Wrote in the morning: a deadline. Next week stands.")),
    (29, log("coping", "skills_practice problem_solving", "done", "moved_forward", "Left the laptop at work twice.")),
    (22, log("mindset", "thought_work", "partly", "hard_but_useful", "“If I rest, they see I am not good enough.” Looked at it.")),
    (15, log("mindset risk_safety", "thought_work", "done", "hard_but_useful", "A dark evening on Sunday. Called Rosa.", risk="plan_reviewed")),
    (8, log("selfcare", "activation compassion_work", "done", "moved_forward", "Three free evenings. Cooked again.")),
]
CLEO: list[tuple[int, SessionLog]] = [
    (18, log("strengths", "supportive_listening", "none_set", "steady", "First meeting. Wants to decide the pace.")),
    (11, log("selfcare", "psychoeducation", "none_set", "stuck", came="late", how="video")),
    (4, log("coping", "skills_practice", "partly", "steady", "Counts her steps on the stairs, and it helps.", how="video")),
]
DANA: list[tuple[int, SessionLog]] = [
    (30, log("strengths", "supportive_listening", "none_set", "steady")),
    (9, log("mindset", "thought_work", "partly", "moved_forward", "Sees both sides of the move now.")),
]
GOAL = "I want to leave work at work"
LEVELS = {-2: "mails in bed", -1: "most nights", 0: "three free evenings", 1: "five free evenings", 2: "work stays at work"}
SECOND = "I want people around my table again"
SECOND_LEVELS = {-2: "nobody for weeks", -1: "once a month", 0: "every other week", 1: "every week", 2: "they invite me back"}
RATED = [(50, -1), (29, -1), (15, 0), (8, 0)]


def load(cast: Cast) -> None:
    tara, sam = actor_of(cast.tara), actor_of(cast.sam)
    with acting_as(tara):
        notes = [write(cast.ben, days, 10, each, tara) for days, each in BEN]
        amend_note(note=notes[-2], new_id=uuid7(), text="Rosa knows about the plan and has a copy.", reason="a detail was left out", by=tara)
        write_private_note(client=cast.ben, new_id=uuid7(), text="He reminds me of my brother. Take it to supervision.", by=tara)
        goals(cast.ben, tara)
        book(cast.ben, days_ago(1, 10), tara)
        book(cast.ben, days_ago(-6, 10), tara)
        for days, each in CLEO[:-1]:
            write(cast.cleo, days, 14, each, tara)
        write(cast.cleo, CLEO[-1][0], 14, CLEO[-1][1], tara, sign=False)
        book(cast.cleo, days_ago(0, 15), tara, format="video")
        book(cast.cleo, days_ago(-7, 15), tara, format="video")
    with acting_as(sam):
        for days, each in DANA:
            write(cast.dana, days, 11, each, sam)
        book(cast.dana, days_ago(-2, 11), sam)


def write(client: Client, days: int, hour: int, each: SessionLog, by: Actor, *, sign: bool = True) -> SessionNote:
    """One session that lies behind: booked, logged, and signed the same day."""
    starts_at = days_ago(days, hour)
    session = book(client, starts_at, by, format=each.format)
    form = Showing(session.pk, session.version, 0, uuid7())
    note = save_log(client=client, showing=form, starts_at=starts_at, minutes=client.clinic.session_minutes, log=each, by=by)
    return sign_note(note=note, version=note.version, by=by, signed_at=starts_at + timedelta(minutes=64)) if sign else note


def book(client: Client, starts_at: datetime, by: Actor, *, format: str = "in_person") -> TherapySession:
    return plan_session(client=client, new_id=uuid7(), starts_at=starts_at, minutes=client.clinic.session_minutes, format=format, by=by)


def goals(client: Client, by: Actor) -> None:
    goal = add_goal(client=client, new_id=uuid7(), text=GOAL, levels=LEVELS, importance=2, by=by)
    for days, level in RATED:
        rate_goal(goal=goal, level=level, by=by, rated_on=today_in(ZONE) - timedelta(days=days))
    add_goal(client=client, new_id=uuid7(), text=SECOND, levels=SECOND_LEVELS, by=by)
