"""The end of a run, and the same later: what changed, in the person's own words, and who sees it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from clients.content import measure_name
from clients.models import Client, Visibility
from homework.models import ExerciseAnswer, ExerciseRun
from homework.models.agreement import AssignmentState
from homework.models.run import RunState
from homework.player.exercise import Exercise, StepType
from homework.player.flow import FIRST_PART, SECOND_PART, live_answers
from homework.player.options import label_of
from homework.player.outcome import Closing, change, closing
from homework.player.reading import display_answer
from homework.player.sharing import Group, answered_groups
from homework.selectors.library import exercise_of
from homework.selectors.runs import values_of
from homework.services.runs import AT_END
from mindset.models import ThoughtRecord
from mindset.selectors import thought_of_run
from mindset.selectors.thoughts import FULL
from portal.lists import fixed_lists, lists_for
from portal.pages.step import heavy_at_end
from portal.pages.thoughts import FAIRER, PINNED


@dataclass(frozen=True)
class Moved:
    """One number before and after; `worse` when it went the other way by two or more."""

    label: str
    before: int
    after: int
    worse: bool


@dataclass(frozen=True)
class EndPage:
    """`thought` and `fairer` are the person's own words; `groups` are ratings and words that this run holds; `care`: the last answer was a heavy one."""

    run: ExerciseRun
    exercise: Exercise
    closing: Closing
    moved: tuple[Moved, ...]
    feelings: tuple[Moved, ...]
    thought: str
    fairer: str
    fairer_belief: int | None
    groups: frozenset[Group]
    care: bool
    parts: int
    record: ThoughtRecord | None = None

    at_end = AT_END

    @property
    def believed(self) -> bool:
        """Whether the numbers say how much a thought is believed."""
        return bool(self.thought) and self.exercise.step(PINNED[self.exercise.key][1]).measure == "belief"

    @property
    def full(self) -> bool:
        return self.exercise.key == FULL

    @property
    def has_words(self) -> bool:
        return Group.WORDS in self.groups

    @property
    def has_ratings(self) -> bool:
        return Group.RATINGS in self.groups

    @property
    def waits(self) -> bool:
        return self.run.state == RunState.WAITING

    @property
    def seen(self) -> bool:
        return self.run.visibility == Visibility.MY_THERAPIST

    @property
    def ended(self) -> bool:
        """The task left the list meanwhile."""
        return self.run.assignment is not None and self.run.assignment.state != AssignmentState.ACTIVE

    @property
    def own(self) -> bool:
        """Nobody agreed on it: she may hide it altogether."""
        return self.run.assignment_id is None


def end_page(run: ExerciseRun, rows: Mapping[str, ExerciseAnswer]) -> EndPage:
    exercise = exercise_of(run.exercise_version)
    answers = values_of(rows)
    thought = _words(answers, PINNED.get(exercise.key))
    fairer = FAIRER.get(exercise.key)
    belief = answers.get(fairer[1]) if fairer else None
    return EndPage(
        run=run,
        exercise=exercise,
        closing=_closing(exercise, answers, FIRST_PART if run.state == RunState.WAITING else SECOND_PART),
        moved=tuple(Moved(measure_name(one.measure), one.before, one.after, one.worse_by_2) for one in change(exercise, answers)),
        feelings=_feelings(exercise, answers),
        thought=thought,
        fairer=_words(answers, fairer),
        fairer_belief=belief if isinstance(belief, int) else None,
        groups=answered_groups(exercise, answers),
        care=heavy_at_end(exercise, run, answers),
        parts=2 if exercise.has_second_part else 1,
        record=thought_of_run(run) if exercise.key in FAIRER and run.state == RunState.FINISHED else None,
    )


def _closing(exercise: Exercise, answers: Mapping[str, Any], part: int) -> Closing:
    """Without a change of numbers the heading already says "You did that."; then the words below it are the exercise's own, or none."""
    end = closing(exercise, answers, part)
    plain_end = not end.change and not end.worse and not exercise.close_text and not (part == FIRST_PART and exercise.has_second_part)
    return replace(end, text="") if plain_end else end


def _words(answers: Mapping[str, Any], names: tuple[str, str] | None) -> str:
    value = answers.get(names[0]) if names else None
    return value if isinstance(value, str) else ""


def _feelings(exercise: Exercise, answers: Mapping[str, Any]) -> tuple[Moved, ...]:
    """Feelings that were rated a second time."""
    live = live_answers(exercise, answers)
    found = []
    for step in exercise.steps:
        if step.type == StepType.EMOTION and step.rerates:
            before = {entry["word"]: entry["intensity"] for entry in live.get(step.source) or ()}
            for entry in live.get(step.id) or ():
                word, now = entry["word"], entry["intensity"]
                if before.get(word) is not None:
                    found.append(Moved(label_of(step, word, fixed_lists()) or word, before[word], now, worse=False))
    return tuple(found)


def answer_lines(client: Client, exercise: Exercise, rows: Mapping[str, ExerciseAnswer]) -> list[dict[str, Any]]:
    """What she answered, to look back at: question, answer in words, whether it is her own words, and who may read it."""
    answers = values_of(rows)
    steps = [exercise.step(name) for name in live_answers(exercise, answers) if answers.get(name) is not None]
    lists = lists_for(client, *steps, reading=True)
    return [
        {
            "question": step.text,
            "answer": display_answer(step, answers[step.id], lists),
            "own_words": step.is_answered_with_words and step.type != StepType.PEOPLE,
            "seen": rows[step.id].visibility == Visibility.MY_THERAPIST,
        }
        for step in steps
        if not step.is_silent
    ]
