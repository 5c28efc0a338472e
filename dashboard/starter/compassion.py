"""Ben's kinder answers: one hard sentence caught three times, one kept to himself, one rule let go; and something to read from Tara."""

from typing import Any

from access.acting import acting_as
from clients.models import Visibility
from core.ids import uuid7
from dashboard.starter.cast import Cast, actor_of, days_ago
from homework.reading import by_key
from homework.services.reading import give_reading, say_read
from selfcare.services import add_good_enough, catch_talk

TALK = "I am a bad father"
# days ago, what was heard, belief before and after, the kinder answer, kept to himself
NOTES: list[tuple[int, str, int | None, int | None, str, bool]] = [
    (25, TALK, 8, 7, "A bad father would not lie awake over it.", False),
    (16, TALK, 7, 5, "I was late, and I read to Rosa after all.", False),
    (8, "I let everybody down", 6, None, "", True),
    (5, TALK, 6, 4, "I was late, and I read to Rosa after all.", False),
]


def load(cast: Cast) -> None:
    tara, ben = actor_of(cast.tara), actor_of(cast.ben_portal)
    with acting_as(ben):
        for days, talk, before, after, answer, alone in NOTES:
            said: dict[str, Any] = {"belief_before": before, "belief_after": after, "kinder_answer": answer, "occurred_at": days_ago(days, 22)}
            who = Visibility.ONLY_ME if alone else Visibility.MY_THERAPIST
            catch_talk(client=cast.ben, new_id=uuid7(), self_talk=talk, visibility=who, by=ben, **said)
        rule = "A tidy house before I sit down"
        add_good_enough(client=cast.ben, new_id=uuid7(), sentence="A clean table is enough.", rule=rule, occurred_at=days_ago(11, 19), by=ben)
    given = [("self_compassion", "You said you would never talk to Rosa like that.", 22), ("sleep", "For the nights with the letters.", 4)]
    texts = [(by_key(key), reason, days) for key, reason, days in given]
    for text, reason, days in texts:
        assert text is not None
        with acting_as(tara):
            give_reading(client=cast.ben, new_id=uuid7(), text=text, reason=reason, given_at=days_ago(days, 11), by=tara)
    read = texts[0][0]
    assert read is not None
    with acting_as(ben):
        say_read(client=cast.ben, text=read, new_id=uuid7(), stayed="Small and true.", occurred_at=days_ago(20, 21), by=ben)
