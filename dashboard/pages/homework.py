"""What the homework page shows: what is agreed, what came back, what ended."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from clients.models import Client
from dashboard.lists import labels_for
from homework.content import Barrier
from homework.models.agreement import AssignmentState
from homework.models.run import RunState
from homework.player.flags import Flag
from homework.player.options import Lists
from homework.player.outcome import Change
from homework.player.reading import display_answer, headline
from homework.player.sharing import Group
from homework.selectors import Progress, Returned, Said, assignments_with_progress, came_back, flags_by_run, replies_to
from homework.words import helped_words, times_words
from therapy.selectors import next_sessions

RUNS = 40
BEFORE = 60  # doings before those shown, for the flags that count over several
FEW = 2  # answers; below it nothing is said about a pattern
ENDED = (AssignmentState.FINISHED, AssignmentState.STOPPED, AssignmentState.REPLACED)


@dataclass(frozen=True)
class AnswerLine:
    """One shared answer: `said` = typed by her own hand (serif)."""

    question: str
    text: str
    said: bool


@dataclass(frozen=True)
class RunLine:
    """One doing as the page says it: the library's headline, her shared answers, what she keeps, what its numbers ask to look at."""

    back: Returned
    headline: str
    answers: tuple[AnswerLine, ...]
    kept: str
    state: str
    helped: str
    flags: tuple[Flag, ...]
    replies: tuple[Said, ...] = ()
    entered_by: str = ""

    @property
    def changes(self) -> tuple[Change, ...]:
        return self.back.changes


def run_line(back: Returned, lists: Lists, flags: tuple[Flag, ...], replies: Sequence[Said] = ()) -> RunLine:
    exercise, run = back.exercise, back.run
    answers = tuple(
        AnswerLine(step.text, display_answer(step, back.answers[step.id], lists), step.is_answered_with_words)
        for step in exercise.steps
        if step.id in back.seen and back.answers.get(step.id) not in (None, [])
    )
    helped = helped_words(run.helped) if run.helped is not None else ""
    told = headline(exercise, back.answers, lists, back.seen)
    typed_by = back.entered_by if run.paper_code else ""
    return RunLine(back, told, answers, kept_words(back.kept), state_words(run.state), helped, flags, tuple(replies), typed_by)


def kept_words(kept: frozenset[Group]) -> str:
    """What she keeps to herself, if anything; how much of it there is nobody is told."""
    if kept == frozenset(Group):
        return _("Answers kept private")
    words = {Group.WORDS: _("Words kept private"), Group.RATINGS: _("Ratings and taps kept private")}
    return "".join(words[group] for group in kept)


def state_words(state: str) -> str:
    return {RunState.STARTED: _("begun"), RunState.LEFT: _("begun, can go on"), RunState.WAITING: _("first part done")}.get(RunState(state), "")


@dataclass(frozen=True)
class EndedLine:
    """A task that ended: how, by whom, why."""

    task: Progress
    how: str
    why: str


def ended_line(task: Progress, client: Client) -> EndedLine:
    row = task.assignment
    who = client.called if row.state_changed_by_id == client.portal_user_id else task.changed_by
    said = {
        AssignmentState.FINISHED: _("finished, by %(who)s"),
        AssignmentState.STOPPED: _("stopped, by %(who)s"),
        AssignmentState.REPLACED: _("replaced, by %(who)s"),
    }[AssignmentState(row.state)]
    return EndedLine(task, said % {"who": who}, row.stop_why)


@dataclass(frozen=True)
class InTheWay:
    """What got in the way, the most frequent first, each with how often; `hint` is the library's word on the first. `few`: too few to say."""

    counts: tuple[tuple[Barrier, str], ...]
    hint: str
    few: bool


def in_the_way(tasks: Iterable[Progress]) -> InTheWay | None:
    """From the shared answers to "Not today" of all tasks; None when there is none. No statement of its own."""
    given = [off for task in tasks for off in task.put_off if off.barrier is not None]
    if not given:
        return None
    counts = Counter(off.row.barrier for off in given)
    latest = {key: max(off.row.occurred_at for off in given if off.row.barrier == key) for key in counts}
    named = {off.row.barrier: off.barrier for off in given if off.barrier is not None}
    order = sorted(counts, key=lambda key: (counts[key], latest[key]), reverse=True)
    few = len(given) < FEW
    return InTheWay(tuple((named[key], times_words(counts[key])) for key in order), "" if few else named[order[0]].therapist, few)


def homework_context(client: Client) -> dict[str, Any]:
    """A constant number of statements, whatever was agreed and done."""
    tasks = assignments_with_progress(client, states=(AssignmentState.ACTIVE, *ENDED))
    lists = labels_for(client)
    back = came_back(client, RUNS + BEFORE)
    flags = flags_by_run(client, back, lists)
    replies = replies_to(client, [one.run.pk for one in back[:RUNS]])
    return {
        "next_session": next_sessions([client.pk]).get(client.pk),
        "tasks": [task for task in tasks if task.assignment.state == AssignmentState.ACTIVE],
        "ended": [ended_line(task, client) for task in tasks if task.assignment.state != AssignmentState.ACTIVE],
        "in_the_way": in_the_way(tasks),
        "runs": [run_line(one, lists, flags.get(one.run.pk, ()), replies.get(one.run.pk, ())) for one in back[:RUNS]],
    }
