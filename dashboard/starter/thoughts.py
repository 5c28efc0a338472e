"""Two thoughts Ben looked at: the same one twice, with a moment of his own among the facts, answered by Tara; and one he keeps to himself."""

from typing import Any

from access.acting import acting_as
from core.ids import uuid7
from dashboard.lists import fixed_labels
from dashboard.starter.cast import Cast, actor_of, days_ago
from dashboard.starter.homework import do, tell
from homework.services.answers import save_answer
from homework.services.replies import write_reply
from strengths.selectors import moments_of

THOUGHT = "If I ask for time off they will think I am weak"
FAIRER = "They gave Jo two days and thanked her for asking."
# days ago, belief before and after, how much the fairer one is believed, what happened, facts that do not fit with it
LOOKED: list[tuple[int, int, int, int, str, str]] = [
    (16, 9, 6, 5, "Letter from the bank, and a full week", "Jo took two days in May."),
    (5, 7, 4, 7, "The rota came out", "Jo took two days in May.\nMy boss asked how I was."),
]
MOMENT = "Rang the bank. Third try. Got through."
REPLY = "The third try is a fact too. It is in your own words."
KEPT: dict[str, Any] = {"sit": "Rosa did not call", "thought": "I said the wrong thing", "b1": 6, "fair": "The shop is full on Fridays", "bnew": 6, "b2": 3}


def load(cast: Cast) -> None:
    by, tara = actor_of(cast.ben_portal), actor_of(cast.tara)
    for number, (days, before, after, fairer, situation, against) in enumerate(LOOKED):
        answers = {"sit": situation, "feel": [("worried", 7)], "thought": THOUGHT, "b1": before, "for": "I said yes to every shift so far."}
        run = do(cast, None, days_ago(days, 21, 10), answers | {"fair": FAIRER, "bnew": fairer, "b2": after}, 5, key="thought_record")
        with acting_as(by):
            moments = [str(pk) for pk in moments_of(cast.ben).filter(happened=MOMENT, earlier_of=None).values_list("pk", flat=True)] if number else []
            save_answer(run=run, step_id="against", raw={"answer": against}, lists=fixed_labels(), move=False, moments=moments, by=by)
        tell(cast, run, words=True)
    with acting_as(tara):
        write_reply(client=cast.ben, source_id=run.pk, new_id=uuid7(), text=REPLY, by=tara)
    tell(cast, do(cast, None, days_ago(3, 22, 20), KEPT, 3, key="thought_record"), words=False)
