"""Ben's jar: wins, and some good things of the last weeks, one of them for himself alone."""

from access.acting import acting_as
from clients.models import Visibility
from core.ids import uuid7
from dashboard.starter.cast import Cast, actor_of, days_ago
from mindset.services import add_good_thing, add_win
from strengths.selectors import my_people, my_strengths

# days ago, what it was, whether a strength and whether somebody of his map was in it, kept to himself
WINS = [
    (38, "Opened the post. All of it.", True, False, False),
    (30, "Walked home instead of taking the bus.", False, False, False),
    (15, "Breathed slowly before the meeting, and spoke.", True, False, False),
    (6, "Said sorry to Rosa first.", False, False, True),
    (2, "Cooked for two friends.", False, True, False),
]
GOOD = [
    (27, "savoured", "Tea by the window, and the street was quiet.", "Quiet street", False),
    (9, "good_thing", "Slept through.", "I left the laptop at work.", False),
]


def load(cast: Cast) -> None:
    by = actor_of(cast.ben_portal)
    with acting_as(by):
        strengths, people = my_strengths(cast.ben), my_people(cast.ben)
        for days, text, strong, somebody, alone in WINS:
            ties = {"strength": strengths[0] if strong and strengths else None, "supporter": people[0] if somebody and people else None}
            add_win(client=cast.ben, new_id=uuid7(), text=text, visibility=_who(alone), occurred_at=days_ago(days, 21), by=by, **ties)
        for days, kind, text, why, alone in GOOD:
            add_good_thing(client=cast.ben, new_id=uuid7(), kind=kind, text=text, why=why, visibility=_who(alone), occurred_at=days_ago(days, 21), by=by)


def _who(alone: bool) -> str:
    return Visibility.ONLY_ME if alone else Visibility.MY_THERAPIST
