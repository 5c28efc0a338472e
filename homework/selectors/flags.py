"""What the numbers and taps of a client's doings ask staff to look at (homework/data/flags.yaml)."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from clients.models import Client
from core.zones import zone
from homework.models.run import RunState
from homework.player.flags import Doing, Flag, flags_in
from homework.player.flow import live_answers
from homework.player.options import Lists
from homework.selectors.came_back import Returned, came_back

DAYS = 14
LOOK_BACK = 300  # doings: more than anybody's ninety days, which is the longest that a rule asks for


def flags_of(client: Client, lists: Lists | None = None, *, days: int = DAYS) -> list[Flag]:
    """The flags of the last two weeks, newest first; each sentence of an exercise once, where it came about last. Two statements."""
    since = timezone.now() - timedelta(days=days)
    found: dict[tuple[str, str], Flag] = {}
    for flags in flags_by_run(client, came_back(client, LOOK_BACK), lists or {}).values():
        for flag in flags:
            if flag.at >= since:
                found.setdefault((flag.exercise.key, flag.sentence), flag)
    return sorted(found.values(), key=lambda flag: flag.at, reverse=True)


def flags_by_run(client: Client, runs: Sequence[Returned], lists: Lists) -> dict[UUID, tuple[Flag, ...]]:
    """The flags of each of these runs, judged from what came back with it and before it. No statement."""
    return flags_in([_doing(client, back) for back in runs], lists)


def _doing(client: Client, back: Returned) -> Doing:
    at = back.run.finished_at or back.run.occurred_at
    return Doing(
        run_id=back.run.pk,
        exercise=back.exercise,
        answers=live_answers(back.exercise, back.answers),
        seen=back.seen,
        at=at,
        day=at.astimezone(zone(client.timezone)).date(),
        finished=back.run.state == RunState.FINISHED,
    )
