"""What is good and strong in Ben's life: his strengths with the moments that show them, one of them seen by Tara, and his people."""

from access.acting import acting_as
from clients.models import Visibility
from core.ids import uuid7
from dashboard.starter.cast import Cast, actor_of, days_ago
from strengths.models import SaidBy, SpottedBy
from strengths.services import add_moment, add_strength, add_supporter, record_reach_out

# days ago, key, whose eyes
STRENGTHS = [(35, "perseverance", SpottedBy.CLIENT), (28, "humour", SpottedBy.BORROWED)]
SEEN_BY_TARA = (50, "teamwork")
# strength, days ago, what happened, whose words, kept to himself
MOMENTS = [
    ("perseverance", 33, "Went back to the allotment after the flood and dug it over.", "", False),
    ("perseverance", 12, "Rang the bank. Third try. Got through.", "", False),
    ("humour", 27, "You made the whole kitchen laugh on the worst day.", "Rosa", False),
    ("humour", 9, "Laughed at myself in the mirror, the kind way.", "", True),
]
MOMENT_OF_TARA = (36, "You asked how my week was, and waited for the answer.")
# days ago, name, ring 1 (closest) to 3, kind, what they are good for, kept to himself
PEOPLE: list[tuple[int, str, int, str, list[str], bool]] = [
    (35, "Jo", 1, "friend", ["listens", "night_call"], False),
    (35, "Rosa", 2, "colleague", ["laugh"], True),
    (30, "Dad", 2, "family", ["practical"], False),
    (30, "The allotment", 3, "place", [], False),
    (24, "Tuesday football", 3, "group", ["company"], False),
]
# days ago, to whom, how, how it was
REACHED = [(12, "Jo", "called", 4), (5, "Dad", "asked", 4)]


def load(cast: Cast) -> None:
    by = actor_of(cast.ben_portal)
    with acting_as(by):
        found = {}
        for days, key, eyes in STRENGTHS:
            found[key] = add_strength(client=cast.ben, new_id=uuid7(), key=key, spotted_by=eyes, occurred_at=days_ago(days, 20), by=by)
        for key, days, happened, whose, alone in MOMENTS:
            said_by, who = SaidBy.BORROWED if whose else SaidBy.CLIENT, Visibility.ONLY_ME if alone else Visibility.MY_THERAPIST
            when = days_ago(days, 19)
            add_moment(strength=found[key], new_id=uuid7(), happened=happened, said_by=said_by, eyes=whose, visibility=who, occurred_at=when, by=by)
        there = {}
        for days, name, ring, kind, helps, alone in PEOPLE:
            who = Visibility.ONLY_ME if alone else Visibility.MY_THERAPIST
            when = days_ago(days, 20, 5)
            there[name] = add_supporter(client=cast.ben, new_id=uuid7(), name=name, ring=ring, kind=kind, helps=helps, visibility=who, occurred_at=when, by=by)
        for days, name, how, felt in REACHED:
            record_reach_out(supporter=there[name], new_id=uuid7(), how=how, felt=felt, occurred_at=days_ago(days, 18), by=by)
    tara = actor_of(cast.tara)
    with acting_as(tara):
        days, key = SEEN_BY_TARA
        seen = add_strength(client=cast.ben, new_id=uuid7(), key=key, spotted_by=SpottedBy.THERAPIST, occurred_at=days_ago(days, 10, 40), by=tara)
        days, happened = MOMENT_OF_TARA
        said_by = SaidBy.THERAPIST
        add_moment(strength=seen, new_id=uuid7(), happened=happened, said_by=said_by, occurred_at=days_ago(days, 10, 40), by=tara)
