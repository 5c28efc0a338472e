"""Ben's week: two things made with Tara, one of his own, and nights that grew longer."""

from datetime import time, timedelta
from typing import Any

from access.acting import acting_as
from core.ids import uuid7
from core.zones import today_in
from dashboard.starter.cast import Cast, actor_of, days_ago
from selfcare.nights import night_times
from selfcare.services import add_activity, add_log, record_night

WALK: dict[str, Any] = {
    "domain": "physical",
    "name": "Walk",
    "often": "few",
    "tiny": "to the post box",
    "standard": "round the park",
    "stretch": "along the river",
}
COOK: dict[str, Any] = {
    "domain": "nutrition",
    "name": "Cook something",
    "often": "few",
    "tiny": "toast",
    "standard": "soup",
    "stretch": "something new",
}
RADIO: dict[str, Any] = {
    "domain": "leisure",
    "name": "Mend old radios",
    "often": "weekly",
    "tiny": "look at one",
    "standard": "half an hour",
    "stretch": "a whole evening",
}
# days ago, size, words
WALKS = [(1, "standard", ""), (3, "tiny", "Rain, so only to the post box."), (6, "stretch", ""), (9, "tiny", ""), (12, "standard", "")]
COOKED = [(2, "standard", ""), (5, "tiny", ""), (10, "tiny", "")]
# days ago, to bed, up, how it was
NIGHTS = [
    (35, "01:00", "06:00", 3), (33, "00:40", "06:00", 3), (31, "00:50", "06:10", 4), (14, "00:10", "06:20", 5),
    (6, "23:50", "06:20", 5), (5, "23:40", "06:10", 6), (3, "23:30", "06:20", 6), (2, "00:15", "06:30", 5), (1, "23:20", "06:10", 7),
]  # fmt: skip


def load(cast: Cast) -> None:
    tara, ben = actor_of(cast.tara), actor_of(cast.ben_portal)
    with acting_as(tara):
        walk = add_activity(client=cast.ben, new_id=uuid7(), occurred_at=days_ago(36, 10, 10), by=tara, **WALK)
        cook = add_activity(client=cast.ben, new_id=uuid7(), occurred_at=days_ago(29, 10, 10), by=tara, **COOK)
    with acting_as(ben):
        add_activity(client=cast.ben, new_id=uuid7(), occurred_at=days_ago(20, 20), by=ben, **RADIO)
        today = today_in(cast.ben.timezone)
        for activity, logs in ((walk, WALKS), (cook, COOKED)):
            for days, size, note in logs:
                add_log(activity=activity, new_id=uuid7(), day=today - timedelta(days=days), size=size, note=note, by=ben)
        for days, bed, wake, quality in NIGHTS:
            day = today - timedelta(days=days)
            times = night_times(cast.ben.timezone, day, time.fromisoformat(bed), time.fromisoformat(wake))
            record_night(client=cast.ben, new_id=uuid7(), day=day, bed=times.bed, wake=times.wake, quality=quality, by=ben)
