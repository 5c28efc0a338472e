"""What was agreed between sessions and what came back: Ben on his phone, Cleo on paper."""

from datetime import datetime, timedelta
from typing import Any

from access.acting import acting_as
from accounts.models import Membership
from clients.models import Client
from core.ids import uuid7
from core.zones import zone
from dashboard.lists import fixed_labels
from dashboard.starter.cast import ZONE, Cast, actor_of, days_ago
from homework.models import Assignment, ExerciseRun, ExerciseVersion
from homework.services.agreement import assign_exercise, stop_assignment
from homework.services.answers import save_answer
from homework.services.not_today import not_today
from homework.services.runs import finish_run, start_run
from homework.services.sharing import share
from therapy.selectors import next_sessions

# days ago, tension before and after, did it help (1 no, 3 a bit, 5 yes)
BREATHS = [(20, 7, 5, 3), (17, 8, 5, 3), (15, 7, 4, 5), (11, 6, 4, 3), (6, 5, 3, 5), (3, 6, 3, 5)]
# days ago, what, when, enjoyment guessed and felt, "I did it", did it help
GOOD_THINGS: list[tuple[int, str, str, int, int, int, int]] = [
    (12, "Wash up with the radio on", "After work, kitchen, ten minutes", 3, 5, 6, 3),
    (8, "Ring Jo about the allotment", "Saturday, on the bench, ten minutes", 4, 7, 6, 5),
    (4, "Cook the soup from Mum’s book", "Sunday, four o’clock", 4, 7, 8, 5),
]
# days ago, what was good and why, "how do I feel now": of his own choice, in the evening
EVENINGS: list[tuple[int, list[str], int]] = [
    (18, ["The bus came at once", "Luck", "Jo waved", "We talked last week", "Hot bath", "I made the time"], 5),
    (7, ["Soup turned out well", "Mum’s book", "Slept till six", "No screen after ten", "A quiet meeting", "I had breathed first"], 6),
    (1, ["Two friends at my table", "I asked them", "Said no to the late shift", "It was mine to say", "The robin again", "I looked up"], 7),
]


def load(cast: Cast) -> None:
    agree(cast.tara, cast.cleo, "strengths_spotting", 6, per_week=1, weeks=1, reason="To have three good words for yourself in hand.", confidence=8)
    agree(cast.sam, cast.dana, "compassion_break", 9, per_week=5, weeks=2, reason="For the evenings after a shift.", confidence=7)
    stopped_worry_time(cast)
    breathing = agree(
        cast.tara,
        cast.ben,
        "slow_breathing",
        21,
        per_week=5,
        weeks=4,
        reason="For the minutes before a meeting.",
        if_then="If I have plugged in the laptop, then I breathe first.",
        confidence=8,
    )
    good_thing = agree(
        cast.tara,
        cast.ben,
        "activity_plan",
        14,
        per_week=3,
        weeks=3,
        reason="To see what one good hour does to the rest of the day.",
        if_then="If I have closed the laptop, then I pick one good thing.",
        confidence=7,
    )
    runs_of_ben(cast, breathing, good_thing)


def runs_of_ben(cast: Cast, breathing: Assignment, good_thing: Assignment) -> None:
    for days, before, after, helped in BREATHS:
        do(cast, breathing, days_ago(days, 8, 40), {"before": before, "set": "slow", "breathe": 300, "after": after}, helped)
    for days, what, when, guess, joy, mastery, helped in GOOD_THINGS:
        answers = {"kind": "fun", "what": what, "when": when, "guess": guess, "done": "Yes", "joy": joy, "mastery": mastery}
        do(cast, good_thing, days_ago(days, 19, 15), answers, helped)
    for days, said, feel in EVENINGS:
        run = do(
            cast, None, days_ago(days, 21, 40), {**dict(zip(("g1", "w1", "g2", "w2", "g3", "w3"), said, strict=True)), "feel": feel}, 5, key="three_good_things"
        )
        tell(cast, run, words=True)
    put_off(cast, good_thing, days_ago(10, 21, 5))
    words = {"feel": [("frustrated", 6)], "body": "Chest", "why": "The call with Rosa", "says": "Space", "clear": 7}
    tell(cast, do(cast, None, days_ago(9, 22, 10), words, 3, key="name_it"), words=False)


def tell(cast: Cast, run: ExerciseRun, *, words: bool) -> None:
    """Ben lets Tara see what he did of his own choice: that he did it and its numbers, and perhaps his words."""
    by = actor_of(cast.ben_portal)
    with acting_as(by):
        share(run=run, ratings=True, words=words, by=by)


def agree(therapist: Membership, client: Client, key: str, days: int, **terms: Any) -> Assignment:
    """Agreed some days ago, to be looked at when they next meet."""
    by = actor_of(therapist)
    agreed_at = days_ago(days, 10, 45)
    with acting_as(by):
        version = ExerciseVersion.objects.select_related("exercise").get(exercise__key=key, current=True)
        following = next_sessions([client.pk]).get(client.pk)
        return assign_exercise(
            client=client,
            new_id=uuid7(),
            exercise_version=version,
            starts_on=agreed_at.date(),
            look_at_on=following.starts_at.astimezone(zone(ZONE)).date() if following is not None else None,
            checked=True,
            agreed_at=agreed_at,
            by=by,
            **terms,
        )


def do(cast: Cast, task: Assignment | None, when: datetime, answers: dict[str, Any], helped: int, *, key: str = "") -> ExerciseRun:
    """One doing from its first step to its vote, as Ben does it."""
    by = actor_of(cast.ben_portal)
    with acting_as(by):
        version = task.exercise_version if task is not None else ExerciseVersion.objects.get(exercise__key=key, current=True)
        run = start_run(client=cast.ben, new_id=uuid7(), exercise_version=version, assignment=task, occurred_at=when, by=by)
        for step, value in answers.items():
            save_answer(run=run, step_id=step, raw=posted(value), lists=fixed_labels(), move=False, by=by)
        return finish_run(run=run, helped=helped, finished_at=when + timedelta(minutes=7), by=by)


def posted(value: Any) -> dict[str, Any]:
    """The answer as its form sends it; a timer's seconds and a feeling's strength have fields of their own."""
    if isinstance(value, list):
        return {"answer": [word for word, _strength in value], **{f"intensity-{word}": str(strength) for word, strength in value}}
    return {"answer": str(value), "seconds_done": str(value)}


def put_off(cast: Cast, task: Assignment, when: datetime) -> None:
    by = actor_of(cast.ben_portal)
    with acting_as(by):
        not_today(client=cast.ben, assignment=task, new_id=uuid7(), choice="another_day", barrier="too_tired", occurred_at=when, by=by)


def stopped_worry_time(cast: Cast) -> None:
    task = agree(cast.tara, cast.ben, "worry_time", 42, per_week=7, weeks=2, reason="To keep the worries in one place.", confidence=5)
    by = actor_of(cast.tara)
    with acting_as(by):
        stop_assignment(assignment=task, why="In the evening it kept him awake. Too big to begin with.", stopped_at=days_ago(28, 10, 50), by=by)
