"""Ben's coping plan: begun with Tara, changed by him, and a way of his own that he tried a few times."""

from typing import Any

from access.acting import acting_as
from clients.models import Visibility
from coping.services import add_strategy, record_use, save_plan
from core.ids import uuid7
from dashboard.starter.cast import Cast, actor_of, days_ago

PHRASE = "One hour at a time."
TEA: dict[str, Any] = {"kind": "body_calming", "name": "Tea by the window", "how": "Kettle, chair, ten slow breaths.", "when_to": "When the letters come"}
# days ago, distress before and after, what was going on, kept to himself
USES = [(27, 7, 5, "", False), (20, 8, 5, "After the phone call", False), (11, 6, 4, "", False), (6, 8, 7, "Could not sleep, because of Rosa", True)]


def load(cast: Cast) -> None:
    tara, ben = actor_of(cast.tara), actor_of(cast.ben_portal)
    signs, triggers = ["ws_irritable", "ws_worry_loop"], ["A night without sleep"]
    with acting_as(tara):
        first = save_plan(client=cast.ben, new_id=uuid7(), number=0, early_signs=signs, triggers=triggers, phrase="", occurred_at=days_ago(36, 10), by=tara)
        add_strategy(client=cast.ben, new_id=uuid7(), item_key="slow_breathing", when_to="Before a meeting", occurred_at=days_ago(36, 10, 5), by=tara)
    assert first is not None
    with acting_as(ben):
        signs = [*signs, "I stop opening the post"]
        save_plan(client=cast.ben, new_id=uuid7(), number=1, early_signs=signs, triggers=triggers, phrase=PHRASE, occurred_at=days_ago(29, 20), by=ben)
        tea = add_strategy(client=cast.ben, new_id=uuid7(), occurred_at=days_ago(29, 20, 5), by=ben, **TEA)
        for days, before, after, situation, alone in USES:
            who, when = Visibility.ONLY_ME if alone else Visibility.MY_THERAPIST, days_ago(days, 21)
            record_use(strategy=tea, new_id=uuid7(), before=before, after=after, situation=situation, visibility=who, occurred_at=when, by=ben)
