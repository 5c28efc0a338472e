"""How Ben said he was: two or three times a week, some of it for himself alone."""

from access.acting import acting_as
from clients.models import Visibility
from clients.services import record_check_in, say_more
from core.ids import uuid7
from dashboard.starter.cast import Cast, actor_of, days_ago

# days ago, hour, mood 1 to 5, his words, kept to himself
SAID: list[tuple[int, int, int, str, bool]] = [
    (44, 21, 2, "Long day. Could not switch off.", False),
    (41, 8, 2, "", False),
    (37, 20, 3, "", False),
    (33, 22, 2, "Woke at four again.", False),
    (30, 19, 3, "Walked home instead of the bus.", False),
    (26, 21, 3, "", False),
    (22, 8, 2, "Argued with Rosa. Mine to sort out.", True),
    (19, 20, 3, "", False),
    (15, 19, 4, "Breathing before the meeting helped.", False),
    (12, 21, 3, "", False),
    (8, 20, 4, "", False),
    (5, 22, 3, "Tired, but slept through.", False),
    (2, 19, 4, "Cooked for two friends.", False),
]


def load(cast: Cast) -> None:
    by = actor_of(cast.ben_portal)
    with acting_as(by):
        for days, hour, mood, words, alone in SAID:
            visibility = Visibility.ONLY_ME if alone else Visibility.MY_THERAPIST
            row = record_check_in(client=cast.ben, new_id=uuid7(), mood=mood, by=by, visibility=visibility, occurred_at=days_ago(days, hour))
            if words:
                say_more(check_in=row, note=words, by=by)
