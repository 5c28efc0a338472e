"""Thoughts the client looked at: each a run of the full record, with facts on both sides and moments of her own among them."""

from datetime import timedelta
from typing import Any

from access.acting import acting_as
from clients.content import emotions
from core.ids import uuid7
from dashboard.clinic_file.entry import Entry
from dashboard.clinic_file.scene import Case, Part
from dashboard.lists import fixed_labels
from homework.models import ExerciseRun, ExerciseVersion
from homework.services.answers import save_answer
from homework.services.replies import write_reply
from homework.services.runs import finish_run, start_run
from homework.services.sharing import share
from mindset.content import thinking_patterns
from mindset.selectors.thoughts import FULL
from strengths.selectors import moments_of

EVENINGS = ((3, 21), (5, 20), (1, 22))  # (day of the week, hour): when a thought was written down
TOOK = timedelta(minutes=14)
SHORT = 140  # what a line of the player holds
FEELINGS, PATTERNS = 3, 2
FIELDS = ("week", "situation", "feelings", "thought", "belief_before", "patterns", "fairer", "belief_after")
OWN = ("fits", "against", "moments", "fairer_belief", "next_step", "helpful", "shared", "reply")


def check(client: Entry, last: int) -> None:
    told = {row.data.get("text") for row in client.entries("moments")}
    words = {word.key for family in emotions().families for word in family.words}
    for row in client.entries("thought_records"):
        row.whole("week", 0, last)
        for name in ("situation", "thought"):
            row.text(name, most=SHORT)
        row.text("fairer")
        row.text("next_step", "", most=SHORT)
        row.text("reply", "", most=1000)
        row.texts("fits")
        row.texts("against")
        row.keys("moments", {text for text in told if isinstance(text, str)})
        row.keys("patterns", {one.key for one in thinking_patterns().patterns} | {thinking_patterns().none_key})
        for name in ("belief_before", "belief_after"):
            row.whole(name, 0, 10)
        for name, low, high in (("fairer_belief", 0, 10), ("helpful", 1, 5)):
            if row.has(name):
                row.whole(name, low, high)
        if row.data.get("shared", True) not in (True, False):
            raise row.error("shared", "yes or no is needed")
        if row.text("reply", "") and row.data.get("shared") is False:
            raise row.error("reply", "what is not shared is not answered")
        _check_most(row, words)
        row.only(*FIELDS, *OWN)


def _check_most(row: Entry, words: set[str]) -> None:
    for name, most in (("patterns", PATTERNS), ("feelings", FEELINGS)):
        if len(row.items(name)) > most:
            raise row.error(name, f"{most} at most")
    for feeling in row.entries("feelings"):
        feeling.key("word", words)
        feeling.whole("intensity", 0, 10)
        if feeling.has("after"):
            feeling.whole("after", 0, 10)
        feeling.only("word", "intensity", "after")


def load(case: Case) -> None:
    for number, row in enumerate(case.entry.entries("thought_records")):
        run = _look_at(case, row, EVENINGS[number % len(EVENINGS)])
        if row.text("reply", ""):
            with acting_as(case.by_therapist):
                write_reply(client=case.client, source_id=run.pk, new_id=uuid7(), text=row.text("reply"), by=case.by_therapist)


def _look_at(case: Case, row: Entry, evening: tuple[int, int]) -> ExerciseRun:
    """Step by step as the client answers it; on paper the therapist enters it, without the moments, which are the client's to add."""
    by = case.by_therapist if case.on_paper else case.by_client
    when = min(max(case.weeks.at(row.whole("week", 0, case.weeks.last), *evening), case.met(case.began)), case.weeks.now - TOOK)
    with acting_as(by):
        version = ExerciseVersion.objects.get(exercise__key=FULL, current=True)
        run = start_run(client=case.client, new_id=uuid7(), exercise_version=version, assignment=None, fresh=True, occurred_at=when, by=by)
        if row.data.get("shared", True):
            run = share(run=run, ratings=True, words=True, by=by)
        moments = [] if case.on_paper else _moments(case, row)
        for step, raw in _answers(row).items():
            save_answer(run=run, step_id=step, raw=raw, lists=fixed_labels(), move=False, by=by, moments=moments if step == "against" else None)
        helpful = row.whole("helpful", 1, 5) if row.has("helpful") else None
        return finish_run(run=run, helped=helpful, finished_at=when + TOOK, by=by)


def _answers(row: Entry) -> dict[str, Any]:
    """What would be posted for each step; what the file does not say is skipped."""
    feelings = [each.data for each in row.entries("feelings")]
    again = {f"intensity-{each['word']}": str(each["after"]) for each in feelings if each.get("after") is not None}
    said: dict[str, Any] = {
        "sit": {"answer": row.text("situation")},
        "feel": {"answer": [each["word"] for each in feelings], **{f"intensity-{each['word']}": str(each["intensity"]) for each in feelings}},
        "thought": {"answer": row.text("thought")},
        "b1": {"answer": str(row.whole("belief_before", 0, 10))},
        "pattern": {"answer": row.texts("patterns")},
        "for": {"answer": "\n".join(row.texts("fits"))},
        "against": {"answer": "\n".join(row.texts("against"))},
        "fair": {"answer": row.text("fairer")},
        "bnew": {"answer": str(row.whole("fairer_belief", 0, 10)) if row.has("fairer_belief") else ""},
        "b2": {"answer": str(row.whole("belief_after", 0, 10))},
        "act": {"answer": row.text("next_step", "")},
    }
    return said | ({"feel2": again} if again else {})


def _moments(case: Case, row: Entry) -> list[str]:
    """The ids of the moments with these words."""
    wanted = row.texts("moments")
    found = {moment.happened: str(moment.pk) for moment in moments_of(case.client).filter(earlier_of=None, happened__in=wanted)}
    return [found[text] for text in wanted if text in found]


PART = Part(("thought_records",), check, load)
